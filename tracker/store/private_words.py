"""The words of people that a report for IT must not carry: subjects of requests and the names of people."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from tracker.store.database import open_reader
from tracker.store.errors import store_errors

if TYPE_CHECKING:
    from pathlib import Path

MOST = 5000
"""So many of each kind are looked for; the newest."""

_QUERIES = (
    "select subject from ticket order by updated_at desc limit ?",
    "select actor_name from event where actor_kind != 'system' group by 1 order by max(at) desc limit ?",
    "select json_extract(cast(value as text), '$.sender.name') from message where by != 'system' "
    "group by 1 order by max(row) desc limit ?",
)


@store_errors()
def private_words(path: Path) -> tuple[str, ...]:
    """Give them from the profile's file, longest first. Raises `StoreError` when it cannot be read."""
    with closing(open_reader(path)) as connection:
        found = {str(row[0]).strip() for query in _QUERIES for row in connection.execute(query, (MOST,))}
    return tuple(sorted(found - {""}, key=len, reverse=True))
