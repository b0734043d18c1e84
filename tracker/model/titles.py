"""What happened, in one line per kind of event."""

from collections.abc import Callable

from tracker.model.chat_titles import (
    chat_ended,
    chat_handed_over,
    chat_idle,
    chat_joined,
    chat_left,
    chat_message,
    chat_note,
)
from tracker.model.event import Event, EventKind
from tracker.model.line import Line, line
from tracker.model.person import ActorKind
from tracker.model.promise_words import promise_kept, promise_made, promise_missed, promise_moved
from tracker.model.visit_titles import (
    arrived,
    call_asked_note,
    call_booked,
    on_the_way,
    visit_booked,
    visit_done,
)

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
    EventKind.CALLBACK_CANCELLED: line("The call was called off"),
    EventKind.OPTIONS_OFFERED: line("Nothing can be done right now: you can choose what suits you"),
    EventKind.CALLBACK_MISSED: line("The promised call did not come"),
    EventKind.CHAT_QUEUED: line("Waiting for somebody to join the chat"),
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
    EventKind.CHAT_EDITED: "{who} changed a message in the chat",
    EventKind.CHAT_REMOVED: "{who} took back a message in the chat",
    EventKind.SOLVED: "{who} thinks it is fixed",
    EventKind.CONFIRMED: "{who} confirmed that it works",
    EventKind.NOT_FIXED: "{who} said that it is not fixed",
    EventKind.NEWS_ASKED: "{who} asked for news",
    EventKind.CAN_WAIT: "{who} said that it can wait",
    EventKind.VISIT_CONFIRMED: "{who} confirmed the visit",
    EventKind.VISIT_MOVE_ASKED: "{who} asked for another time for the visit",
    EventKind.VISIT_NOT_THERE: "{who} will not be there for the visit",
    EventKind.VISIT_PLACE: "{who} said where the visit goes to",
    EventKind.THANKED: "{who} said thanks",
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
    EventKind.CALLBACK_CANCELLED: line("You called the call off"),
    EventKind.VISIT_NOT_THERE: line("You said that you will not be there for the visit"),
    EventKind.VISIT_PLACE: line("You said where to find you"),
    EventKind.VISIT_MOVED: line("You chose another time for the visit"),
}


def title(event: Event) -> Line:
    """Say what happened in one line, in the requester's view."""
    kind = event.kind
    if kind in _YOU and event.actor.kind is ActorKind.YOU and not _says_more(event):
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
    if kind in _NOTES:
        return _NOTES[kind](event)
    if kind is EventKind.ON_HOLD and details.until is not None:
        return line("Until about {time}", time=details.until)
    if details.visit is not None and details.visit.place:
        return line("Place: {place}", place=details.visit.place)
    return None


_NO_REASON = line("No reason was given")
_NOTES: dict[EventKind, Callable[[Event], Line | None]] = {
    EventKind.CALLBACK_ASKED: call_asked_note,
    EventKind.CHAT_ENDED: chat_note,
}


def _says_more(event: Event) -> bool:
    """Say whether the time of a visit that somebody moved is told: then that is the news."""
    return event.kind is EventKind.VISIT_MOVED and event.details.visit is not None


def _who(event: Event) -> str:
    if event.actor.kind is ActorKind.YOU:
        return "You"
    return event.actor.name or "IT"


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


def _auto_close(event: Event) -> Line:
    until = event.details.until
    return line("Closes by itself {time}", time=until) if until else line("Closes by itself later")


def _rated(event: Event) -> Line:
    score, you = event.details.score, event.actor.kind is ActorKind.YOU
    if score is None:
        return line("You rated it" if you else "Rated")
    return line("You rated it {score} of 5" if you else "Rated {score} of 5", score=score)


def _checked_in(event: Event) -> Line:
    you, fine = event.actor.kind is ActorKind.YOU, event.details.fine
    if fine is None:
        return line("{who} looked back at it", who=_who(event))
    if fine:
        return line("You said that it still works") if you else line("It still works")
    return line("You said that it came back") if you else line("It came back")


def _chosen(event: Event) -> Line:
    you, options = event.actor.kind is ActorKind.YOU, event.details.options
    if not options or not options[0].label:
        return line("You chose how it goes on") if you else line("It was chosen how it goes on")
    template = "You chose: {label}" if you else "Chosen: {label}"
    return line(template, label=options[0].label)


_SPECIAL: dict[EventKind, Callable[[Event], Line]] = {
    EventKind.PRIORITY: _priority,
    EventKind.ASSIGNED: _assigned,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.STATUS: _status,
    EventKind.PROMISE_MADE: promise_made,
    EventKind.PROMISE_MOVED: promise_moved,
    EventKind.PROMISE_KEPT: promise_kept,
    EventKind.PROMISE_MISSED: promise_missed,
    EventKind.VISIT_BOOKED: visit_booked,
    EventKind.VISIT_MOVED: visit_booked,
    EventKind.VISIT_ON_THE_WAY: on_the_way,
    EventKind.VISIT_ETA: on_the_way,
    EventKind.VISIT_ARRIVED: arrived,
    EventKind.VISIT_DONE: visit_done,
    EventKind.CALLBACK_BOOKED: call_booked,
    EventKind.CHAT_JOINED: chat_joined,
    EventKind.CHAT_LEFT: chat_left,
    EventKind.CHAT_HANDED_OVER: chat_handed_over,
    EventKind.CHAT_MESSAGE: chat_message,
    EventKind.CHAT_IDLE: chat_idle,
    EventKind.CHAT_ENDED: chat_ended,
    EventKind.AUTO_CLOSE_SET: _auto_close,
    EventKind.RATED: _rated,
    EventKind.CHECKED_IN: _checked_in,
    EventKind.OPTION_CHOSEN: _chosen,
}
"""With the plain ones and those by somebody, every kind is here."""
