"""A technician's visit: booked, moved, on the way, here, done or failed."""

from datetime import datetime

from msgspec.structs import replace

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import Because, BookVisit, FinishVisit, MoveVisit, Nothing, OnTheWay
from tracker.frontdesk.rules.appointments import promise_appointment, settle_appointment
from tracker.frontdesk.rules.move import Move, checked_line, checked_range, checked_text, new_id
from tracker.frontdesk.rules.promises import keep_by_word
from tracker.frontdesk.values import EventData, State, Visit, VisitStanding, Window
from tracker.model.event import EventKind
from tracker.model.site_time import zone_named

ACTIVE: frozenset[VisitStanding] = frozenset({"scheduled", "on_the_way", "on_site"})


def is_active(visit: Visit | None) -> bool:
    """Tell whether somebody is still expected or there."""
    return visit is not None and visit.state in ACTIVE


def book(move: Move, body: BookVisit) -> None:
    """Book a window; without an agent named, the actor comes."""
    move.require_open()
    if move.ticket.state is State.RESOLVED:
        raise Refused("not_now", f"{move.ticket.number} is solved. Set it back to work first.")
    if is_active(move.ticket.visit):
        raise Refused("not_now", "A visit is booked already. Move it instead.")
    starts, ends = checked_range(body.starts, body.ends, now=move.now)
    if body.zone is not None and zone_named(body.zone) is None:
        raise Refused(
            "invalid", f"There is no time zone called “{body.zone}”. Write one such as Europe/Berlin."
        )
    agent = body.agent or move.actor.id
    visit = Visit(
        id=new_id(),
        starts=starts,
        ends=ends,
        place=checked_line(body.place, "The place"),
        agent=move.context.directory.agent(agent) if agent else None,
        zone=body.zone,
        prepare=tuple(checked_line(line, "A thing to prepare") for line in body.prepare),
    )
    _expect(move, visit)


def _expect(move: Move, visit: Visit) -> None:
    data = move.go_to(State.VISIT) if move.ticket.state is not State.VISIT else EventData()
    visit = replace(visit, booked_at=move.now)
    put_visit(move, visit)
    move.tell(EventKind.VISIT_BOOKED, replace(data, visit=visit))
    promise_visit(move, visit)


def reschedule(move: Move, body: MoveVisit) -> None:
    """Put another window in place of the booked one, with a reason."""
    visit = active_visit(move, "scheduled", "on_the_way")
    starts, ends = checked_range(body.starts, body.ends, now=move.now)
    moved = replace(in_window(visit, starts, ends), booked_at=move.now)
    put_visit(move, moved)
    reason = checked_line(body.reason, "The reason")
    data = EventData(visit=moved, was_starts=visit.starts, was_ends=visit.ends, reason=reason)
    move.tell(EventKind.VISIT_MOVED, data)
    promise_visit(move, moved, reason)


def promise_visit(move: Move, visit: Visit, reason: str | None = None) -> None:
    """Promise that somebody comes in the visit's window; another one needs a reason."""
    window = Window(starts=visit.starts, ends=visit.ends)
    promise_appointment(move, "visit", window, reason=reason)


def in_window(visit: Visit, starts: datetime, ends: datetime) -> Visit:
    """Give the visit in another window: what was said about the old one does not hold for it."""
    return replace(
        visit,
        starts=starts,
        ends=ends,
        state="scheduled",
        eta_earliest=None,
        eta_latest=None,
        confirmed=False,
        not_there=False,
        wished=None,
    )


def cancel(move: Move, body: Because) -> None:
    """Call the visit off, with a reason."""
    visit = active_visit(move, "scheduled", "on_the_way")
    reason = checked_line(body.reason, "The reason")
    _end(move, EventKind.VISIT_CANCELLED, replace(visit, state="cancelled"), reason=reason)
    settle_appointment(move, "visit", "withdrawn")


def call_visit_off(move: Move, reason: str) -> None:
    """Call a visit that is still ahead off, where there is one."""
    visit = move.ticket.visit
    if visit is not None and is_active(visit):
        ended = replace(visit, state="cancelled")
        put_visit(move, ended)
        move.tell(EventKind.VISIT_CANCELLED, EventData(visit=ended, reason=reason))
        settle_appointment(move, "visit", "withdrawn")


def on_the_way(move: Move, body: OnTheWay) -> None:
    """Say when the technician is expected; said again, it is a new expectation."""
    visit = active_visit(move, "scheduled", "on_the_way")
    earliest, latest = checked_range(body.eta_earliest, body.eta_latest, now=move.now)
    moving = replace(visit, state="on_the_way", eta_earliest=earliest, eta_latest=latest)
    again = visit.state == "on_the_way"
    put_visit(move, moving)
    move.tell(EventKind.VISIT_ETA if again else EventKind.VISIT_ON_THE_WAY, EventData(visit=moving))


def arrived(move: Move, _body: Nothing) -> None:
    """Say that the technician is there."""
    here = replace(active_visit(move, "scheduled", "on_the_way"), state="on_site")
    put_visit(move, here)
    move.tell(EventKind.VISIT_ARRIVED, EventData(visit=here))
    settle_appointment(move, "visit", "kept")
    keep_by_word(move)


def finish(move: Move, body: FinishVisit) -> None:
    """Say how it ended; the ticket goes on, and is solved by a word of its own.

    A failed visit may get another window at once, with all else as it was. Somebody who came in the promised
    window and found nobody has kept the promise.
    """
    again = _new_window(move, body)
    if body.outcome == "done":
        done = replace(active_visit(move, "on_site"), state="done")
        _end(move, EventKind.VISIT_DONE, done, text=checked_text(body.text))
        keep_by_word(move)
        return
    failed = replace(active_visit(move, "scheduled", "on_the_way", "on_site"), state="failed")
    text = checked_text(body.text, required=True)
    _end(move, EventKind.VISIT_FAILED, failed, text=text)
    settle_appointment(move, "visit", "kept" if failed.starts <= move.now else "withdrawn")
    keep_by_word(move)
    if again is not None:
        _expect(move, replace(in_window(failed, *again), id=new_id()))


def _new_window(move: Move, body: FinishVisit) -> tuple[datetime, datetime] | None:
    if body.starts is None and body.ends is None:
        return None
    if body.starts is None or body.ends is None:
        raise Refused("invalid", "A new window needs its start and its end.")
    if body.outcome == "done":
        raise Refused("invalid", "A visit that was done needs no new window.")
    return checked_range(body.starts, body.ends, now=move.now)


def _end(move: Move, kind: EventKind, visit: Visit, *, reason: str | None = None, text: str = "") -> None:
    put_visit(move, visit)
    data = move.go_to(State.WORKING) if move.ticket.state is State.VISIT else EventData()
    move.say(kind, text, data=replace(data, visit=visit, reason=reason))


def active_visit(move: Move, *states: VisitStanding) -> Visit:
    """Give the visit that stands; raises `Refused` when there is none, or it is not in one of the states."""
    move.require_open()
    visit = move.ticket.visit
    if visit is None or visit.state not in ACTIVE:
        raise Refused("not_now", "No visit is booked.")
    if visit.state not in states:
        there = "has not arrived yet" if visit.state != "on_site" else "is there already"
        raise Refused("not_now", f"The technician {there}.")
    return visit


def put_visit(move: Move, visit: Visit) -> None:
    """Put the visit as it is now on the ticket."""
    move.ticket = replace(move.ticket, visit=visit)
