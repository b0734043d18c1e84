"""What is examined of the company's part: the policy that IT has set, and the way through the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.core.examining.running import OK, WARN
from tracker.core.examining.way import examine_network
from tracker.core.networking import network_of
from tracker.core.shapes import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.core.examining.computer import Chosen

_MOST = 20


def policy(chosen: Chosen) -> Iterator[Finding]:
    """Say how much IT has set, and each complaint about it."""
    found = chosen.policy
    for complaint in found.complaints[:_MOST]:
        yield Finding("policy", WARN, str(complaint), "IT can correct it; “tracker policy check” tells more.")
    if len(found.complaints) > _MOST:
        yield Finding("policy", WARN, f"There are {len(found.complaints) - _MOST} more complaints.")
    if not found.complaints:
        count = len(found.given)
        told = (
            f"IT has set {count} {'thing' if count == 1 else 'things'}." if count else "IT has set nothing."
        )
        yield Finding("policy", OK, told)


def way(chosen: Chosen) -> Iterator[Finding]:
    """Look at the way to the desk, step by step, also before anybody has signed in.

    The clock is left to the desk's own answer.
    """
    if chosen.desk_url:
        found = examine_network(chosen.desk_url, network_of(chosen.policy))
        yield from (finding for finding in found if finding.about != "clock")
