"""Where a ticket stood at a step of its history: its state, its fields, its visit, its call, its promises."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.field_values import FieldValues, values_at_the_start
from tracker.desks.rt.promises import Promises
from tracker.model.call import Call
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
    values: FieldValues = field(default_factory=lambda: FieldValues({}))
    visit: Visit | None = None
    call: Call | None = None
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
    values = values_at_the_start(context, steps)
    standing = Standing(status, context.site.state(status), Promises(context.key), values)
    made_at = wire.moment(context.ticket.created)
    dates = {PromiseKind.NEXT_UPDATE: values.moment(context.site.fields.next_update)}
    if context.site.due is not None:
        dates[context.site.due] = _first_due(context, steps) or dates.get(context.site.due)
    for kind, latest in dates.items():
        if latest is not None and made_at is not None and latest > made_at:
            standing.promises.make(kind, latest, step="0", at=made_at, by="")
    return standing


def _first_due(context: Context, steps: Sequence[wire.Transaction]) -> datetime | None:
    first = next((step for step in steps if step.type == "Set" and step.field == "Due"), None)
    return wire.moment(context.ticket.due if first is None else first.old_value)
