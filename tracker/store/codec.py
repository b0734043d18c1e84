"""Values to bytes and back. The bytes are JSON, so that support can read a profile.

Every `…_from_bytes` raises `Damaged` for bytes that are not what was written: SQLite has no sums over its
pages, so a disk's fault in the middle of a value shows only here.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import msgspec

from tracker.model.command import (
    Command,
    ConfirmFixed,
    CreateTicket,
    EndChat,
    PostReply,
    SayNotFixed,
    SendMessage,
    StartChat,
    Wish,
)
from tracker.model.event import Details
from tracker.model.ticket import Ticket, TicketId
from tracker.store.errors import Damaged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.model.calendar_entry import CalendarEntry
    from tracker.model.catalogue import Service
    from tracker.model.draft import Draft

T = TypeVar("T")

_encode = msgspec.json.Encoder().encode
_ticket = msgspec.json.Decoder(Ticket).decode
_details = msgspec.json.Decoder(Details).decode
_row = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode

COMMANDS: dict[str, type[Command]] = {
    "create": CreateTicket,
    "reply": PostReply,
    "confirm": ConfirmFixed,
    "not_fixed": SayNotFixed,
    "wish": Wish,
    "start_chat": StartChat,
    "message": SendMessage,
    "end_chat": EndChat,
}
"""The name of each kind of command in the outbox."""
_KINDS = {kind: name for name, kind in COMMANDS.items()}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_DETAILS = Details()


def micros(at: datetime) -> int:
    """Give a time as microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    """Give the aware UTC time of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=value)


def decoded(decode: Callable[[bytes], T], raw: bytes) -> T:
    """Decode; raises `Damaged` where the bytes are not what was written."""
    try:
        return decode(raw)
    except (msgspec.DecodeError, ValueError, TypeError, KeyError, OverflowError) as error:
        raise Damaged from error


def ticket_to_bytes(ticket: Ticket) -> bytes:
    """Write a ticket."""
    return _encode(ticket)


def ticket_from_bytes(raw: bytes) -> Ticket:
    """Read a ticket."""
    return decoded(_ticket, raw)


def details_to_bytes(details: Details) -> bytes | None:
    """Write the details of an event; None when there are none, as with most."""
    return None if details is _NO_DETAILS or details == _NO_DETAILS else _encode(details)


def details_from_bytes(raw: bytes | None) -> Details:
    """Read the details of an event."""
    return _NO_DETAILS if raw is None else decoded(_details, raw)


def draft_to_bytes(draft: Draft) -> bytes:
    """Write a draft; half characters, which a field may hold while one types, become question marks."""
    return _typed(draft)


def draft_from_bytes(raw: bytes) -> Draft:
    """Read a draft."""
    return decoded(_drafts(), raw)


def services_to_bytes(services: tuple[Service, ...]) -> bytes:
    """Write the catalogue."""
    return _encode(services)


def services_from_bytes(raw: bytes) -> tuple[Service, ...]:
    """Read the catalogue."""
    return decoded(_services(), raw)


def calendar_to_bytes(entries: dict[TicketId, CalendarEntry]) -> bytes:
    """Write what was put into the person's calendar."""
    return _encode(entries)


def calendar_from_bytes(raw: bytes) -> dict[TicketId, CalendarEntry]:
    """Read what was put into the person's calendar."""
    return {TicketId(ticket): entry for ticket, entry in decoded(_calendar(), raw).items()}


def command_to_bytes(command: Command) -> tuple[str, bytes]:
    """Write a command: its kind and its bytes. Half characters become question marks."""
    value = b'{"at_us":%d,"command":%s}' % (micros(command.at), _typed(command))
    return _KINDS[type(command)], value


def kind_of(command: Command) -> str:
    """Name the kind of a command, as in `COMMANDS`."""
    return _KINDS[type(command)]


def command_from_bytes(kind: str, raw: bytes) -> Command:
    """Read a command of that kind."""
    return decoded(lambda raw: msgspec.json.decode(_row(raw)["command"], type=COMMANDS[kind]), raw)


# Made when the first is read: the list of requests needs none of these.


@cache
def _drafts() -> Callable[[bytes], Draft]:
    from tracker.model.draft import Draft

    return msgspec.json.Decoder(Draft).decode


@cache
def _services() -> Callable[[bytes], tuple[Service, ...]]:
    from tracker.model.catalogue import Service

    return msgspec.json.Decoder(tuple[Service, ...]).decode


@cache
def _calendar() -> Callable[[bytes], dict[str, CalendarEntry]]:
    from tracker.model.calendar_entry import CalendarEntry

    return msgspec.json.Decoder(dict[str, CalendarEntry]).decode


def _typed(value: Draft | Command) -> bytes:
    """Write what a person typed: a keyboard, a clipboard or a pipe can give halves of characters."""
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return _encode(_whole(value))


def _whole(value: T) -> T:
    if isinstance(value, str):
        told = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return type(value)(told.replace("\ufffd", "?"))
    if isinstance(value, tuple):
        return type(value)(_whole(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _whole(getattr(value, field.name)) for field in fields(value)})
    return value
