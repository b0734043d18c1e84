"""Requests, events and clocks for the tests of the model, at times of one week of November 2025 in Berlin."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from tracker.model.attachment import Attachment
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.call import Call, CallState
from tracker.model.chat_end import ChatEnd
from tracker.model.command import Delivery, Pending
from tracker.model.event import Confidence, Details, Event, EventKind
from tracker.model.history import in_order, waits_for_you
from tracker.model.identity import CommandId
from tracker.model.line import Line
from tracker.model.option import Option, OptionKind
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.promises import Clock, settle
from tracker.model.ticket import Act, Priority, Ticket, TicketId, TicketState
from tracker.model.timeline import track
from tracker.model.track import Overlay, OverlayKind, Track
from tracker.model.visit import Visit, VisitState
from tracker.model.window import Window
from tracker.model.wish import Wish, WishKind
from tracker.model.wording import plain

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(BERLIN)
YOU = Person("Jo Ortiz", ActorKind.YOU)
PRIYA = Person("Priya Nair")
RAVI = Person("Ravi Menon")
WAYS_OUT = (
    Option("w1", OptionKind.LOAN, "A loan laptop", "Ready at the desk on floor 1."),
    Option("w2", OptionKind.WAIT, "Wait for the part"),
)
ALL = frozenset(Act) - {Act.FOLLOW, Act.RAISE_AGAIN, Act.CHAT}


class TicketFields(TypedDict, total=False):
    """What a test may choose about a request."""

    id: TicketId
    number: str
    subject: str
    state: TicketState
    created_at: datetime
    updated_at: datetime
    state_word: str
    state_since: datetime | None
    state_reason: str | None
    priority: Priority
    team: str
    owner: Person | None
    promises: tuple[Promise, ...]
    visit: Visit | None
    auto_close_at: datetime | None
    merged_into: TicketId | None
    may: frozenset[Act]
    rating: int | None
    state_until: datetime | None
    waiting_for: str
    meanwhile: str
    call: Call | None
    options: tuple[Option, ...]


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """Give a moment of November 2025 as the clocks in Berlin show it; the 17th is a Monday."""
    return datetime(2025, 11, day, hour, minute, second, tzinfo=BERLIN).astimezone(UTC)


RAISED, AFTERNOON = at(17, 9), at(17, 15)


def ticket(**chosen: Unpack[TicketFields]) -> Ticket:
    """Make a request, raised on Monday at nine."""
    usual = Ticket(
        id=TicketId("7"),
        number="INC-7",
        subject="No sound in meetings",
        state=TicketState.NEW,
        created_at=RAISED,
        updated_at=RAISED,
        may=ALL,
    )
    return replace(usual, **chosen)


def event(
    kind: EventKind,
    when: datetime,
    actor: Person | None = None,
    text: str = "",
    *,
    name: str = "",
    **details: Unpack["DetailFields"],
) -> Event:
    """Make an event; by an agent unless told otherwise."""
    return Event(
        id=name or f"{when.isoformat()}-{kind}",
        ticket=TicketId("7"),
        kind=kind,
        at=when,
        actor=actor or PRIYA,
        text=text,
        details=Details(**details),
    )


class DetailFields(TypedDict, total=False):
    """What a test may choose about an event."""

    reason: str | None
    team: str | None
    person: str | None
    previous: str | None
    promise: Promise | None
    visit: Visit | None
    score: int | None
    until: datetime | None
    status_word: str | None
    call: Call | None
    options: tuple[Option, ...]
    fine: bool | None
    chat: ChatEnd | None
    attachments: tuple[Attachment, ...]


def created(when: datetime = RAISED) -> Event:
    """Make the first event of a request."""
    return event(EventKind.CREATED, when, YOU, "There is no sound.")


def received(when: datetime = RAISED) -> Event:
    """Make the desk's first word, which no person said."""
    return event(EventKind.RECEIVED, when, SYSTEM)


