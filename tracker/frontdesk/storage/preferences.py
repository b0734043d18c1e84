"""How people want to be told, as their programs left it at the desk."""

import sqlite3


def find_preferences(connection: sqlite3.Connection, person_id: str) -> tuple[bytes, float] | None:
    """Give what a person's program left and when it was changed (epoch seconds)."""
    row = connection.execute("select doc, changed from preference where person = ?", (person_id,)).fetchone()
    return (bytes(row[0]), float(row[1])) if row else None


def keep_preferences(connection: sqlite3.Connection, person_id: str, doc: bytes, *, changed: float) -> None:
    """Keep them, unless newer ones are there: an old change that arrives late does not undo a new one."""
    connection.execute(
        "insert into preference (person, doc, changed) values (?, ?, ?) on conflict (person) do update"
        " set doc = excluded.doc, changed = excluded.changed where excluded.changed >= preference.changed",
        (person_id, doc, changed),
    )
