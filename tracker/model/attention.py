"""Which news deserves a notice, when, and whether it makes a sound. Pure: the state goes in and comes out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

from tracker.model.event import Event, EventKind
from tracker.model.focus import Focus
from tracker.model.line import Line, line
from tracker.model.news import RANK, News, body_of, buttons_of, class_of
from tracker.model.notice import Notice, NoticeClass, Show
from tracker.model.promise import PromiseKind
from tracker.model.quiet import is_quiet, next_of, quiet_ends
from tracker.model.telling import NotifySettings, Telling
from tracker.model.ticket import Ticket, TicketId

MERGE = {
    NoticeClass.NOW: timedelta(0),
    NoticeClass.NEEDS_YOU: timedelta(seconds=90),
    NoticeClass.PROMISE: timedelta(minutes=5),
    NoticeClass.PROGRESS: timedelta(minutes=5),
    NoticeClass.DIGEST: timedelta(0),
    NoticeClass.OUTAGE: timedelta(0),
}
GAP = timedelta(minutes=30)
"""After this long without word from the desk, what comes is history: one summary, not a flood."""
STALE = timedelta(hours=12)
"""An event this old is put in its place and never announced."""
TOLD = 2000
"""How many judged ids are remembered; far more than a desk says in `STALE`."""
_NEVER_DROPPED = frozenset({NoticeClass.NOW, NoticeClass.NEEDS_YOU, NoticeClass.OUTAGE})


@dataclass(frozen=True, slots=True)
class Live:
    """The toast a ticket has on the screen: its class, when it came, when it last changed."""

    ticket: TicketId
    notice_class: NoticeClass
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class Attention:
    """What the policy remembers, kept on disk with the news it was made from.

    `last_contact`: when the desk was last heard. `told`: ids of events already judged within `STALE`
    (the high-water mark). `held`: notices that wait for the end of quiet hours. `digest`: those that wait
    for the next digest. `day`, `progress_today`: the budget.
    """

    last_contact: datetime | None = None
    told: tuple[str, ...] = ()
    live: tuple[Live, ...] = ()
    held: tuple[Notice, ...] = ()
    digest: tuple[Notice, ...] = ()
    digest_due: datetime | None = None
    day: date | None = None
    progress_today: int = 0


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is told: their wishes, what they look at, and their zone."""

    settings: NotifySettings
    focus: Focus
    zone: tzinfo


def decide(
    state: Attention, news: Sequence[News], reader: Reader, now: datetime, due: Sequence[Notice] = ()
) -> tuple[Attention, tuple[Notice, ...], datetime | None]:
    """Judge the news: the state to store, the notices to record and show, when to be called again.

    `due` are reminders that the clock has made due. Called with no news when the time it asked for has
    come. The same news twice gives nothing new.
    """
    state = _new_day(state, now, reader.zone)
    fresh, state = _fresh(state, news, now)
    before = state.last_contact
    state = replace(state, last_contact=now) if news else state
    if fresh and (before is None or now - before > GAP):
        state, notices = _after_gap(state, fresh, reader, now)
        notices = notices[:-1] if before is None and notices[-1].ticket is None else notices
    else:
        state, notices = _one_by_one(state, fresh, reader, now)
    state, reminded = _remind(state, due, reader, now)
    state, released = _release(state, reader, now)
    return state, (*notices, *reminded, *released), _next_call(state, reader, now)


def heard(state: Attention, now: datetime) -> Attention:
    """Note that the desk was heard, with nothing new: the next news is not "after a gap"."""
    return replace(state, last_contact=now)


def withdrawn(state: Attention, ticket: TicketId) -> Attention:
    """Note that the person has read the ticket: its toast is gone, what was held about it is told."""
    return replace(
        state,
        live=tuple(entry for entry in state.live if entry.ticket != ticket),
        held=tuple(notice for notice in state.held if notice.ticket != ticket),
        digest=tuple(notice for notice in state.digest if notice.ticket != ticket),
    )


def _new_day(state: Attention, now: datetime, zone: tzinfo) -> Attention:
    today = now.astimezone(zone).date()
    return state if state.day == today else replace(state, day=today, progress_today=0)


