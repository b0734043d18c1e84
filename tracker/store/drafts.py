"""What a person has typed and not sent: on disk within a second, found under the request's present name."""

import sqlite3
from collections.abc import Callable
from datetime import datetime

from tracker.model.change import Change
from tracker.model.draft import Draft, present_key
from tracker.model.ticket import TicketId
from tracker.store.codec import draft_from_bytes, draft_to_bytes, micros
from tracker.store.database import transaction
from tracker.store.errors import store_errors


class Drafts:
    """The drafts of one profile; used on the sync thread with the writer's connection.

    `resolve` gives the desk's id for a local reference: a draft on a request goes with it.
    """

    def __init__(self, connection: sqlite3.Connection, resolve: Callable[[TicketId], TicketId]) -> None:
        self._db = connection
        self._resolve = resolve

    def save(self, draft: Draft, now: datetime) -> Change:
        """Keep a draft; an empty one is forgotten."""
        if draft.is_empty:
            return self.drop(draft.key)
        key = present_key(draft.key, self._resolve)
        with transaction(self._db) as db:
            db.execute(
                "insert or replace into draft (key, value, saved_at) values (?, ?, ?)",
                (key, draft_to_bytes(draft), micros(now)),
            )
        return Change(drafts=True)

    @store_errors()
    def get(self, key: str) -> Draft | None:
        """Give the draft under this key, if there is one."""
        row = self._db.execute(
            "select value from draft where key = ?", (present_key(key, self._resolve),)
        ).fetchone()
        return None if row is None else draft_from_bytes(row[0])

    @store_errors()
    def all(self) -> tuple[Draft, ...]:
        """List every draft."""
        return tuple(draft_from_bytes(row[0]) for row in self._db.execute("select value from draft"))

    def drop(self, key: str) -> Change:
        """Forget a draft."""
        with transaction(self._db) as db:
            db.execute("delete from draft where key = ?", (present_key(key, self._resolve),))
        return Change(drafts=True)
