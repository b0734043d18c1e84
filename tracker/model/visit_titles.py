"""What happened to a visit or a call, in one line."""

from collections.abc import Sequence

from tracker.model.event import Event, EventKind
from tracker.model.line import Line, Value, line
from tracker.model.person import ActorKind
from tracker.model.window import Window


def _technician(event: Event) -> str:
    visit = event.details.visit
    if visit is not None and visit.agent:
        return visit.agent
    return (event.actor.name if event.actor.kind is ActorKind.AGENT else "") or "The technician"


def visit_booked(event: Event) -> Line:
    """Say for when a visit is booked, or to when it was moved, and from when where the event tells."""
    visit, before = event.details.visit, event.details.until
    moved = event.kind is EventKind.VISIT_MOVED
    if visit is None:
        return line("Visit moved" if moved else "Visit booked")
    if moved and before is not None and before != visit.starts:
        if visit.closes is None:
            return line("Visit moved to {start}, was {before}", start=visit.starts, before=before)
        template = "Visit moved to {start} – {end}, was {before}"
        return line(template, start=visit.starts, end=visit.closes, before=before)
    if visit.closes is None:
        return line("Visit moved to {start}" if moved else "Visit booked for {start}", start=visit.starts)
    template = "Visit moved to {start} – {end}" if moved else "Visit booked for {start} – {end}"
    return line(template, start=visit.starts, end=visit.closes)


def on_the_way(event: Event) -> Line:
    """Say that somebody has set off, and by when they are there."""
    visit = event.details.visit
    if visit is None or visit.eta_latest is None:
        return line("{who} set off to you", who=_technician(event))
    if event.kind is EventKind.VISIT_ETA:
        return line("{who} now arrives by {time}", who=_technician(event), time=visit.eta_latest)
    return line("{who} set off to you, here by {time}", who=_technician(event), time=visit.eta_latest)


def arrived(event: Event) -> Line:
    """Say who is there."""
    return line("{who} is with you", who=_technician(event))


def visit_done(event: Event) -> Line:
    """Say who has finished."""
    return line("{who} finished the visit", who=_technician(event))


def call_booked(event: Event) -> Line:
    """Say when the desk rings."""
    call, until = event.details.call, event.details.until
    starts = call.starts if call is not None and call.starts is not None else until
    if starts is None:
        return line("Call booked")
    if call is not None and until is not None and until != starts:
        return line("Call moved to {start}, was {before}", start=starts, before=until)
    if call is not None and call.closes is not None:
        return line("Call booked for {start} – {end}", start=starts, end=call.closes)
    return line("Call booked for {time}", time=starts)


def call_asked_note(event: Event) -> Line | None:
    """Say when the person is free, where the event tells."""
    call = event.details.call
    return free_times(call.windows, call.phone) if call is not None else None


def free_times(windows: Sequence[Window], phone: str) -> Line | None:
    """Say when somebody is free for a call and where they are rung: the first window, and how many more."""
    sound = sorted((w for w in windows if w.is_sound), key=lambda window: window.starts)
    if not sound:
        return line("Number: {phone}", phone=phone) if phone else None
    first, more = sound[0], len(sound) - 1
    values: dict[str, Value] = {"start": first.starts, "end": first.ends, "phone": phone, "more": more}
    template = _FREE[bool(phone), min(more, 2)]
    return line(template, **{name: value for name, value in values.items() if f"{{{name}}}" in template})


_FREE = {
    (False, 0): "Free {start} – {end}",
    (False, 1): "Free {start} – {end} and at another time",
    (False, 2): "Free {start} – {end} and at {more} other times",
    (True, 0): "Free {start} – {end}, on {phone}",
    (True, 1): "Free {start} – {end} and at another time, on {phone}",
    (True, 2): "Free {start} – {end} and at {more} other times, on {phone}",
}
