"""Full-text search over numbers, subjects and replies."""

import sqlite3

from tracker.model.ticket import TicketId

_NEWEST = 3000
"""How many matching replies are looked at, newest first: a word that is everywhere stays quick."""


def tickets(connection: sqlite3.Connection, words: str) -> set[TicketId]:
    """Give the requests in which every word begins some word of the subject, the number, or one reply."""
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
    return found | {TicketId(row[0]) for row in by_reply}


def match_expression(words: str) -> str:
    """Write what a person typed as an FTS5 query: each word quoted, so that nothing in it is an operator."""
    wanted = [word.replace('"', '""') for word in words.split()[:8]]
    return " ".join(f'"{word}"*' for word in wanted if any(c.isalnum() for c in word))
