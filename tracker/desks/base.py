"""The Desk protocol: what every connector gives, and the words it is spoken in.

A connector holds one sign-in at one desk. It decodes the wire into the model's values, makes desk text
safe (`safetext`), raises only the errors of `model.errors`, and never touches the database. Everything
here runs on the sync thread. `tests/contract/desk_contract.py` is the protocol as tests; every connector
passes it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from tracker.desks.network import USUAL, Network
from tracker.desks.polling import Pace
from tracker.model.attachment import Attachment, LocalFile
from tracker.model.batch import Batch, Cursor
from tracker.model.calendar import Calendar
from tracker.model.catalogue import Answer, Service
from tracker.model.command import Command, Receipt
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId
from tracker.model.window import Slot


class Capability(StrEnum):
    """What a desk can do for a requester; what it cannot degrades as the docs' table shows."""

    CREATE = "create"
    REPLY = "reply"
    ATTACH = "attach"
    CONFIRM = "confirm"  # "Yes, it works" changes something at the desk
    REOPEN = "reopen"  # "Not yet" re-opens there
    RATE = "rate"
    PUSH = "push"  # tells changes by itself
    HISTORY = "history"  # tells events, not just the present state
    PROMISES = "promises"
    VISITS = "visits"
    ANSWERS = "answers"  # has a knowledge base to search
    CATALOGUE = "catalogue"  # has services with form fields
    CALLS = "calls"  # books call-backs; else the wish goes as a reply
    VISIT_ANSWERS = "visit_answers"  # takes "suits me", another time, "not there"; else as a reply
    SLOTS = "slots"  # offers times for a visit
    THANKS = "thanks"  # has a place for a thank-you that re-opens nothing
    CHECK_INS = "check_ins"  # has a place for "still fine"
    OPTIONS = "options"  # says so when it can do nothing now, and takes a choice
    PREFERENCES = "preferences"  # keeps how a person wants to be told
    CHAT = "chat"  # chats live: is a `ChatDesk`


class SecretKind(StrEnum):
    """What kind of proof it is."""

    PASSWORD = "password"  # noqa: S105 - a name, not a secret
    TOKEN = "token"  # noqa: S105
    OPEN_ID = "open_id"  # what `desks/openid/kept.py` keeps of a sign-in at a company's provider


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or a token; never shown by `repr`, never logged."""

    kind: SecretKind
    value: str = field(repr=False)


SecretSource = Callable[[], Awaitable[Secret]]
"""Asked each time a desk needs the secret; raises `SignInRequired` when there is none."""

FileSource = Callable[[LocalFile], Path]
"""Where the copy of a file to send lies."""


@dataclass(frozen=True, slots=True)
class DeskConfig:
    """Where a desk is, who we are there, and the way to it.

    `options` are the connector's own (status map, field names).
    """

    kind: str
    url: str
    user: str
    options: tuple[tuple[str, str], ...] = ()
    network: Network = USUAL


@dataclass(frozen=True, slots=True)
class DeskInfo:
    """What a desk says of itself. `gaps` are sentences about things the site's map does not cover.

    `clock_offset` is the desk's clock minus ours (from the Date header). Limits are in bytes and characters.
    `calendar`: its opening hours, where it tells them. `minimum_version`: the oldest of this program's that
    it asks for; empty for any.
    """

    name: str
    version: str
    user: str
    capabilities: frozenset[Capability]
    attachment_bytes: int = 25 * 1024 * 1024
    text_length: int = 100_000
    clock_offset: timedelta = timedelta()
    gaps: tuple[str, ...] = ()
    calendar: Calendar | None = None
    minimum_version: str = ""


class Desk(Protocol):
    """One sign-in at one service desk. Any method may raise a `DeskError`; none blocks the loop."""

    @property
    def kind(self) -> str:
        """The connector's short name, as in `DeskConfig.kind`."""
        ...

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this desk can do, as far as known (complete after `check`)."""
        ...

    async def sign_in(self) -> Secret:
        """Prove who we are with the secret source's secret; return what to keep for the next time.

        A desk that trades a password for a token returns the token. Raises `SignInRequired` with a plain
        sentence when the secret is wrong, `DeskUnavailable` when the desk cannot be asked.
        """
        ...

    async def check(self) -> DeskInfo:
        """Ask who we are and what the desk can do."""
        ...

    def news(self, since: Cursor | None, pace: Pace) -> AsyncIterator[Batch]:
        """Tell everything after `since` (all of it when None), then go on telling as it happens.

        Subscribes before it takes the snapshot, so nothing falls between. The list comes first and is
        usable at once (`caught_up` false), histories after. `pace` says how often to ask, where the desk
        does not push. Ends only by an error or by being closed. A cursor the desk no longer knows: tells
        all again, `live` false; ids make that harmless.
        """
        ...

    async def catalogue(self) -> tuple[Service, ...]:
        """List what can be asked for."""
        ...

    async def answers(self, words: str) -> tuple[Answer, ...]:
        """Search the knowledge base; empty where the desk has none."""
        ...

    async def slots(self, ticket: TicketId) -> tuple[Slot, ...]:
        """List the times offered for a ticket's visit, soonest first; empty where the desk offers none."""
        ...

    async def preferences(self) -> NotifySettings | None:
        """Give how the person wants to be told, as the desk keeps it; None where it keeps nothing."""
        ...

    async def keep_preferences(self, settings: NotifySettings) -> None:
        """Keep it there. Does nothing without `Capability.PREFERENCES`."""
        ...

    async def send(self, command: Command, files: FileSource) -> Receipt:
        """Do it at the desk, once. `CommandRejected`: certainly not done; other errors: perhaps done."""
        ...

    async def find(self, command: Command) -> Receipt | None:
        """Look whether the desk already has this command; None when it certainly has not."""
        ...

    def download(self, ticket: TicketId, attachment: Attachment) -> AsyncIterator[bytes]:
        """Give the file's bytes, piece by piece."""
        ...

    async def aclose(self) -> None:
        """Close connections; the desk is not used after."""
        ...
