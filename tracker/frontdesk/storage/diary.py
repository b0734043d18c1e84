"""When agents are on visits, as the desk's file knows it."""

import sqlite3
from datetime import UTC, datetime

from tracker.frontdesk.rules.move import Booked
from tracker.frontdesk.rules.visits import is_active
from tracker.frontdesk.storage.numbers import number_of
from tracker.frontdesk.values import Ticket


def write_diary(connection: sqlite3.Connection, no: int, ticket: Ticket) -> None:
    """Put a ticket's visit into its agent's diary, or take out what is over."""
    visit = ticket.visit
    if visit is None:
        return
    if not is_active(visit) or visit.agent is None:
        connection.execute("delete from diary where ticket = ?", (no,))
        return
    connection.execute(
        "insert into diary (ticket, agent, starts, ends) values (?, ?, ?, ?) on conflict (ticket) do update"
        " set agent = excluded.agent, starts = excluded.starts, ends = excluded.ends",
        (no, visit.agent.id, visit.starts.timestamp(), visit.ends.timestamp()),
    )


def visits_ahead(connection: sqlite3.Connection, *, after: float) -> tuple[Booked, ...]:
    """List the visits that end after a moment (epoch seconds)."""
    rows = connection.execute("select ticket, agent, starts, ends from diary where ends > ?", (after,))
    return tuple(
        Booked(
            ticket=number_of(no),
            agent=agent,
            starts=datetime.fromtimestamp(starts, UTC),
            ends=datetime.fromtimestamp(ends, UTC),
        )
        for no, agent, starts, ends in rows
    )
