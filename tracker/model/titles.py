"""What happened, in one line per kind of event."""

from collections.abc import Callable

from tracker.model.event import Event, EventKind
from tracker.model.line import Line, line
from tracker.model.person import ActorKind
from tracker.model.promise import GRACE, Promise, PromiseKind

BIG = frozenset(
    {
        EventKind.VISIT_ON_THE_WAY,
        EventKind.VISIT_ARRIVED,
        EventKind.VISIT_FAILED,
        EventKind.SOLVED,
        EventKind.CONFIRMED,
        EventKind.NOT_FIXED,
        EventKind.PROMISE_MISSED,
        EventKind.CALLBACK_MISSED,
    }
)
"""What changes a person's day."""

_PLAIN = {
    EventKind.RECEIVED: line("The desk has it"),
    EventKind.CATEGORISED: line("Sorted into the right place"),
    EventKind.AUTO_REPLY: line("Automatic reply"),
    EventKind.ON_HOLD: line("On hold"),
    EventKind.RESUMED: line("Work goes on"),
    EventKind.PROMISE_WITHDRAWN: line("A promise was taken back"),
    EventKind.VISIT_CANCELLED: line("The visit was cancelled"),
    EventKind.VISIT_FAILED: line("The visit did not happen"),
    EventKind.CALLBACK_MISSED: line("The promised call did not come"),
    EventKind.CHAT_QUEUED: line("Waiting for somebody to join the chat"),
    EventKind.CHAT_ENDED: line("The chat ended"),
    EventKind.LINKED: line("Linked with another request"),
    EventKind.MERGED: line("Goes on in another request"),
    EventKind.OUTAGE_LINKED: line("Part of a known outage"),
    EventKind.REOPENED: line("Opened again"),
    EventKind.CLOSED: line("Closed"),
    EventKind.HEARTBEAT: line("Still on it, nothing new"),
}

_BY_SOMEBODY = {
    EventKind.CREATED: "{who} raised this request",
    EventKind.WORK_STARTED: "{who} started work",
    EventKind.REPLY: "{who} replied",
    EventKind.QUESTION: "{who} asks you",
    EventKind.ANSWER: "{who} answered",
    EventKind.ATTACHMENT: "{who} added a file",
    EventKind.APPROVAL_ASKED: "{who} asked for approval",
    EventKind.APPROVAL_GIVEN: "{who} approved it",
    EventKind.APPROVAL_REFUSED: "{who} did not approve it",
    EventKind.CALLBACK_ASKED: "{who} asked for a call",
    EventKind.CALLBACK_TRIED: "{who} tried to call",
    EventKind.CALLBACK_DONE: "{who} called",
    EventKind.CHAT_STARTED: "{who} started a chat",
    EventKind.CHAT_JOINED: "{who} joined the chat",
    EventKind.CHAT_LEFT: "{who} left the chat",
    EventKind.SOLVED: "{who} thinks it is fixed",
    EventKind.CONFIRMED: "{who} confirmed that it works",
    EventKind.NOT_FIXED: "{who} said that it is not fixed",
    EventKind.CHECKED_IN: "{who} looked back at it",
    EventKind.OTHER: "{who} changed something",
}

_YOU = {
    EventKind.CREATED: line("You raised this request"),
    EventKind.ANSWER: line("You answered"),
    EventKind.REPLY: line("You wrote"),
    EventKind.ATTACHMENT: line("You added a file"),
    EventKind.SOLVED: line("You set it to fixed"),
    EventKind.CONFIRMED: line("You said that it works"),
    EventKind.NOT_FIXED: line("You said that it is not fixed"),
    EventKind.REOPENED: line("You opened it again"),
    EventKind.CLOSED: line("You closed it"),
    EventKind.VISIT_CANCELLED: line("You cancelled the visit"),
    EventKind.CALLBACK_ASKED: line("You asked for a call"),
}

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


def title(event: Event) -> Line:
    """Say what happened in one line, in the requester's view."""
    kind = event.kind
    if kind in _YOU and event.actor.kind is ActorKind.YOU:
        return _YOU[kind]
    if kind in _BY_SOMEBODY:
        return line(_BY_SOMEBODY[kind], who=_who(event))
    return _PLAIN[kind] if kind in _PLAIN else _SPECIAL[kind](event)


def note(event: Event) -> Line | None:
    """Say why, or what it was before, where the event tells."""
    details, kind = event.details, event.kind
    if details.reason:
        return line("Why: {reason}", reason=details.reason)
    if kind is EventKind.HANDED_OVER:
        return _NO_REASON
    if kind is EventKind.SOLVED and details.until is not None:
        return line("Closes {time} unless you say no", time=details.until)
    if details.visit is not None and details.visit.place:
        return line("Place: {place}", place=details.visit.place)
    return None


_NO_REASON = line("No reason was given")


def _who(event: Event) -> str:
    if event.actor.kind is ActorKind.YOU:
        return "You"
    return event.actor.name or "IT"


