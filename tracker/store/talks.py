"""Questions about conversations, answered at once from a connection that only reads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from tracker.model.chat import Chat, ChatWay, Message
from tracker.model.command import EndChat, Pending, SendMessage, StartChat
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.codec import decoded, moment
from tracker.store.errors import store_errors
from tracker.store.rows import OUTBOX_COLUMNS, pending_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from tracker.model.attachment import Attachment

_encode = msgspec.json.Encoder().encode
_chat = msgspec.json.Decoder(Chat).decode
_message = msgspec.json.Decoder(Message).decode
_COLUMNS = "message.value, amendment.at, amendment.text, amendment.message"
_FROM = "from message left join amendment on amendment.message = message.id"


class Talks:
    """Reads the conversations of one profile. `connection` gives the present one (a reader may reopen).

    `can_begin` false: IT lets nobody begin a chat; one that goes on is finished.
    """

    def __init__(
        self,
        connection: Callable[[], sqlite3.Connection],
        resolve: Callable[[TicketId], TicketId],
        *,
        can_begin: bool = True,
    ) -> None:
        self._connection, self._can_begin = connection, can_begin
        self._resolve = resolve

    @store_errors()
    def way(self) -> ChatWay:
        """Tell how one can chat on this profile, as last heard from the desk."""
        raw = meta.get(self._connection(), CHAT_WAY)
        way = ChatWay.NONE if raw is None else decoded(lambda raw: ChatWay(raw.decode()), raw)
        ends = way is ChatWay.LIVE and not self._can_begin
        return ChatWay.NONE if ends and not any(chat.is_active for chat in self.chats()) else way

    @store_errors()
    def chats(self) -> tuple[Chat, ...]:
        """List the conversations: those going on first, then the newest."""
        query = "select value from chat order by is_active desc, started_at desc"
        return tuple(decoded(_chat, row[0]) for row in self._connection().execute(query))

    @store_errors()
    def chat(self, ticket: TicketId) -> Chat | None:
        """Give the conversation on a request, as it stands; None where there never was one."""
        query = "select value from chat where ticket = ?"
        row = self._connection().execute(query, (self._resolve(ticket),)).fetchone()
        return None if row is None else decoded(_chat, row[0])

    @store_errors()
    def messages(
        self, ticket: TicketId, *, before: int | None = None, limit: int = 100
    ) -> tuple[Message, ...]:
        """Give the newest messages before a place (None: the newest of all), in order, as they read now."""
        end = 9223372036854775807 if before is None else before
        rows = self._connection().execute(
            f"select {_COLUMNS} {_FROM} where message.ticket = ? and place < ? order by place desc limit ?",
            (self._resolve(ticket), end, limit),
        )
        return tuple(_as_it_reads(*row) for row in rows.fetchall()[::-1])

    @store_errors()
    def since(self, ticket: TicketId, place: int, *, limit: int | None = None) -> tuple[Message, ...]:
        """Give the oldest messages from a place on (None: all of them), in order, as they read now."""
        rows = self._connection().execute(
            f"select {_COLUMNS} {_FROM} where message.ticket = ? and place >= ? order by place limit ?",
            (self._resolve(ticket), place, -1 if limit is None else limit),
        )
        return tuple(_as_it_reads(*row) for row in rows)

    @store_errors()
    def count(self, ticket: TicketId) -> int:
        """Count the messages of a conversation."""
        query = "select count(*) from message where ticket = ?"
        found: int = self._connection().execute(query, (self._resolve(ticket),)).fetchone()[0]
        return found

    @store_errors()
    def read_to(self, ticket: TicketId, by: ActorKind) -> int:
        """Give the place up to which the person (YOU) or the desk's side (AGENT) has read; -1 for nothing."""
        row = (
            self._connection()
            .execute(
                "select message.place from read_mark join message on message.id = read_mark.message "
                "where read_mark.ticket = ? and read_mark.by = ?",
                (self._resolve(ticket), by.value),
            )
            .fetchone()
        )
        return -1 if row is None else int(row[0])

    @store_errors()
    def unread(self, ticket: TicketId) -> int:
        """Count the messages of the desk's side that the person has not read."""
        query = "select count(*) from message where ticket = ? and place > ? and by = 'agent'"
        real = self._resolve(ticket)
        row = self._connection().execute(query, (real, self.read_to(real, ActorKind.YOU))).fetchone()
        return int(row[0])

    @store_errors()
    def all_unread(self) -> dict[TicketId, int]:
        """Count what is unread on each request that has any."""
        # For each conversation the messages after the mark alone are looked at, never all of them.
        rows = self._connection().execute(
            "select ticket, (select count(*) from message where message.ticket = chat.ticket "
            "and by = 'agent' and place > coalesce((select said.place from read_mark "
            "join message as said on said.id = read_mark.message "
            "where read_mark.ticket = chat.ticket and read_mark.by = 'you'), -1)) from chat"
        )
        return {TicketId(ticket): unread for ticket, unread in rows if unread}

    @store_errors()
    def found(self, ticket: TicketId, words: str) -> tuple[int, ...]:
        """Give the places of the messages that hold these words, whatever the case; newest first."""
        wanted = words.strip().casefold()
        if not wanted:
            return ()
        rows = self._connection().execute(
            "select place, coalesce(amendment.text, message.text) "
            f"{_FROM} where message.ticket = ? and (amendment.message is null or amendment.text is not null) "
            "order by place desc",
            (self._resolve(ticket),),
        )
        return tuple(place for place, text in rows if wanted in text.casefold())

    @store_errors()
    def pending(self, ticket: TicketId) -> tuple[Pending, ...]:
        """List what was said or done in a chat and is not with the desk yet, oldest first."""
        query = f"select {OUTBOX_COLUMNS} from outbox where kind in ({_KINDS}) order by seq"  # noqa: S608
        real = self._resolve(ticket)
        found = (pending_of(row) for row in self._connection().execute(query))
        return tuple(
            each
            for each in found
            if isinstance(each.command, StartChat | SendMessage | EndChat)
            and self._resolve(each.command.ticket) == real
        )


@store_errors()
def is_of_message(connection: sqlite3.Connection, attachment: Attachment) -> bool:
    """Say whether a file came with a message in a chat."""
    rows = connection.execute("select value from message where instr(value, ?)", (_encode(attachment.id),))
    return any(attachment.id == file.id for row in rows for file in decoded(_message, row[0]).attachments)


CHAT_WAY = "chat_way"
"""The key in `meta` under which it is kept how one can chat."""
_KINDS = "'start_chat', 'message', 'end_chat'"


def _as_it_reads(value: bytes, at: int | None, text: str | None, amended: str | None) -> Message:
    message = decoded(_message, value)
    if amended is None or at is None:
        return message
    if text is None:
        return replace(message, text="", attachments=(), removed=True, changed_at=moment(at))
    return replace(message, text=text, changed_at=moment(at))
