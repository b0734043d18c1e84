"""Into whose hands a ticket went: its owner and its queue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.desks.rt import wire
from tracker.desks.rt.context import SYSTEM_LOGINS, Context
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind

# RT's own accounts have the first numbers: 1 is RT_System, 6 is Nobody (etc/initialdata).
_LAST_OF_RTS_OWN = 6


def people_in(steps: Sequence[wire.Transaction]) -> dict[int, str]:
    """Name everybody who did something, by RT's number for them."""
    found: dict[int, str] = {}
    for step in steps:
        if not isinstance(step.creator, str) and step.creator.name not in SYSTEM_LOGINS:
            found[wire.number(step.creator.id)] = wire.name_of(step.creator)
    return found


def tell_owner(
    context: Context, step: wire.Transaction, steps: Sequence[wire.Transaction], people: Mapping[int, str]
) -> Event:
    """Tell who has it now and who had it before; `steps`: the ticket's, `people`: those named in them."""
    before = _person(context, step.old_value, steps, people)
    after = _person(context, step.new_value, steps, people)
    details = Details(person=after, previous=before)
    if after is not None and before is None:
        return context.event(step, EventKind.ASSIGNED, details)
    if after is None:
        # Nobody has it now: it is back with the team.
        details = replace(details, team=context.queue_name or None)
    return context.event(step, EventKind.HANDED_OVER, details)


def tell_queue(context: Context, step: wire.Transaction) -> Event:
    """Tell which team has it now."""
    team = context.queues.get(wire.number(step.new_value), "another team")
    before = context.queues.get(wire.number(step.old_value))
    return context.event(step, EventKind.HANDED_OVER, Details(team=team, previous=before))


def _person(
    context: Context, value: object, steps: Sequence[wire.Transaction], people: Mapping[int, str]
) -> str | None:
    """Name a person by RT's number, where anything in sight does: employees may not look it up."""
    number = wire.number(value)
    if number <= _LAST_OF_RTS_OWN:
        return None
    if number in people:
        return safe_line(people[number])
    changes = [step for step in steps if step.type == "Set" and step.field == "Owner"]
    if wire.number(changes[-1].new_value) == number:
        return context.owner_name() or None
    return "somebody else"