def _fresh(state: Attention, news: Sequence[News], now: datetime) -> tuple[list[News], Attention]:
    """Keep what is live, recent and not judged before; remember that it was judged."""
    known = set(state.told)
    kept: list[News] = []
    seen: list[str] = []
    for item in news:
        recent = tuple(e for e in item.events if e.id not in known and now - e.at < STALE)
        seen += [e.id for e in recent]
        worth = tuple(e for e in recent if class_of(e) is not None)
        if item.live and worth:
            kept.append(replace(item, events=worth))
    told = (*state.told, *seen)[-TOLD:]
    return kept, replace(state, told=told)


def _after_gap(
    state: Attention, news: list[News], reader: Reader, now: datetime
) -> tuple[Attention, tuple[Notice, ...]]:
    """After sleep or a new sign-in: one summary, and what cannot wait."""
    urgent = [
        replace(item, events=tuple(e for e in item.events if class_of(e) in _NEVER_DROPPED)) for item in news
    ]
    state, shown = _one_by_one(state, [item for item in urgent if item.events], reader, now)
    listed = tuple(
        _notice(item, now, Show.LIST) for item in news if not any(n.ticket == item.ticket.id for n in shown)
    )
    count = sum(len(item.events) for item in news)
    if not listed:
        return state, (*shown, *listed)
    needs = sum(1 for n in shown if n.notice_class is NoticeClass.NEEDS_YOU)
    summary = Notice(
        id=f"summary:{now.isoformat()}",
        at=now,
        notice_class=NoticeClass.PROGRESS,
        title=line("While you were away"),
        body=_summary(count, len(news), needs),
        show=Show.LIST if is_quiet(now, reader.settings, reader.zone) else Show.TOAST,
    )
    return state, (*shown, *listed, summary)


def _summary(updates: int, requests: int, needs: int) -> Line:
    if needs:
        return line(
            "{updates} updates on {requests} requests, {needs} need you",
            updates=updates,
            requests=requests,
            needs=needs,
        )
    return line("{updates} updates on {requests} requests", updates=updates, requests=requests)


def _one_by_one(
    state: Attention, news: Iterable[News], reader: Reader, now: datetime
) -> tuple[Attention, tuple[Notice, ...]]:
    notices: list[Notice] = []
    for item in news:
        notice = _notice(item, now, Show.TOAST)
        state, judged = _judge(state, notice, reader, now)
        notices.append(judged)
    return state, tuple(notices)


def _remind(
    state: Attention, due: Sequence[Notice], reader: Reader, now: datetime
) -> tuple[Attention, tuple[Notice, ...]]:
    notices: list[Notice] = []
    for notice in due:
        if notice.id not in state.told:
            state = replace(state, told=(*state.told, notice.id)[-TOLD:])
            state, judged = _judge(state, notice, reader, now)
            notices.append(judged)
    return state, tuple(notices)


def _notice(item: News, now: datetime, show: Show) -> Notice:
    """Make one notice of a ticket's news: the weightiest event speaks."""
    lead = min(item.events, key=lambda e: (RANK[class_of(e) or NoticeClass.DIGEST], -e.at.timestamp()))
    return Notice(
        id=f"{item.ticket.id}:{lead.id}",
        at=now,
        notice_class=class_of(lead) or NoticeClass.DIGEST,
        title=line("{subject}", subject=item.ticket.subject),
        body=body_of(lead),
        detail=_what_next(item.ticket, lead),
        ticket=item.ticket.id,
        buttons=buttons_of(lead),
        show=show,
    )


def _what_next(ticket: Ticket, event: Event) -> Line | None:
    if event.kind is EventKind.VISIT_ON_THE_WAY and ticket.visit is not None and ticket.visit.eta_latest:
        return line("Here by {time} · {number}", time=ticket.visit.eta_latest, number=ticket.number)
    if event.kind is EventKind.SOLVED and ticket.auto_close_at is not None:
        return line(
            "Closes on {time} unless you say no · {number}", time=ticket.auto_close_at, number=ticket.number
        )
    first = next((p for p in ticket.promises if p.kind is PromiseKind.FIRST_REPLY), None)
    if event.kind is EventKind.RECEIVED and first is not None:
        return line("First reply promised by {time} · {number}", time=first.latest, number=ticket.number)
    return line("{number}", number=ticket.number)


