"""How the session in a room stands, as a value that a cursor can carry."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from tracker.model.chat import Chat, ChatState
from tracker.model.chat_end import EndedBy
from tracker.model.person import Person
from tracker.model.ticket import TicketId

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Standing(msgspec.Struct, frozen=True, omit_defaults=True):
    """The latest session, who is in the room beside the person, and the place of the last message.

    `inside` are user ids of the desk's side, `called` those whom an agent has asked in. Times are UTC.
    """

    session: str = ""
    state: ChatState = ChatState.ENDED
    started_at: datetime | None = None
    joined_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: EndedBy | None = None
    agent: str = ""
    inside: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    encrypted: bool = False
    last_place: int = 0

    @property
    def is_active(self) -> bool:
        """True while somebody waits or talks."""
        return self.state is not ChatState.ENDED

    def chat(self, ticket: TicketId, person: Callable[[str], Person]) -> Chat | None:
        """Give it as a chat; None while there never was a session."""
        if not self.session or self.started_at is None:
            return None
        return Chat(
            ticket=ticket,
            session=self.session,
            state=self.state,
            started_at=self.started_at,
            agent=person(self.agent) if self.agent else None,
            joined_at=self.joined_at,
            ended_at=self.ended_at,
            ended_by=self.ended_by,
            encrypted=self.encrypted,
        )

    def begun(self, session: str, at: datetime) -> "Standing":
        """Begin a session."""
        return Standing(
            session=session,
            state=ChatState.QUEUED,
            started_at=at,
            inside=self.inside,
            called=self.called,
            encrypted=self.encrypted,
            last_place=self.last_place,
        )

    def joined(self, user: str, at: datetime) -> "Standing":
        """Let an agent be in it; who was first in it stays the one who has it."""
        if self.state is ChatState.OPEN and self.agent in self.inside:
            return self
        return msgspec.structs.replace(self, state=ChatState.OPEN, agent=user, joined_at=at)

    def left(self, user: str) -> "Standing":
        """Let an agent be gone; another one in the room has it now, or it waits again."""
        if self.inside:
            agent = self.inside[-1] if self.agent == user else self.agent
            return msgspec.structs.replace(self, agent=agent)
        return msgspec.structs.replace(self, state=ChatState.QUEUED, agent="", joined_at=None)

    def ended(self, by: EndedBy, at: datetime) -> "Standing":
        """End it."""
        return msgspec.structs.replace(self, state=ChatState.ENDED, ended_at=at, ended_by=by)

    def with_inside(self, user: str) -> "Standing":
        """Note that somebody is in the room."""
        called = tuple(each for each in self.called if each != user)
        inside = self.inside if user in self.inside else (*self.inside, user)
        return msgspec.structs.replace(self, inside=inside, called=called)

    def without(self, user: str) -> "Standing":
        """Note that somebody is in the room no more, and not asked in."""
        inside = tuple(each for each in self.inside if each != user)
        called = tuple(each for each in self.called if each != user)
        return msgspec.structs.replace(self, inside=inside, called=called)

    def with_called(self, user: str, *, by_agent: bool) -> "Standing":
        """Note that an agent has asked somebody in: the chat is theirs when all others go."""
        if not by_agent or user in self.called:
            return self
        return msgspec.structs.replace(self, called=(*self.called, user))

    def next_place(self, at: datetime) -> "tuple[int, Standing]":
        """Give the place of a message of this time: after all before it, whatever the clocks say."""
        place = max((at - _EPOCH) // timedelta(microseconds=1), self.last_place + 1)
        return place, msgspec.structs.replace(self, last_place=place)
