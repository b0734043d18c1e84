"""Commands that were carried out, so that the same one again gets the first answer."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """What a command was about: a ticket and its main event, or an uploaded file."""

    ticket: int | None = None
    event: str | None = None
    attachment: str | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A command of one person under one key; `fingerprint` tells it from another, `answer` is the first."""

    person: str
    key: str
    fingerprint: bytes
    about: Subject
    answer: bytes


def remember(connection: sqlite3.Connection, command: Remembered, *, at: float) -> None:
    """Keep what was answered, in the transaction that did it."""
    about = command.about
    connection.execute(
        "insert into command (person, key, fingerprint, at, ticket, event, attachment, answer)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            command.person,
            command.key,
            command.fingerprint,
            at,
            about.ticket,
            about.event,
            about.attachment,
            command.answer,
        ),
    )


def recall(connection: sqlite3.Connection, person: str, key: str) -> Remembered | None:
    """Find what was done for this person under this key."""
    row = connection.execute(
        "select fingerprint, ticket, event, attachment, answer from command where person = ? and key = ?",
        (person, key),
    ).fetchone()
    if row is None:
        return None
    return Remembered(person, key, fingerprint=row[0], about=Subject(*row[1:4]), answer=row[4])
