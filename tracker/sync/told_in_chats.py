"""What a batch tells of chats that is news to a person: new messages, silence near its end, what was read."""

import sqlite3
from dataclasses import replace
from datetime import datetime

from tracker.model.batch import Batch
from tracker.model.chat import Message
from tracker.model.chat_news import as_event, idle_event
from tracker.model.event import Event
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.store.errors import store_errors
from tracker.store.talk_writing import unknown_messages
from tracker.store.talks import Talks


class ToldInChats:
    """Looks at the store as it was before the batch; used on the sync thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._talks = Talks(lambda: connection, lambda ticket: ticket)

    def events(self, batch: Batch, now: datetime) -> tuple[Event, ...]:
        """Make the events that tell it; they are never stored. History tells nothing."""
        if not batch.live:
            return ()
        changed = {each.message: each.text for each in batch.amendments}
        said = (_as_it_reads(each, changed) for each in unknown_messages(self._db, batch.messages))
        return (*(as_event(each) for each in said if not each.removed), *self._silences(batch, now))

    def read(self, batch: Batch) -> frozenset[TicketId]:
        """Name the requests whose chat the person has read to its end, on another device."""
        marks = [mark for mark in batch.reads if batch.live and mark.by is ActorKind.YOU]
        return frozenset(mark.ticket for mark in marks if self._is_end(mark.ticket, mark.message))

    def _silences(self, batch: Batch, now: datetime) -> tuple[Event, ...]:
        told: list[Event] = []
        for chat in batch.chats:
            event = idle_event(chat, now)
            before = self._talks.chat(chat.ticket) if event is not None else None
            known = None if before is None else idle_event(before, now)
            if event is not None and (known is None or known.id != event.id):
                told.append(event)
        return tuple(told)

    @store_errors()
    def _is_end(self, ticket: TicketId, message: str) -> bool:
        """Say whether that is news, and nothing of the desk's side comes after it."""
        row = self._db.execute(
            "select 1 from message where id = ? and not exists (select 1 from message as later "
            "where later.ticket = message.ticket and later.place > message.place and later.by = 'agent') "
            "and not exists (select 1 from read_mark where ticket = ? and by = 'you' and message = ?)",
            (message, ticket, message),
        ).fetchone()
        return row is not None


def _as_it_reads(message: Message, changed: dict[str, str | None]) -> Message:
    if message.id not in changed:
        return message
    text = changed[message.id]
    return replace(message, removed=True) if text is None else replace(message, text=text)
