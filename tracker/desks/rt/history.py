"""From RT's transactions to a ticket's events: who did what, and what it meant for the requester."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.desks.rt import wire
from tracker.desks.rt.context import MESSAGES, SYSTEM_LOGINS, Context, near
from tracker.desks.rt.fields import tell_field, tell_promise
from tracker.desks.rt.messages import NO_WORDS, tell_created, tell_merged_in, tell_written
from tracker.desks.rt.standing import Standing, at_the_start
from tracker.desks.rt.status import tell_status
from tracker.desks.rt.words import Words
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.visit import VisitState

# What RT notes for itself; none of it is news for the requester.
_QUIET_FIELDS = frozenset(
    {"Started", "Starts", "Told", "Resolved", "TimeWorked", "TimeLeft", "TimeEstimated", "FinalPriority"}
)
_QUIET_TYPES = frozenset(
    {"EmailRecord", "CommentEmailRecord", "Comment", "SetWatcher", "SystemError", "Told", "DeleteLink"}
)
# RT's own accounts have the first numbers: 1 is RT_System, 6 is Nobody (etc/initialdata).
_LAST_OF_RTS_OWN = 6
_JUST_NOW = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A ticket with all that its history adds to it, and the events, oldest first."""

    ticket: Ticket
    events: tuple[Event, ...]


