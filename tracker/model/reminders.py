"""What the clock alone makes worth telling: a missed promise, a visit soon, a request that closes soon."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo

from tracker.model.line import Line, line
from tracker.model.notice import Button, Notice, NoticeClass
from tracker.model.promise import GRACE, Promise, PromiseState
from tracker.model.ticket import Ticket, TicketState
from tracker.model.track import Track
from tracker.model.visit import VisitState

VISIT_SOON = timedelta(minutes=15)
EVENING = time(17)
"""When a visit on the next day is told."""
CLOSING_SOON = timedelta(days=1)


def reminders(track: Track, now: datetime, zone: tzinfo) -> tuple[Notice, ...]:
    """List what the clock has made due, each under an id that is the same every time it is asked."""
    due = [
        *_missed(track.ticket, track.promises, now),
        *_visit(track.ticket, now, zone),
        *_closing(track.ticket, now),
    ]
    return tuple(due)


def next_reminder(track: Track, now: datetime, zone: tzinfo) -> datetime | None:
    """Give the next moment at which `reminders`, or the track itself, says something new."""
    times = [track.next_due] if track.next_due else []
    visit = track.ticket.visit
    if visit is not None and visit.state is VisitState.SCHEDULED:
        times += [_evening_before(visit.starts, zone), visit.starts - VISIT_SOON]
    return min((at for at in times if at > now), default=None)


def _missed(ticket: Ticket, promises: Sequence[Promise], now: datetime) -> Iterator[Notice]:
    for promise in promises:
        since = now - promise.latest - GRACE
        over = ticket.state.is_over or ticket.state is TicketState.RESOLVED
        if promise.state is PromiseState.MISSED and timedelta() <= since < timedelta(hours=12) and not over:
            yield _notice(
                ticket,
                f"missed:{promise.id}",
                NoticeClass.PROMISE,
                line("We promised word by {time} and missed it", time=promise.latest),
                now,
                (Button.ASK_FOR_NEWS,),
            )


def _visit(ticket: Ticket, now: datetime, zone: tzinfo) -> Iterator[Notice]:
    visit = ticket.visit
    if visit is None or visit.state is not VisitState.SCHEDULED or now >= visit.starts:
        return
    who = visit.agent or (ticket.owner.name if ticket.owner else "") or "A technician"
    if now >= visit.starts - VISIT_SOON:
        told = line("{who} comes at {time}", who=who, time=visit.starts)
        key = f"soon:{visit.id}:{visit.starts.isoformat()}"
        yield _notice(ticket, key, NoticeClass.NOW, told, now, (Button.OPEN,))
    elif now >= _evening_before(visit.starts, zone):
        told = line("{who} comes {time}", who=who, time=visit.starts)
        key = f"eve:{visit.id}:{visit.starts.isoformat()}"
        yield _notice(ticket, key, NoticeClass.NOW, told, now, (Button.OPEN,))


def _closing(ticket: Ticket, now: datetime) -> Iterator[Notice]:
    closes = ticket.auto_close_at
    if ticket.state is not TicketState.RESOLVED or closes is None:
        return
    if closes - CLOSING_SOON <= now < closes:
        told = line("Closes on {time} unless you say no", time=closes)
        key = f"closing:{ticket.id}:{closes.isoformat()}"
        yield _notice(ticket, key, NoticeClass.NEEDS_YOU, told, now, (Button.WORKS, Button.NOT_YET))


def _evening_before(starts: datetime, zone: tzinfo) -> datetime:
    day = starts.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day, EVENING, zone).astimezone(starts.tzinfo)


def _notice(
    ticket: Ticket, key: str, kind: NoticeClass, body: Line, now: datetime, buttons: tuple[Button, ...]
) -> Notice:
    return Notice(
        id=f"{ticket.id}:{key}",
        at=now,
        notice_class=kind,
        title=line("{subject}", subject=ticket.subject),
        body=body,
        detail=line("{number}", number=ticket.number),
        ticket=ticket.id,
        buttons=buttons,
    )
