"""What people may ask the desk to do: the bodies of commands, checked as they are decoded."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Raw, Struct

from tracker.frontdesk import limits
from tracker.frontdesk.values import Impact
from tracker.model.option import OptionKind
from tracker.model.ticket import Priority
from tracker.model.wish import WishKind

Text = Annotated[str, Meta(max_length=limits.TEXT_BYTES)]
Words = Annotated[str, Meta(min_length=1, max_length=limits.TEXT_BYTES)]
Line = Annotated[str, Meta(min_length=1, max_length=limits.LINE_CHARS)]
Label = Annotated[str, Meta(min_length=1, max_length=limits.LABEL_CHARS)]
Note = Annotated[str, Meta(max_length=limits.NOTE_CHARS)]
Perhaps = Annotated[str, Meta(max_length=128)]
Id = Annotated[str, Meta(min_length=1, max_length=128)]
Moment = Annotated[datetime, Meta(tz=True)]
Files = Annotated[tuple[Id, ...], Meta(max_length=limits.ATTACHMENTS_PER_MESSAGE)]
Copies = Annotated[tuple[Line, ...], Meta(max_length=limits.CC_PER_TICKET)]
Fields = Annotated[dict[Id, Text], Meta(max_length=limits.FIELDS_PER_TICKET)]


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all bodies: a key the desk does not know is refused."""


class Nothing(Body, frozen=True):
    """An empty body: the call says it all."""


class SignIn(Body, frozen=True):
    """Who wants in; `user` is the sign-in name or the e-mail address."""

    user: Line
    password: Annotated[str, Meta(max_length=1_000)]

    def __repr__(self) -> str:
        return f"SignIn(user={self.user!r})"


class RaiseTicket(Body, frozen=True):
    """A new request. `cc` names people by sign-in name or e-mail address."""

    service: Id
    subject: Annotated[str, Meta(min_length=1, max_length=limits.SUBJECT_CHARS)]
    text: Text
    fields: Fields = {}
    priority: Priority = Priority.NORMAL
    impact: Impact | None = None
    attachments: Files = ()
    cc: Copies = ()
    channel: Literal["app", "web", "mail", "phone", "desk"] = "app"


class Message(Body, frozen=True):
    """Words, files, or both."""

    text: Text
    attachments: Files = ()


class Explanation(Body, frozen=True):
    """Words that must be there, perhaps with files."""

    text: Words
    attachments: Files = ()


class Rate(Body, frozen=True):
    """One to five, and perhaps a line."""

    score: Annotated[int, Meta(ge=1, le=5)]
    text: Text = ""


class Between(Body, frozen=True):
    """A stretch of time."""

    starts: Moment
    ends: Moment


class MakeWish(Body, frozen=True):
    """What a requester asks for or says; which keys count depends on `kind` (docs/frontdesk-api.md).

    `seen_starts`: when the visit that is meant begins, as the person saw it; `said_at`: when they said it. Of
    a visit that was moved since, they are refused.
    """

    kind: WishKind
    text: Text = ""
    about: Perhaps = ""
    windows: Annotated[tuple[Between, ...], Meta(max_length=limits.WINDOWS_PER_WISH)] = ()
    slot: Perhaps = ""
    phone: Annotated[str, Meta(max_length=limits.PHONE_CHARS)] = ""
    place: Annotated[str, Meta(max_length=limits.LABEL_CHARS)] = ""
    score: Annotated[int, Meta(ge=1, le=5)] | None = None
    seen_starts: Moment | None = None
    said_at: Moment | None = None


class KeepPreferences(Body, frozen=True):
    """How somebody wants to be told, in their program's own words, and when they last changed it."""

    preferences: dict[str, Raw]
    changed_at: Moment


class StartChat(Body, frozen=True):
    """A new session of a ticket's conversation, perhaps with the first words."""

    text: Text = ""


class EditMessage(Body, frozen=True):
    """What a message says from now on."""

    text: Words