class HistoryReader:
    """Reads all of one ticket's transactions, in their order, into events.

    `told` is the last transaction that was told before: what was a mere reply then stays one.
    """

    def __init__(
        self,
        context: Context,
        steps: Sequence[wire.Transaction],
        words: Mapping[int, Words],
        *,
        told: int = 0,
    ) -> None:
        self._context = context
        self._steps = [step for step in steps if self._is_own(step)]
        self._foreign = [step for step in steps if not self._is_own(step)]
        self._words = words
        self._told = told
        self._people = _people_in(steps)
        self._standing: Standing = at_the_start(context, self._steps)
        self._near: list[wire.Transaction] = []
        self._events: list[Event] = []

    def read(self) -> Reading:
        """Give the ticket and its events."""
        tell: dict[str, Callable[[wire.Transaction], list[Event]]] = {
            "Create": self._created,
            "Correspond": self._wrote,
            "Status": self._status,
            "Set": self._set,
            "CustomField": self._field,
        }
        for at, step in enumerate(self._steps):
            self._near = near(self._steps, at)
            self._events += tell.get(step.type, self._other)(step)
        self._events += tell_merged_in(self._context, self._foreign, self._words)
        return Reading(self._ticket(), tuple(self._events))

    def _ticket(self) -> Ticket:
        snapshot = self._context.reader.ticket(self._context.ticket)
        standing = self._standing
        visit = snapshot.visit
        if standing.visit is not None and visit is not None:
            visit = replace(visit, id=standing.visit.id, state=standing.visit.state)
        elif standing.visit is not None and standing.visit.state is VisitState.CANCELLED:
            visit = standing.visit
        ticket = replace(snapshot, promises=standing.promises.all(), visit=visit, state_since=standing.since)
        if snapshot.state is TicketState.WAITING_FOR_YOU and standing.answered is not None:
            may = snapshot.may - {Act.ANSWER}
            return replace(ticket, state=TicketState.WORKING, state_since=standing.answered, may=may)
        return ticket

    def _is_own(self, step: wire.Transaction) -> bool:
        return step.object_id == "" or str(step.object_id) == self._context.key

    def _created(self, step: wire.Transaction) -> list[Event]:
        return tell_created(self._context, step, words=self._said(step), steps=self._steps)

    def _wrote(self, step: wire.Transaction) -> list[Event]:
        return tell_written(self._context, self._standing, step, words=self._said(step), near=self._near)

    def _status(self, step: wire.Transaction) -> list[Event]:
        actor = self._context.actor(step)
        recent = self._events[-_JUST_NOW:]
        asked = any(
            event.kind is EventKind.QUESTION
            and wire.number(event.raw_id) > self._told
            and event.actor == actor
            for event in recent
        )
        events = tell_status(self._context, self._standing, step, near=self._near, asked=asked)
        if actor.kind is ActorKind.SYSTEM and recent and recent[-1].actor.kind is ActorKind.YOU:
            # RT opens a ticket by itself when its requester writes: that is nobody's start of work.
            return [_without_start(event) for event in events]
        return events

    def _field(self, step: wire.Transaction) -> list[Event]:
        return tell_field(self._context, self._standing, step, near=self._near)

    def _set(self, step: wire.Transaction) -> list[Event]:
        if step.field == "Owner":
            return [self._owner(step)]
        if step.field == "Due":
            return tell_promise(self._context, self._standing, step, kind=PromiseKind.FIX)
        if step.field == "Queue":
            return [self._queue(step)]
        if step.field == "Priority":
            word = self._context.site.priority(wire.number(step.new_value)).value
            return [self._context.event(step, EventKind.PRIORITY, Details(status_word=word))]
        if step.field in _QUIET_FIELDS:
            return []
        return [
            self._context.event(step, EventKind.OTHER, text=f"{safe_line(step.field or '', 60)} was changed.")
        ]

    def _owner(self, step: wire.Transaction) -> Event:
        before, after = self._person(step.old_value), self._person(step.new_value)
        details = Details(person=after, previous=before)
        if after is not None and before is None:
            return self._context.event(step, EventKind.ASSIGNED, details)
        if after is None:
            # Nobody has it now: it is back with the team.
            details = replace(details, team=self._context.queue_name or None)
        return self._context.event(step, EventKind.HANDED_OVER, details)

    def _person(self, value: object) -> str | None:
        """Name a person by RT's number, where anything in sight does: employees may not look it up."""
        number = wire.number(value)
        if number <= _LAST_OF_RTS_OWN:
            return None
        if number in self._people:
            return safe_line(self._people[number])
        changes = [step for step in self._steps if step.type == "Set" and step.field == "Owner"]
        if wire.number(changes[-1].new_value) == number:
            return self._context.owner_name() or None
        return "somebody else"

    def _queue(self, step: wire.Transaction) -> Event:
        queues = self._context.queues
        team = queues.get(wire.number(step.new_value), "another team")
        before = queues.get(wire.number(step.old_value))
        return self._context.event(step, EventKind.HANDED_OVER, Details(team=team, previous=before))

    def _other(self, step: wire.Transaction) -> list[Event]:
        if step.type in _QUIET_TYPES or (step.type == "AddLink" and step.field == "MergedInto"):
            return []
        if step.type == "AddLink":
            return [self._context.event(step, EventKind.LINKED)]
        if step.type in ("AttachmentTruncate", "AttachmentDrop"):
            kept = "only the beginning of it" if step.type == "AttachmentTruncate" else "nothing of it"
            name = safe_line(step.data or "", 100)
            text = f"The file “{name}” was too big for the desk, which kept {kept}."
        elif step.type in ("AddWatcher", "DelWatcher"):
            text = "The people on this request changed."
        else:
            text = safe_line(f"{step.type} {step.field or ''}")
        return [self._context.event(step, EventKind.OTHER, text=text)]

    def _said(self, step: wire.Transaction) -> Words:
        return self._words.get(wire.number(step.id), NO_WORDS)


def message_ids(steps: Sequence[wire.Transaction]) -> list[int]:
    """List the transactions that have words or files."""
    return [wire.number(step.id) for step in steps if step.type in MESSAGES]


def _without_start(event: Event) -> Event:
    return replace(event, kind=EventKind.STATUS) if event.kind is EventKind.WORK_STARTED else event


def _people_in(steps: Sequence[wire.Transaction]) -> dict[int, str]:
    """Name everybody who did something, by RT's number for them."""
    found: dict[int, str] = {}
    for step in steps:
        if not isinstance(step.creator, str) and step.creator.name not in SYSTEM_LOGINS:
            found[wire.number(step.creator.id)] = wire.name_of(step.creator)
    return found
