"""From RT's transactions to a ticket's events: who did what, and what it meant for the requester."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.desks.rt import wire
from tracker.desks.rt.acts import acts_of
from tracker.desks.rt.calls import tell_call
from tracker.desks.rt.context import MESSAGES, Context, near
from tracker.desks.rt.fields import tell_field, tell_promise
from tracker.desks.rt.hands import people_in, tell_owner, tell_queue
from tracker.desks.rt.messages import NO_WORDS, tell_created, tell_merged_in, tell_written
from tracker.desks.rt.notes import read_note
from tracker.desks.rt.standing import Standing, at_the_start
from tracker.desks.rt.status import ON_HOLD, tell_status
from tracker.desks.rt.updates import Update, updates
from tracker.desks.rt.visits import tell_visit, visit_now
from tracker.desks.rt.waits import tell_wait, wait_of, waiting, with_wait
from tracker.desks.rt.words import Words
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import Ticket, TicketState

# What RT notes for itself; none of it is news for the requester.
_QUIET_FIELDS = frozenset(
    {"Started", "Starts", "Told", "Resolved", "TimeWorked", "TimeLeft", "TimeEstimated", "FinalPriority"}
)
_QUIET_TYPES = frozenset(
    {"EmailRecord", "CommentEmailRecord", "Comment", "SetWatcher", "SystemError", "Told", "DeleteLink"}
)
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
        self._names = people_in(steps)
        self._standing: Standing = at_the_start(context, self._steps)
        self._place = {wire.number(step.id): at for at, step in enumerate(self._steps)}
        self._near: list[wire.Transaction] = []
        self._update = Update()
        self._quiet: frozenset[str] = frozenset()
        self._events: list[Event] = []

    def read(self) -> Reading:
        """Give the ticket and its events."""
        standing, context = self._standing, self._context
        standing.visit = visit_now(
            context.site,
            context.ticket,
            values=standing.values,
            status=standing.status,
            agent=context.owner_name(),
        )
        for update in updates(self._context, self._steps, told=self._told):
            self._read_update(update)
        self._events += tell_merged_in(self._context, self._foreign, self._words)
        return Reading(self._ticket(), tuple(self._events))

    def _read_update(self, update: Update) -> None:
        """Read what was changed at once: what fields say together first, then step by step."""
        context, standing = self._context, self._standing
        for name, step in update.changed.items():
            standing.values.put(name, str(step.new_value or ""))
        visit = tell_visit(context, standing, update)
        together = [*visit, *tell_call(context, standing, update), *tell_wait(context, standing, update)]
        self._update, self._quiet = update, self._told_together(update, visit)
        if self._is_wish(update):
            together = []
        first = {
            event.raw_id: [each for each in together if each.raw_id == event.raw_id] for event in together
        }
        for step in update.steps:
            self._events += first.get(str(wire.number(step.id)), [])
            self._near = self._after(step)
            told = self._tell(step)
            if visit and standing.state is TicketState.VISIT:
                # A status that says nothing but how the visit stands is one event with it, not two.
                told = [event for event in told if event.kind is not EventKind.STATUS]
            self._events += told

    def _told_together(self, update: Update, visit: Sequence[Event]) -> frozenset[str]:
        """Name the fields whose changes are no news by themselves."""
        names = self._context.site.fields
        quiet = names.of_visit | names.of_call | names.of_wait
        if visit or self._is_wish(update):
            return quiet | {names.location}
        return quiet - {names.visit_agent}

    def _is_wish(self, update: Update) -> bool:
        """Tell whether an update is a wish of our own: its words say what its fields say."""
        name = self._context.site.fields.client_id
        note = read_note(update.changed[name].new_value) if name in update.changed else None
        is_mine = update.person == self._context.reader.me.login
        return is_mine and update.has_message and note is not None and note.wish is not None

    def _after(self, step: wire.Transaction) -> list[wire.Transaction]:
        return near(self._steps, self._place[wire.number(step.id)])

    def _tell(self, step: wire.Transaction) -> list[Event]:
        tell: dict[str, Callable[[wire.Transaction], list[Event]]] = {
            "Create": self._created,
            "Correspond": self._wrote,
            "Status": self._status,
            "Set": self._set,
            "CustomField": self._field,
        }
        return tell.get(step.type, self._other)(step)

    def _ticket(self) -> Ticket:
        context, standing = self._context, self._standing
        snapshot = context.reader.ticket(context.ticket)
        ticket = replace(
            snapshot,
            promises=standing.promises.all(),
            visit=standing.visit,
            call=standing.call,
            state_since=standing.since,
        )
        ticket = waiting(ticket, wait_of(context, standing))
        if snapshot.state is TicketState.WAITING_FOR_YOU and standing.answered is not None:
            ticket = replace(ticket, state=TicketState.WORKING, state_since=standing.answered)
        return replace(ticket, may=acts_of(context.ticket, ticket, context.site))

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
        was = self._standing.state
        event = tell_status(self._context, self._standing, step, near=self._near, asked=asked)
        events = [self._with_wait(event, was)]
        if actor.kind is ActorKind.SYSTEM and recent and recent[-1].actor.kind is ActorKind.YOU:
            # RT opens a ticket by itself when its requester writes: that is nobody's start of work.
            return [_without_start(event) for event in events]
        return events

    def _field(self, step: wire.Transaction) -> list[Event]:
        if self._context.field_name(step) in self._quiet:
            return []
        return tell_field(self._context, self._standing, step, near=self._near, update=self._update)

    def _with_wait(self, event: Event, was: TicketState) -> Event:
        """Add to a change of status why it waits now; what was said of a wait that is over is dropped."""
        context, standing = self._context, self._standing
        if was in ON_HOLD and standing.state not in ON_HOLD:
            standing.values.retire(context.site.fields.of_wait)
        if event.kind is not EventKind.ON_HOLD:
            return event
        return replace(event, details=with_wait(event.details, wait_of(context, standing)))

    def _set(self, step: wire.Transaction) -> list[Event]:
        if step.field == "Owner":
            return [tell_owner(self._context, step, self._steps, self._names)]
        if step.field == "Due":
            kind = self._context.site.due
            if kind is None:
                return []
            return tell_promise(self._context, self._standing, step, kind=kind, update=self._update)
        if step.field == "Queue":
            return [tell_queue(self._context, step)]
        if step.field == "Priority":
            word = self._context.site.priority(wire.number(step.new_value)).value
            return [self._context.event(step, EventKind.PRIORITY, Details(status_word=word))]
        if step.field in _QUIET_FIELDS:
            return []
        return [
            self._context.event(step, EventKind.OTHER, text=f"{safe_line(step.field or '', 60)} was changed.")
        ]

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
