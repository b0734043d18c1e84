"""What happened, in one line per kind of event."""

from collections.abc import Callable

from tracker.model.event import Event, EventKind
from tracker.model.line import Line, line
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseKind

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
    EventKind.RECEIVED: "The desk has it",
    EventKind.CATEGORISED: "Sorted into the right place",
    EventKind.WORK_STARTED: "{who} started work",
    EventKind.AUTO_REPLY: "Automatic reply",
    EventKind.ANSWER: "{who} answered",
    EventKind.ATTACHMENT: "{who} added a file",
    EventKind.APPROVAL_ASKED: "{who} asked for approval",
    EventKind.APPROVAL_GIVEN: "{who} approved it",
    EventKind.APPROVAL_REFUSED: "{who} did not approve it",
    EventKind.RESUMED: "Work goes on",
    EventKind.VISIT_CANCELLED: "The visit was cancelled",
    EventKind.VISIT_DONE: "{who} finished the visit",
    EventKind.VISIT_FAILED: "The visit did not happen",
    EventKind.CALLBACK_ASKED: "{who} asked for a call",
    EventKind.CALLBACK_TRIED: "{who} tried to call",
    EventKind.CALLBACK_DONE: "{who} called",
    EventKind.CALLBACK_MISSED: "The promised call did not come",
    EventKind.CHAT_STARTED: "{who} started a chat",
    EventKind.CHAT_QUEUED: "Waiting for somebody to join the chat",
    EventKind.CHAT_JOINED: "{who} joined the chat",
    EventKind.CHAT_LEFT: "{who} left the chat",
    EventKind.CHAT_ENDED: "The chat ended",
    EventKind.LINKED: "Linked with another request",
    EventKind.MERGED: "Goes on in another request",
    EventKind.OUTAGE_LINKED: "Part of a known outage",
    EventKind.SOLVED: "{who} thinks it is fixed",
    EventKind.CONFIRMED: "{who} confirmed that it works",
    EventKind.NOT_FIXED: "{who} said that it is not fixed",
    EventKind.REOPENED: "Opened again",
    EventKind.CLOSED: "Closed",
    EventKind.CHECKED_IN: "{who} looked back at it",
    EventKind.HEARTBEAT: "Still on it, nothing new",
}

_YOU = {
    EventKind.CREATED: "You raised this request",
    EventKind.ANSWER: "You answered",
    EventKind.REPLY: "You wrote",
    EventKind.ATTACHMENT: "You added a file",
    EventKind.CONFIRMED: "You said that it works",
    EventKind.NOT_FIXED: "You said that it is not fixed",
    EventKind.REOPENED: "You opened it again",
    EventKind.CLOSED: "You closed it",
    EventKind.CALLBACK_ASKED: "You asked for a call",
}

_PROMISES = {
    PromiseKind.FIRST_REPLY: "First reply promised by {time}",
    PromiseKind.NEXT_UPDATE: "Next update promised by {time}",
    PromiseKind.FIX: "Expected to be fixed by {time}",
    PromiseKind.VISIT: "Visit promised by {time}",
    PromiseKind.CALLBACK: "Call promised by {time}",
}


def title(event: Event) -> Line:
    """Say what happened in one line, in the requester's view."""
    if event.actor.kind is ActorKind.YOU and event.kind in _YOU:
        return line(_YOU[event.kind])
    special = _SPECIAL.get(event.kind)
    if special is not None:
        return special(event)
    return line(_PLAIN.get(event.kind, "Something changed"), who=_who(event))


def note(event: Event) -> Line | None:
    """Say why, or what it was before, where the event tells."""
    details = event.details
    if event.kind is EventKind.HANDED_OVER:
        return line("Why: {reason}", reason=details.reason) if details.reason else line("No reason was given")
    if event.kind is EventKind.SOLVED and details.until is not None:
        return line("Closes on {time} unless you say no", time=details.until)
    if details.reason:
        return line("Why: {reason}", reason=details.reason)
    if details.visit is not None and details.visit.place:
        return line("Place: {place}", place=details.visit.place)
    return None


def _who(event: Event) -> str:
    return event.actor.name or "IT"


