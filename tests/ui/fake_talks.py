"""An in-memory double of what the chat page reads from."""

from collections import defaultdict
from dataclasses import dataclass, field

from tracker.model.chat import Chat, ChatOffer, ChatWay, Message
from tracker.model.command import Pending
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.ui.ports import Cancel, Then

END = 2**63 - 1


class FakeTalks:
    """Answers from values a test puts in; messages in the order of their places."""

    def __init__(self) -> None:
        self.how = ChatWay.LIVE
        self.by_ticket: dict[TicketId, Chat] = {}
        self.written: defaultdict[TicketId, list[Message]] = defaultdict(list)
        self.waiting: defaultdict[TicketId, list[Pending]] = defaultdict(list)
        self.marks: dict[tuple[TicketId, ActorKind], int] = {}

    def way(self) -> ChatWay:
        return self.how

    def chats(self) -> tuple[Chat, ...]:
        return tuple(
            sorted(
                self.by_ticket.values(), key=lambda chat: (not chat.is_active, -chat.started_at.timestamp())
            )
        )

    def chat(self, ticket: TicketId) -> Chat | None:
        return self.by_ticket.get(ticket)

    def messages(
        self, ticket: TicketId, *, before: int | None = None, limit: int = 100
    ) -> tuple[Message, ...]:
        end = END if before is None else before
        return tuple([each for each in self.written[ticket] if each.place < end][-limit:])

    def since(self, ticket: TicketId, place: int, *, limit: int | None = None) -> tuple[Message, ...]:
        return tuple([each for each in self.written[ticket] if each.place >= place][:limit])

    def count(self, ticket: TicketId) -> int:
        return len(self.written[ticket])

    def read_to(self, ticket: TicketId, by: ActorKind) -> int:
        return self.marks.get((ticket, by), -1)

    def unread(self, ticket: TicketId) -> int:
        read = self.read_to(ticket, ActorKind.YOU)
        return sum(each.place > read and each.sender.kind is ActorKind.AGENT for each in self.written[ticket])

    def all_unread(self) -> dict[TicketId, int]:
        return {ticket: count for ticket in self.by_ticket if (count := self.unread(ticket))}

    def found(self, ticket: TicketId, words: str) -> tuple[int, ...]:
        wanted = words.strip().casefold()
        places = [each.place for each in self.written[ticket] if wanted in each.text.casefold()]
        return tuple(reversed(places)) if wanted else ()

    def pending(self, ticket: TicketId) -> tuple[Pending, ...]:
        return tuple(self.waiting[ticket])


@dataclass
class FakeChatActions:
    """Writes down what was asked; `offers` waits until the test answers."""

    offers: list[Then[ChatOffer]] = field(default_factory=list)
    typings: list[tuple[TicketId, bool]] = field(default_factory=list)
    chats_read: list[tuple[TicketId, str]] = field(default_factory=list)

    def offer(self, then: Then[ChatOffer]) -> Cancel:
        self.offers.append(then)
        return lambda: None

    def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        self.typings.append((ticket, typing))

    def read(self, ticket: TicketId, message: str) -> None:
        self.chats_read.append((ticket, message))
