"""What the pages read from: the profile's file as soon as there is one, nothing before."""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING, TypeVar

from tracker.app.late_talks import LateTalks
from tracker.model.calendar import Calendar
from tracker.model.errors import StoreError
from tracker.model.listing import Counts, Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tracker.model.attachment import Attachment
    from tracker.model.calendar_entry import CalendarEntry
    from tracker.model.catalogue import Service
    from tracker.model.command import Pending
    from tracker.model.draft import Draft
    from tracker.model.notice import Notice
    from tracker.model.ticket import TicketId
    from tracker.model.track import Track
    from tracker.store.reader import Reader
    from tracker.store.talks import Talks

_log = logging.getLogger(__name__)

T = TypeVar("T")

_USUAL_LIMIT = 25 * 1024 * 1024


class LateView:
    """A `View` over a file that may not be there yet, may be damaged, or may be rebuilt while it is open.

    `open_file` gives a reader, or None. What cannot be read reads as empty: the writer notices damage and
    mends it, and then `reopen` is called.
    """

    def __init__(self, open_file: Callable[[], Reader | None]) -> None:
        self._open_file = open_file
        self._reader: Reader | None = None
        self._talks = LateTalks(self._ask_talks)
        self.reopen()

    @property
    def talks(self) -> LateTalks:
        """The chats."""
        return self._talks

    @property
    def is_there(self) -> bool:
        """Whether there is a file to read from."""
        return self._reader is not None

    def reopen(self) -> None:
        """Open the file that is there now."""
        self.close()
        try:
            self._reader = self._open_file()
        except StoreError as error:
            _log.info("Nothing can be read yet: %s", error)

    def open_with(self, open_file: Callable[[], Reader | None]) -> None:
        """Read in another way from now on: with other hours, or without what IT does not offer."""
        self._open_file = open_file
        self.reopen()

    def close(self) -> None:
        """Let go of the file."""
        if self._reader is not None:
            self._reader.close()
        self._reader = None

    def tickets(self, which: Filter, words: str = "") -> tuple[TicketId, ...]:
        """List the requests of a chip."""
        return self._ask(lambda reader: reader.tickets(which, words), ())

    def tracks(self, tickets: Sequence[TicketId], now: datetime) -> tuple[Track, ...]:
        """Tell what is drawn of each of these."""
        return self._ask(lambda reader: reader.tracks(tickets, now), ())

    def track(self, ticket: TicketId, now: datetime) -> Track | None:
        """Tell what is drawn of one request."""
        return self._ask(lambda reader: reader.track(ticket, now), None)

    def attachments(self, ticket: TicketId) -> tuple[Attachment, ...]:
        """List the files on a request."""
        return self._ask(lambda reader: reader.attachments(ticket), ())

    def counts(self) -> Counts:
        """Count the requests behind each chip."""
        return self._ask(lambda reader: reader.counts(), Counts())

    def notices(self, limit: int = 100) -> tuple[Notice, ...]:
        """List what was told."""
        return self._ask(lambda reader: reader.notices(limit), ())

    def services(self) -> tuple[Service, ...]:
        """List what can be asked for."""
        return self._ask(lambda reader: reader.services(), ())

    def draft(self, key: str) -> Draft | None:
        """Give what was typed and not sent."""
        return self._ask(lambda reader: reader.draft(key), None)

    def outbox(self) -> tuple[Pending, ...]:
        """List what has not been confirmed."""
        return self._ask(lambda reader: reader.outbox(), ())

    def attachment_limit(self) -> int:
        """Bytes a single file may have."""
        return self._ask(lambda reader: reader.attachment_limit(), _USUAL_LIMIT)

    def opening_hours(self) -> Calendar:
        """Tell when the desk is open."""
        return self._ask(lambda reader: reader.opening_hours(), Calendar())

    def minimum_version(self) -> str:
        """Give the oldest version that the desk asks for, where this program was older."""
        return self._ask(lambda reader: reader.minimum_version(), "")

    def calendar_entry(self, ticket: TicketId) -> CalendarEntry | None:
        """Give what was put into the person's calendar."""
        return self._ask(lambda reader: reader.calendar_entry(ticket), None)

    def as_of(self) -> datetime | None:
        """Give when the desk last said that this is all it has."""
        return self._ask(lambda reader: reader.as_of(), None)

    def find(self, reference: str) -> TicketId | None:
        """Give the request somebody means."""
        return self._ask(lambda reader: reader.find(reference), None)

    def _ask_talks(self, question: Callable[[Talks], T], nothing: T) -> T:
        return self._ask(lambda reader: question(reader.talks), nothing)

    def _ask(self, question: Callable[[Reader], T], nothing: T) -> T:
        if self._reader is None:
            return nothing
        try:
            return question(self._reader)
        except (sqlite3.Error, StoreError) as error:
            _log.info("The saved requests could not be read: %s", type(error).__name__)
            return nothing