def _judge(state: Attention, notice: Notice, reader: Reader, now: datetime) -> tuple[Attention, Notice]:
    """Decide how one notice is shown, and remember what follows from it."""
    kind, ticket = notice.notice_class, notice.ticket
    telling = reader.settings.of(kind)
    reading = reader.focus.visible and ticket is not None and reader.focus.ticket == ticket
    if telling is Telling.OFF or reading or ticket in reader.settings.muted:
        return state, replace(notice, show=Show.LIST, read=reading)
    if telling is Telling.DIGEST:
        return replace(state, digest=(*state.digest, notice)), replace(notice, show=Show.LIST)
    if kind is not NoticeClass.NOW and is_quiet(now, reader.settings, reader.zone):
        return replace(state, held=_hold(state.held, notice)), replace(notice, show=Show.LIST)
    before = next((entry for entry in state.live if entry.ticket == ticket), None)
    if before is not None and _merges(before, notice, now):
        # Merged toasts keep the window of the first, so that a chatty ticket still sounds again one day.
        return _show(state, notice, before.shown_at), replace(notice, show=Show.REPLACE)
    if kind is NoticeClass.PROGRESS:
        if state.progress_today >= reader.settings.progress_per_day:
            return replace(state, digest=(*state.digest, notice)), replace(notice, show=Show.LIST)
        state = replace(state, progress_today=state.progress_today + 1)
    return _show(state, notice, now), notice


def _merges(before: Live, notice: Notice, now: datetime) -> bool:
    """Within the window of its class a notice takes the place of its ticket's toast without a sound.

    What matters more than the toast on the screen sounds again.
    """
    if RANK[notice.notice_class] < RANK[before.notice_class]:
        return False
    return now - before.shown_at < MERGE[notice.notice_class]


def _show(state: Attention, notice: Notice, since: datetime) -> Attention:
    if notice.ticket is None:
        return state
    others = tuple(entry for entry in state.live if entry.ticket != notice.ticket)
    return replace(state, live=(*others, Live(notice.ticket, notice.notice_class, since)))


def _hold(held: tuple[Notice, ...], notice: Notice) -> tuple[Notice, ...]:
    """Keep one held notice per ticket: the weightiest, else the newest."""
    before = next((n for n in held if n.ticket == notice.ticket), None)
    if before is not None and RANK[before.notice_class] < RANK[notice.notice_class]:
        return held
    return (*(n for n in held if n.ticket != notice.ticket), notice)


def _release(state: Attention, reader: Reader, now: datetime) -> tuple[Attention, tuple[Notice, ...]]:
    """Show what quiet hours held, and the digest when its time has come."""
    released: list[Notice] = []
    if state.held and not is_quiet(now, reader.settings, reader.zone):
        released += [replace(n, id=f"{n.id}:held", at=now, show=Show.TOAST) for n in state.held]
        for notice in state.held:
            state = _show(state, notice, now)
        state = replace(state, held=())
    if state.digest and state.digest_due is not None and now >= state.digest_due:
        tickets = len({n.ticket for n in state.digest})
        released.append(
            Notice(
                id=f"digest:{now.isoformat()}",
                at=now,
                notice_class=NoticeClass.DIGEST,
                title=line("Since the last summary"),
                body=_summary(len(state.digest), tickets, 0),
            )
        )
        state = replace(state, digest=())
    due = next_of(now, reader.settings.digest_at, reader.zone) if state.digest else None
    keep = state.digest_due if state.digest and state.digest_due and state.digest_due > now else due
    return replace(state, digest_due=keep), tuple(released)


def _next_call(state: Attention, reader: Reader, now: datetime) -> datetime | None:
    times = [state.digest_due] if state.digest_due else []
    if state.held:
        times.append(quiet_ends(now, reader.settings, reader.zone))
    return min(times, default=None)
