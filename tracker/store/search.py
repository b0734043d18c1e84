"""Full-text search over numbers, subjects, replies and what was said in chats."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from tracker.model.ticket import TicketId

if TYPE_CHECKING:
    import sqlite3

_NEWEST = 3000
"""How many matching replies are looked at, newest first: a word that is everywhere stays quick."""
_MOST_WORDS = 8
_LONGEST_WORD = 100


def tickets(connection: sqlite3.Connection, words: str) -> set[TicketId]:
    """Give the requests where every word begins some word of subject, number, one reply or one message."""
    query = match_expression(words)
    if not query:
        return set()
    by_subject = connection.execute(
        "select id from ticket where row in (select rowid from ticket_words where ticket_words match ?)",
        (query,),
    )
    found = {TicketId(row[0]) for row in by_subject}
    by_reply = connection.execute(
        "select distinct ticket from event where row in "
        "(select rowid from event_words where event_words match ? order by rowid desc limit ?)",
        (query, _NEWEST),
    )
    by_message = connection.execute(
        "select distinct ticket from message where row in "
        "(select rowid from message_words where message_words match ? order by rowid desc limit ?)",
        (query, _NEWEST),
    )
    return found | {TicketId(row[0]) for row in (*by_reply, *by_message)}


def match_expression(words: str) -> str:
    """Write what a person typed as an FTS5 query: each word quoted, so that nothing in it is an operator."""
    return " ".join(f'"{word}"*' for word in _wanted(words))


def is_in(words: str, text: str) -> bool:
    """Say whether every word begins some word of a text that is not in the index."""
    there = _plain(text).split()
    wanted = _wanted(_plain(words))
    return bool(wanted) and all(any(word.startswith(one) for word in there) for one in wanted)


def _wanted(words: str) -> list[str]:
    """Split as the index does: only letters and digits count. The index reads no further than a zero byte."""
    found = re.findall(r"[^\W_]+", words)
    return [word[:_LONGEST_WORD] for word in found[:_MOST_WORDS]]


def _plain(text: str) -> str:
    """Leave out case and accents, and what is neither letter nor digit, as the index does."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return re.sub(r"[\W_]+", " ", "".join(c for c in apart if not unicodedata.combining(c)))
