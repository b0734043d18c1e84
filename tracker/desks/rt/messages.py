"""What somebody wrote: the request itself, replies, questions and answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tracker.desks.rt import wire
from tracker.desks.rt.calls import asked_in_words
from tracker.desks.rt.context import MESSAGES, Context, created_id, same_person
from tracker.desks.rt.notes import read_note
from tracker.desks.rt.standing import Standing
from tracker.desks.rt.status import FINISHED
from tracker.desks.rt.words import Words
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import SYSTEM, ActorKind
from tracker.model.promise import PromiseKind
from tracker.model.ticket import TicketId, TicketState
from tracker.model.wish import WishKind
from tracker.model.wish_event import EVENT_OF

NO_WORDS = Words()
_OF_VISIT = frozenset(
    {WishKind.VISIT_OK, WishKind.VISIT_MOVE, WishKind.VISIT_NOT_THERE, WishKind.VISIT_PLACE}
)


def tell_created(
    context: Context, step: wire.Transaction, *, words: Words, steps: Sequence[wire.Transaction]
) -> list[Event]:
    """Tell the request itself, and that the desk has it: it has a number."""
    event = context.event(step, EventKind.CREATED, Details(attachments=words.files), text=words.text)
    event = replace(event, id=created_id(context.key), command_id=_first_client_id(context, steps))
    received = replace(
        event,
        id=f"{event.id}-r",
        kind=EventKind.RECEIVED,
        actor=SYSTEM,
        text="",
        details=Details(team=context.queue_name or None),
        command_id=None,
    )
    return [event, received]


def tell_written(
    context: Context,
    standing: Standing,
    step: wire.Transaction,
    *,
    words: Words,
    near: Sequence[wire.Transaction],
) -> list[Event]:
    """Tell a message, and whether it asked, answered or said "not yet"."""
    event = context.event(step, EventKind.REPLY, Details(attachments=words.files), text=words.text)
    note = context.note_after(step, near)
    event = replace(event, command_id=note.command if note else None)
    kind = EventKind.REPLY
    if event.actor.kind is ActorKind.YOU and note is not None and note.wish is not None:
        return [_wished(context, standing, event, note.wish)]
    if event.actor.kind is ActorKind.YOU:
        kind = _kind_of_own(context, standing, near)
        if kind is EventKind.ANSWER:
            standing.answered = event.at
    elif event.actor.kind is ActorKind.AGENT:
        # Who writes again while the status still says "waiting" waits again.
        if standing.answered is not None or _asks(context, step, near):
            kind = EventKind.QUESTION
        standing.answered = None
    if kind is EventKind.REPLY and words.files and not words.text:
        kind = EventKind.ATTACHMENT
    return [replace(event, kind=kind)]


def _wished(context: Context, standing: Standing, event: Event, wish: WishKind) -> Event:
    """Tell a message of one's own as the wish it was; it answers no question."""
    event = replace(event, kind=EVENT_OF[wish])
    if wish in (WishKind.CALL, WishKind.CALL_OFF):
        return asked_in_words(context, standing, event)
    if wish is WishKind.VISIT_OK and standing.visit is not None:
        standing.visit = replace(standing.visit, confirmed=True)
    details = event.details
    if wish in _OF_VISIT:
        details = replace(details, visit=standing.visit)
    elif wish in (WishKind.STILL_FINE, WishKind.CAME_BACK):
        details = replace(details, fine=wish is WishKind.STILL_FINE)
    elif wish in (WishKind.NEWS, WishKind.CAN_WAIT):
        details = replace(details, promise=standing.promises.open(PromiseKind.NEXT_UPDATE))
    return replace(event, details=details)


def tell_merged_in(
    context: Context, steps: Sequence[wire.Transaction], words: Mapping[int, Words]
) -> list[Event]:
    """Tell on the survivor what came from tickets merged into it: their messages, and the fact."""
    events: list[Event] = []
    for step in steps:
        said = words.get(wire.number(step.id), NO_WORDS)
        if step.type in MESSAGES:
            event = context.event(step, EventKind.REPLY, Details(attachments=said.files), text=said.text)
        elif step.type == "AddLink" and step.field == "MergedInto":
            event = context.event(step, EventKind.LINKED, Details(target=TicketId(str(step.object_id))))
        else:
            continue
        events.append(replace(event, id=f"{event.id}-from-{step.object_id}"))
    return events


def _kind_of_own(context: Context, standing: Standing, near: Sequence[wire.Transaction]) -> EventKind:
    if standing.waits:
        return EventKind.ANSWER
    if standing.state in FINISHED and _reopens(context, near):
        return EventKind.NOT_FIXED
    return EventKind.REPLY


def _first_client_id(context: Context, steps: Sequence[wire.Transaction]) -> str | None:
    """Give the client id the ticket was made with: later messages put theirs over it."""
    name = context.site.fields.client_id
    first = next((step for step in steps if context.is_field(step, name)), None)
    if first is not None:
        note = read_note(first.old_value)
    else:
        note = read_note(context.values.get(name)) if name else None
    return note.command if note else None


def _asks(context: Context, step: wire.Transaction, near: Sequence[wire.Transaction]) -> bool:
    """Tell whether the writer then put the ticket to wait for the requester."""
    for later in near:
        if not same_person(later, step):
            continue
        if later.type in MESSAGES:
            return False
        if later.type == "Status":
            return context.site.state(str(later.new_value)) is TicketState.WAITING_FOR_YOU
    return False


def _reopens(context: Context, near: Sequence[wire.Transaction]) -> bool:
    later = next((step for step in near if step.type == "Status"), None)
    return later is not None and context.site.state(str(later.new_value)) not in FINISHED
