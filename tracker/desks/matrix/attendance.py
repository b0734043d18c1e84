"""Who comes into a room and goes, and what that means for the session in it."""

from dataclasses import dataclass, field
from datetime import datetime

from tracker.desks.matrix import contents, wire
from tracker.desks.matrix.gathered import Gathered
from tracker.desks.matrix.message_reading import read, read_text
from tracker.desks.matrix.standing import Standing
from tracker.desks.safetext import safe_line
from tracker.model.chat import ChatState
from tracker.model.chat_end import ChatEnd, EndedBy
from tracker.model.event import Details, Event, EventKind, event_id
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId

DESK = "matrix"


@dataclass(frozen=True, slots=True)
class Step:
    """One event, when it happened, and where what it means is put."""

    event: wire.Event
    into: Gathered
    at: datetime


@dataclass(slots=True)
class Attendance:
    """A room of a request and the people in it; `me` is the person's user id, `asked` who was asked in.

    Some agent comes in: the chat is open. The last one goes: it is over, unless another was asked in by an
    agent: then it waits again.
    """

    room: str
    ticket: TicketId
    me: str
    standing: Standing = field(default_factory=Standing)
    names: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    gone: bool = False

    def person(self, user: str) -> Person:
        """Give somebody in the room as the requester sees them."""
        if user == self.me:
            return Person(self.names.get(user) or _local_part(user), ActorKind.YOU)
        return Person(self.names.get(user) or _local_part(user), ActorKind.AGENT)

    def take_member(self, step: Step, user: str) -> None:
        """Follow somebody who is asked in, comes or goes."""
        told = wire.content_of(step.event, contents.Membership)
        if told is None:
            return
        self.learn_name(step.event)
        if told.membership == "invite":
            self.asked.add(user)
            self.standing = self.standing.with_called(user, by_agent=step.event.sender != self.me)
        elif told.membership == "join" and user != self.me:
            self._come(step, user)
        elif told.membership in ("leave", "ban"):
            self.asked.discard(user)
            self._go(step, user)

    def _come(self, step: Step, user: str) -> None:
        if _was(step.event) == "join" or user in self.standing.inside:
            self.standing = self.standing.with_inside(user)
            return  # a new name or picture
        self.standing = self.standing.with_inside(user)
        if self.standing.is_active:
            self.standing = self.standing.joined(user, step.at)
            self.tell(EventKind.CHAT_JOINED, step, by=user)

    def _go(self, step: Step, user: str) -> None:
        if user == self.me:
            self.gone = True
            if self.standing.is_active:
                self.standing = self.standing.ended(EndedBy.DESK, step.at)
                self.tell(EventKind.CHAT_ENDED, step)
            return
        was_inside = user in self.standing.inside or _was(step.event) == "join"
        self.standing = self.standing.without(user)
        if not was_inside or not self.standing.is_active:
            return
        if self.standing.inside or self.standing.called or self.standing.state is ChatState.QUEUED:
            self.standing = self.standing.left(user)
            self.tell(EventKind.CHAT_LEFT, step, by=user)
        else:
            self.standing = self.standing.ended(EndedBy.AGENT, step.at)
            self.tell(EventKind.CHAT_ENDED, step, by=user)

    def learn_name(self, event: wire.Event) -> None:
        """Note what somebody calls themselves."""
        told = wire.content_of(event, contents.Membership)
        if told is not None and told.membership in ("join", "invite") and event.state_key:
            self.names[event.state_key] = safe_line(read_text(told.displayname), 80)

    def tell(
        self,
        kind: EventKind,
        step: Step,
        *,
        by: str | None = None,
        mark: str = "",
        command_id: str | None = None,
    ) -> None:
        """Put a fact of the session among what was found."""
        step.into.events.append(
            Event(
                id=event_id(DESK, step.event.event_id + mark),
                ticket=self.ticket,
                kind=kind,
                at=step.at,
                actor=self.person(by or step.event.sender),
                details=_details(kind, self.standing.ended_by),
                command_id=command_id,
                raw_id=step.event.event_id,
                raw_type=step.event.type,
            )
        )


def _details(kind: EventKind, ended_by: EndedBy | None) -> Details:
    return Details(chat=ChatEnd(ended_by)) if kind is EventKind.CHAT_ENDED else Details()


def _was(event: wire.Event) -> str:
    before = read(event.unsigned, contents.Before)
    told = read(before.prev_content, contents.Membership) if before else None
    return told.membership if told else ""


def _local_part(user: str) -> str:
    return safe_line(user.removeprefix("@").partition(":")[0], 80) or "IT"
