"""The health beacon: off unless IT sets an address; once a day, four facts and nothing about the person.

The body is `{"version": "1.4.0", "platform": "linux", "last_contact": "2026-01-02T08:00:00+00:00",
"signed_in": true}`; `last_contact` is null where the desk was never reached.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from tracker import __version__
from tracker.desks.http import Call, ask_once
from tracker.host.policy import keys
from tracker.model.health import Condition
from tracker.store.ageing import health_told_at, put_health_told_at

if TYPE_CHECKING:
    from tracker.core.program import Program

_EVERY = timedelta(hours=23)
"""A start a little earlier than yesterday's still tells."""
_PATIENCE = 20.0
_ANSWER_LIMIT = 4096


class HealthBeacon(msgspec.Struct):
    """All that is told."""

    version: str
    platform: str
    last_contact: str | None
    signed_in: bool


def beacon_of(program: Program) -> HealthBeacon:
    """Give what is told now."""
    health = program.engine.health()
    signed_in = program.settings.desk is not None and health.condition is not Condition.SIGN_IN_NEEDED
    as_of = None if health.as_of is None else health.as_of.isoformat(timespec="seconds")
    return HealthBeacon(__version__, sys.platform, as_of, signed_in)


async def tell_health(program: Program) -> bool:
    """Tell the health where IT wants it and it was not told today; say whether it was told now.

    Raises `DeskError` when the server does not take it, which the caller only logs.
    """
    url = program.policy.value(keys.BEACON_URL)
    connection = program.engine.connection
    last, now = health_told_at(connection), program.now()
    if not url or (last is not None and abs(now - last) < _EVERY):
        return False
    parts = urlsplit(url)
    body = msgspec.json.encode(beacon_of(program))
    place = parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
    call = Call("POST", place, body=body, limit=_ANSWER_LIMIT)
    server = f"{parts.scheme}://{parts.netloc}"
    await ask_once("The health server", server, call, network=program.network, patience=_PATIENCE)
    put_health_told_at(connection, now)
    return True
