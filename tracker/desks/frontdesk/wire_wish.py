"""What is asked of the embedded desk on a request under way, and what it offers (docs/frontdesk-api.md)."""

from datetime import datetime

from msgspec import Raw, Struct

from tracker.desks.frontdesk.wire import Moment, Person


class AskedWindow(Struct, frozen=True):
    """A window as it is sent."""

    starts: datetime
    ends: datetime


class NewWish(Struct, frozen=True, omit_defaults=True):
    """What is sent to `/tickets/{number}/wishes`."""

    kind: str
    text: str = ""
    about: str = ""
    windows: tuple[AskedWindow, ...] = ()
    slot: str = ""
    phone: str = ""
    place: str = ""
    score: int | None = None
    seen_starts: datetime | None = None


class Slot(Struct, frozen=True, gc=False):
    """A time offered for a visit."""

    id: str
    starts: Moment
    ends: Moment
    agent: Person | None = None


class Slots(Struct, frozen=True, gc=False):
    """The times offered for a visit."""

    slots: tuple[Slot, ...]


class Kept(Struct, frozen=True, gc=False):
    """How a person wants to be told, as it was left at the desk; the desk does not look into it."""

    preferences: Raw = Raw(b"null")
    changed_at: Moment | None = None


class Keep(Struct, frozen=True):
    """What is sent to be kept."""

    preferences: Raw
    changed_at: datetime
