"""The way to the desks: what a policy says of it, and starting over where the network is another one."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.desks.network import Network
from tracker.host.policy import keys
from tracker.model.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.desks.network import ProxyLogins
    from tracker.host.policy.policy import Policy

_log = logging.getLogger(__name__)


async def start_over_elsewhere(is_followed: Callable[[], bool], follow: Callable[[], None]) -> None:
    """Follow the desks anew whenever the computer is on another network, until cancelled.

    Connections of the last network may hang for long, and its proxy is not the one of this.
    """
    from tracker.host.network_watch import watch_network

    def start_over() -> None:
        if not is_followed():
            return
        _log.info("This is another network: starting over")
        try:
            follow()
        except StoreError as error:  # whoever is followed goes on, and says so where it matters
            _log.info("Could not start over: %s", error)

    await watch_network(start_over)


def network_of(policy: Policy, logins: ProxyLogins | None = None) -> Network:
    """Read the way to the desks out of a policy; `logins` say who we are at a proxy."""
    extra = policy.value(keys.EXTRA_CA)
    file = None if extra == Path() else extra
    return Network(policy.value(keys.PROXY), policy.value(keys.PAC_URL), file, logins)
