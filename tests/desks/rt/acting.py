"""Short words for the tests of the connector to Request Tracker."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.contract.writing import Outgoing
from tracker.desks.rt.desk import RtDesk
from tracker.model.attachment import LocalFile
from tracker.model.command import CreateTicket, new_command_id
from tracker.model.ticket import Priority, TicketId
from tracker.model.wish import Wish, WishKind


def asking(
    service: str,
    subject: str,
    text: str = "It does not work.",
    *files: LocalFile,
    fields: tuple[tuple[str, str], ...] = (),
    priority: Priority = Priority.NORMAL,
) -> CreateTicket:
    """Ask a queue for something."""
    return CreateTicket(
        new_command_id(),
        datetime.now(UTC),
        service,
        subject,
        text,
        fields=fields,
        priority=priority,
        files=files,
    )


async def raised(desk: RtDesk, outgoing: Outgoing, service: str, subject: str) -> TicketId:
    """Raise a request and give its number."""
    return (await desk.send(asking(service, subject), outgoing)).ticket


def in_hours(hours: float) -> datetime:
    """Give a whole second some hours from now."""
    return (datetime.now(UTC) + timedelta(hours=hours)).replace(microsecond=0)


def a_wish(ticket: TicketId, kind: WishKind, **more: object) -> Wish:
    """Wish for something on a ticket; `more` are fields of the wish."""
    wish = Wish(new_command_id(), datetime.now(UTC), ticket, kind)
    return replace(wish, **more)  # type: ignore[arg-type]
