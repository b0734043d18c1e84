"""What a change of a date or a field by itself means to the requester: promises, the rating, thanks."""

from collections.abc import Sequence
from dataclasses import replace

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.notes import BY_COMMENT, read_note
from tracker.desks.rt.promises import kind_of_change
from tracker.desks.rt.standing import Standing
from tracker.desks.rt.updates import Update
from tracker.desks.safetext import safe_line, safe_text
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind
from tracker.model.ticket import TicketState
from tracker.model.wish import WishKind
from tracker.model.wish_event import EVENT_OF


def tell_field(
    context: Context,
    standing: Standing,
    step: wire.Transaction,
    *,
    near: Sequence[wire.Transaction],
    update: Update,
) -> list[Event]:
    """Tell the change of a custom field that is no part of a visit, a call or a wait."""
    name, names = context.field_name(step), context.site.fields
    if not name or name in (names.promise_reason, names.rating_text):
        return []
    if name == names.client_id:
        return _tell_note(context, step, update)
    if name == names.next_update:
        return tell_promise(context, standing, step, kind=PromiseKind.NEXT_UPDATE, update=update)
    if name == names.rating:
        return _tell_rating(context, standing, step, near)
    value = safe_line(str(step.new_value or ""))
    title = safe_line(name, 60)
    return [
        context.event(step, EventKind.OTHER, text=f"{title}: {value}" if value else f"{title} was emptied.")
    ]


def tell_promise(
    context: Context, standing: Standing, step: wire.Transaction, *, kind: PromiseKind, update: Update
) -> list[Event]:
    """Tell that a date was promised, moved or taken back; one that was over already takes it back."""
    latest, at = wire.moment(step.new_value), wire.moment(step.created)
    if at is None:
        return []
    names = context.site.fields
    reason = standing.values.line(names.promise_reason) if names.promise_reason in update.changed else ""
    before = standing.promises.open(kind)
    if latest is None or latest <= at:
        latest = None
        told = standing.promises.withdraw(kind, reason=reason or None)
    else:
        by, key = context.actor(step).name, str(wire.number(step.id))
        told = standing.promises.make(kind, latest, step=key, at=at, by=by, reason=reason or None)
    if told is None:
        return []
    details = Details(promise=told, until=before.latest if before else None, reason=reason or None)
    return [context.event(step, kind_of_change(before, latest), details)]


def _tell_note(context: Context, step: wire.Transaction, update: Update) -> list[Event]:
    """Tell a thank-you or a "still fine": it came as a comment, of which only the note can be seen."""
    note = read_note(step.new_value)
    if note is None or note.wish not in BY_COMMENT or update.has_message:
        return []
    event = context.event(step, EVENT_OF[note.wish])
    if event.actor.kind is not ActorKind.YOU:
        return []
    fine = True if note.wish is WishKind.STILL_FINE else None
    return [replace(event, command_id=note.command, details=Details(fine=fine))]


def _tell_rating(
    context: Context, standing: Standing, step: wire.Transaction, near: Sequence[wire.Transaction]
) -> list[Event]:
    value = str(step.new_value or "")
    if not value:
        return []
    names = context.site.fields
    event = context.event(step, EventKind.RATED, Details(score=wire.number(value) or None))
    if event.actor.kind is not ActorKind.YOU:
        return [event]
    note = context.note_after(step, near)
    text = standing.values.raw(names.rating_text) if note is not None and note.wish else ""
    event = replace(event, command_id=note.command if note else None, text=safe_text(text).text)
    is_verdict = note is None or note.wish is None
    if is_verdict and standing.state is TicketState.RESOLVED and value == context.works_value:
        event = replace(event, kind=EventKind.CONFIRMED)
    return [event]
