"""Values to bytes and back. The bytes are JSON, so that support can read a profile."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from tracker.model.attention import Attention, Live
from tracker.model.catalogue import Service
from tracker.model.command import Command, ConfirmFixed, CreateTicket, PostReply, SayNotFixed
from tracker.model.draft import Draft
from tracker.model.event import Details
from tracker.model.line import Line, Value
from tracker.model.notice import Button, Notice, NoticeClass, Show
from tracker.model.ticket import Ticket, TicketId

_encode = msgspec.json.Encoder().encode
_ticket = msgspec.json.Decoder(Ticket).decode
_details = msgspec.json.Decoder(Details).decode
_draft = msgspec.json.Decoder(Draft).decode
_services = msgspec.json.Decoder(tuple[Service, ...]).decode

COMMANDS: dict[str, type[Command]] = {
    "create": CreateTicket,
    "reply": PostReply,
    "confirm": ConfirmFixed,
    "not_fixed": SayNotFixed,
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


def ticket_to_bytes(ticket: Ticket) -> bytes:
    """Write a ticket."""
    return _encode(ticket)


def ticket_from_bytes(raw: bytes) -> Ticket:
    """Read a ticket; raises `msgspec.DecodeError` for what is not one."""
    return _ticket(raw)


def details_to_bytes(details: Details) -> bytes | None:
    """Write the details of an event; None when there are none, as with most."""
    return None if details is _NO_DETAILS or details == _NO_DETAILS else _encode(details)


def details_from_bytes(raw: bytes | None) -> Details:
    """Read the details of an event."""
    return _NO_DETAILS if raw is None else _details(raw)


def draft_to_bytes(draft: Draft) -> bytes:
    """Write a draft."""
    return _encode(draft)


def draft_from_bytes(raw: bytes) -> Draft:
    """Read a draft."""
    return _draft(raw)


def services_to_bytes(services: tuple[Service, ...]) -> bytes:
    """Write the catalogue."""
    return _encode(services)


def services_from_bytes(raw: bytes) -> tuple[Service, ...]:
    """Read the catalogue."""
    return _services(raw)


def command_to_bytes(command: Command) -> tuple[str, bytes]:
    """Write a command: its kind and its bytes."""
    return _KINDS[type(command)], _encode({"at_us": micros(command.at), "command": command})


def kind_of(command: Command) -> str:
    """Name the kind of a command, as in `COMMANDS`."""
    return _KINDS[type(command)]


def command_from_bytes(kind: str, raw: bytes) -> Command:
    """Read a command of that kind."""
    row = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    return msgspec.json.decode(row["command"], type=COMMANDS[kind])


class _LineRow(msgspec.Struct, array_like=True):
    """A line whose values say what they are: JSON alone cannot tell a time from a text."""

    template: str
    values: list[tuple[str, str, str | int]]

    @classmethod
    def of(cls, line: Line) -> "_LineRow":
        return cls(line.template, [(name, *_tagged(value)) for name, value in line.values])

    def line(self) -> Line:
        return Line(self.template, tuple((name, _untagged(tag, raw)) for name, tag, raw in self.values))


def _tagged(value: Value) -> tuple[str, str | int]:
    if isinstance(value, datetime):
        return "at", micros(value)
    if isinstance(value, timedelta):
        return "span", value // _MICROSECOND
    return ("int" if isinstance(value, int) else "str"), value


def _untagged(tag: str, raw: str | int) -> Value:
    if tag == "at":
        return moment(int(raw))
    return timedelta(microseconds=int(raw)) if tag == "span" else raw


class _NoticeRow(msgspec.Struct, omit_defaults=True):
    id: str
    at: int
    notice_class: NoticeClass
    title: _LineRow
    body: _LineRow
    detail: _LineRow | None = None
    ticket: str | None = None
    buttons: tuple[Button, ...] = ()
    show: Show = Show.TOAST
    read: bool = False

    @classmethod
    def of(cls, notice: Notice) -> "_NoticeRow":
        return cls(
            notice.id,
            micros(notice.at),
            notice.notice_class,
            _LineRow.of(notice.title),
            _LineRow.of(notice.body),
            _LineRow.of(notice.detail) if notice.detail else None,
            notice.ticket,
            notice.buttons,
            notice.show,
            notice.read,
        )

    def notice(self) -> Notice:
        return Notice(
            id=self.id,
            at=moment(self.at),
            notice_class=self.notice_class,
            title=self.title.line(),
            body=self.body.line(),
            detail=self.detail.line() if self.detail else None,
            ticket=TicketId(self.ticket) if self.ticket is not None else None,
            buttons=self.buttons,
            show=self.show,
            read=self.read,
        )


class _AttentionRow(msgspec.Struct, omit_defaults=True):
    last_contact: datetime | None = None
    told: tuple[str, ...] = ()
    live: tuple[Live, ...] = ()
    held: tuple[_NoticeRow, ...] = ()
    digest: tuple[_NoticeRow, ...] = ()
    digest_due: datetime | None = None
    day: date | None = None
    progress_today: int = 0


def notice_to_bytes(notice: Notice) -> bytes:
    """Write a notice."""
    return _encode(_NoticeRow.of(notice))


def notice_from_bytes(raw: bytes) -> Notice:
    """Read a notice."""
    return msgspec.json.decode(raw, type=_NoticeRow).notice()


def attention_to_bytes(state: Attention) -> bytes:
    """Write what the notice policy remembers."""
    return _encode(
        _AttentionRow(
            state.last_contact,
            state.told,
            state.live,
            tuple(_NoticeRow.of(n) for n in state.held),
            tuple(_NoticeRow.of(n) for n in state.digest),
            state.digest_due,
            state.day,
            state.progress_today,
        )
    )


def attention_from_bytes(raw: bytes) -> Attention:
    """Read what the notice policy remembers."""
    row = msgspec.json.decode(raw, type=_AttentionRow)
    return Attention(
        row.last_contact,
        row.told,
        row.live,
        tuple(n.notice() for n in row.held),
        tuple(n.notice() for n in row.digest),
        row.digest_due,
        row.day,
        row.progress_today,
    )
