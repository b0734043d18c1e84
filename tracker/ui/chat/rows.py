"""The rows of a conversation: what was written, what happened between, new days, and where the new begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.model.command import Delivery, files_of, text_of
from tracker.model.event import EventKind
from tracker.model.person import ActorKind, Person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from tracker.model.attachment import Attachment, LocalFile
    from tracker.model.chat import Message
    from tracker.model.command import Pending
    from tracker.model.line import Line
    from tracker.model.track import Entry, Track
    from tracker.ui.wording import Wording

_RUN_ENDS_AFTER = timedelta(minutes=5)
_TOLD = frozenset(
    {EventKind.CHAT_JOINED, EventKind.CHAT_LEFT, EventKind.CHAT_HANDED_OVER, EventKind.CHAT_ENDED}
)
_YOU = Person("", ActorKind.YOU)


class TalkRowKind(StrEnum):
    """How a row is drawn."""

    SAID = "said"
    TOLD = "told"
    DAY = "day"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One row. `own`: the person wrote it. `first`, `last` of those that one side wrote in a row.

    `delivery` and `command` are set on what the desk has not confirmed; `read`: the desk's side has seen it.
    """

    key: str
    kind: TalkRowKind
    at: datetime
    words: str = ""
    line: Line | None = None
    message: Message | None = None
    who: Person = _YOU
    own: bool = False
    first: bool = True
    last: bool = True
    read: bool = False
    delivery: Delivery | None = None
    command: str = ""
    error: str = ""
    files: tuple[LocalFile, ...] = ()

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files at the desk."""
        return self.message.attachments if self.message is not None else ()


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in the middle at a moment, beside what the request's history tells."""

    at: datetime
    words: str


def talk_rows(
    messages: Sequence[Message],
    *,
    pending: Iterable[Pending],
    told: Sequence[TalkRow],
    read_by_desk: int,
    new_after: int | None,
    wording: Wording,
) -> list[TalkRow]:
    """Put everything in order. `new_after`: the place after which messages are new to the person."""
    rows = [_said(each, read=each.place <= read_by_desk) for each in messages]
    rows = _merged(rows, told)
    known = {each.command_id for each in messages if each.command_id is not None}
    rows += [_on_its_way(each) for each in pending if _shows(each) and each.command.id not in known]
    return _with_runs(_with_breaks(rows, new_after, wording))


def told_rows(
    track: Track | None, told: Iterable[Told], *, since: datetime | None, until: datetime | None
) -> list[TalkRow]:
    """Give what stands between the messages of a stretch of time (None: no bound), in order."""
    rows = [
        TalkRow(f"told {each.at.timestamp()} {each.words}", TalkRowKind.TOLD, each.at, each.words)
        for each in told
    ]
    if track is not None:
        has_joined = any(entry.event is EventKind.CHAT_JOINED for entry in track.entries)
        for entry in reversed(track.entries):
            if entry.event in _TOLD:
                rows.append(TalkRow(f"event {entry.id}", TalkRowKind.TOLD, entry.at, line=entry.title))
            elif entry.event is EventKind.CREATED and entry.text:
                rows.append(_request(entry, is_read=has_joined and entry.delivery is None))
    within = [
        row for row in rows if (since is None or row.at >= since) and (until is None or row.at <= until)
    ]
    return sorted(within, key=lambda row: row.at)


def _request(entry: Entry, *, is_read: bool) -> TalkRow:
    return TalkRow(
        "request",
        TalkRowKind.SAID,
        entry.at,
        entry.text,
        own=True,
        delivery=entry.delivery,
        error=entry.error or "",
        read=is_read,
    )


def _said(message: Message, *, read: bool) -> TalkRow:
    return TalkRow(
        message.id,
        TalkRowKind.SAID,
        message.at,
        message.text,
        message=message,
        who=message.sender,
        own=message.sender.kind in (ActorKind.YOU, ActorKind.COLLEAGUE),
        read=read,
    )


def _shows(pending: Pending) -> bool:
    return bool(text_of(pending.command) or files_of(pending.command))


def _on_its_way(pending: Pending) -> TalkRow:
    command = pending.command
    return TalkRow(
        f"command {command.id}",
        TalkRowKind.SAID,
        command.at,
        text_of(command),
        own=True,
        delivery=pending.delivery,
        command=command.id,
        error=pending.error or "",
        files=files_of(command),
    )


def _merged(said: list[TalkRow], told: Sequence[TalkRow]) -> list[TalkRow]:
    """Put what happened between the messages; those keep the order of their places, whatever clocks say."""
    rows: list[TalkRow] = []
    left = list(told)
    for row in said:
        while left and left[0].at <= row.at:
            rows.append(left.pop(0))
        rows.append(row)
    return rows + left


def _with_breaks(rows: list[TalkRow], new_after: int | None, wording: Wording) -> list[TalkRow]:
    found: list[TalkRow] = []
    day: date | None = None
    is_new = new_after is None
    for row in rows:
        before, day = day, wording.local_day(row.at)
        if before != day and not (before is None and wording.is_today(row.at)):
            found.append(TalkRow(f"day {day} {row.key}", TalkRowKind.DAY, row.at))
        if not is_new and new_after is not None and _is_after(row, new_after):
            is_new = True
            found.append(TalkRow("new", TalkRowKind.NEW, row.at))
        found.append(row)
    return found


def _is_after(row: TalkRow, place: int) -> bool:
    return row.message is not None and not row.own and row.message.place > place


def _with_runs(rows: list[TalkRow]) -> list[TalkRow]:
    found = []
    for at, row in enumerate(rows):
        first = at == 0 or not _runs_on(rows[at - 1], row)
        last = at == len(rows) - 1 or not _runs_on(row, rows[at + 1])
        found.append(row if first and last else replace(row, first=first, last=last))
    return found


def _runs_on(row: TalkRow, after: TalkRow) -> bool:
    return (
        row.kind is after.kind is TalkRowKind.SAID
        and (row.own, row.who) == (after.own, after.who)
        and after.at - row.at < _RUN_ENDS_AFTER
        and (row.delivery, row.read) == (after.delivery, after.read)
    )


def is_failed(row: TalkRow) -> bool:
    """Say whether the desk refused it."""
    return row.delivery is Delivery.REJECTED