def promised(
    latest: datetime,
    made_at: datetime = RAISED,
    *,
    kind: PromiseKind = PromiseKind.NEXT_UPDATE,
    name: str = "p1",
    supersedes: str | None = None,
    state: PromiseState = PromiseState.OPEN,
    source: PromiseSource = PromiseSource.DESK_FIELD,
    reason: str | None = None,
) -> Promise:
    """Make a promise."""
    return Promise(
        name, kind, latest, made_at, source, state, reason=reason, supersedes=supersedes, made_by="Priya Nair"
    )


def visit(state: VisitState = VisitState.SCHEDULED, **chosen: datetime | str | bool | None) -> Visit:
    """Make a visit, booked for Thursday from ten to twelve."""
    usual = Visit("v1", starts=at(20, 10), ends=at(20, 12), state=state, place="4.112", agent="Priya Nair")
    return replace(usual, **chosen)  # type: ignore[arg-type]


def call(state: CallState = CallState.BOOKED, **chosen: Unpack["CallFields"]) -> Call:
    """Make a call-back, asked for on Tuesday at ten for Wednesday between two and four; booked at two."""
    usual = Call(
        "c1",
        state,
        asked_at=at(18, 10),
        phone="4711",
        windows=(Window(at(19, 14), at(19, 16)),),
        starts=None if state is CallState.ASKED else at(19, 14),
        ends=None if state is CallState.ASKED else at(19, 15),
        agent="Priya Nair",
    )
    return replace(usual, **chosen)


class CallFields(TypedDict, total=False):
    """What a test may choose about a call-back."""

    id: str
    starts: datetime | None
    ends: datetime | None
    windows: tuple[Window, ...]
    phone: str
    agent: str


def wish(kind: WishKind, when: datetime, **chosen: Unpack["WishFields"]) -> Wish:
    """Make a wish on the request."""
    return Wish(CommandId(f"wish-{kind}"), when, TicketId("7"), kind, **chosen)


class WishFields(TypedDict, total=False):
    """What a test may choose about a wish."""

    text: str
    about: str
    windows: tuple[Window, ...]
    slot: str
    phone: str
    place: str
    score: int | None


def waiting(command: Wish, delivery: Delivery = Delivery.QUEUED) -> Pending:
    """Put a wish on its way to the desk."""
    return Pending(command, delivery)


def clock(now: datetime) -> Clock:
    """Read the clock at the desk in Berlin."""
    return Clock(now, OFFICE, Cadence())


def seen(subject: Ticket, events: list[Event], now: datetime, pending: tuple[Pending, ...] = ()) -> Track:
    """Draw a request at a moment."""
    return track(subject, events, clock(now), pending)


def said(line: Line | None, now: datetime) -> str:
    """Say a line in English to a reader in Berlin."""
    return "" if line is None else plain(line, now=now, zone=BERLIN)


def kinds(drawn: Track) -> list[OverlayKind]:
    """List the exceptions that hold, in the order in which they are drawn."""
    return [overlay.kind for overlay in drawn.overlays]


def overlay(drawn: Track, kind: OverlayKind) -> Overlay:
    """Give one of the exceptions that hold."""
    return next(found for found in drawn.overlays if found.kind is kind)


def rows(drawn: Track, now: datetime) -> list[str]:
    """Say the titles of the history, newest first."""
    return [said(entry.title, now) for entry in drawn.entries]


def noticed(drawn: Track) -> list[EventKind | None]:
    """List what was not told by the desk but noticed by us."""
    return [entry.event for entry in drawn.entries if entry.confidence is Confidence.DERIVED]


def minutes(count: float) -> timedelta:
    """Give a length."""
    return timedelta(minutes=count)


def settled(subject: Ticket, events: list[Event], now: datetime) -> tuple[Promise, ...]:
    """Give what became of each promise, the newest first."""
    told = in_order(events)
    return settle(subject, told, waits_for_you(subject, told, now), clock(now))


def outcomes(subject: Ticket, events: list[Event], now: datetime = AFTERNOON) -> dict[str, PromiseState]:
    """Tell what became of each promise."""
    return {promise.id: promise.state for promise in settled(subject, events, now)}
