"""What is asked for in a sync: the rooms of chats, and of all others only whether they are one."""

from collections.abc import Sequence
from random import randrange

from msgspec import Struct, field

from tracker.desks.matrix import contents

TIMELINE = 100
_MOST_NAMED = 50
"""Rooms named in a filter: it travels in the address, which may not be long."""

_NOISE = (
    "m.reaction",
    "m.room.avatar",
    "m.room.canonical_alias",
    "m.room.create",
    "m.room.guest_access",
    "m.room.history_visibility",
    "m.room.join_rules",
    "m.room.name",
    "m.room.pinned_events",
    "m.room.power_levels",
    "m.room.topic",
)
_STATE = (contents.TICKET, "m.room.encryption", "m.room.member")


class EventFilter(Struct, frozen=True, omit_defaults=True):
    """Which events of one kind; None: all."""

    types: tuple[str, ...] | None = None
    not_types: tuple[str, ...] = ()
    rooms: tuple[str, ...] | None = None
    limit: int | None = None
    lazy_load_members: bool = False
    include_redundant_members: bool = False


NOTHING = EventFilter(types=())


class RoomFilter(Struct, frozen=True, omit_defaults=True):
    """Which events of rooms."""

    timeline: EventFilter
    state: EventFilter
    ephemeral: EventFilter
    rooms: tuple[str, ...] | None = None
    account_data: EventFilter = field(default_factory=lambda: EventFilter(types=()))


class SyncFilter(Struct, frozen=True):
    """A whole filter."""

    room: RoomFilter
    presence: EventFilter = NOTHING
    account_data: EventFilter = NOTHING


def discovery() -> SyncFilter:
    """Ask of every room only whether it is a chat of ours."""
    state = EventFilter(types=(contents.TICKET, "m.room.encryption"))
    return SyncFilter(RoomFilter(_none_now(), state, NOTHING))


def marks_only(rooms: Sequence[str]) -> SyncFilter:
    """Ask only how far everybody has read, in these rooms."""
    marks = EventFilter(types=("m.receipt",))
    return SyncFilter(RoomFilter(_none_now(), NOTHING, marks, rooms=_named(rooms)))


def following(rooms: Sequence[str]) -> SyncFilter:
    """Ask for all that happens in these rooms, and whether another one has become a chat."""
    named = _named(rooms)
    return SyncFilter(
        RoomFilter(
            EventFilter(
                not_types=_NOISE,
                rooms=named,
                limit=TIMELINE,
                lazy_load_members=True,
                include_redundant_members=True,
            ),
            EventFilter(types=_STATE, lazy_load_members=True, include_redundant_members=True),
            EventFilter(types=("m.receipt", "m.typing"), rooms=named),
        )
    )


def _none_now() -> EventFilter:
    """Ask for no event, but for an answer of this moment.

    For two minutes, Synapse repeats its answer to a first sync that is asked in the same words.
    """
    return EventFilter(types=("it.tracker.none",), limit=1 + randrange(1_000_000))  # noqa: S311 - no secret


def _named(rooms: Sequence[str]) -> tuple[str, ...] | None:
    """Name rooms, never none: Synapse then tells nothing at all, not even of a room that is new."""
    return tuple(rooms or ("!none:none",)) if len(rooms) <= _MOST_NAMED else None
