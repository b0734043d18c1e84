"""The chats of the desk in memory: what the person and the agent do in them, told as facts of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.fakes.house_rules import Files, check_text, person_of
from tracker.desks.safetext import safe_text
from tracker.model.chat import (
    Amendment,
    Chat,
    ChatOffer,
    ChatState,
    EndedBy,
    Message,
    OfferState,
    ReadMark,
    Typing,
    Wait,
)
from tracker.model.command import ChatCommand, CommandId, Receipt, SendMessage, StartChat
from tracker.model.errors import CommandRejected
from tracker.model.event import EventKind
from tracker.model.person import ActorKind, Person

if TYPE_CHECKING:
    from tests.fakes.helpdesk import FakeHelpdesk
    from tracker.model.ticket import TicketId

TYPING = timedelta(seconds=20)
_IDLE = timedelta(minutes=10)


@dataclass(slots=True)
class Chats:
    """One conversation for each ticket. May be used from any thread, as the desk it belongs to.

    `agents` are there for chats now. `whispers` are told to whoever listens and kept by nobody; `writing` are
    the persons who write, and `read` is how far each ticket's two sides have read.
    """

    desk: FakeHelpdesk
    agents: int = 1
    by_ticket: dict[TicketId, Chat] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    whispers: list[Typing] = field(default_factory=list)
    writing: set[TicketId] = field(default_factory=set)
    read: dict[tuple[TicketId, ActorKind], str] = field(default_factory=dict)

    def offer(self) -> ChatOffer:
        """Say who is there."""
        if not self.agents:
            return ChatOffer(OfferState.NOBODY)
        minutes = timedelta(minutes=len(self._queue()) + 1)
        return ChatOffer(OfferState.OPEN, self.agents, len(self._queue()) + 1, Wait(minutes, 2 * minutes))

    def carry_out(self, who: str, command: ChatCommand, files: Files) -> Receipt:
        """Do what the person asks; raises `CommandRejected` when it cannot be done."""
        with self.desk.lock:
            if isinstance(command, StartChat):
                event = self._start(who, command)
            elif isinstance(command, SendMessage):
                self._require_active(who, command.ticket)
                event = self._say(command.ticket, who, command.text, files, command=command.id)
            else:
                self._require_active(who, command.ticket)
                event = self._end(command.ticket, who, EndedBy.YOU, command=command.id)
            return self.desk._keep(who, command.id, Receipt(command.ticket, str(command.ticket), event))

    def type(self, who: str, ticket: TicketId, *, typing: bool) -> None:
        """See that the person writes."""
        with self.desk.lock:
            self._require_active(who, ticket)
            (self.writing.add if typing else self.writing.discard)(ticket)

    def mark(self, ticket: TicketId, by: ActorKind, message: str) -> None:
        """Note how far somebody has read; it never goes back."""
        with self.desk.lock:
            before = self.messages.get(self.read.get((ticket, by), ""))
            if message not in self.messages:
                raise CommandRejected("The service desk refused: there is no such message.")
            if before is None or before.place < self.messages[message].place:
                self.read[ticket, by] = message
                self.desk._tell_in_chat(ticket, ReadMark(ticket, by, message))

    # What the agent does

    def join(self, ticket: TicketId, agent: Person) -> None:
        """Take the chat."""
        with self.desk.lock:
            chat = self.by_ticket[ticket]
            now = self.desk.clock()
            self.by_ticket[ticket] = replace(
                chat, state=ChatState.OPEN, agent=agent, joined_at=now, place=None, ends_at=now + _IDLE
            )
            self._queue_again()
            self.desk._tell(ticket, EventKind.CHAT_JOINED)

    def leave(self, ticket: TicketId) -> None:
        """Go; the person waits again, before everybody else."""
        with self.desk.lock:
            self.by_ticket[ticket] = replace(self.by_ticket[ticket], state=ChatState.QUEUED, ends_at=None)
            self._queue_again()
            self.desk._tell(ticket, EventKind.CHAT_LEFT)

    def end(self, ticket: TicketId, by: EndedBy = EndedBy.AGENT) -> None:
        """End it."""
        with self.desk.lock:
            self._end(ticket, "tess" if by is EndedBy.AGENT else "", by)

    def warn(self, ticket: TicketId) -> None:
        """Say that it ends soon."""
        with self.desk.lock:
            ends_at = self.desk.clock() + timedelta(minutes=2)
            self.by_ticket[ticket] = replace(self.by_ticket[ticket], warned=True, ends_at=ends_at)
            self.desk._tell_in_chat(ticket)

    def say(self, ticket: TicketId, text: str, files: Files = ()) -> str:
        """Write as the agent; gives the message's id."""
        with self.desk.lock:
            return self._say(ticket, "tess", text, files)

    def edit(self, ticket: TicketId, message: str, text: str | None) -> None:
        """Change a message, or (None) take it back."""
        with self.desk.lock:
            now = self.desk.clock()
            old = self.messages[message]
            self.messages[message] = replace(old, text=text or "", changed_at=now, removed=text is None)
            self.desk._tell_in_chat(ticket, Amendment(message, ticket, now, text))

    def type_as(self, agent: Person, ticket: TicketId, *, typing: bool) -> None:
        """Let whoever listens see that the agent writes."""
        with self.desk.lock:
            until = self.desk.clock() + TYPING if typing else None
            self.whispers.append(Typing(ticket, agent, until))
            self.desk.bell.ring()

    def texts(self, ticket: TicketId) -> list[str]:
        """Every text, oldest first."""
        told = (each for each in self.messages.values() if each.ticket == ticket and not each.removed)
        return [each.text for each in sorted(told, key=lambda each: each.place)]

    def named(self, ticket: TicketId, text: str) -> str:
        """Give the id of the message with this text."""
        return next(key for key, each in self.messages.items() if (each.ticket, each.text) == (ticket, text))

    # What both rest on

    def _start(self, who: str, command: StartChat) -> str:
        self.desk._require_own_chat(who, command.ticket)
        before = self.by_ticket.get(command.ticket)
        if before is not None and before.is_active:
            raise CommandRejected("The service desk refused: you are in a chat about this already.")
        if not self.agents:
            raise CommandRejected("The service desk refused: nobody is there for a chat now.")
        now = self.desk.clock()
        session = f"e{len(self.desk.facts) + 1:06d}"
        place = len(self._queue()) + 1
        self.by_ticket[command.ticket] = Chat(
            command.ticket,
            session,
            ChatState.QUEUED,
            now,
            place=place,
            first_place=place,
            wait=Wait(timedelta(minutes=place), timedelta(minutes=2 * place)),
        )
        event = self.desk._tell(command.ticket, EventKind.CHAT_STARTED, who, command=command.id)
        if command.text.strip():
            self._say(command.ticket, who, command.text, (), command=command.id)
        return event.id

    def _say(
        self, ticket: TicketId, who: str, text: str, files: Files, *, command: CommandId | None = None
    ) -> str:
        check_text(text, files)
        chat = self.by_ticket[ticket]
        place = len(self.desk.facts) + 1
        message = Message(
            id=f"m{place:06d}",
            ticket=ticket,
            place=place,
            at=self.desk.clock(),
            sender=person_of(who),
            text=safe_text(text).text,
            attachments=tuple(self.desk._store(name, content) for name, content in files),
            command_id=command,
            session=chat.session,
        )
        self.messages[message.id] = message
        if chat.ends_at is not None:
            self.by_ticket[ticket] = replace(chat, warned=False, ends_at=self.desk.clock() + _IDLE)
        self.desk._tell_in_chat(ticket, message, by=who)
        return message.id

    def _end(self, ticket: TicketId, who: str, by: EndedBy, *, command: CommandId | None = None) -> str:
        chat = self.by_ticket[ticket]
        self.by_ticket[ticket] = replace(
            chat,
            state=ChatState.ENDED,
            ended_at=self.desk.clock(),
            ended_by=by,
            place=None,
            ends_at=None,
            warned=False,
        )
        self._queue_again()
        return self.desk._tell(ticket, EventKind.CHAT_ENDED, who, command=command).id

    def _queue(self) -> list[Chat]:
        waiting = [chat for chat in self.by_ticket.values() if chat.state is ChatState.QUEUED]
        return sorted(waiting, key=lambda chat: chat.started_at)

    def _queue_again(self) -> None:
        for place, chat in enumerate(self._queue(), start=1):
            moved = replace(chat, place=place, first_place=max(place, chat.first_place or 0))
            self.by_ticket[chat.ticket] = moved

    def _require_active(self, who: str, ticket: TicketId) -> None:
        chat = self.by_ticket.get(ticket)
        if self.desk.owners.get(ticket) != who or chat is None or not chat.is_active:
            raise CommandRejected("The service desk refused: this chat is over.")
