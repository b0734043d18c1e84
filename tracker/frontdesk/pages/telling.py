"""Events in an agent's words: who did what, the facts that go with it, and what it looks like."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.pages.queue_rows import PROMISED, STATES
from tracker.frontdesk.values import Attachment, Event, EventData
from tracker.model.event import EventKind as Kind

# What the kind says after "{who}"; those without are told by the desk itself.
SAID: dict[Kind, tuple[str, str]] = {
    Kind.CREATED: ("raised it", "inbox"),
    Kind.RECEIVED: ("took it in", "inbox"),
    Kind.CATEGORISED: ("put it under another service", "list"),
    Kind.PRIORITY: ("changed the priority", "circle-alert"),
    Kind.ASSIGNED: ("gave it to", "user-check"),
    Kind.HANDED_OVER: ("handed it over to", "arrow-right"),
    Kind.WORK_STARTED: ("began to work on it", "wrench"),
    Kind.REPLY: ("replied", "message-square"),
    Kind.QUESTION: ("asked", "circle-question-mark"),
    Kind.ANSWER: ("answered", "message-square"),
    Kind.STATUS: ("moved it", "circle-dot"),
    Kind.ON_HOLD: ("set it waiting", "hourglass"),
    Kind.RESUMED: ("went on with it", "play"),
    Kind.PROMISE_MADE: ("promised", "clock"),
    Kind.PROMISE_MOVED: ("moved a promise", "calendar-clock"),
    Kind.PROMISE_KEPT: ("kept a promise", "check"),
    Kind.PROMISE_MISSED: ("missed a promise", "triangle-alert"),
    Kind.PROMISE_WITHDRAWN: ("took a promise back", "x"),
    Kind.VISIT_BOOKED: ("booked a visit", "calendar-plus"),
    Kind.VISIT_MOVED: ("moved the visit", "calendar-clock"),
    Kind.VISIT_CANCELLED: ("called the visit off", "circle-x"),
    Kind.VISIT_ON_THE_WAY: ("set off", "truck"),
    Kind.VISIT_ETA: ("gave a new arrival time", "clock"),
    Kind.VISIT_ARRIVED: ("arrived", "map-pin"),
    Kind.VISIT_DONE: ("finished the visit", "check"),
    Kind.VISIT_FAILED: ("found nobody", "circle-alert"),
    Kind.VISIT_CONFIRMED: ("confirmed the visit", "check"),
    Kind.VISIT_MOVE_ASKED: ("asks for another time", "calendar-clock"),
    Kind.VISIT_NOT_THERE: ("will not be there", "circle-alert"),
    Kind.VISIT_PLACE: ("said where to come", "map-pin"),
    Kind.CALLBACK_ASKED: ("asks to be called", "phone"),
    Kind.CALLBACK_BOOKED: ("booked a call", "phone"),
    Kind.CALLBACK_TRIED: ("called and did not reach them", "phone"),
    Kind.CALLBACK_DONE: ("called", "phone"),
    Kind.CALLBACK_MISSED: ("did not call as booked", "triangle-alert"),
    Kind.CALLBACK_CANCELLED: ("needs no call any more", "phone"),
    Kind.LINKED: ("merged another request into it", "merge"),
    Kind.MERGED: ("merged it", "merge"),
    Kind.SOLVED: ("called it fixed", "circle-check"),
    Kind.CONFIRMED: ("says that it works", "thumbs-up"),
    Kind.NOT_FIXED: ("says that it does not work", "circle-x"),
    Kind.REOPENED: ("opened it again", "rotate-ccw"),
    Kind.AUTO_CLOSE_SET: ("set when it closes", "calendar"),
    Kind.CLOSED: ("closed it", "circle-check"),
    Kind.RATED: ("rated it", "star"),
    Kind.CHECKED_IN: ("was asked again", "circle-check"),
    Kind.HEARTBEAT: ("said: still on it", "refresh-cw"),
    Kind.NEWS_ASKED: ("asks for news", "bell"),
    Kind.CAN_WAIT: ("says that it can wait", "pause"),
    Kind.THANKED: ("says thanks", "thumbs-up"),
    Kind.OPTIONS_OFFERED: ("offered a choice", "list"),
    Kind.OPTION_CHOSEN: ("chose", "check"),
    Kind.OTHER: ("noted for colleagues", "pencil"),
    Kind.CHAT_STARTED: ("started a chat", "message-square"),
    Kind.CHAT_JOINED: ("joined the chat", "user-check"),
    Kind.CHAT_LEFT: ("left the chat, which is next in the queue", "log-out"),
    Kind.CHAT_HANDED_OVER: ("handed the chat over", "arrow-right"),
    Kind.CHAT_ENDED: ("ended the chat", "check"),
    Kind.CHAT_MESSAGE: ("wrote in the chat", "message-square"),
    Kind.CHAT_EDITED: ("changed a message", "pencil"),
    Kind.CHAT_REMOVED: ("took a message back", "x"),
}
CHAT_NOTES = frozenset(
    {Kind.CHAT_STARTED, Kind.CHAT_JOINED, Kind.CHAT_LEFT, Kind.CHAT_HANDED_OVER, Kind.CHAT_ENDED}
)
"""What happens to a chat besides words: it stands between the messages, and in the history."""

YOURS = {"asks": "ask", "says": "say", "needs": "need"}
"""The first word of what was said, where the reader did it."""

BIG = frozenset(
    {
        Kind.VISIT_BOOKED,
        Kind.VISIT_ON_THE_WAY,
        Kind.VISIT_ARRIVED,
        Kind.VISIT_NOT_THERE,
        Kind.SOLVED,
        Kind.PROMISE_MISSED,
        Kind.CALLBACK_MISSED,
        Kind.NOT_FIXED,
        Kind.NEWS_ASKED,
    }
)
"""What changes somebody's day gets a filled mark."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as the history shows it; `text` is as typed and must be escaped."""

    title: str
    icon: str
    at: datetime
    facts: tuple[str, ...]
    text: str
    files: tuple[Attachment, ...]
    is_internal: bool
    is_big: bool


