"""What a policy says about the way to the desks, as the connectors take it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.desks.network import Network
from tracker.host.policy import keys

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy


def network_of(policy: Policy) -> Network:
    """Read the way to the desks out of a policy."""
    extra = policy.value(keys.EXTRA_CA)
    return Network(policy.value(keys.PROXY), policy.value(keys.PAC_URL), None if extra == Path() else extra)
