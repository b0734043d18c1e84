"""Whether this program is older than IT wants it to be, and what to say. It never replaces itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.host.policy import keys

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy


def update_advice(policy: Policy, desks_minimum: str = "", version: str = __version__) -> str:
    """Give the sentences for a person whose program is older than IT or the desk wants it; else ""."""
    minimum = max(policy.value(keys.MINIMUM_VERSION), desks_minimum, key=_numbers)
    if not minimum or not is_older(version, minimum):
        return ""
    what = policy.value(keys.UPDATE_HINT) or "IT installs it; there is nothing you have to do."
    return f"A newer Tracker is ready: this is {version}, and IT asks for {minimum}. {what}"


def is_older(version: str, minimum: str) -> bool:
    """Compare by numbers: 1.10 is newer than 1.9, 1.4 is as old as 1.4.0, 1.4.0rc1 counts as 1.4.0."""
    return _numbers(version) < _numbers(minimum)


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(\.\d+)*", version)
    numbers = [int(part) for part in found.group().split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
