"""A ticket's conversation as it stands: its session, who is in it, and how long one may wait.

What was said in it are events of the ticket (docs/frontdesk-api.md, "Chat"); this is small, since every
change of the ticket carries it.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from tracker.frontdesk.people import Person

ChatStanding = Literal["queued", "open", "ended"]
ChatEnder = Literal["you", "agent", "idle", "desk"]
OfferStanding = Literal["open", "closed", "nobody", "full"]


class WaitRange(Struct, frozen=True, kw_only=True):
    """How long until somebody answers, in seconds."""

    shortest: int
    longest: int


class ReadMarks(Struct, frozen=True, kw_only=True):
    """The last message that each side has read, by id."""

    requester: str | None = None
    agent: str | None = None


class Chat(Struct, frozen=True, kw_only=True):
    """The latest session of a ticket's conversation; `session` is the id of its `chat_started` event.

    `place` and `wait` are worked out for whoever looks and mean nothing where it is stored. `agent` is who is
    in it or was last, `offered` whom it was handed to while they have not accepted. `ends_at`: when silence
    ends it, set while it is open. `messages` counts this session's.
    """

    session: str
    state: ChatStanding
    started_at: datetime
    joined_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: ChatEnder | None = None
    agent: Person | None = None
    offered: Person | None = None
    place: int | None = None
    first_place: int | None = None
    wait: WaitRange | None = None
    ends_at: datetime | None = None
    warned: bool = False
    messages: int = 0
    read: ReadMarks = ReadMarks()

    @property
    def is_active(self) -> bool:
        """True while somebody waits or talks."""
        return self.state != "ended"
