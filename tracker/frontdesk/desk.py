"""The desk itself: one folder with its settings, its file and the files people sent."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from typing import Self

from tracker.frontdesk.company import Company
from tracker.frontdesk.feed import Hub
from tracker.frontdesk.filestore import FileStore
from tracker.frontdesk.guessing import GuessGuard
from tracker.frontdesk.pacing import MessagePace, Sightings, TypingPace
from tracker.frontdesk.passwords import Passwords
from tracker.frontdesk.refusals import DeskSetupError, Refused
from tracker.frontdesk.rules.chat_offer import Floor
from tracker.frontdesk.rules.move import Booked, Context, Said
from tracker.frontdesk.settings import DeskSettings, load_settings
from tracker.frontdesk.storage.chats import find_message
from tracker.frontdesk.storage.database import Database
from tracker.frontdesk.storage.diary import visits_ahead
from tracker.frontdesk.storage.floor import read_floor
from tracker.frontdesk.storage.people import find_agent, list_accounts
from tracker.frontdesk.values import Attachment, Person


def now_utc() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


class Desk:
    """An opened desk; may be used from any thread, and by several processes at once.

    `clock` gives aware UTC. Use it in a `with`, or call `close`.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime] = now_utc) -> None:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.files = FileStore(folder)
        except OSError as error:
            raise DeskSetupError(f"The folder {folder} cannot be used: {error.strerror}.") from error
        self.folder = folder
        self.settings: DeskSettings = load_settings(folder)
        self.database = Database(folder)
        self.passwords = Passwords()
        self.guesses = GuessGuard()
        self.messages = MessagePace()
        self.typing = TypingPace()
        self.sightings = Sightings()
        self.hub = Hub()
        self.company = Company(self.settings.sign_in) if self.settings.sign_in is not None else None
        self.clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the desk is not used after."""
        self.database.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """Give one unchanging state of the desk's file."""
        return self.database.reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """Give the desk's file inside one transaction."""
        return self.database.writing()

    def context(self, connection: Connection, files: tuple[Attachment, ...] = ()) -> Context:
        """Give rules what they may know: the time, the settings, who is who, the files sent along."""
        now = self.clock()
        directory = _Directory(connection, now, self.settings)
        return Context(now=now, settings=self.settings, directory=directory, files=files)

    def steady_time(self) -> float:
        """Give seconds of a clock that nobody can turn back."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class _Directory:
    connection: Connection
    now: datetime
    settings: DeskSettings

    def agent(self, person_id: str) -> Person:
        person = find_agent(self.connection, person_id)
        if person is None:
            raise Refused("invalid", "There is no such agent at the desk.")
        return person

    def agents(self) -> tuple[Person, ...]:
        accounts = list_accounts(self.connection, "agent")
        return tuple(account.user.person for account in accounts if not account.disabled)

    def chat_floor(self) -> Floor:
        return read_floor(self.connection, self.now, self.settings)

    def chat_message(self, message_id: str) -> Said | None:
        return find_message(self.connection, message_id)

    def visits_ahead(self) -> tuple[Booked, ...]:
        return visits_ahead(self.connection, after=self.now.timestamp())
