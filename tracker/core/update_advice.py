"""Whether this program is older than IT wants it to be, and what to say. It never replaces itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker import __version__
from tracker.host.policy import keys
from tracker.model.release import is_older, numbers_of

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy


def update_advice(policy: Policy, desks_minimum: str = "", version: str = __version__) -> str:
    """Give the sentences for a person whose program is older than IT or the desk wants it; else ""."""
    minimum = max(policy.value(keys.MINIMUM_VERSION), desks_minimum, key=numbers_of)
    if not minimum or not is_older(version, minimum):
        return ""
    what = policy.value(keys.UPDATE_HINT) or "IT installs it; there is nothing you have to do."
    return f"A newer Tracker is ready: this is {version}, and IT asks for {minimum}. {what}"
