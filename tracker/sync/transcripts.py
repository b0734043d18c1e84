"""What was said at a chat server, put on the request when a session ends: once, whatever happens then."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from tracker.host.errors import HostError
from tracker.model.chat import Message, MessageKind
from tracker.model.command import CommandId, PostReply
from tracker.model.errors import DeskError
from tracker.model.event import event_id
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.store.outbox import Outbox
from tracker.store.talks import Talks
from tracker.store.transcripts import mark_posted, unposted
from tracker.sync.again import Again
from tracker.sync.publisher import Publisher
from tracker.sync.transcript_files import TranscriptFiles

_CUT = "\n[The rest is left out here: {count} more messages.]"

WAITS_FOR_FILES = timedelta(hours=1)
"""From the first attempt; then what was said goes without the files that the chat server does not give."""

PAUSE = 600.0
"""Seconds between two attempts that nothing else gives a reason for."""


class Transcripts:
    """Used on the sync thread. `limit` gives the most characters a reply may have; None: not known yet."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        outbox: Outbox,
        publisher: Publisher,
        files: TranscriptFiles,
        *,
        limit: Callable[[], int | None],
        now: Callable[[], datetime],
    ) -> None:
        self._db = connection
        self._outbox = outbox
        self._publisher = publisher
        self._files = files
        self._limit = limit
        self._now = now
        self._posted: Callable[[], object] = int
        self._again = Again(self._post_all, "putting a chat on its request", pause=PAUSE)
        self._tried: dict[str, datetime] = {}
        self._talks = Talks(lambda: connection, outbox.resolve)

    async def run(self) -> None:
        """Put what has ended on its request, until cancelled. Raises `Damaged`."""
        await self._again.run()

    def look(self, posted: Callable[[], object]) -> None:
        """Look whether something has ended, or can be posted now; `posted`: something is in the outbox."""
        self._posted = posted
        self._again.ask()

    async def _post_all(self) -> None:
        limit = self._limit()
        if limit is None:
            return
        stopped: Exception | None = None
        for ticket, session in unposted(self._db):
            try:
                await self._post(ticket, session, limit)
            except (DeskError, HostError, TimeoutError) as error:
                stopped = stopped or error  # what stops one must not hold back the others
        if stopped is not None:
            raise stopped

    async def _post(self, ticket: TicketId, session: str, limit: int) -> None:
        """Put it into the outbox, with its files.

        The command's id follows from the session and it is looked up before it is sent: a program killed
        half-way posts nothing twice, and another of the person's computers is seen to have posted it.
        """
        said = [each for each in self._talks.since(ticket, 0) if each.session == session]
        if not said:
            mark_posted(self._db, ticket, session, command=None)
            return
        now = self._now()
        late = now - self._tried.setdefault(session, now) > WAITS_FOR_FILES
        brought = await self._files.bring(ticket, said, late=late)
        if (ticket, session) not in unposted(self._db):  # somebody has signed out meanwhile
            self._files.drop(brought.files)
            return
        text = transcript(said, limit, brought.missing)
        command = PostReply(_name(ticket, session), now, ticket, text, brought.files)
        self._outbox.add(command)
        self._publisher.add(self._outbox.mark_unsure(command.id))
        mark_posted(self._db, ticket, session, command=command.id)
        self._tried.pop(session, None)
        self._posted()


def transcript(said: Sequence[Message], limit: int, missing: Mapping[str, str] = {}) -> str:
    """Write a conversation as plain text of at most `limit` characters; times are in UTC, and say so.

    `missing` says why a file is not beside the words, by its id.
    """
    if not said:
        return ""
    first, last = said[0].at, said[-1].at
    text = f"Chat of {first:%d %B %Y}, {first:%H:%M} to {last:%H:%M} (times in UTC)\n"
    room = limit - len(_CUT) - 10
    for number, message in enumerate(said):
        told = _line(message, missing)
        if len(text) + len(told) + 1 > room:
            return text + _CUT.format(count=len(said) - number)
        text += f"\n{told}"
    return text


def _line(message: Message, missing: Mapping[str, str]) -> str:
    who = message.sender.name or ("Requester" if message.sender.kind is ActorKind.YOU else "Desk")
    return f"[{message.at:%H:%M}] {who}: {_words(message, missing)}"


def _words(message: Message, missing: Mapping[str, str]) -> str:
    if message.removed:
        return "(taken back)"
    if message.kind is MessageKind.UNREADABLE:
        return "(encrypted, could not be read)"
    why = ((file.name, missing.get(file.id, "")) for file in message.attachments)
    files = [f"(file: {name}, not here: {reason})" if reason else f"(file: {name})" for name, reason in why]
    indented = message.text.replace("\n", "\n    ")
    return " ".join(part for part in (indented, *files) if part)


def _name(ticket: TicketId, session: str) -> CommandId:
    return CommandId(event_id("transcript", f"{ticket}\x1f{session}"))
