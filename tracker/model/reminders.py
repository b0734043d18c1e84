"""What the clock alone makes worth telling: what was missed, a visit or a call soon, what closes soon."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo

from tracker.model.call import CallState
from tracker.model.calling import ends_of
from tracker.model.due import CLOSING_SOON
from tracker.model.endings import CHECK_IN_AFTER
from tracker.model.event import EventKind
from tracker.model.line import Line, line
from tracker.model.news import call_missed_id, missed_id
from tracker.model.notice import Button, Notice, NoticeClass
from tracker.model.notice_words import number_of, subject_of
from tracker.model.promise import GRACE
from tracker.model.promise_words import LATE
from tracker.model.pulse import Pulse
from tracker.model.stage import Stage
from tracker.model.ticket import Ticket
from tracker.model.track import OverlayKind
from tracker.model.visit import Visit, VisitState
from tracker.model.visit_lines import call_next

VISIT_SOON = timedelta(minutes=15)
CALL_SOON = timedelta(minutes=5)
EVENING, NIGHT, MORNING = time(17), time(21), time(8)
"""When a visit on the next day is told: on the evening before, else on the day itself."""
_CALL_BOOKED = frozenset({EventKind.CALLBACK_BOOKED})
_BOOKS = frozenset({EventKind.VISIT_BOOKED, EventKind.VISIT_MOVED})
_STILL_ASKED = timedelta(days=2)
"""So long after the check-in has come up, it is asked on the card alone."""
_STILL_NEWS = timedelta(hours=12)
"""A miss that nobody could be told of for so long is seen on the card, and not announced any more."""


def reminders(pulse: Pulse, now: datetime, zone: tzinfo) -> tuple[Notice, ...]:
    """List what the clock has made due, each under an id that is the same every time it is asked."""
    return (
        *_missed(pulse, now),
        *_missed_call(pulse, now),
        *_visit(pulse, now, zone),
        *_call(pulse, now),
        *_closing(pulse, now),
        *_looking_back(pulse, now),
    )


def next_reminder(pulse: Pulse, now: datetime, zone: tzinfo) -> datetime | None:
    """Give the next moment at which `reminders`, or the pulse itself, says something new."""
    times = [pulse.next_due] if pulse.next_due else []
    visit = pulse.ticket.visit
    if visit is not None and visit.state is VisitState.SCHEDULED:
        times += [*_evening(visit, zone), _on_the_day(visit, MORNING, zone), visit.starts - VISIT_SOON]
    call = pulse.call
    if call is not None and call.state is CallState.BOOKED and call.starts is not None:
        times.append(call.starts - CALL_SOON)
    return min((at for at in times if at > now), default=None)


def _missed(pulse: Pulse, now: datetime) -> Iterator[Notice]:
    standing = {o.about for o in pulse.overlays if o.kind is OverlayKind.PROMISE_MISSED and not o.calm}
    for promise in pulse.promises:
        since = now - promise.latest - GRACE
        if promise.id in standing and timedelta() <= since < _STILL_NEWS:
            yield _notice(
                pulse.ticket,
                missed_id(pulse.ticket.id, promise.id),
                NoticeClass.PROMISE,
                line(LATE[promise.kind], time=promise.latest),
                now,
                (Button.ASK_FOR_NEWS, Button.CALL_ME),
            )


def _missed_call(pulse: Pulse, now: datetime) -> Iterator[Notice]:
    """Tell that no call came where the desk does not say so itself."""
    call = pulse.call
    if call is None or call.state not in (CallState.ASKED, CallState.BOOKED) or pulse.stage >= Stage.FIXED:
        return
    for overlay in pulse.overlays:
        if overlay.kind is not OverlayKind.CALLBACK_MISSED or overlay.since is None:
            continue
        if now - overlay.since - GRACE < _STILL_NEWS:
            key = call_missed_id(pulse.ticket.id, call)
            buttons = (Button.CALL_ME, Button.ASK_FOR_NEWS)
            yield _notice(pulse.ticket, key, NoticeClass.PROMISE, overlay.chip, now, buttons)


def _call(pulse: Pulse, now: datetime) -> Iterator[Notice]:
    """Tell shortly before it that somebody rings."""
    call, ticket = pulse.call, pulse.ticket
    told = call_next(call, now) if pulse.stage < Stage.FIXED else None
    if call is None or told is None or call.state is not CallState.BOOKED or call.starts is None:
        return
    soon = call.starts - CALL_SOON
    if soon <= now < (ends_of(call) or call.starts) and not _told_since(pulse, soon, _CALL_BOOKED):
        key = f"{ticket.id}:call-soon:{call.id}:{call.starts.isoformat()}"
        yield _notice(ticket, key, NoticeClass.NOW, told, now, (Button.OPEN,))


def _looking_back(pulse: Pulse, now: datetime) -> Iterator[Notice]:
    """Ask some days after the end whether it is still fine."""
    done = pulse.done_at
    if done is None or not pulse.asks_back or now - done - CHECK_IN_AFTER >= _STILL_ASKED:
        return
    key = f"{pulse.ticket.id}:check-in:{done.isoformat()}"
    yield _notice(pulse.ticket, key, NoticeClass.PROGRESS, line("Is it still fine?"), now, (Button.OPEN,))


def _visit(pulse: Pulse, now: datetime, zone: tzinfo) -> Iterator[Notice]:
    ticket, visit = pulse.ticket, pulse.ticket.visit
    if visit is None or visit.state is not VisitState.SCHEDULED or now >= visit.starts:
        return
    who = visit.agent or (ticket.owner.name if ticket.owner else "") or "A technician"
    told = line("{who} comes {time}", who=who, time=visit.starts)
    when = visit.starts.isoformat()
    evening, night = _evening(visit, zone)
    in_its_window = evening <= now < night or now >= _on_the_day(visit, MORNING, zone)
    if now >= visit.starts - VISIT_SOON:
        key = f"{ticket.id}:soon:{visit.id}:{when}"
    elif in_its_window and not _told_since(pulse, evening, _BOOKS):
        key = f"{ticket.id}:eve:{visit.id}:{when}"
    else:
        return
    buttons = (Button.OPEN, Button.RESCHEDULE) if pulse.may_move else (Button.OPEN,)
    yield _notice(ticket, key, NoticeClass.NOW, told, now, buttons)


def _told_since(pulse: Pulse, moment: datetime, kinds: frozenset[EventKind]) -> bool:
    """Say whether it was booked or moved so late that the news of it is the reminder."""
    return any(event.kind in kinds and event.at >= moment for event in pulse.events)


def _closing(pulse: Pulse, now: datetime) -> Iterator[Notice]:
    ticket, closes = pulse.ticket, pulse.ticket.auto_close_at
    if pulse.stage is not Stage.FIXED or closes is None:
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
