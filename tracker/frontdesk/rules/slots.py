"""Windows the desk offers for a visit: inside its business hours, when who would come is free."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from tracker.frontdesk import limits
from tracker.frontdesk.hours import BusinessHours, opening_spells
from tracker.frontdesk.rules.move import Booked, Context
from tracker.frontdesk.rules.visits import is_active
from tracker.frontdesk.values import NOT_WORKED_ON, Person, Ticket

Span = tuple[datetime, datetime]


class Slot(Struct, frozen=True, kw_only=True):
    """A window the desk offers for a visit, and who would come."""

    id: str
    starts: datetime
    ends: datetime
    agent: Person | None = None


def offered_slots(ticket: Ticket, context: Context) -> tuple[Slot, ...]:
    """List the soonest windows; none for a ticket that is not being worked on."""
    slots: list[Slot] = []
    for slot in _free_slots(ticket, context):
        slots.append(slot)
        if len(slots) == limits.SLOTS_SHOWN:
            break
    return tuple(slots)


def find_slot(ticket: Ticket, context: Context, slot_id: str) -> Slot | None:
    """Find a window that was offered; None when it is over or taken by now."""
    return next((slot for slot in _free_slots(ticket, context) if slot.id == slot_id), None)


def _free_slots(ticket: Ticket, context: Context) -> Iterator[Slot]:
    if ticket.state in NOT_WORKED_ON:
        return
    candidates = _who_could_come(ticket, context)
    named = len(candidates) == 1
    taken = [visit for visit in context.directory.visits_ahead() if visit.ticket != ticket.number]
    visit = ticket.visit
    own = (visit.starts, visit.ends) if visit is not None and is_active(visit) else None
    for span in _spans(context):
        free = next((person for person in candidates if _is_free(person, span, taken)), None)
        if free is None or span == own:
            continue
        whose = free.id if named else ""
        slot_id = f"{span[0]:%Y%m%dT%H%MZ}-{span[1]:%Y%m%dT%H%MZ}-{whose}"
        yield Slot(id=slot_id, starts=span[0], ends=span[1], agent=free)


def _who_could_come(ticket: Ticket, context: Context) -> tuple[Person, ...]:
    """Name whose diary counts: who is to come, else whose ticket it is, else anybody."""
    visit = ticket.visit if is_active(ticket.visit) else None
    wanted = (visit and visit.agent) or ticket.owner
    agents = context.directory.agents()
    here = tuple(person for person in agents if wanted is not None and person.id == wanted.id)
    return here or agents


def _is_free(person: Person, span: Span, taken: list[Booked]) -> bool:
    return not any(
        visit.agent == person.id and visit.starts < span[1] and span[0] < visit.ends for visit in taken
    )


def _spans(context: Context) -> Iterator[Span]:
    settings = context.settings.visits
    length = timedelta(hours=settings.window_hours)
    first = context.now + timedelta(hours=settings.notice_hours)
    last = context.now + timedelta(days=settings.days_ahead)
    for opens, closes in opening_spells(context.settings.hours or BusinessHours(), first, last):
        starts = opens
        while starts + length <= closes:
            if starts >= first:
                yield starts.astimezone(UTC), (starts + length).astimezone(UTC)
            starts += length
