"""What the clock alone makes worth telling: a missed promise, a visit soon, a request that closes soon."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo

from tracker.model.due import CLOSING_SOON
from tracker.model.event import EventKind
from tracker.model.line import Line, line
from tracker.model.news import missed_id
from tracker.model.notice import Button, Notice, NoticeClass
from tracker.model.notice_words import number_of, subject_of
from tracker.model.promise import GRACE, PromiseState
from tracker.model.promise_words import LATE
from tracker.model.stage import Stage
from tracker.model.ticket import Ticket
from tracker.model.track import OverlayKind, Track
from tracker.model.visit import Visit, VisitState

VISIT_SOON = timedelta(minutes=15)
EVENING, NIGHT, MORNING = time(17), time(21), time(8)
"""When a visit on the next day is told: on the evening before, else on the day itself."""
_BOOKS = frozenset({EventKind.VISIT_BOOKED, EventKind.VISIT_MOVED})
_STILL_NEWS = timedelta(hours=12)
"""A miss that nobody could be told of for so long is seen on the card, and not announced any more."""


def reminders(track: Track, now: datetime, zone: tzinfo) -> tuple[Notice, ...]:
    """List what the clock has made due, each under an id that is the same every time it is asked."""
    return (*_missed(track, now), *_visit(track, now, zone), *_closing(track, now))


def next_reminder(track: Track, now: datetime, zone: tzinfo) -> datetime | None:
    """Give the next moment at which `reminders`, or the track itself, says something new."""
    times = [track.next_due] if track.next_due else []
    visit = track.ticket.visit
    if visit is not None and visit.state is VisitState.SCHEDULED:
        times += [*_evening(visit, zone), _on_the_day(visit, MORNING, zone), visit.starts - VISIT_SOON]
    return min((at for at in times if at > now), default=None)


def _missed(track: Track, now: datetime) -> Iterator[Notice]:
    standing = {overlay.since for overlay in track.overlays if overlay.kind is OverlayKind.PROMISE_MISSED}
    for promise in track.promises:
        since = now - promise.latest - GRACE
        news = promise.latest in standing and timedelta() <= since < _STILL_NEWS
        if promise.state is PromiseState.MISSED and news:
            yield _notice(
                track.ticket,
                missed_id(track.ticket.id, promise.id),
                NoticeClass.PROMISE,
                line(LATE[promise.kind], time=promise.latest),
                now,
                (Button.ASK_FOR_NEWS,),
            )


def _visit(track: Track, now: datetime, zone: tzinfo) -> Iterator[Notice]:
    ticket, visit = track.ticket, track.ticket.visit
    if visit is None or visit.state is not VisitState.SCHEDULED or now >= visit.starts:
        return
    who = visit.agent or (ticket.owner.name if ticket.owner else "") or "A technician"
    told = line("{who} comes {time}", who=who, time=visit.starts)
    when = visit.starts.isoformat()
    evening, night = _evening(visit, zone)
    in_its_window = evening <= now < night or now >= _on_the_day(visit, MORNING, zone)
    if now >= visit.starts - VISIT_SOON:
        key = f"{ticket.id}:soon:{visit.id}:{when}"
    elif in_its_window and not _told_since(track, evening):
        key = f"{ticket.id}:eve:{visit.id}:{when}"
    else:
        return
    yield _notice(ticket, key, NoticeClass.NOW, told, now, (Button.OPEN,))


def _told_since(track: Track, moment: datetime) -> bool:
    """Say whether the visit was booked or moved so late that the news of it is the reminder."""
    return any(entry.event in _BOOKS and entry.at >= moment for entry in track.entries)


def _closing(track: Track, now: datetime) -> Iterator[Notice]:
    ticket, closes = track.ticket, track.ticket.auto_close_at
    if track.stage is not Stage.FIXED or closes is None:
        return
    if closes - CLOSING_SOON <= now < closes:
        told = line("Closes {time} unless you say no", time=closes)
        key = f"{ticket.id}:closing:{ticket.id}:{closes.isoformat()}"
        yield _notice(ticket, key, NoticeClass.NEEDS_YOU, told, now, (Button.WORKS, Button.NOT_YET))


def _evening(visit: Visit, zone: tzinfo) -> tuple[datetime, datetime]:
    """Give the window on the evening before a visit in which it is told."""
    day = visit.starts.astimezone(zone).date() - timedelta(days=1)
    evening, night = (
        datetime.combine(day, clock, zone).astimezone(visit.starts.tzinfo) for clock in (EVENING, NIGHT)
    )
    return evening, night


def _on_the_day(visit: Visit, clock: time, zone: tzinfo) -> datetime:
    day = visit.starts.astimezone(zone).date()
    return datetime.combine(day, clock, zone).astimezone(visit.starts.tzinfo)


def _notice(
    ticket: Ticket, key: str, kind: NoticeClass, body: Line, now: datetime, buttons: tuple[Button, ...]
) -> Notice:
    return Notice(
        id=key,
        at=now,
        notice_class=kind,
        title=subject_of(ticket),
        body=body,
        detail=number_of(ticket),
        ticket=ticket.id,
        buttons=buttons,
    )
