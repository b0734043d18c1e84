"""What a policy says about the way to the desks, as the connectors take it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.desks.network import Network
from tracker.host.policy import keys

if TYPE_CHECKING:
    from tracker.desks.network import ProxyLogins
    from tracker.host.policy.policy import Policy


def network_of(policy: Policy, logins: ProxyLogins | None = None) -> Network:
    """Read the way to the desks out of a policy; `logins` say who we are at a proxy."""
    extra = policy.value(keys.EXTRA_CA)
    file = None if extra == Path() else extra
    return Network(policy.value(keys.PROXY), policy.value(keys.PAC_URL), file, logins)
