"""Notices, and what the notice policy remembers, to bytes and back.

JSON alone cannot tell a time from a text, and a line's values may be either: each says what it is.
"""

from datetime import date, datetime, timedelta

import msgspec

from tracker.model.attention import Attention, Live
from tracker.model.estimate import Estimate
from tracker.model.line import Line, Value
from tracker.model.notice import Button, Notice, NoticeClass, Show
from tracker.model.ticket import TicketId
from tracker.store.codec import decoded, micros, moment

_encode = msgspec.json.Encoder().encode
_MICROSECOND = timedelta(microseconds=1)


class _LineRow(msgspec.Struct, omit_defaults=True):
    template: str
    values: list[tuple[str, str, str | int]] = []
    since: datetime | None = None
    by: datetime | None = None
    actor: str | None = None
    promise_id: str | None = None

    @classmethod
    def of(cls, line: Line) -> "_LineRow":
        values = [(name, *_tagged(value)) for name, value in line.values]
        return cls(line.template, values, line.since, line.by, line.actor, line.promise_id)

    def line(self) -> Line:
        values = tuple((name, _untagged(tag, raw)) for name, tag, raw in self.values)
        return Line(self.template, values, self.since, self.by, self.actor, self.promise_id)


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
    estimates: tuple[tuple[TicketId, Estimate], ...] = ()


_notice = msgspec.json.Decoder(_NoticeRow).decode
_attention = msgspec.json.Decoder(_AttentionRow).decode


def notice_to_bytes(notice: Notice) -> bytes:
    """Write a notice."""
    return _encode(_NoticeRow.of(notice))


def notice_from_bytes(raw: bytes) -> Notice:
    """Read a notice; raises `Damaged` for what is none."""
    return decoded(lambda raw: _notice(raw).notice(), raw)


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
            state.estimates,
        )
    )


def attention_from_bytes(raw: bytes) -> Attention:
    """Read what the notice policy remembers; raises `Damaged` for what is no such thing."""
    return decoded(_remembered, raw)


def _remembered(raw: bytes) -> Attention:
    row = _attention(raw)
    return Attention(
        row.last_contact,
        row.told,
        row.live,
        tuple(n.notice() for n in row.held),
        tuple(n.notice() for n in row.digest),
        row.digest_due,
        row.day,
        row.progress_today,
        row.estimates,
    )
