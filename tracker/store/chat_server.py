"""Whose chats at a chat server these are, and forgetting them all: conversations, and what was not sent."""

import sqlite3

from tracker.model.change import Change
from tracker.model.draft import CHAT
from tracker.store import meta
from tracker.store.codec import decoded
from tracker.store.database import transaction
from tracker.store.erasing import write_anew
from tracker.store.errors import store_errors
from tracker.store.origin import Origin
from tracker.store.read_marks import UNTOLD
from tracker.store.talk_writing import remove_all_talk
from tracker.store.turns import KINDS, Lane

_OWNER = "chat_owner"


@store_errors()
def chat_owner(connection: sqlite3.Connection) -> str | None:
    """Name the sign-in at the chat server whose chats these are; None where there is none."""
    raw = meta.get(connection, _OWNER)
    return None if raw is None else decoded(bytes.decode, raw)


def put_chat_owner(connection: sqlite3.Connection, owner: str) -> None:
    """Note whose chats these are."""
    with transaction(connection) as db:
        meta.put(db, _OWNER, owner.encode())


def forget_chats(connection: sqlite3.Connection) -> Change:
    """Forget every conversation, what was typed in one, and what of it was not sent; the requests stay."""
    with transaction(connection) as db:
        remove_all_talk(db)
        db.execute(f"delete from outbox where kind {KINDS[Lane.CHATS]}")  # noqa: S608 - names of ours
        db.execute("delete from draft where substr(key, 1, ?) = ?", (len(CHAT), CHAT))
        db.executemany(
            "delete from meta where key = ?", [(key,) for key in (_OWNER, Origin.CHAT_SERVER, UNTOLD)]
        )
    write_anew(connection)
    return Change(everything=True)
