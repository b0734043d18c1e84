"""What was said at a chat server, put on the request when a session ends: once, whatever happens then."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime

from tracker.model.chat import Message, MessageKind
from tracker.model.command import CommandId, PostReply
from tracker.model.event import event_id
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.store.outbox import Outbox
from tracker.store.talks import Talks
from tracker.store.transcripts import mark_posted, unposted
from tracker.sync.publisher import Publisher

_CUT = "\n[The rest is left out here: {count} more messages.]"


class Transcripts:
    """Used on the sync thread. `limit` gives the most characters a reply may have; None: not known yet."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        outbox: Outbox,
        publisher: Publisher,
        *,
        limit: Callable[[], int | None],
        now: Callable[[], datetime],
    ) -> None:
        self._db = connection
        self._outbox = outbox
        self._publisher = publisher
        self._limit = limit
        self._now = now
        self._talks = Talks(lambda: connection, outbox.resolve)

    def post(self) -> bool:
        """Put into the outbox what has ended and is not on its request; say if anything was.

        The command's id follows from the session and it is looked up before it is sent: a program killed
        half-way posts nothing twice, and another of the person's computers is seen to have posted it.
        """
        limit, posted = self._limit(), False
        if limit is None:
            return False
        for ticket, session in unposted(self._db):
            said = [each for each in self._talks.since(ticket, 0) if each.session == session]
            command = PostReply(_name(ticket, session), self._now(), ticket, transcript(said, limit))
            if said:
                self._outbox.add(command)
                self._publisher.add(self._outbox.mark_unsure(command.id))
                posted = True
            mark_posted(self._db, ticket, session, command=command.id if said else None)
        return posted


def transcript(said: Sequence[Message], limit: int) -> str:
    """Write a conversation as plain text of at most `limit` characters; times are in UTC, and say so."""
    if not said:
        return ""
    first, last = said[0].at, said[-1].at
    text = f"Chat of {first:%d %B %Y}, {first:%H:%M} to {last:%H:%M} (times in UTC)\n"
    room = limit - len(_CUT) - 10
    for number, message in enumerate(said):
        told = _line(message)
        if len(text) + len(told) + 1 > room:
            return text + _CUT.format(count=len(said) - number)
        text += f"\n{told}"
    return text


def _line(message: Message) -> str:
    who = message.sender.name or ("Requester" if message.sender.kind is ActorKind.YOU else "Desk")
    return f"[{message.at:%H:%M}] {who}: {_words(message)}"


def _words(message: Message) -> str:
    if message.removed:
        return "(taken back)"
    if message.kind is MessageKind.UNREADABLE:
        return "(encrypted, could not be read)"
    files = [f"(file: {file.name})" for file in message.attachments]
    indented = message.text.replace("\n", "\n    ")
    return " ".join(part for part in (indented, *files) if part)


def _name(ticket: TicketId, session: str) -> CommandId:
    return CommandId(event_id("transcript", f"{ticket}\x1f{session}"))
