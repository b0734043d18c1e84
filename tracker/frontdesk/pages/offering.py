"""Which deeds a ticket's page offers now; the rules judge again when one is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from tracker.frontdesk.pages.deed import Deed
from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.values import ENDED, Call, Promise, State, Ticket, Visit

LAST = ("resolve", "priority", "categorise", "cancel")
SELDOM = ("priority", "categorise", "cancel")
LIVE = ("open", "paused")
COMING = ("scheduled", "on_the_way")


@dataclass(frozen=True, slots=True)
class Offer:
    """Names of deeds: the one to do next, the others of the bar, and those of the visit and the call."""

    first: tuple[str, ...] = ()
    bar: tuple[str, ...] = ()
    visit: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    can_write: bool = False


def offered(ticket: Ticket) -> Offer:
    """Say what makes sense with the ticket as it stands."""
    if ticket.state in ENDED:
        return Offer()
    if ticket.state is State.RESOLVED:
        return Offer(first=("reopen",), bar=("close",), can_write=True)
    return Offer(
        first=_first(ticket),
        bar=_bar(ticket),
        visit=_visit(ticket.visit),
        call=_call(ticket.call),
        can_write=True,
    )


def prefilled(deed: Deed, ticket: Ticket, time: DeskTime) -> Mapping[str, str]:
    """Fill in what is most likely meant, for an agent to change."""
    soon = {
        "eta_earliest": time.field(time.now + timedelta(minutes=20)),
        "eta_latest": time.field(time.now + timedelta(minutes=40)),
        "priority": ticket.priority.value,
        "service": ticket.service.id,
        "how": "reply",
    }
    if ticket.visit is not None and deed.name == "visit-move":
        soon["starts"], soon["ends"] = time.field(ticket.visit.starts), time.field(ticket.visit.ends)
    if deed.name == "visit-book":
        soon["place"] = next((f.value for f in ticket.fields if f.id in ("room", "place", "where")), "")
    if ticket.call is not None and deed.name == "call-book":
        window = next((one for one in ticket.call.windows if one.ends > time.now), None)
        if window is not None:
            soon["starts"], soon["ends"] = time.field(window.starts), time.field(window.ends)
    return {asked.name: soon[asked.name] for asked in deed.fields if asked.name in soon}


def movable(ticket: Ticket, promise: Promise) -> bool:
    """Tell whether a promise may be moved or taken back by itself; an appointment's goes where that goes."""
    booked = promise.kind == "visit" or (promise.kind == "callback" and ticket.call is not None)
    return promise.state in LIVE and not booked


def _first(ticket: Ticket) -> tuple[str, ...]:
    """Give what is most likely to be done next."""
    if ticket.owner is None:
        return ("take",)
    if ticket.visit is not None and ticket.visit.state in COMING:
        return ("visit-arrived",) if ticket.visit.state == "on_the_way" else ("visit-set-off",)
    if ticket.visit is not None and ticket.visit.state == "on_site":
        return ("visit-done",)
    return () if ticket.state is State.WORKING else ("start",)


def _bar(ticket: Ticket) -> tuple[str, ...]:
    visit = () if _visit(ticket.visit) else ("visit-book",)
    return ("promise", *visit, "hand-over", "wait", "resolve", "heartbeat", "options", *SELDOM)


def _visit(visit: Visit | None) -> tuple[str, ...]:
    if visit is None:
        return ()
    return {
        "scheduled": ("visit-set-off", "visit-move", "visit-cancel", "visit-failed"),
        "on_the_way": ("visit-arrived", "visit-eta", "visit-move", "visit-cancel", "visit-failed"),
        "on_site": ("visit-done", "visit-failed"),
    }.get(visit.state, ())


def _call(call: Call | None) -> tuple[str, ...]:
    if call is None:
        return ()
    return {
        "asked": ("call-book", "call-done", "call-tried"),
        "booked": ("call-done", "call-tried", "call-book", "call-missed"),
        "tried": ("call-done", "call-tried", "call-book", "call-missed"),
        "missed": ("call-book", "call-done", "call-tried"),
    }.get(call.state, ())
