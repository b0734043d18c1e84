"""What is said of a promise: that it was made, moved, kept late, missed."""

from tracker.model.event import Event
from tracker.model.line import Line, line
from tracker.model.promise import GRACE, Promise, PromiseKind

PROMISED = {
    PromiseKind.FIRST_REPLY: "First reply promised by {time}",
    PromiseKind.NEXT_UPDATE: "Next update promised by {time}",
    PromiseKind.FIX: "Expected to be fixed by {time}",
    PromiseKind.VISIT: "Visit promised by {time}",
    PromiseKind.CALLBACK: "Call promised by {time}",
}
LATE = {
    PromiseKind.FIRST_REPLY: "A first reply was promised by {time}. It is late",
    PromiseKind.NEXT_UPDATE: "An update was promised by {time}. It is late",
    PromiseKind.FIX: "It was to be fixed by {time}. It is late",
    PromiseKind.VISIT: "The visit was promised by {time}. It is late",
    PromiseKind.CALLBACK: "A call was promised by {time}. It is late",
}
_MOVED = {
    PromiseKind.FIRST_REPLY: "First reply moved to {time}",
    PromiseKind.NEXT_UPDATE: "Next update moved to {time}",
    PromiseKind.FIX: "Expected date moved to {time}",
    PromiseKind.VISIT: "Visit moved to {time}",
    PromiseKind.CALLBACK: "Call moved to {time}",
}
_MOVED_FROM = {
    PromiseKind.FIRST_REPLY: "First reply moved to {time}, was {before}",
    PromiseKind.NEXT_UPDATE: "Next update moved to {time}, was {before}",
    PromiseKind.FIX: "Expected date moved to {time}, was {before}",
    PromiseKind.VISIT: "Visit moved to {time}, was {before}",
    PromiseKind.CALLBACK: "Call moved to {time}, was {before}",
}


def promise_made(event: Event) -> Line:
    """Say what was promised."""
    promise = event.details.promise
    if promise is None:
        return line("A time was promised")
    if promise.is_aim:
        return line("We aim to write by {time}", time=promise.latest)
    return line(PROMISED[promise.kind], time=promise.latest)


def promise_moved(event: Event) -> Line:
    """Say to when it was moved, and from when where the event tells."""
    promise, before = event.details.promise, event.details.until
    if promise is None:
        return line("A promised time was moved")
    if before is not None and before != promise.latest:
        return line(_MOVED_FROM[promise.kind], time=promise.latest, before=before)
    return line(_MOVED[promise.kind], time=promise.latest)


def promise_kept(event: Event) -> Line:
    """Say that it was kept, or done late."""
    promise = event.details.promise
    if promise is not None and is_late(event, promise):
        return line("Done late: it was promised by {time}", time=promise.latest)
    return line("Promise kept")


def is_late(event: Event, promise: Promise) -> bool:
    """Say whether something was done so late that the promise counts as missed."""
    return event.at > promise.latest + GRACE


def promise_missed(event: Event) -> Line:
    """Say what was missed."""
    promise = event.details.promise
    if promise is None:
        return line("A promise was missed")
    return line("Promised by {time}, and missed", time=promise.latest)