def history(events: Sequence[Event], me: str, time: DeskTime) -> list[Entry]:
    """Tell what happened, newest first; `me` is the reader's id."""
    return [entry(event, me, time) for event in reversed(events)]


def entry(event: Event, me: str, time: DeskTime) -> Entry:
    """Tell one event."""
    return Entry(
        title=title(event, me),
        icon=SAID.get(event.kind, ("", "circle-dot"))[1],
        at=event.at,
        facts=tuple(_facts(event, time)),
        text=event.text,
        files=event.attachments,
        is_internal=not event.public,
        is_big=event.kind in BIG,
    )


def title(event: Event, me: str) -> str:
    """Say who did what: "You replied", "Anna Keller asks for news"."""
    if event.actor.kind == "system" and event.kind in CHAT_NOTES:
        return _chat_by_itself(event, me)
    did = SAID[event.kind][0] if event.kind in SAID else "did something that this version does not know"
    who = event.actor.name
    if event.actor.id == me:
        first, _, rest = did.partition(" ")
        who, did = "You", f"{YOURS.get(first, first)} {rest}".rstrip()
    if event.kind in (Kind.ASSIGNED, Kind.HANDED_OVER):
        did = f"{did} {_receiver(event.data, me)}"
    if event.kind is Kind.CHAT_HANDED_OVER:
        did = f"{did} {_next_in_chat(event.data, me)}"
    if event.kind is Kind.ASSIGNED and event.data.owner is not None and event.data.owner.id == event.actor.id:
        did = "took it"
    return f"{who} {did}"


def _next_in_chat(data: EventData, me: str) -> str:
    if data.agent is None:
        return "to whoever is next"
    return "to you" if data.agent.id == me else f"to {data.agent.name}"


def _chat_by_itself(event: Event, me: str) -> str:
    """Say what the desk did to a chat, and why."""
    data = event.data
    if event.kind is Kind.CHAT_LEFT and data.agent is not None:
        gone = "You were" if data.agent.id == me else f"{data.agent.name} was"
        return f"{gone} not there any more, so the chat is next in the queue"
    if data.by == "idle":
        return "The chat ended, since nobody wrote any more"
    return f"{event.actor.name} ended the chat"


def _receiver(data: EventData, me: str) -> str:
    if data.owner is not None:
        return "you" if data.owner.id == me else data.owner.name
    return data.team or "nobody"


def _facts(event: Event, time: DeskTime) -> list[str]:
    """Give what goes with an event besides its text."""
    data = event.data
    return [
        *_promise_facts(data, time),
        *_visit_facts(data, time),
        *_call_facts(data, time),
        *_others(data, time),
    ]


def _promise_facts(data: EventData, time: DeskTime) -> list[str]:
    promise = data.promise
    if promise is None:
        return []
    said = f"{PROMISED[promise.kind]} by {time.say(promise.latest)}"
    return [f"{said}, before that {time.say(data.was_latest)}" if data.was_latest else said]


def _visit_facts(data: EventData, time: DeskTime) -> list[str]:
    visit = data.visit
    if visit is None:
        return []
    said = [f"{time.say_window(visit.starts, visit.ends)}, {visit.place}"]
    if visit.eta_earliest is not None and visit.eta_latest is not None:
        said.append(f"Expected {time.say_window(visit.eta_earliest, visit.eta_latest)}")
    if data.was_starts is not None and data.was_ends is not None:
        said.append(f"Before that {time.say_window(data.was_starts, data.was_ends)}")
    said += [f"Wished: {time.say_window(window.starts, window.ends)}" for window in data.windows]
    return said


def _call_facts(data: EventData, time: DeskTime) -> list[str]:
    call = data.call
    if call is None:
        return []
    if call.starts is not None and call.ends is not None:
        return [f"{time.say_window(call.starts, call.ends)}, {call.phone}"]
    return [call.phone, *(f"Free {time.say_window(one.starts, one.ends)}" for one in call.windows)]


def _others(data: EventData, time: DeskTime) -> list[str]:
    named = (
        ("Why", data.reason),
        ("Now", STATES[data.to_state][0] if data.to_state is not None and data.from_state else None),
        ("Service", data.service.name if data.service is not None else None),
        ("Priority", data.priority.value if data.priority is not None and data.was_priority else None),
        ("Closes by itself", time.say(data.auto_close_at) if data.auto_close_at is not None else None),
        ("Until", time.say(data.until) if data.until is not None else None),
        ("Who can end it", data.who),
        ("Meanwhile", data.meanwhile),
        ("Stars", f"{data.score} of 5" if data.score is not None else None),
        ("Chosen", data.option.label if data.option is not None else None),
        ("Offered", ", ".join(option.label for option in data.options) or None),
        ("Goes on as", data.into),
        ("Answer", {True: "still fine", False: "it came back"}[data.fine] if data.fine is not None else None),
    )
    return [f"{name}: {value}" for name, value in named if value]
