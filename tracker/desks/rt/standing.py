"""Where a ticket stood at a step of its history: its state, its visit and its promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.promises import Promises
from tracker.model.promise import PromiseKind
from tracker.model.ticket import TicketState
from tracker.model.visit import Visit


@dataclass(slots=True)
class Standing:
    """Changes step by step while the history is read. `since`: when the present state began.

    `answered`: when the requester wrote while the desk waited for them. RT leaves the status as it is then,
    so this is what ends the wait.
    """

    status: str
    state: TicketState
    promises: Promises
    visit: Visit | None = None
    since: datetime | None = None
    answered: datetime | None = None

    @property
    def waits(self) -> bool:
        """Tell whether the desk waits for the requester."""
        return self.state is TicketState.WAITING_FOR_YOU and self.answered is None


def at_the_start(context: Context, steps: Sequence[wire.Transaction]) -> Standing:
    """Reconstruct how a ticket was made: the first change of a thing tells what was before it.

    RT notes no transaction for what was set at creation.
    """
    first = next((step for step in steps if step.type == "Status"), None)
    status = str(first.old_value or "") if first else context.ticket.status
    standing = Standing(status, context.site.state(status), Promises(context.key))
    made_at = wire.moment(context.ticket.created)
    for kind in (PromiseKind.FIX, PromiseKind.NEXT_UPDATE):
        latest = _first_date(context, steps, kind)
        if latest is not None and made_at is not None:
            standing.promises.make(kind, latest, step="0", at=made_at, by="")
    standing.visit = _first_visit(context, steps)
    return standing


def is_change_of(context: Context, step: wire.Transaction, kind: PromiseKind) -> bool:
    """Tell whether a step changed the date that a kind of promise stands in."""
    if kind is PromiseKind.FIX:
        return step.type == "Set" and step.field == "Due"
    return context.is_field(step, context.site.fields.next_update)


def _first_date(context: Context, steps: Sequence[wire.Transaction], kind: PromiseKind) -> datetime | None:
    first = next((step for step in steps if is_change_of(context, step, kind)), None)
    if first is not None:
        return wire.moment(first.old_value)
    if kind is PromiseKind.FIX:
        return wire.moment(context.ticket.due)
    return wire.moment(context.values.get(context.site.fields.next_update))


def _first_visit(context: Context, steps: Sequence[wire.Transaction]) -> Visit | None:
    name = context.site.fields.visit
    first = next((step for step in steps if context.is_field(step, name)), None)
    if first is None:
        return context.reader.visit(context.ticket)
    starts = wire.moment(first.old_value)
    return Visit(f"{context.key}-visit-0", starts, context.site.visit_ends(starts)) if starts else None
