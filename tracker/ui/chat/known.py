"""What is known of the conversation that is shown, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.model.chat import ChatWay
from tracker.model.ticket import Act
from tracker.ui.chat.rows import Told
from tracker.ui.chat.sending import is_starting
from tracker.ui.chat.source import LiveSource, ReplySource
from tracker.ui.chat.words import how_it_began, reply_title, subtitle, title

if TYPE_CHECKING:
    from tracker.model.chat import Chat
    from tracker.model.ticket import TicketId
    from tracker.model.track import Track
    from tracker.ui.chat.source import Source
    from tracker.ui.page_context import PageContext
    from tracker.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class Known:
    """`goes_on`: a session is there or is being started. `unread` counts messages of the desk's side."""

    ticket: TicketId
    way: ChatWay
    track: Track | None
    chat: Chat | None
    source: Source
    starting: bool
    unread: int

    @property
    def is_replies(self) -> bool:
        """True where these are replies, not a chat."""
        return self.way is ChatWay.REPLIES

    @property
    def is_active(self) -> bool:
        """True while somebody waits or talks."""
        return self.chat is not None and self.chat.is_active

    @property
    def goes_on(self) -> bool:
        """True while what is written belongs to a session."""
        return self.is_active or self.starting

    @property
    def can(self) -> frozenset[Act]:
        """What can be done on the request."""
        return frozenset(self.track.you_can) if self.track is not None else frozenset()

    @property
    def can_reply(self) -> bool:
        """True where a reply can be written on the request."""
        return bool(self.can & {Act.REPLY, Act.ANSWER})

    @property
    def can_chat(self) -> bool:
        """True where a chat goes on or may be started."""
        return self.goes_on or Act.CHAT in self.can

    @property
    def can_write(self) -> bool:
        """True where the field is of use: not in a room that this program cannot read or write in."""
        if self.is_replies:
            return self.can_reply
        return self.can_chat and not (self.is_active and self.chat is not None and self.chat.encrypted)

    @property
    def number(self) -> str:
        """The request's number, "" before it has one."""
        return self.track.ticket.number if self.track is not None else ""

    @property
    def person(self) -> str:
        """Who answers, or the team if nobody is named."""
        return (self._owner if self.is_replies else self._agent) or self._team

    def title(self) -> str:
        """Say who is there."""
        if self.is_replies:
            return reply_title(self._owner, self._team)
        return title(self.chat, self._team, starting=self.starting)

    def subtitle(self, wording: Wording) -> str:
        """Say how it stands and what it is about."""
        subject = self.track.ticket.subject if self.track is not None else ""
        return subtitle(self.chat, subject, wording, starting=self.starting)

    def told(self, wording: Wording) -> tuple[Told, ...]:
        """Give what stands at the beginning of the present session."""
        if self.chat is None:
            return ()
        return (Told(self.chat.started_at, how_it_began(self.chat, self.number, wording)),)

    def is_here(self, ticket: TicketId) -> bool:
        """Say whether this is the conversation on that request, under whichever of its names."""
        return ticket == self.ticket or (self.track is not None and ticket == self.track.ticket.id)

    @property
    def _agent(self) -> str:
        agent = self.chat.agent if self.chat is not None else None
        return agent.name if agent is not None else ""

    @property
    def _owner(self) -> str:
        owner = self.track.ticket.owner if self.track is not None else None
        return owner.name if owner is not None else ""

    @property
    def _team(self) -> str:
        return self.track.ticket.team if self.track is not None else ""


def known(context: PageContext, ticket: TicketId) -> Known:
    """Read what is known of the conversation on a request; raises a TrackerError if it cannot be read."""
    view = context.view
    way, track = view.talks.way(), view.track(ticket, context.clock())
    if way is ChatWay.REPLIES:
        return Known(ticket, way, track, None, ReplySource(view, track), starting=False, unread=0)
    source = LiveSource(view.talks, ticket)
    chat = view.talks.chat(ticket)
    starting = is_starting(chat, source.pending())
    return Known(ticket, way, track, chat, source, starting, view.talks.unread(ticket))
