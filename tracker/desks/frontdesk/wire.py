"""What the embedded desk says, as it stands on the wire (docs/frontdesk-api.md).

Words that may grow (states, kinds, roles) stay strings here and are mapped in `reading`: a desk newer than
this program must not stop it. Keys this program does not need are left out and skipped while decoding.
`gc=False`: no cycles are possible here, and the collector has 10,000 fewer things to look at.
"""

from typing import Annotated

from msgspec import Meta, Struct

from tracker.desks.frontdesk.wire_chat import Chat
from tracker.desks.frontdesk.wire_parts import Count as Count
from tracker.desks.frontdesk.wire_parts import Moment as Moment
from tracker.desks.frontdesk.wire_parts import Person as Person


class Actor(Struct, frozen=True, gc=False):
    """Who did something; the desk itself has no id."""

    id: str | None
    name: str
    kind: str


class Named(Struct, frozen=True, gc=False):
    """A service, by id and name."""

    id: str
    name: str


class File(Struct, frozen=True, gc=False):
    """An attachment; `size` in bytes."""

    id: str
    name: str
    size: Count
    mime: str = "application/octet-stream"


class Promise(Struct, frozen=True, gc=False):
    """Something the desk said it would do."""

    id: str
    kind: str
    latest: Moment
    made_at: Moment
    made_by: str
    source: str
    state: str
    earliest: Moment | None = None
    reason: str | None = None
    supersedes: str | None = None


class Visit(Struct, frozen=True, gc=False):
    """A technician's visit."""

    id: str
    starts: Moment
    ends: Moment
    place: str
    state: str
    agent: Person | None = None
    eta_earliest: Moment | None = None
    eta_latest: Moment | None = None
    zone: str | None = None
    directions: str = ""
    prepare: tuple[str, ...] = ()
    confirmed: bool = False


class Window(Struct, frozen=True, gc=False):
    """From when to when."""

    starts: Moment
    ends: Moment


class Call(Struct, frozen=True, gc=False):
    """A call-back."""

    id: str
    state: str
    asked_at: Moment
    phone: str = ""
    windows: tuple[Window, ...] = ()
    starts: Moment | None = None
    ends: Moment | None = None
    agent: Person | None = None
    tries: Count = 0


class Option(Struct, frozen=True, gc=False):
    """A way out where the desk can do nothing now."""

    id: str
    kind: str
    label: str
    text: str = ""


class Rating(Struct, frozen=True, gc=False):
    """What the requester thought of it."""

    score: int


class Ticket(Struct, frozen=True, gc=False):
    """A request as it stands."""

    number: str
    subject: str
    state: str
    created_at: Moment
    updated_at: Moment
    service: Named
    requester: Person
    priority: str = "normal"
    state_since: Moment | None = None
    state_reason: str | None = None
    team: str | None = None
    owner: Person | None = None
    promises: tuple[Promise, ...] = ()
    visit: Visit | None = None
    auto_close_at: Moment | None = None
    merged_into: str | None = None
    rating: Rating | None = None
    channel: str = ""
    may: tuple[str, ...] = ()
    call: Call | None = None
    options: tuple[Option, ...] = ()
    state_until: Moment | None = None
    waiting_for: str | None = None
    meanwhile: str | None = None
    chat: Chat | None = None


class EventData(Struct, frozen=True, gc=False):
    """What some kinds carry besides text; which, is in the API's table."""

    to_state: str | None = None
    reason: str | None = None
    number: str | None = None
    service: Named | None = None
    was_service: Named | None = None
    priority: str | None = None
    was_priority: str | None = None
    team: str | None = None
    was_team: str | None = None
    owner: Person | None = None
    was_owner: Person | None = None
    promise: Promise | None = None
    was_latest: Moment | None = None
    visit: Visit | None = None
    was_starts: Moment | None = None
    auto_close_at: Moment | None = None
    closed_by: str | None = None
    score: int | None = None
    into: str | None = None
    call: Call | None = None
    options: tuple[Option, ...] = ()
    option: Option | None = None
    windows: tuple[Window, ...] = ()
    fine: bool | None = None
    until: Moment | None = None
    who: str | None = None
    meanwhile: str | None = None
    session: str | None = None
    message: str | None = None
    agent: Person | None = None
    previous: Person | None = None
    by: str | None = None
    messages: Count | None = None
    seconds: Count | None = None


NO_DATA = EventData()


class Event(Struct, frozen=True, gc=False):
    """One fact about a ticket; `seq` rises over the whole desk."""

    id: str
    seq: Count
    ticket: str
    kind: str
    at: Moment
    actor: Actor
    text: str = ""
    data: EventData = NO_DATA
    attachments: tuple[File, ...] = ()
    command_id: str | None = None


class Item(Struct, frozen=True, gc=False):
    """A ticket with its events, where they were asked for."""

    ticket: Ticket
    events: tuple[Event, ...] | None = None


class Page(Struct, frozen=True, gc=False):
    """Some of my tickets; `next` is what to ask for the next page."""

    items: tuple[Item, ...]
    next: str | None


class Told(Struct, frozen=True, gc=False):
    """One change in the feed."""

    ticket: Ticket
    event: Event


class Changes(Struct, frozen=True, gc=False):
    """Some of the feed, and from where to go on; `reset`: the place was lost, take a new snapshot."""

    changes: tuple[Told, ...]
    cursor: Annotated[str, Meta(min_length=1, max_length=500)]
    more: bool = False
    reset: bool = False


class Messages(Struct, frozen=True, gc=False):
    """Some of what was said on a ticket; `next` is what to ask for what follows."""

    events: tuple[Event, ...]
    next: Count | None = None


class CursorAnswer(Struct, frozen=True, gc=False):
    """The feed's end now."""

    cursor: Annotated[str, Meta(min_length=1, max_length=500)]


class Done(Struct, frozen=True, gc=False):
    """A command that was carried out."""

    ticket: Ticket
    event: Event


class Found(Struct, frozen=True, gc=False):
    """What is known of a command of mine."""

    ticket: Ticket | None
    event: Event | None


class Refusal(Struct, frozen=True, gc=False):
    """Any answer of 400 and above."""

    error: str
    message: str


class NewTicket(Struct, frozen=True):
    """What is sent to raise a request."""

    service: str
    subject: str
    text: str
    fields: dict[str, str]
    priority: str
    attachments: tuple[str, ...]
    channel: str = "app"


class NewMessage(Struct, frozen=True):
    """What is sent to write on a ticket."""

    text: str
    attachments: tuple[str, ...] = ()


class Nothing(Struct, frozen=True):
    """The empty body of a command that says it all by its path."""
