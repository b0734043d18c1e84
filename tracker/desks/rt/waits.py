"""Why a request waits: the reason, until when, who can end it, what the requester can do meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime

from tracker.desks.rt.context import Context
from tracker.desks.rt.standing import Standing
from tracker.desks.rt.status import ON_HOLD
from tracker.desks.rt.updates import Update
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Wait:
    """What the site's fields say of a wait."""

    reason: str = ""
    until: datetime | None = None
    who: str = ""
    meanwhile: str = ""


def wait_of(context: Context, standing: Standing) -> Wait:
    """Read the fields."""
    names, values = context.site.fields, standing.values
    return Wait(
        reason=values.line(names.wait_reason),
        until=values.moment(names.wait_until),
        who=values.line(names.wait_who),
        meanwhile=values.line(names.meanwhile),
    )


def with_wait(details: Details, wait: Wait) -> Details:
    """Add a wait to what an event tells."""
    return replace(
        details,
        reason=wait.reason or None,
        until=wait.until,
        who_ends=wait.who or None,
        meanwhile=wait.meanwhile or None,
    )


def waiting(ticket: Ticket, wait: Wait) -> Ticket:
    """Add to a ticket why it waits, where it does."""
    if ticket.state not in ON_HOLD:
        return ticket
    return replace(
        ticket,
        state_reason=wait.reason or None,
        state_until=wait.until,
        waiting_for=wait.who,
        meanwhile=wait.meanwhile,
    )


def tell_wait(context: Context, standing: Standing, update: Update) -> list[Event]:
    """Tell that a wait which goes on has another reason or another end."""
    step = update.first(context.site.fields.of_wait)
    if step is None or update.status is not None or standing.state not in ON_HOLD or update.continued:
        return []
    details = with_wait(Details(status_word=safe_line(standing.status, 60)), wait_of(context, standing))
    return [context.event(step, EventKind.ON_HOLD, details)]
