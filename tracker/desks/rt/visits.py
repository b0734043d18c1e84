"""What a ticket's fields and status say of the technician's visit, and what an update did to it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context, step_id
from tracker.desks.rt.field_values import FieldValues
from tracker.desks.rt.site import RtSite
from tracker.desks.rt.standing import Standing
from tracker.desks.rt.status import FINISHED
from tracker.desks.rt.updates import Update
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.site_time import zone_named
from tracker.model.visit import Visit, VisitState

_AHEAD = frozenset({VisitState.SCHEDULED, VisitState.ON_THE_WAY})
_UNDER_WAY = frozenset({VisitState.ON_THE_WAY, VisitState.ON_SITE})
_OVER = frozenset({VisitState.DONE, VisitState.FAILED, VisitState.CANCELLED})
_KINDS = {
    VisitState.ON_THE_WAY: EventKind.VISIT_ON_THE_WAY,
    VisitState.ON_SITE: EventKind.VISIT_ARRIVED,
    VisitState.DONE: EventKind.VISIT_DONE,
    VisitState.FAILED: EventKind.VISIT_FAILED,
    VisitState.CANCELLED: EventKind.VISIT_CANCELLED,
}
_MOST_THINGS = 20


@dataclass(frozen=True, slots=True)
class _Fact:
    kind: EventKind
    details: Details
    text: str = ""


def visit_of(site: RtSite, values: FieldValues, key: str, *, state: VisitState, agent: str) -> Visit | None:
    """Read the visit that the fields describe; None without a start. `agent`: who comes if no field says.

    An end that is not after its start is none, as are arrival times out of order and zones nobody knows.
    """
    names = site.fields
    starts = values.moment(names.visit)
    if starts is None:
        return None
    ends = values.moment(names.visit_end)
    earliest, latest = values.moment(names.eta_from), values.moment(names.eta_to)
    told = (
        state is VisitState.ON_THE_WAY and earliest is not None and latest is not None and earliest <= latest
    )
    things = (safe_line(each, 200) for each in values.raw(names.prepare).splitlines()[:_MOST_THINGS])
    return Visit(
        id=key,
        starts=starts,
        ends=ends if ends is not None and ends > starts else site.visit_ends(starts),
        state=state,
        place=values.line(names.location),
        agent=values.line(names.visit_agent) or agent,
        eta_earliest=earliest if told else None,
        eta_latest=latest if told else None,
        note=values.line(names.visit_note),
        zone=_known_zone(values.raw(names.visit_zone).strip()),
        directions=values.line(names.directions),
        prepare=tuple(thing for thing in things if thing),
    )


def visit_now(
    site: RtSite, ticket: wire.Ticket, *, values: FieldValues | None = None, status: str = "", agent: str = ""
) -> Visit | None:
    """Give the visit that a ticket has by itself: as it is now, or with another time's values and status."""
    values = values or FieldValues(wire.listed(ticket.custom_fields))
    status = status or ticket.status
    usual = VisitState.DONE if site.state(status) in FINISHED else VisitState.SCHEDULED
    state = site.visit_said(values.raw(site.fields.visit_state)) or site.visit_state(status) or usual
    return visit_of(site, values, f"{wire.number(ticket.id)}-visit-0", state=state, agent=agent)


def tell_visit(context: Context, standing: Standing, update: Update) -> list[Event]:
    """Follow the visit through an update whose values are noted already; tell what happened to it."""
    names = context.site.fields
    before, first = standing.visit, _first(context, update)
    if first is None:
        return []
    if standing.values.moment(names.visit) is None:
        facts = list(_taken_back(standing, before))
    else:
        facts = list(_facts(context, standing, update, step=first))
    found: list[Event] = []
    for fact in facts:
        step = _cause(context, update, fact.kind) or first
        event = context.event(step, fact.kind, fact.details, text=fact.text)
        suffix = "-v" if step.type == "Status" else ""
        suffix += "-w" * sum(each.raw_id == event.raw_id for each in found)
        found.append(replace(event, id=step_id(wire.number(step.id)) + suffix))
    return found


def _cause(context: Context, update: Update, kind: EventKind) -> wire.Transaction | None:
    """Give the step that a fact is named after."""
    names = context.site.fields
    anew = kind is EventKind.VISIT_FAILED and names.visit in update.changed
    if anew or kind in (EventKind.VISIT_BOOKED, EventKind.VISIT_MOVED):
        return update.cause(names.visit, names.visit_end)
    if kind is EventKind.VISIT_ETA:
        return update.cause(names.eta_from, names.eta_to)
    return update.cause(names.visit_state) or update.status


def _first(context: Context, update: Update) -> wire.Transaction | None:
    fields = context.site.fields
    return update.first(fields.of_visit | {fields.location}) or update.status


