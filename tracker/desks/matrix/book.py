"""The rooms of a person's chats: which room belongs to which request, and how each stands."""

import msgspec

from tracker.desks.matrix.standing import Standing
from tracker.desks.matrix.talk import Talk
from tracker.model.batch import Cursor
from tracker.model.chat import ChatState
from tracker.model.ticket import TicketId


class Noted(msgspec.Struct, frozen=True, omit_defaults=True):
    """A room as a cursor carries it."""

    ticket: str
    standing: Standing = Standing()


class Place(msgspec.Struct, frozen=True):
    """Where to go on: whose account, the server's own place, and how each room stood there."""

    me: str
    since: str
    rooms: dict[str, Noted] = {}


class Book:
    """The rooms known now. `is_followed`: the news keep it up to date; `is_whole`: all rooms are in it."""

    def __init__(self) -> None:
        self._talks: dict[str, Talk] = {}
        self.is_followed = False
        self.is_whole = False

    def talks(self) -> tuple[Talk, ...]:
        """List the rooms."""
        return tuple(self._talks.values())

    def at(self, room: str) -> Talk | None:
        """Give the conversation in a room, if it is one of ours."""
        return self._talks.get(room)

    def add(self, talk: Talk) -> Talk:
        """Note a room; the one already noted stays."""
        return self._talks.setdefault(talk.room, talk)

    def put(self, talk: Talk) -> None:
        """Note a room as it was read anew."""
        self._talks[talk.room] = talk

    def remove(self, room: str) -> None:
        """Forget a room one is not in any more."""
        self._talks.pop(room, None)

    def of(self, ticket: TicketId) -> Talk | None:
        """Give the conversation on a request: the one going on, else the latest."""
        talks = [talk for talk in self._talks.values() if talk.ticket == ticket and not talk.gone]
        return max(talks, key=_newness, default=None)

    def cursor(self, me: str, since: str) -> Cursor:
        """Write down where to go on."""
        rooms = {talk.room: Noted(talk.ticket, talk.standing) for talk in self._talks.values()}
        return Cursor(msgspec.json.encode(Place(me, since, rooms)).decode())

    def go_on(self, cursor: Cursor | None, me: str) -> str | None:
        """Take up a cursor; gives the server's place in it. None for one that is not ours: start anew."""
        self._talks.clear()
        self.is_whole = False
        if cursor is None:
            return None
        try:
            place = msgspec.json.decode(cursor, type=Place)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        if place.me != me:
            return None
        for room, noted in place.rooms.items():
            self.add(Talk(room, TicketId(noted.ticket), me, noted.standing, is_told=True))
        self.is_whole = True
        return place.since


def _newness(talk: Talk) -> tuple[bool, float, str]:
    began = talk.standing.started_at
    active = talk.standing.state is not ChatState.ENDED
    return (active, began.timestamp() if began else 0.0, talk.room)
