"""What a ticket's fields say of a call-back, and what an update did to it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.standing import Standing
from tracker.desks.rt.updates import Update
from tracker.model.call import Call, CallState
from tracker.model.event import Details, Event, EventKind
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.window import Window

_KINDS = {
    CallState.ASKED: EventKind.CALLBACK_ASKED,
    CallState.BOOKED: EventKind.CALLBACK_BOOKED,
    CallState.TRIED: EventKind.CALLBACK_TRIED,
    CallState.DONE: EventKind.CALLBACK_DONE,
    CallState.MISSED: EventKind.CALLBACK_MISSED,
    CallState.CANCELLED: EventKind.CALLBACK_CANCELLED,
}
_MOST_WINDOWS = 12


def tell_call(context: Context, standing: Standing, update: Update) -> list[Event]:
    """Follow the call through an update whose values are noted already; tell what happened to it."""
    names = context.site.fields
    step = update.cause(names.call_state, names.call_from) or update.first(names.of_call)
    if step is None:
        return []
    before = standing.call
    call = standing.call = _call(context, standing, update, step)
    if call is None or call == before:
        return []
    window_moved = before is not None and (call.starts, call.ends) != (before.starts, before.ends)
    anew = before is None or call.id != before.id
    same = before is not None and not anew and call.state is before.state
    if same and (call.state is not CallState.BOOKED or not window_moved or update.continued):
        return []
    event = context.event(step, _KINDS[call.state], Details(call=call))
    _promise(standing, call, event)
    return [event]


def written_windows(windows: Iterable[Window]) -> str:
    """Write windows for the field: "2026-11-26T09:00Z/2026-11-26T11:00Z; …"."""
    return "; ".join(f"{_written(window.starts)}/{_written(window.ends)}" for window in windows)


def read_windows(text: str) -> tuple[Window, ...]:
    """Read windows as `written_windows` writes them; what is none, or ends before it starts, is left out."""
    found: list[Window] = []
    for each in text.split(";")[:_MOST_WINDOWS]:
        starts, _, ends = (wire.moment(part.strip()) if part != "/" else None for part in each.partition("/"))
        if starts is not None and ends is not None and starts < ends:
            found.append(Window(starts, ends))
    return tuple(found)


def _call(context: Context, standing: Standing, update: Update, step: wire.Transaction) -> Call | None:
    names, values, before = context.site.fields, standing.values, standing.call
    state = context.site.call_said(values.raw(names.call_state))
    if names.call_from in update.changed and names.call_state not in update.changed:
        # Who sets a time and leaves the state at "asked" has taken the call.
        state = CallState.BOOKED if values.moment(names.call_from) else state
    at = wire.moment(step.created)
    if state is None or at is None:
        return before
    over = before is None or not before.is_ahead
    anew = over and state in (CallState.ASKED, CallState.BOOKED)
    if anew:
        values.retire(names.of_call - {names.call_state}, but=update.changed)
    starts = values.moment(names.call_from)
    ends = values.moment(names.call_until)
    tried = state is CallState.TRIED and names.call_state in update.changed
    asked = anew or before is None
    return Call(
        id=f"{context.key}-call-{wire.number(step.id)}" if asked or before is None else before.id,
        state=state,
        asked_at=at if asked or before is None else before.asked_at,
        phone=values.line(names.call_number),
        windows=read_windows(values.raw(names.call_windows)),
        starts=starts,
        ends=_end(context, starts, ends),
        agent=context.owner_name(),
        tries=(0 if asked or before is None else before.tries) + tried,
    )


def _end(context: Context, starts: datetime | None, ends: datetime | None) -> datetime | None:
    if starts is None:
        return None
    return ends if ends is not None and ends > starts else starts + context.site.call_length


def _promise(standing: Standing, call: Call, event: Event) -> None:
    """Keep the promise that lies in a booked call; whether it was kept, the call itself tells."""
    if call.state is CallState.BOOKED and call.starts is not None and call.ends is not None:
        window = Window(call.starts, call.ends)
        step = event.raw_id or ""
        standing.promises.appoint(PromiseKind.CALLBACK, window, step=step, at=event.at, by=event.actor.name)
    elif call.state is CallState.CANCELLED:
        standing.promises.withdraw(PromiseKind.CALLBACK)
    elif call.state is CallState.MISSED:
        standing.promises.withdraw(PromiseKind.CALLBACK, PromiseState.MISSED)


def asked_in_words(context: Context, standing: Standing, event: Event) -> Event:
    """Give the event of a call asked for, or called off, in words where the site has no fields for calls."""
    before = standing.call
    if event.kind is EventKind.CALLBACK_ASKED and (before is None or not before.is_ahead):
        standing.call = Call(f"{context.key}-call-{event.raw_id}", CallState.ASKED, event.at)
    elif event.kind is EventKind.CALLBACK_CANCELLED and before is not None and before.is_ahead:
        standing.call = replace(before, state=CallState.CANCELLED)
        standing.promises.withdraw(PromiseKind.CALLBACK)
    return replace(event, details=replace(event.details, call=standing.call))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