def _technician(event: Event) -> str:
    visit = event.details.visit
    if visit is not None and visit.agent:
        return visit.agent
    return (event.actor.name if event.actor.kind is ActorKind.AGENT else "") or "The technician"


def _priority(event: Event) -> Line:
    word = event.details.status_word
    return line("Priority changed to {word}", word=word) if word else line("Priority changed")


def _assigned(event: Event) -> Line:
    person, team = event.details.person, event.details.team
    if person and team:
        return line("Assigned to {person}, {team}", person=person, team=team)
    who = person or team
    return line("Assigned to {who}", who=who) if who else line("Assigned")


def _handed_over(event: Event) -> Line:
    to = event.details.person or event.details.team
    before = event.details.previous
    if before and to:
        return line("Handed over from {before} to {to}", before=before, to=to)
    return line("Handed over to {to}", to=to) if to else line("Handed over")


def _status(event: Event) -> Line:
    word = event.details.status_word
    return line("The desk set it to “{word}”", word=word) if word else line("The desk changed its state")


def _promise_made(event: Event) -> Line:
    promise = event.details.promise
    if promise is None:
        return line("A time was promised")
    if promise.is_aim:
        return line("We aim to write by {time}", time=promise.latest)
    return line(PROMISED[promise.kind], time=promise.latest)


def _promise_moved(event: Event) -> Line:
    promise, before = event.details.promise, event.details.until
    if promise is None:
        return line("A promised time was moved")
    if before is not None and before != promise.latest:
        return line(_MOVED_FROM[promise.kind], time=promise.latest, before=before)
    return line(_MOVED[promise.kind], time=promise.latest)


def _promise_kept(event: Event) -> Line:
    promise = event.details.promise
    if promise is not None and is_late(event, promise):
        return line("Done late: it was promised by {time}", time=promise.latest)
    return line("Promise kept")


def is_late(event: Event, promise: Promise) -> bool:
    """Say whether something was done so late that the promise counts as missed."""
    return event.at > promise.latest + GRACE


def _promise_missed(event: Event) -> Line:
    promise = event.details.promise
    if promise is None:
        return line("A promise was missed")
    return line("Promised by {time}, and missed", time=promise.latest)


def _visit_booked(event: Event) -> Line:
    visit, moved = event.details.visit, event.kind is EventKind.VISIT_MOVED
    if visit is None:
        return line("Visit moved" if moved else "Visit booked")
    if visit.ends is None:
        return line("Visit moved to {start}" if moved else "Visit booked for {start}", start=visit.starts)
    template = "Visit moved to {start} – {end}" if moved else "Visit booked for {start} – {end}"
    return line(template, start=visit.starts, end=visit.ends)


def _on_the_way(event: Event) -> Line:
    visit = event.details.visit
    if visit is None or visit.eta_latest is None:
        return line("{who} set off to you", who=_technician(event))
    if event.kind is EventKind.VISIT_ETA:
        return line("{who} now arrives by {time}", who=_technician(event), time=visit.eta_latest)
    return line("{who} set off to you, here by {time}", who=_technician(event), time=visit.eta_latest)


def _arrived(event: Event) -> Line:
    return line("{who} is with you", who=_technician(event))


def _visit_done(event: Event) -> Line:
    return line("{who} finished the visit", who=_technician(event))


def _callback(event: Event) -> Line:
    until = event.details.until
    return line("Call booked for {time}", time=until) if until else line("Call booked")


def _auto_close(event: Event) -> Line:
    until = event.details.until
    return line("Closes by itself {time}", time=until) if until else line("Closes by itself later")


def _rated(event: Event) -> Line:
    score, you = event.details.score, event.actor.kind is ActorKind.YOU
    if score is None:
        return line("You rated it" if you else "Rated")
    return line("You rated it {score} of 5" if you else "Rated {score} of 5", score=score)


_SPECIAL: dict[EventKind, Callable[[Event], Line]] = {
    EventKind.PRIORITY: _priority,
    EventKind.ASSIGNED: _assigned,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.STATUS: _status,
    EventKind.PROMISE_MADE: _promise_made,
    EventKind.PROMISE_MOVED: _promise_moved,
    EventKind.PROMISE_KEPT: _promise_kept,
    EventKind.PROMISE_MISSED: _promise_missed,
    EventKind.VISIT_BOOKED: _visit_booked,
    EventKind.VISIT_MOVED: _visit_booked,
    EventKind.VISIT_ON_THE_WAY: _on_the_way,
    EventKind.VISIT_ETA: _on_the_way,
    EventKind.VISIT_ARRIVED: _arrived,
    EventKind.VISIT_DONE: _visit_done,
    EventKind.CALLBACK_BOOKED: _callback,
    EventKind.AUTO_CLOSE_SET: _auto_close,
    EventKind.RATED: _rated,
}
"""With the plain ones and those by somebody, every kind is here."""
