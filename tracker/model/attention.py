"""Which news deserves a notice, when, and whether it makes a sound. Pure: the state goes in and comes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.model.attention_state import Attention, Live, Reader, heard, up_to_date, withdrawn
from tracker.model.estimate import follow
from tracker.model.event import Event, EventKind
from tracker.model.history import in_order
from tracker.model.line import line
from tracker.model.news import (
    NEVER_DROPPED,
    News,
    buttons_of,
    class_of,
    ids_of,
    lead_of,
    needs_you,
)
from tracker.model.notice import Button, Notice, NoticeClass, Show
from tracker.model.notice_words import body_of, counts, detail_of, subject_of
from tracker.model.person import ActorKind
from tracker.model.showing import judge, next_call, release
from tracker.model.telling import Telling
from tracker.model.ticket import Ticket, TicketId

__all__ = ["Attention", "Live", "News", "Reader", "decide", "heard", "withdrawn"]

GAP = timedelta(minutes=30)
"""After this long without word from the desk, what comes is history: one summary, not a flood."""
STALE = timedelta(hours=12)
"""An event that old when it could first have been heard is put in its place and never announced."""
UNDER_WAY = 200
"""How many technicians on the way are remembered; far more than come to one person."""
TOLD = 2000
"""How many judged ids are remembered; far more than a desk says in `STALE`."""


@dataclass(frozen=True, slots=True)
class _Item:
    """What is worth telling of one ticket. `read`: the requester has acted on it since."""

    ticket: Ticket
    events: tuple[Event, ...]
    read: bool = False


def decide(
    state: Attention, news: Sequence[News], reader: Reader, now: datetime, due: Sequence[Notice] = ()
) -> tuple[Attention, tuple[Notice, ...], datetime | None]:
    """Judge the news: the state to store, the notices to record and show, when to be called again.

    `due` are reminders that the clock has made due. Called with no news when the time it asked for has
    come. The same news twice gives nothing new.
    """
    state = up_to_date(state, now, reader.zone)
    before = state.last_contact
    fresh, state = _fresh(state, news, now)
    state = heard(state, now) if news else state
    for item in fresh:
        state = _forget_outdated(state, item)
    if fresh and (before is None or now - before > GAP):
        state, notices = _after_gap(state, fresh, reader, now, first=before is None)
    else:
        state, notices = _one_by_one(state, fresh, reader, now)
    state, reminded = _remind(state, due, reader, now)
    state, released = release(state, reader, now)
    return state, (*notices, *reminded, *released), next_call(state, reader, now)


def _fresh(state: Attention, news: Sequence[News], now: datetime) -> tuple[list[_Item], Attention]:
    """Keep what is live, recent and not judged before; remember that it was judged."""
    # What happened while nobody listened is not late.
    horizon = min(now, state.last_contact or now) - STALE
    known = set(state.told)
    kept: list[_Item] = []
    seen: list[str] = []
    for item in news:
        fresh: list[Event] = []
        for event in item.events:
            ids = ids_of(event)
            if known.isdisjoint(ids) and event.at > horizon:
                known.update(ids)
                seen += ids
                fresh.append(event)
        state, small = _follow(state, item.ticket.id, fresh)
        worth = [e for e in fresh if e.id not in small and class_of(e, item.ticket, now) is not None]
        if worth and item.live:
            kept.append(_unread(item, worth))
    return kept, replace(state, told=(*state.told, *seen)[-TOLD:]) if seen else state


def _follow(state: Attention, ticket: TicketId, events: Sequence[Event]) -> tuple[Attention, frozenset[str]]:
    """Remember when a technician arrives as it is shown now, and tell which events move it too little."""
    if not any(event.details.visit for event in events):
        return state, frozenset()
    known = dict(state.estimates)
    shown, small = follow(known.pop(ticket, None), in_order(events))
    if shown is not None:
        known[ticket] = shown
    return replace(state, estimates=tuple(known.items())[-UNDER_WAY:]), small


def _unread(item: News, worth: Sequence[Event]) -> _Item:
    """Leave out what was there when the requester acted on the ticket, here or elsewhere: it was read."""
    acts = [event.at for event in item.events if event.actor.kind is ActorKind.YOU]
    since = max(acts, default=None)
    unread = tuple([event for event in worth if since is None or event.at >= since])
    return _Item(item.ticket, unread) if unread else _Item(item.ticket, tuple(worth), read=True)


def _forget_outdated(state: Attention, item: _Item) -> Attention:
    """Drop what is held about a ticket and no longer so: the question is answered, the word has come."""
    answered = any(event.is_human_word for event in item.events)

    def is_so(notice: Notice) -> bool:
        if notice.ticket != item.ticket.id:
            return True
        if notice.notice_class is NoticeClass.NEEDS_YOU and not needs_you(item.ticket):
            return False
        return not (answered and Button.ASK_FOR_NEWS in notice.buttons)

    held = tuple([notice for notice in state.held if is_so(notice)])
    return state if len(held) == len(state.held) else replace(state, held=held)


def _after_gap(
    state: Attention, items: Sequence[_Item], reader: Reader, now: datetime, *, first: bool
) -> tuple[Attention, tuple[Notice, ...]]:
    """After sleep: one summary, and what cannot wait. After the first sign-in there is no summary."""
    urgent = [_cannot_wait(item, now) for item in items]
    state, shown = _one_by_one(state, [item for item in urgent if item.events], reader, now)
    told = {notice.ticket for notice in shown}
    listed = [_notice(item, now, Show.LIST) for item in items if item.ticket.id not in told]
    state, summary = (state, ()) if first else _summary(state, items, shown, reader=reader, now=now)
    return state, (*shown, *listed, *summary)


def _cannot_wait(item: _Item, now: datetime) -> _Item:
    events = tuple([e for e in item.events if class_of(e, item.ticket, now) in NEVER_DROPPED])
    return _Item(item.ticket, () if item.read else events)


def _summary(
    state: Attention, items: Sequence[_Item], shown: Sequence[Notice], *, reader: Reader, now: datetime
) -> tuple[Attention, tuple[Notice, ...]]:
    """Count what is new; none where each request has a notice of its own, or none is wanted."""
    counted = [(item.ticket.id, _wanted(item, reader, now)) for item in items if not item.read]
    updates = {ticket: wanted for ticket, wanted in counted if wanted}
    if not updates.keys() - {notice.ticket for notice in shown}:
        return state, ()
    needs = sum(1 for notice in shown if notice.notice_class is NoticeClass.NEEDS_YOU)
    summary = Notice(
        id=f"summary:{now.isoformat()}",
        at=now,
        notice_class=NoticeClass.PROGRESS,
        title=line("While you were away"),
        body=counts(sum(updates.values()), len(updates), needs),
    )
    state, summary = judge(state, summary, reader, now)
    return state, (summary,)


def _wanted(item: _Item, reader: Reader, now: datetime) -> int:
    """Count the events of an item that the person wants to hear of."""
    focus, ticket = reader.focus, item.ticket.id
    if ticket in reader.settings.muted or (focus.visible and focus.ticket == ticket):
        return 0
    classes = [class_of(event, item.ticket, now) for event in item.events]
    return sum(1 for kind in classes if kind and reader.settings.of(kind) is not Telling.OFF)


def _one_by_one(
    state: Attention, items: Iterable[_Item], reader: Reader, now: datetime
) -> tuple[Attention, tuple[Notice, ...]]:
    notices: list[Notice] = []
    for item in items:
        notice = _notice(item, now, Show.TOAST)
        state, judged = judge(state, notice, reader, now, item.ticket)
        notices.append(judged)
    return state, tuple(notices)


def _remind(
    state: Attention, due: Sequence[Notice], reader: Reader, now: datetime
) -> tuple[Attention, tuple[Notice, ...]]:
    notices: list[Notice] = []
    for notice in due:
        if notice.id not in state.told:
            state = replace(state, told=(*state.told, notice.id)[-TOLD:])
            state, judged = judge(state, notice, reader, now)
            notices.append(judged)
    return state, tuple(notices)


def _notice(item: _Item, now: datetime, show: Show) -> Notice:
    """Make one notice of a ticket's news: the weightiest event speaks."""
    ticket = item.ticket
    lead = lead_of(ticket, item.events, now)
    notice_class = class_of(lead, ticket, now) or NoticeClass.DIGEST
    if show is Show.TOAST and lead.kind is EventKind.VISIT_ETA:
        show = Show.REPLACE
    return Notice(
        id=f"{ticket.id}:{lead.id}",
        at=now,
        notice_class=notice_class,
        title=subject_of(ticket),
        body=body_of(lead, ticket),
        detail=detail_of(lead, ticket, now),
        ticket=ticket.id,
        buttons=buttons_of(lead, notice_class),
        show=show,
        read=item.read,
    )
