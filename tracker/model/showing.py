"""How one notice is shown: with a sound, in place of its ticket's toast, later, or in the list alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tracker.model.attention_state import Attention, Live, Reader
from tracker.model.line import line
from tracker.model.news import NEVER_DROPPED, RANK, is_under_way, needs_you
from tracker.model.notice import Button, Notice, NoticeClass, Show
from tracker.model.notice_words import counts
from tracker.model.quiet import free_at, next_of
from tracker.model.telling import Telling

if TYPE_CHECKING:
    from tracker.model.ticket import Ticket

MERGE = {
    NoticeClass.NOW: timedelta(0),
    NoticeClass.NEEDS_YOU: timedelta(seconds=90),
    NoticeClass.PROMISE: timedelta(minutes=5),
    NoticeClass.PROGRESS: timedelta(minutes=5),
    NoticeClass.DIGEST: timedelta(minutes=5),
    NoticeClass.OUTAGE: timedelta(days=1),
}
"""How long after a ticket's toast a notice of a class takes its place in silence."""
IN_CHAT = timedelta(seconds=20)
"""For how long after the toast of a chat the next message takes its place without a sound."""
WAITING = 500
"""How many notices wait for a digest or for the end of quiet hours at most; all of them are in the list."""


def judge(
    state: Attention, notice: Notice, reader: Reader, now: datetime, ticket: Ticket | None = None
) -> tuple[Attention, Notice]:
    """Decide how a notice is shown, and remember what follows from it.

    `notice.show` is what it asks for; `ticket` is its ticket as it is now, where that is known.
    """
    kind, in_list = notice.notice_class, replace(notice, show=Show.LIST)
    telling = reader.settings.of(kind)
    reading = reader.focus.visible and notice.ticket is not None and reader.focus.ticket == notice.ticket
    if telling is Telling.OFF or reading or notice.read or notice.ticket in reader.settings.muted:
        return state, replace(in_list, read=reading or notice.read)
    if telling is Telling.DIGEST:
        return _for_digest(state, in_list, reader), in_list
    if free_at(kind, now, reader.settings, reader.zone) > now:
        return replace(state, held=_hold(state.held, in_list)), in_list
    before = next((live for live in state.live if live.ticket == notice.ticket), None)
    show = Show.TOAST if before is None else _beside(before, notice, ticket, now)
    if show is Show.LIST:
        return state, in_list
    if show is Show.TOAST and kind is NoticeClass.PROGRESS and notice.ticket is not None:
        if state.progress_today >= reader.settings.progress_per_day:
            return _for_digest(state, in_list, reader), in_list
        state = replace(state, progress_today=state.progress_today + 1)
    # Merged toasts keep the window of the first, so that a chatty ticket still sounds again one day.
    since = before.shown_at if before is not None and show is Show.REPLACE else now
    return _remember(state, notice, since), replace(notice, show=show)


def release(state: Attention, reader: Reader, now: datetime) -> tuple[Attention, tuple[Notice, ...]]:
    """Show what quiet hours or a snooze held, in order, and the digest when its time has come.

    What was held is in the list already and keeps its id; the budget of toasts holds for it too.
    """
    if state.digest and not reader.settings.digest_at:
        state = replace(state, digest=())  # no longer wanted
    released: list[Notice] = []
    free = [notice for notice in state.held if _free_at(notice, reader, now) <= now]
    if free:
        state = replace(state, held=tuple([notice for notice in state.held if notice not in free]))
    for notice in free:
        state, shown = judge(state, replace(notice, at=now, show=Show.TOAST), reader, now)
        if shown.show is not Show.LIST:
            released.append(shown)
    due = state.digest_due is not None and now >= state.digest_due
    if state.digest and due and free_at(NoticeClass.DIGEST, now, reader.settings, reader.zone) <= now:
        released.append(_digest(state.digest, now))
        state = replace(state, digest=())
    return _next_digest(state, reader, now), tuple(released)


def next_call(state: Attention, reader: Reader, now: datetime) -> datetime | None:
    """Give the moment at which something held can be shown; always later than `now`."""
    times = [_free_at(notice, reader, now) for notice in state.held]
    if state.digest_due is not None:
        due = max(state.digest_due, now)
        times.append(free_at(NoticeClass.DIGEST, due, reader.settings, reader.zone))
    return min(times, default=None)


def _free_at(notice: Notice, reader: Reader, now: datetime) -> datetime:
    return free_at(notice.notice_class, now, reader.settings, reader.zone)


def _beside(before: Live, notice: Notice, ticket: Ticket | None, now: datetime) -> Show:
    """Choose what becomes of a notice whose ticket has a toast already."""
    kind, lighter = notice.notice_class, RANK[notice.notice_class] - RANK[before.notice_class]
    inside = now - before.shown_at < MERGE[kind]
    if lighter < 0 or (lighter > 0 and kind in NEVER_DROPPED):
        return Show.TOAST
    if kind is NoticeClass.NOW:
        if before.chat and _is_of_chat(notice) and now - before.shown_at < IN_CHAT:
            return Show.REPLACE
        return notice.show  # a new estimate needs no sound, an arrival does
    if lighter > 0 and inside and (before.chat or (ticket is not None and _still_needed(before, ticket))):
        return Show.LIST
    return Show.REPLACE if inside else Show.TOAST


def _is_of_chat(notice: Notice) -> bool:
    return Button.REPLY in notice.buttons


def _still_needed(shown: Live, ticket: Ticket) -> bool:
    """Say whether a toast would be missed: its question stands, its technician is on the way."""
    if shown.notice_class is NoticeClass.NEEDS_YOU:
        return needs_you(ticket)
    return shown.notice_class is NoticeClass.NOW and is_under_way(ticket)


def _remember(state: Attention, notice: Notice, since: datetime) -> Attention:
    if notice.ticket is None:
        return state
    others = tuple([live for live in state.live if live.ticket != notice.ticket])
    return replace(
        state, live=(*others, Live(notice.ticket, notice.notice_class, since, _is_of_chat(notice)))
    )


def _hold(held: tuple[Notice, ...], notice: Notice) -> tuple[Notice, ...]:
    """Keep one held notice per ticket: the weightiest, else the newest."""
    before = next((n for n in held if n.ticket == notice.ticket), None)
    if before is not None and RANK[before.notice_class] < RANK[notice.notice_class]:
        return held
    return (*[n for n in held if n.ticket != notice.ticket], notice)[-WAITING:]


def _for_digest(state: Attention, notice: Notice, reader: Reader) -> Attention:
    if not reader.settings.digest_at:
        return state  # no digest is wanted: it is in the list
    return replace(state, digest=(*state.digest, notice)[-WAITING:])


def _digest(waiting: tuple[Notice, ...], now: datetime) -> Notice:
    return Notice(
        id=f"digest:{now.isoformat()}",
        at=now,
        notice_class=NoticeClass.DIGEST,
        title=line("Since the last summary"),
        body=counts(len(waiting), len({notice.ticket for notice in waiting})),
    )


def _next_digest(state: Attention, reader: Reader, now: datetime) -> Attention:
    """Set when the next digest is due: a time that has come stays until the digest is told."""
    due = state.digest_due
    if not state.digest:
        due = None
    elif due is None or due > now:
        due = next_of(now, reader.settings.digest_at, reader.zone)
    return state if due == state.digest_due else replace(state, digest_due=due)
