"""Whose turn it is: the two lanes of the outbox, and the first command of each request in a lane."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tracker.model.command import Command, CreateTicket, Delivery, Pending, StartChat
from tracker.model.ticket import LOCAL_PREFIX, TicketId
from tracker.store.codec import moment
from tracker.store.rows import OUTBOX_COLUMNS, pending_of


class Lane(StrEnum):
    """The two ways out: a large file on a request does not hold up a chat."""

    TICKETS = "tickets"
    CHATS = "chats"


CHAT_KINDS = ("start_chat", "message", "end_chat")
"""What goes by the lane of chats."""
_MARKS = ", ".join(f"'{kind}'" for kind in CHAT_KINDS)
KINDS = {Lane.TICKETS: f"not in ({_MARKS})", Lane.CHATS: f"in ({_MARKS})"}
"""The kinds of commands in each lane, as SQL has it."""


@dataclass(frozen=True, slots=True)
class Due:
    """What to send next: the command with its ticket resolved, and since when not before `next_try`."""

    pending: Pending
    command: Command
    next_try: datetime | None


def due(
    connection: sqlite3.Connection, resolve: Callable[[TicketId], TicketId], lane: Lane
) -> tuple[Due, ...]:
    """List what of a lane can be sent, oldest first: the first of each ticket, so that order is kept."""
    found: list[Due] = []
    busy: set[str] = set()
    held: set[str] = set()
    rows = connection.execute(
        f"select {OUTBOX_COLUMNS}, ticket, next_try from outbox "  # noqa: S608
        f"where delivery != 'delivered' and kind {KINDS[lane]} order by seq"
    )
    for *columns, ticket, next_try in rows.fetchall():
        pending = pending_of((columns[0], columns[1], columns[2], columns[3], columns[4]))
        real = resolve(TicketId(ticket))
        if isinstance(pending.command, StartChat):
            held.discard(real)  # begun anew: what follows goes with this
        if real in busy or real in held:
            continue
        if pending.delivery is Delivery.REJECTED:
            if _holds_back(connection, pending.command, real):
                held.add(real)
            continue
        busy.add(real)
        command = _with_ticket(pending.command, real)
        if command is not None:
            found.append(Due(pending, command, moment(next_try) if next_try is not None else None))
    return tuple(found)


def _holds_back(connection: sqlite3.Connection, refused: Command, ticket: TicketId) -> bool:
    """Say whether what was written after a refused command has no home without it.

    So it is with a request, and with a chat that did not begin; a refused reply holds back nothing.
    """
    if isinstance(refused, StartChat):
        active = "select 1 from chat where ticket = ? and is_active"
        return connection.execute(active, (ticket,)).fetchone() is None
    return isinstance(refused, CreateTicket)


def _with_ticket(command: Command, real: TicketId) -> Command | None:
    """Point a command at the desk's own id; None while the desk does not have the request."""
    if isinstance(command, CreateTicket):
        return command
    return None if real.startswith(LOCAL_PREFIX) else replace(command, ticket=real)
