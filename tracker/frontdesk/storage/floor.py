"""Who is there to chat and who waits, as the desk's file knows it."""

import sqlite3
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.frontdesk.rules.chat_offer import Floor
from tracker.frontdesk.settings import DeskSettings
from tracker.frontdesk.storage.attendance import available_agents, last_seen
from tracker.frontdesk.storage.chats import open_chats, queue_numbers, waits_since

LAPSE = timedelta(seconds=60)
"""An agent who was not seen for so long takes no chats any more."""


def lapse_of(settings: DeskSettings) -> timedelta:
    """Give the time after which an agent who is not seen takes no chats any more."""
    return min(LAPSE, timedelta(minutes=settings.chat.agent_gone_minutes))


def read_floor(connection: sqlite3.Connection, now: datetime, settings: DeskSettings) -> Floor:
    """Read who chats at the moment; the waits are those since midnight, where the desk is."""
    zone = ZoneInfo(settings.hours.zone) if settings.hours is not None else UTC
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = last_seen(connection)
    return Floor(
        available=available_agents(connection, seen_since=(now - lapse_of(settings)).timestamp()),
        open_chats=open_chats(connection),
        queue=queue_numbers(connection),
        waits=waits_since(connection, midnight.timestamp()),
        seen_at=datetime.fromtimestamp(seen, UTC) if seen is not None else None,
    )
