"""The room of a request: found again, or made, once for each request however often one tries."""

import hashlib
from collections.abc import Callable
from copy import deepcopy
from datetime import datetime

import msgspec
from msgspec import Struct

from tracker.desks.answer import decode
from tracker.desks.http import Call
from tracker.desks.matrix import contents, wire
from tracker.desks.matrix.book import Book
from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.gathered import Gathered
from tracker.desks.matrix.pages import Pages, read_back, until_known
from tracker.desks.matrix.paths import V3, part, room_path
from tracker.desks.matrix.policy import Policy
from tracker.desks.matrix.refusals import MatrixRefused
from tracker.desks.matrix.room_news import RoomNews
from tracker.desks.matrix.sync_filter import discovery
from tracker.desks.matrix.talk import Talk
from tracker.model.ticket import Ticket, TicketId

LookUp = Callable[[TicketId], Ticket | None]
"""Gives a request as it is known here, for the name of its room."""

_LOOKED_AT = 3000
"""Events of a room that are read to find out how its session stands."""


class NamedRoom(wire.NewRoom, frozen=True, omit_defaults=True):
    """A new room with an address: there can be only one with it, so making twice makes one."""

    room_alias_name: str = ""


class JoinRule(Struct, frozen=True):
    """Who may come in without being asked: members of another room."""

    allow: tuple["Allowed", ...]
    join_rule: str = "restricted"


class Allowed(Struct, frozen=True):
    """One room whose members may come in."""

    room_id: str
    type: str = "m.room_membership"


class Visible(Struct, frozen=True):
    """Whoever comes in sees all that was said before."""

    history_visibility: str = "shared"


class Powers(Struct, frozen=True):
    """Agents may ask colleagues in."""

    invite: int = 0


class Rooms:
    """Finds and makes rooms for one account. Errors are those of `MatrixSession`."""

    def __init__(
        self, client: MatrixClient, book: Book, me: str, *, policy: Policy, reader: RoomNews, known: LookUp
    ) -> None:
        self._client = client
        self._pages = Pages(client)
        self._book = book
        self._me = me
        self._policy = policy
        self._reader = reader
        self._known = known
        self._takes_addresses = True

    async def find(self, ticket: TicketId) -> Talk | None:
        """Give the room of a request, if there is one already, made here or on another computer."""
        if not self._book.is_whole:
            await self._look_through_all()
        found = self._book.of(ticket)
        if found is not None:
            return found
        if self._takes_addresses:
            return await self._at_address(ticket)
        await self._look_through_all()
        return self._book.of(ticket)

    async def ready(self, ticket: TicketId) -> Talk:
        """Give the room of a request; makes it if there is none."""
        return await self.find(ticket) or await self._make(ticket)

    async def as_it_stands(self, talk: Talk, now: datetime) -> Talk:
        """Give the conversation as it stands at the server: as followed, or else read now."""
        if self._book.is_followed and talk.is_told:
            return talk
        return await self.read_anew(talk, now)

    async def read_anew(self, talk: Talk, now: datetime) -> Talk:
        """Give the conversation as the server has it; what it has of our commands is noted on `talk`, too."""
        # What the news have told is followed already: only what came after it is read, if that is soon.
        followed = deepcopy(talk)
        known = followed.up_to.keys() - {""}
        back = until_known(self._pages.back(talk.room, None), known)
        events, state = await read_back(back, _LOOKED_AT)
        goes_on = any(event.event_id in known for event in events)
        fresh = followed if goes_on else Talk(talk.room, talk.ticket, talk.me)
        fresh.learn(state)
        into = Gathered()
        for event in events:
            if not (goes_on and event.event_id in known):
                fresh.take(event, into, now=now)
        talk.commands |= fresh.commands
        return fresh

    async def agents_room(self) -> str:
        """Give the id of the agents' room; nothing where none is named or it cannot be found."""
        named = self._policy.agents_room
        return named if named.startswith("!") or not named else await self._resolved(named) or ""

    async def _make(self, ticket: TicketId) -> Talk:
        room = await self._new_room(ticket)
        try:
            made = await self._client.create_room(room)
        except MatrixRefused as error:
            there = await self._at_address(ticket) if error.code == "M_ROOM_IN_USE" else None
            if there is not None:
                return there
            # Somebody else has the address, or this server gives none to its people.
            self._takes_addresses = False
            made = await self._client.create_room(msgspec.structs.replace(room, room_alias_name=""))
        return self._book.add(Talk(made, ticket, self._me))

    async def _new_room(self, ticket: TicketId) -> NamedRoom:
        known = self._known(ticket)
        number = known.number if known else ticket
        url = known.url or "" if known else ""
        link = contents.TicketLink(ticket, self._policy.desk, known.number if known else "", url)
        state = [
            wire.InitialState(contents.TICKET, link),
            wire.InitialState("m.room.history_visibility", Visible()),
        ]
        agents = await self.agents_room()
        if agents:
            state.append(wire.InitialState("m.room.join_rules", JoinRule((Allowed(agents),))))
        return NamedRoom(
            name=f"{known.subject} (#{number})"[:200] if known else f"Request #{number}"[:200],
            topic=f"Chat about request #{number} {url}".strip()[:500],
            preset="private_chat",
            invite=tuple(user for user in self._policy.invite if user != self._me),
            initial_state=tuple(state),
            power_level_content_override=Powers(),
            room_alias_name=self._address(ticket),
        )

    def _address(self, ticket: TicketId) -> str:
        named = "\x1f".join((self._policy.desk, ticket, self._me))
        return "tracker-" + hashlib.sha256(named.encode()).hexdigest()[:24]

    async def _at_address(self, ticket: TicketId) -> Talk | None:
        server = self._me.partition(":")[2]
        room = await self._resolved(f"#{self._address(ticket)}:{server}")
        if room is None:
            return None
        try:
            answer = await self._client.session.ask(Call("GET", room_path(room, "state")))
        except MatrixRefused:
            return None  # one is not in it any more
        talk = self._reader.recognise(room, wire.events_in(decode(answer, tuple[msgspec.Raw, ...])))
        return talk if talk is not None and talk.ticket == ticket else None

    async def _resolved(self, address: str) -> str | None:
        try:
            answer = await self._client.session.ask(Call("GET", f"{V3}/directory/room/{part(address)}"))
        except MatrixRefused:
            return None
        return decode(answer, wire.RoomMade).room_id

    async def _look_through_all(self) -> None:
        told = await self._client.sync(None, wait=0, filtered=discovery(), presence="offline")
        for room, news in told.rooms.join.items():
            self._reader.recognise(room, wire.events_in(news.state.events))
        self._book.is_whole = True
