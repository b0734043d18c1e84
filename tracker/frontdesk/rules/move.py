"""One command's effect in the making: the ticket as it becomes, and the facts to be told."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from tracker.frontdesk import limits
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import Between
from tracker.frontdesk.rules.chat_offer import Floor
from tracker.frontdesk.settings import DeskSettings
from tracker.frontdesk.values import (
    ENDED,
    Actor,
    Attachment,
    Event,
    EventData,
    Person,
    State,
    Ticket,
    User,
    Window,
)
from tracker.model.event import EventKind

FURTHEST = timedelta(days=730)
"""Nothing is promised or booked further ahead than this; what is asked for beyond it is a slip."""


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit that stands in an agent's diary; times are aware UTC."""

    ticket: str
    agent: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a conversation as it was written, and whether it was taken back since."""

    event: Event
    is_removed: bool


class Directory(Protocol):
    """Who is who at the desk, what stands in their diaries, who chats and what was said."""

    def agent(self, person_id: str) -> Person:
        """Give the agent with this id; raises `Refused` when there is none."""
        ...

    def agents(self) -> tuple[Person, ...]:
        """List the agents who are still here, by name."""
        ...

    def visits_ahead(self) -> tuple[Booked, ...]:
        """List the visits of all tickets that have not ended."""
        ...

    def chat_floor(self) -> Floor:
        """Tell who is there to chat and who waits, at this moment of the transaction."""
        ...

    def chat_message(self, message_id: str) -> Said | None:
        """Give a message of any conversation."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may know besides the ticket. `now` is aware UTC; `files` are those sent along."""

    now: datetime
    settings: DeskSettings
    directory: Directory
    files: tuple[Attachment, ...] = ()

    @property
    def desk(self) -> Actor:
        """The desk itself, as the one who did what no person did."""
        return Actor(id=None, name=self.settings.name, kind="system")


class Move:
    """Collects what one actor's command does to one ticket.

    `ticket` is the ticket as it is after what has been told so far; `main` is the fact that answers for
    the command: the first public one told, unless marked otherwise.
    """

    def __init__(self, ticket: Ticket, actor: Actor, context: Context) -> None:
        self.ticket = ticket
        self.actor = actor
        self.context = context
        self.facts: list[Event] = []
        self.main = 0

    @property
    def now(self) -> datetime:
        """The moment the command is carried out."""
        return self.context.now

    def tell(self, kind: EventKind, data: EventData | None = None, text: str = "") -> None:
        """Add a public fact by the actor."""
        self._add(Event(ticket=self.ticket.number, kind=kind, at=self.now, actor=self.actor, text=text), data)

    def tell_as(self, actor: Actor, kind: EventKind, data: EventData | None = None) -> None:
        """Add a public fact by somebody else, such as the system."""
        self._add(Event(ticket=self.ticket.number, kind=kind, at=self.now, actor=actor), data)

    def say(self, kind: EventKind, text: str, *, data: EventData | None = None, public: bool = True) -> None:
        """Add a fact that consists of somebody's words and the files sent with them; it is the main one."""
        self.main = len(self.facts)
        said = Event(
            ticket=self.ticket.number,
            kind=kind,
            at=self.now,
            actor=self.actor,
            text=text,
            attachments=self.context.files,
            public=public,
        )
        self._add(said, data)

    def _add(self, fact: Event, data: EventData | None) -> None:
        self.facts.append(replace(fact, data=data) if data is not None else fact)
        if fact.public:
            self.ticket = replace(self.ticket, updated_at=self.now)

    def go_to(self, state: State, reason: str | None = None) -> EventData:
        """Move the ticket and give the data that says so."""
        was = self.ticket.state
        self.ticket = replace(
            self.ticket,
            state=state,
            state_since=self.now,
            state_reason=reason,
            state_until=None,
            waiting_for=None,
            meanwhile=None,
        )
        return EventData(from_state=was, to_state=state, reason=reason)

    def require_open(self) -> None:
        """Refuse when the ticket has ended, and say how."""
        require_not_ended(self.ticket)


def require_not_ended(ticket: Ticket) -> None:
    """Raise `Refused` for a closed, cancelled or merged ticket, naming where to go."""
    if ticket.state is State.MERGED:
        raise Refused(
            "not_now", f"{ticket.number} was merged into {ticket.merged_into}. Write there instead."
        )
    if ticket.state is State.CANCELLED:
        raise Refused("not_now", f"{ticket.number} was cancelled. Please raise a new request.")
    if ticket.state in ENDED:
        raise Refused("not_now", f"{ticket.number} is closed. Please raise a new request and name it there.")


def actor_of(user: User) -> Actor:
    """Show a user as the one who did it."""
    return Actor(id=user.id, name=user.name, kind=user.role)


def new_id() -> str:
    """Make an id that no other thing at any desk has."""
    return str(uuid.uuid4())


def checked_text(text: str, *, required: bool = False) -> str:
    """Give the text back; raise `Refused` when it is too long or, where required, only blank."""
    if len(text.encode("utf-8")) > limits.TEXT_BYTES:
        raise Refused("invalid", f"The text is too long. At most {limits.TEXT_BYTES:,} bytes can be sent.")
    if required and not text.strip():
        raise Refused("invalid", "Please write a few words.")
    return text


def checked_line(text: str, what: str) -> str:
    """Give the text as one line without edge spaces; raise `Refused` when nothing is left."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not line:
        raise Refused("invalid", f"{what} is empty.")
    return line


def checked_future(moment: datetime, now: datetime, what: str) -> datetime:
    """Give the moment in UTC; raise `Refused` unless it lies ahead, within two years."""
    if not now < moment <= now + FURTHEST:
        raise Refused("invalid", f"{what} must lie ahead, and within two years.")
    return moment.astimezone(UTC)


def checked_range(earliest: datetime, latest: datetime, *, now: datetime) -> tuple[datetime, datetime]:
    """Give a range of time in UTC; raise `Refused` when it is backwards or over."""
    end = checked_future(latest, now, "The end")
    if not now - FURTHEST < earliest < latest:
        raise Refused("invalid", "The range ends before it starts.")
    return earliest.astimezone(UTC), end


def checked_windows(windows: Iterable[Between], *, now: datetime) -> tuple[Window, ...]:
    """Give the windows in UTC, soonest first and without those that are over.

    Raises `Refused` when one ends before it starts or lies too far ahead, or all of them are over.
    """
    sound: list[Window] = []
    for window in windows:
        if not window.starts < window.ends:
            raise Refused("invalid", "A time ends before it starts.")
        if window.ends > now + FURTHEST:
            raise Refused("invalid", "A time lies too far ahead: choose one within two years.")
        if window.ends > now:
            sound.append(Window(starts=window.starts.astimezone(UTC), ends=window.ends.astimezone(UTC)))
    if not sound:
        raise Refused("invalid", "The times are over already. Choose later ones.")
    return tuple(sorted(sound, key=lambda window: (window.starts, window.ends)))
