"""What the interface is given: something to read from, and something to ask.

`View` answers at once from the profile's file (a read-only connection). `Actions` starts work on the sync
thread and returns at once; answers come back on the UI thread. `ui` knows nothing else of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from tracker.model.errors import TrackerError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tracker.model.attachment import Attachment, LocalFile
    from tracker.model.calendar import Calendar
    from tracker.model.calendar_entry import CalendarEntry, CalendarWords
    from tracker.model.catalogue import Answer, Service
    from tracker.model.chat import Chat, ChatOffer, ChatWay, Message
    from tracker.model.command import Command, CommandId, Pending
    from tracker.model.draft import Draft
    from tracker.model.focus import Focus
    from tracker.model.listing import Counts, Filter
    from tracker.model.notice import Notice
    from tracker.model.person import ActorKind
    from tracker.model.ticket import TicketId
    from tracker.model.track import Track
    from tracker.model.window import Slot

T = TypeVar("T")

Then = Callable[[T | TrackerError], None]
"""Called once, on the UI thread, with the answer or with an error whose text is fit to show."""

Cancel = Callable[[], None]
"""Ends the wait: `then` is not called any more."""


class View(Protocol):
    """Questions about what is on this computer; each answers in about a millisecond."""

    @property
    def talks(self) -> Conversations:
        """The chats."""
        ...

    def tickets(self, which: Filter, words: str = "") -> tuple[TicketId, ...]:
        """List the requests of a chip, those that need the person first, then the newest; `words` searches
        requests and replies. Requests not sent yet are among them under their local reference."""
        ...

    def tracks(self, tickets: Sequence[TicketId], now: datetime) -> tuple[Track, ...]:
        """Tell what is drawn of each of these (those still there), in the order asked."""
        ...

    def track(self, ticket: TicketId, now: datetime) -> Track | None:
        """Tell what is drawn of one request; a local reference works also after delivery."""
        ...

    def counts(self) -> Counts:
        """Count the requests behind each chip, and the unread notices."""
        ...

    def notices(self, limit: int = 100) -> tuple[Notice, ...]:
        """List what was told, newest first."""
        ...

    def services(self) -> tuple[Service, ...]:
        """List what can be asked for, as last heard from the desk."""
        ...

    def draft(self, key: str) -> Draft | None:
        """Give what was typed and not sent under this key."""
        ...

    def outbox(self) -> tuple[Pending, ...]:
        """List what has not been confirmed by the desk, oldest first."""
        ...

    def attachment_limit(self) -> int:
        """Bytes a single file may have at this desk."""
        ...

    def opening_hours(self) -> Calendar:
        """Tell when the desk is open: as it says itself, else the usual office hours."""
        ...

    def minimum_version(self) -> str:
        """Give the oldest version that the desk asks for, where this program was older; else nothing."""
        ...

    def calendar_entry(self, ticket: TicketId) -> CalendarEntry | None:
        """Give what was put into the person's own calendar of a request's visit."""
        ...


class Conversations(Protocol):
    """Questions about chats; each answers in about a millisecond. A local reference works as a ticket."""

    def way(self) -> ChatWay:
        """Tell how one can chat on this profile."""
        ...

    def chats(self) -> tuple[Chat, ...]:
        """List the conversations: those going on first, then the newest."""
        ...

    def chat(self, ticket: TicketId) -> Chat | None:
        """Give the conversation on a request, as it stands; None where there never was one."""
        ...

    def messages(
        self, ticket: TicketId, *, before: int | None = None, limit: int = 100
    ) -> tuple[Message, ...]:
        """Give the newest messages before a place (None: the newest of all), in order, as they read now."""
        ...

    def since(self, ticket: TicketId, place: int, *, limit: int | None = None) -> tuple[Message, ...]:
        """Give the oldest messages from a place on (None: all of them), in order, as they read now."""
        ...

    def count(self, ticket: TicketId) -> int:
        """Count the messages of a conversation."""
        ...

    def read_to(self, ticket: TicketId, by: ActorKind) -> int:
        """Give the place up to which the person (YOU) or the desk's side (AGENT) has read; -1 for nothing."""
        ...

    def unread(self, ticket: TicketId) -> int:
        """Count the messages of the desk's side that the person has not read."""
        ...

    def all_unread(self) -> dict[TicketId, int]:
        """Count such messages on each request that has any."""
        ...

    def found(self, ticket: TicketId, words: str) -> tuple[int, ...]:
        """Give the places of the messages that hold these words, newest first."""
        ...

    def pending(self, ticket: TicketId) -> tuple[Pending, ...]:
        """List what was said or done in a chat and is not with the desk yet, oldest first."""
        ...


class ChatActions(Protocol):
    """What a person can ask for in a chat beside the commands, which `Actions.submit` takes."""

    def offer(self, then: Then[ChatOffer]) -> Cancel:
        """Ask whether somebody would answer now, and after how long."""
        ...

    def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let the other side see that the person is writing; also "I am still here"."""
        ...

    def read(self, ticket: TicketId, message: str) -> None:
        """Say that the person has seen the chat up to this message: kept here and told to the desk."""
        ...


class VisitActions(Protocol):
    """What a person can ask for about a visit; the answers come back on the UI thread."""

    def slots(self, ticket: TicketId, then: Then[tuple[Slot, ...]]) -> Cancel:
        """Ask the desk which times it offers for a request's visit, soonest first."""
        ...

    def to_calendar(
        self, ticket: TicketId, words: CalendarWords, to: Path | None, then: Then[Path]
    ) -> Cancel:
        """Write a request's visit, as it is known now, as a file for calendars; it is noted what it said.

        `to` None: into the folder of files to be opened.
        """
        ...


class Actions(VisitActions, Protocol):
    """What a person can ask for. Everything returns at once and is safe to call twice."""

    @property
    def chat(self) -> ChatActions:
        """What can be asked for in a chat."""
        ...

    def submit(self, command: Command) -> None:
        """Put it in the outbox: it is on disk and shown as pending when `changed` names its ticket."""
        ...

    def save_draft(self, draft: Draft) -> None:
        """Keep what is being typed."""
        ...

    def drop_draft(self, key: str) -> None:
        """Forget it: it was sent, or the person threw it away."""
        ...

    def retry(self, command: CommandId) -> None:
        """Send a refused or waiting command again, now."""
        ...

    def discard(self, command: CommandId) -> None:
        """Forget a command that has not been sent; one that may have arrived is looked up first."""
        ...

    def edit(self, command: CommandId) -> None:
        """Take an unsent command back into a draft."""
        ...

    def attach(self, source: Path | bytes, name: str, then: Then[LocalFile]) -> Cancel:
        """Copy a file (or pasted bytes) into the profile."""
        ...

    def download(
        self,
        ticket: TicketId,
        attachment: Attachment,
        folder: Path,
        progress: Callable[[int], None],
        then: Then[Path],
    ) -> Cancel:
        """Save a file from the desk into `folder` under a safe name; `progress` hears bytes so far."""
        ...

    def answers(self, words: str, then: Then[tuple[Answer, ...]]) -> Cancel:
        """Search the desk's knowledge base."""
        ...

    def read(self, ticket: TicketId) -> None:
        """Say that the person has seen this request: its notices are read, its toast goes."""
        ...

    def read_notices(self) -> None:
        """Say that the person has seen the whole list."""
        ...

    def attend(self, focus: Focus) -> None:
        """Say what is on the screen, which sets how often the desk is asked."""
        ...

    def check_now(self) -> None:
        """Ask the desk now."""
        ...
