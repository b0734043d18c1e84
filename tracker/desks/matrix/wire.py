"""Rooms and their events as a Matrix server tells them (client-server API, v1.11 and later).

What other people's programs put into events may be anything: contents stay raw until somebody asks for one
shape of them, and one event that cannot be read takes no other with it.
"""

import logging
from collections.abc import Iterable
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Raw, Struct

log = logging.getLogger(__name__)

T = TypeVar("T")

EMPTY = Raw(b"{}")
Id = Annotated[str, Meta(min_length=1, max_length=255)]
Place = Annotated[str, Meta(max_length=100_000)]
"""A point in a room's or an account's history; only the server can read it."""


class Event(Struct, frozen=True, gc=False):
    """One event. `content` and `unsigned` are raw JSON: read a content with `content_of`.

    Ephemeral events and account data have neither id nor sender nor time. `state_key` is None for messages.
    """

    type: Annotated[str, Meta(max_length=255)]
    content: Raw = EMPTY
    event_id: str = ""
    sender: str = ""
    origin_server_ts: int = 0
    state_key: str | None = None
    room_id: str = ""
    redacts: str | None = None
    unsigned: Raw = EMPTY


class Events(Struct, frozen=True, gc=False):
    """A list of events, each to be read by `events_in`."""

    events: tuple[Raw, ...] = ()


class Timeline(Struct, frozen=True, gc=False):
    """What happened in a room. `limited`: there was more before, from `prev_batch` back."""

    events: tuple[Raw, ...] = ()
    limited: bool = False
    prev_batch: Place = ""


class JoinedRoom(Struct, frozen=True, gc=False):
    """News of a room one is in."""

    timeline: Timeline = Timeline()
    state: Events = Events()
    ephemeral: Events = Events()
    account_data: Events = Events()


class InvitedRoom(Struct, frozen=True, gc=False):
    """An invitation, with the little one may know before."""

    invite_state: Events = Events()


class LeftRoom(Struct, frozen=True, gc=False):
    """The last news of a room one has left or was put out of."""

    timeline: Timeline = Timeline()
    state: Events = Events()


class Rooms(Struct, frozen=True, gc=False):
    """News by room id."""

    join: dict[str, JoinedRoom] = {}
    invite: dict[str, InvitedRoom] = {}
    leave: dict[str, LeftRoom] = {}


class Sync(Struct, frozen=True, gc=False):
    """What is new since `since`; go on from `next_batch`."""

    next_batch: Place
    rooms: Rooms = Rooms()
    presence: Events = Events()
    account_data: Events = Events()


class Page(Struct, frozen=True, gc=False):
    """A page of a room's messages. No `end`: there is no more in that direction."""

    start: Place = ""
    end: Place | None = None
    chunk: tuple[Raw, ...] = ()
    state: tuple[Raw, ...] = ()


class Context(Struct, frozen=True, gc=False):
    """An event with what came just before and just after, and the places to go on from."""

    event: Raw = EMPTY
    events_before: tuple[Raw, ...] = ()
    events_after: tuple[Raw, ...] = ()
    start: Place = ""
    end: Place = ""


class Member(Struct, frozen=True, gc=False):
    """Somebody in a room."""

    display_name: str | None = None


class Members(Struct, frozen=True, gc=False):
    """Who is in a room, by user id."""

    joined: dict[str, Member] = {}


class RoomMade(Struct, frozen=True, gc=False):
    """The id of a room."""

    room_id: Id


class EventMade(Struct, frozen=True, gc=False):
    """The id of an event."""

    event_id: Id


class InitialState(Struct, frozen=True, gc=False):
    """One piece of state that a new room has from its start."""

    type: str
    content: Struct
    state_key: str = ""


class NewRoom(Struct, frozen=True, omit_defaults=True, gc=False):
    """A room to be made. Nothing in it switches encryption on. `invite` lists user ids."""

    name: str = ""
    topic: str = ""
    preset: str = ""
    visibility: str = "private"
    invite: tuple[str, ...] = ()
    initial_state: tuple[InitialState, ...] = ()
    creation_content: Struct | None = None
    power_level_content_override: Struct | None = None
    is_direct: bool = False


class Presence(Struct, frozen=True, gc=False):
    """Whether somebody is there: online, unavailable (idle) or offline."""

    presence: str = "offline"
    last_active_ago: float | None = None
    currently_active: bool = False


class Profile(Struct, frozen=True, gc=False):
    """What somebody calls themselves."""

    displayname: str | None = None


class MediaLimits(Struct, frozen=True, gc=False, rename={"upload_size": "m.upload.size"}):
    """How large a file may be, in bytes; None where the server does not say."""

    upload_size: Annotated[int, Meta(ge=0)] | None = None


class Uploaded(Struct, frozen=True, gc=False):
    """Where a file now is: `mxc://server/id`."""

    content_uri: Annotated[str, Meta(max_length=1000)]


def events_in(raw: Iterable[Raw]) -> list[Event]:
    """Read events, leaving out those that are none."""
    found = []
    for each in raw:
        try:
            found.append(msgspec.json.decode(each, type=Event))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            log.info("an event that cannot be read was left out: %s", error)
    return found


def content_of(event: Event, kind: type[T]) -> T | None:
    """Read an event's content as `kind`; None where it is something else."""
    return _read(event.content, kind)


def _read(raw: Raw, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
