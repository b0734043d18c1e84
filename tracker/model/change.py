"""What a commit touched, so that views refresh only that."""

from dataclasses import dataclass

from tracker.model.ticket import TicketId


@dataclass(frozen=True, slots=True)
class Change:
    """The names of what was written.

    `chats` are requests whose conversation is different. `everything`: re-read all (a rebuild, a sign-out).
    """

    tickets: frozenset[TicketId] = frozenset()
    outbox: bool = False
    drafts: bool = False
    notices: bool = False
    catalogue: bool = False
    chats: frozenset[TicketId] = frozenset()
    everything: bool = False

    def __or__(self, other: "Change") -> "Change":
        return Change(
            tickets=self.tickets | other.tickets,
            outbox=self.outbox or other.outbox,
            drafts=self.drafts or other.drafts,
            notices=self.notices or other.notices,
            catalogue=self.catalogue or other.catalogue,
            chats=self.chats | other.chats,
            everything=self.everything or other.everything,
        )

    def __bool__(self) -> bool:
        return self != NOTHING


NOTHING = Change()
