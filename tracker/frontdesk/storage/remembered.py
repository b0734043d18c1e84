"""Commands that were carried out, so that the same one again gets the first answer."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remembered:
    """A command of one person under one key; `fingerprint` tells it from another, `answer` is the first."""

    person: str
    key: str
    fingerprint: bytes
    answer: bytes
    ticket: int | None = None
    event: str | None = None
    attachment: str | None = None


def remember(connection: sqlite3.Connection, command: Remembered, *, at: float) -> None:
    """Keep what was answered, in the transaction that did it."""
    connection.execute(
        "insert into command (person, key, fingerprint, at, ticket, event, attachment, answer)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            command.person,
            command.key,
            command.fingerprint,
            at,
            command.ticket,
            command.event,
            command.attachment,
            command.answer,
        ),
    )


def recall(connection: sqlite3.Connection, person: str, key: str) -> Remembered | None:
    """Find what was done for this person under this key."""
    row = connection.execute(
        "select fingerprint, answer, ticket, event, attachment from command where person = ? and key = ?",
        (person, key),
    ).fetchone()
    if row is None:
        return None
    return Remembered(person, key, row[0], row[1], ticket=row[2], event=row[3], attachment=row[4])
