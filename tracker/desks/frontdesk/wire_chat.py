"""What the embedded desk says of conversations, and what is sent in one (docs/frontdesk-api.md)."""

from msgspec import Struct

from tracker.desks.frontdesk.wire_parts import Count, Moment, Person


class Wait(Struct, frozen=True, gc=False):
    """How long until somebody answers, in seconds."""

    shortest: Count
    longest: Count


class Read(Struct, frozen=True, gc=False):
    """The last message each side has read, by id."""

    requester: str | None = None
    agent: str | None = None


class Chat(Struct, frozen=True, gc=False):
    """A conversation as it stands in its latest session."""

    session: str
    state: str
    started_at: Moment
    joined_at: Moment | None = None
    ended_at: Moment | None = None
    ended_by: str | None = None
    agent: Person | None = None
    place: Count | None = None
    first_place: Count | None = None
    wait: Wait | None = None
    ends_at: Moment | None = None
    warned: bool = False
    read: Read = Read()


class Offer(Struct, frozen=True, gc=False):
    """Whether somebody would answer now."""

    state: str
    agents: Count = 0
    place: Count | None = None
    wait: Wait | None = None
    opens_at: Moment | None = None


class ChatTold(Struct, frozen=True, gc=False):
    """A conversation that is different, without a fact that says so."""

    ticket: str
    chat: Chat


class Chats(Struct, frozen=True, gc=False):
    """The person's conversations that go on."""

    chats: tuple[ChatTold, ...]


class TypingTold(Struct, frozen=True, gc=False):
    """Somebody writes, or has stopped."""

    ticket: str
    person: Person
    typing: bool


class NewWords(Struct, frozen=True, omit_defaults=True):
    """What is sent to begin a session, and to say something in one."""

    text: str
    attachments: tuple[str, ...] = ()


class NewTyping(Struct, frozen=True):
    """What is sent while the person writes."""

    typing: bool


class NewRead(Struct, frozen=True):
    """What is sent when the person has read up to a message."""

    message: str