def _taken_back(standing: Standing, before: Visit | None) -> Iterator[_Fact]:
    if before is None or before.state not in _AHEAD:
        return
    standing.visit = replace(before, state=VisitState.CANCELLED)
    yield _Fact(EventKind.VISIT_CANCELLED, Details(visit=standing.visit))


def _facts(
    context: Context, standing: Standing, update: Update, *, step: wire.Transaction
) -> Iterator[_Fact]:
    names, before = context.site.fields, standing.visit
    state = _state(context, standing, update)
    starts_anew = names.visit in update.changed
    if (
        before is not None
        and state is VisitState.FAILED
        and starts_anew
        and before.state in _AHEAD | _UNDER_WAY
    ):
        # Nobody was there, and in the same breath there is a new time.
        failed = replace(before, state=VisitState.FAILED, note=standing.values.line(names.visit_note))
        yield _Fact(EventKind.VISIT_FAILED, Details(visit=failed), failed.note)
        standing.values.retire({names.visit_note, names.visit_state})
        before, state = failed, VisitState.SCHEDULED
    booked = before is None or (starts_anew and before.state not in _AHEAD)
    if booked:
        old = {names.visit_end, names.eta_from, names.eta_to, names.visit_note}
        standing.values.retire(old, but=update.changed)
    key = f"{context.key}-visit-{wire.number(step.id)}" if booked or before is None else before.id
    visit = visit_of(context.site, standing.values, key, state=state, agent=context.owner_name())
    if visit is None:
        return
    if before is not None and not booked:
        visit = replace(visit, confirmed=before.confirmed)
    standing.visit = visit
    if booked:
        yield from _tell_booked(visit)
    elif before is not None:
        yield from _compare(standing, update, before, visit, said=names.visit_state in update.changed)


def _tell_booked(visit: Visit) -> Iterator[_Fact]:
    if visit.state in _OVER:
        return
    yield _Fact(EventKind.VISIT_BOOKED, Details(visit=visit))
    if visit.state is not VisitState.SCHEDULED:
        yield _Fact(_KINDS[visit.state], Details(visit=visit))


def _compare(
    standing: Standing, update: Update, before: Visit, visit: Visit, *, said: bool
) -> Iterator[_Fact]:
    """Tell what is another with a visit; `said`: the field for its state was changed."""
    if before.state in _AHEAD and (visit.starts, visit.ends) != (before.starts, before.ends):
        visit = standing.visit = replace(visit, confirmed=False)
        if not update.continued:  # the rest of a booking that was told before
            yield _Fact(EventKind.VISIT_MOVED, Details(visit=visit, until=before.starts))
    if visit.state is not before.state:
        untold = visit.state is VisitState.DONE and before.state not in _UNDER_WAY and not said
        if visit.state in _KINDS and not untold:  # fixed without anybody having set off: nothing to tell
            text = visit.note if visit.state in (VisitState.DONE, VisitState.FAILED) else ""
            yield _Fact(_KINDS[visit.state], Details(visit=visit), text)
    elif visit.eta_latest is not None and _eta(visit) != _eta(before):
        yield _Fact(EventKind.VISIT_ETA, Details(visit=visit, until=before.eta_latest))


def _state(context: Context, standing: Standing, update: Update) -> VisitState:
    """Tell where the visit stands: by its own field where that was changed, else by the status."""
    names, before = context.site.fields, standing.visit
    was = before.state if before is not None else VisitState.SCHEDULED
    if names.visit_state in update.changed:
        return context.site.visit_said(standing.values.raw(names.visit_state)) or VisitState.SCHEDULED
    starts_anew = names.visit in update.changed
    if starts_anew and was not in _AHEAD:
        was = VisitState.SCHEDULED
        standing.values.retire({names.visit_state})
    if update.status is None:
        return _by_word(context, standing, was) if starts_anew else was
    if was in _OVER:
        return was
    word = str(update.status.new_value or "")
    said = context.site.visit_state(word)
    if said is not None:
        return said
    by_status = not standing.values.raw(names.visit_state)
    if context.site.state(word) in FINISHED or (by_status and was in _UNDER_WAY):
        return VisitState.DONE
    return was


def _by_word(context: Context, standing: Standing, was: VisitState) -> VisitState:
    """Tell where a visit booked just now stands: the status may have said it before the time was set."""
    by_status = not standing.values.raw(context.site.fields.visit_state)
    return (context.site.visit_state(standing.status) if by_status else None) or was


def _eta(visit: Visit) -> tuple[object, object]:
    return visit.eta_earliest, visit.eta_latest


def _known_zone(name: str) -> str:
    """Give the name of a time zone back if it is one."""
    return name if zone_named(name) is not None else ""