def _created(event: Event) -> Line:
    return line("{who} raised this request", who=_who(event))


def _reply(event: Event) -> Line:
    return line("{who} replied", who=_who(event))


def _question(event: Event) -> Line:
    return line("{who} asks you", who=_who(event))


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
    to = event.details.person or event.details.team or ""
    before = event.details.previous
    if before and to:
        return line("Handed over from {before} to {to}", before=before, to=to)
    return line("Handed over to {to}", to=to) if to else line("Handed over")


def _status(event: Event) -> Line:
    word = event.details.status_word
    return line("The desk set it to “{word}”", word=word) if word else line("The desk changed its state")


def _on_hold(event: Event) -> Line:
    return line("On hold")


def _promise_made(event: Event) -> Line:
    promise = event.details.promise
    if promise is None:
        return line("A time was promised")
    return line(_PROMISES[promise.kind], time=promise.latest)


def _promise_moved(event: Event) -> Line:
    promise = event.details.promise
    if promise is None:
        return line("A promised time was moved")
    if event.details.until is not None:
        return line(
            "Expected date moved to {time}, was {before}", time=promise.latest, before=event.details.until
        )
    return line("Expected date moved to {time}", time=promise.latest)


def _promise_kept(_event: Event) -> Line:
    return line("Promise kept")


def _promise_missed(event: Event) -> Line:
    promise = event.details.promise
    return (
        line("Promised by {time}, and missed", time=promise.latest)
        if promise
        else line("A promise was missed")
    )


def _promise_withdrawn(_event: Event) -> Line:
    return line("A promise was taken back")


def _visit_booked(event: Event) -> Line:
    visit = event.details.visit
    if visit is None:
        return line("Visit booked")
    template = "Visit moved to {start}" if event.kind is EventKind.VISIT_MOVED else "Visit booked for {start}"
    if visit.ends is None:
        return line(template, start=visit.starts)
    return line(template + " – {end}", start=visit.starts, end=visit.ends)


def _on_the_way(event: Event) -> Line:
    visit = event.details.visit
    who = (visit.agent if visit else "") or _who(event)
    if event.kind is EventKind.VISIT_ETA and visit is not None and visit.eta_latest is not None:
        return line("{who} now arrives by {time}", who=who, time=visit.eta_latest)
    return line("{who} set off to you", who=who)


def _arrived(event: Event) -> Line:
    visit = event.details.visit
    return line("{who} is with you", who=(visit.agent if visit else "") or _who(event))


def _callback(event: Event) -> Line:
    until = event.details.until
    return line("Call booked for {time}", time=until) if until else line("Call booked")


def _auto_close(event: Event) -> Line:
    until = event.details.until
    return line("Closes by itself on {time}", time=until) if until else line("Closes by itself later")


def _rated(event: Event) -> Line:
    score = event.details.score
    return line("Rated {score} of 5", score=score) if score is not None else line("Rated")


def _other(event: Event) -> Line:
    return line("{who} changed something", who=_who(event))


_SPECIAL: dict[EventKind, Callable[[Event], Line]] = {
    EventKind.CREATED: _created,
    EventKind.REPLY: _reply,
    EventKind.QUESTION: _question,
    EventKind.PRIORITY: _priority,
    EventKind.ASSIGNED: _assigned,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.STATUS: _status,
    EventKind.ON_HOLD: _on_hold,
    EventKind.PROMISE_MADE: _promise_made,
    EventKind.PROMISE_MOVED: _promise_moved,
    EventKind.PROMISE_KEPT: _promise_kept,
    EventKind.PROMISE_MISSED: _promise_missed,
    EventKind.PROMISE_WITHDRAWN: _promise_withdrawn,
    EventKind.VISIT_BOOKED: _visit_booked,
    EventKind.VISIT_MOVED: _visit_booked,
    EventKind.VISIT_ON_THE_WAY: _on_the_way,
    EventKind.VISIT_ETA: _on_the_way,
    EventKind.VISIT_ARRIVED: _arrived,
    EventKind.CALLBACK_BOOKED: _callback,
    EventKind.AUTO_CLOSE_SET: _auto_close,
    EventKind.RATED: _rated,
    EventKind.OTHER: _other,
}
