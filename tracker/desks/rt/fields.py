"""What a change of a date or a custom field means to the requester: promises, the visit, the rating."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.promises import kind_of_change
from tracker.desks.rt.standing import Standing
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind
from tracker.model.ticket import TicketState
from tracker.model.visit import Visit, VisitState

_AHEAD = frozenset({VisitState.SCHEDULED, VisitState.ON_THE_WAY})


def tell_field(
    context: Context, standing: Standing, step: wire.Transaction, *, near: Sequence[wire.Transaction]
) -> list[Event]:
    """Tell the change of a custom field; the client id is ours and no news."""
    name, names = context.field_name(step), context.site.fields
    if not name or name == names.client_id:
        return []
    if name == names.visit:
        return _tell_visit(context, standing, step)
    if name == names.next_update:
        return tell_promise(context, standing, step, kind=PromiseKind.NEXT_UPDATE)
    if name == names.rating:
        return _tell_rating(context, standing, step, near)
    value = safe_line(str(step.new_value or ""))
    if name == names.location and standing.visit is not None:
        standing.visit = replace(standing.visit, place=value)
    title = safe_line(name, 60)
    return [
        context.event(step, EventKind.OTHER, text=f"{title}: {value}" if value else f"{title} was emptied.")
    ]


def tell_promise(
    context: Context, standing: Standing, step: wire.Transaction, *, kind: PromiseKind
) -> list[Event]:
    """Tell that a date was promised, moved or taken back."""
    latest, at = wire.moment(step.new_value), wire.moment(step.created)
    if at is None:
        return []
    before = standing.promises.open(kind)
    if latest is None:
        told = standing.promises.withdraw(kind)
    else:
        by = context.actor(step).name
        told = standing.promises.make(kind, latest, step=str(wire.number(step.id)), at=at, by=by)
    if told is None:
        return []
    details = Details(promise=told, until=before.latest if before else None)
    return [context.event(step, kind_of_change(before, latest), details)]


def _tell_visit(context: Context, standing: Standing, step: wire.Transaction) -> list[Event]:
    starts, before = wire.moment(step.new_value), standing.visit
    if starts is None:
        if before is None or before.state not in _AHEAD:
            return []
        standing.visit = replace(before, state=VisitState.CANCELLED)
        return [context.event(step, EventKind.VISIT_CANCELLED, Details(visit=standing.visit))]
    moved = before is not None and before.state in _AHEAD
    visit = standing.visit = Visit(
        id=before.id if before is not None and moved else f"{context.key}-visit-{wire.number(step.id)}",
        starts=starts,
        ends=context.site.visit_ends(starts),
        state=context.site.visit_state(standing.status) or VisitState.SCHEDULED,
        place=safe_line(context.values.get(context.site.fields.location, "")),
        agent=context.owner_name(),
    )
    details = Details(visit=visit, until=before.starts if before is not None and moved else None)
    return [context.event(step, EventKind.VISIT_MOVED if moved else EventKind.VISIT_BOOKED, details)]


def _tell_rating(
    context: Context, standing: Standing, step: wire.Transaction, near: Sequence[wire.Transaction]
) -> list[Event]:
    value = str(step.new_value or "")
    if not value:
        return []
    event = context.event(step, EventKind.RATED, Details(score=wire.number(value) or None))
    if event.actor.kind is not ActorKind.YOU:
        return [event]
    event = replace(event, command_id=context.client_id_after(step, near))
    if standing.state is TicketState.RESOLVED and value == context.works_value:
        event = replace(event, kind=EventKind.CONFIRMED)
    return [event]