class SayTyping(Body, frozen=True):
    """That somebody is writing, or has stopped."""

    typing: bool


class ReadUpTo(Body, frozen=True):
    """The last message that was read."""

    message: Id


class HandOver(Body, frozen=True):
    """Who gets the chat; nobody: whoever is next to accept it."""

    agent: Id | None = None


class SetAvailable(Body, frozen=True):
    """Whether an agent takes chats."""

    available: bool


class Assign(Body, frozen=True):
    """Give a ticket to an agent, a team, or both."""

    agent: Id | None = None
    team: Line | None = None
    reason: Line | None = None


class SetStatus(Body, frozen=True):
    """Move a ticket by hand; resolving, closing, merging and visits have calls of their own.

    For a wait: `until` when it should end, `who` can end it, what the requester can do `meanwhile`.
    """

    state: Literal[
        "assigned",
        "working",
        "waiting_for_requester",
        "waiting_for_supplier",
        "waiting_for_approval",
        "waiting_for_parts",
        "waiting_for_change",
        "cancelled",
    ]
    reason: Line | None = None
    until: Moment | None = None
    who: Label | None = None
    meanwhile: Note | None = None


class SetPriority(Body, frozen=True):
    """Say how urgent it is."""

    priority: Priority
    reason: Line | None = None


class Categorise(Body, frozen=True):
    """Put a ticket under another service."""

    service: Id


class MakePromise(Body, frozen=True):
    """Promise something by a time; a visit is promised by booking it."""

    kind: Literal["first_reply", "next_update", "fix", "callback"]
    latest: Moment
    earliest: Moment | None = None
    reason: Line | None = None


class MovePromise(Body, frozen=True):
    """Put a new time in place of an old one, and say why."""

    latest: Moment
    reason: Line
    earliest: Moment | None = None


class Because(Body, frozen=True):
    """A reason, which must be given."""

    reason: Line


class BookVisit(Body, frozen=True):
    """Send a technician; without `agent`, whoever books comes."""

    starts: Moment
    ends: Moment
    place: Line
    agent: Id | None = None
    zone: Annotated[str, Meta(min_length=1, max_length=64)] | None = None
    prepare: Annotated[tuple[Label, ...], Meta(max_length=limits.PREPARE_LINES)] = ()


class MoveVisit(Body, frozen=True):
    """Another window, and why."""

    starts: Moment
    ends: Moment
    reason: Line


class OnTheWay(Body, frozen=True):
    """When the technician is expected: a range, never a moment."""

    eta_earliest: Moment
    eta_latest: Moment


class FinishVisit(Body, frozen=True):
    """How the visit ended; a failed one may get its new window at once."""

    outcome: Literal["done", "failed"]
    text: Text = ""
    starts: Moment | None = None
    ends: Moment | None = None


class BookCall(Body, frozen=True):
    """When somebody rings; without `agent`, whoever books does. Another time than booked needs a reason."""

    starts: Moment
    ends: Moment
    agent: Id | None = None
    reason: Line | None = None


class MissCall(Body, frozen=True):
    """That nobody rang, and perhaps why."""

    reason: Line | None = None


class OfferedOption(Body, frozen=True):
    """One way out."""

    kind: OptionKind
    label: Label
    text: Note = ""


class OfferOptions(Body, frozen=True):
    """That nothing can be done now, said in words, and what is left to choose from."""

    text: Words
    options: Annotated[tuple[OfferedOption, ...], Meta(min_length=1, max_length=limits.OPTIONS_PER_OFFER)]


class Resolve(Body, frozen=True):
    """What was done, and when the ticket closes by itself."""

    text: Words
    auto_close_at: Moment | None = None


class Remark(Body, frozen=True):
    """Perhaps a word with it."""

    text: Text = ""


class Merge(Body, frozen=True):
    """Which ticket goes on."""

    into: Id
    reason: Line | None = None
