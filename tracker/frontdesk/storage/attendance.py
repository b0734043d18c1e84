"""Which agents take chats, and when each was last seen, so that a restart of the desk forgets nobody."""

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attendance:
    """An agent who takes chats or is in some: `seen` is in epoch seconds, `chats` counts the open ones."""

    agent: str
    is_available: bool
    seen: float
    chats: int


def set_available(connection: sqlite3.Connection, agent_id: str, available: bool, *, now: float) -> None:
    """Note whether an agent takes chats; they are there at this moment."""
    connection.execute(
        "insert into chat_agent (person, available, seen) values (?, ?, ?)"
        " on conflict (person) do update set available = excluded.available, seen = excluded.seen",
        (agent_id, available, now),
    )


def note_seen(connection: sqlite3.Connection, agent_id: str, *, now: float) -> None:
    """Note that an agent is there; whether they take chats stays as it is."""
    connection.execute(
        "insert into chat_agent (person, available, seen) values (?, 0, ?)"
        " on conflict (person) do update set seen = excluded.seen",
        (agent_id, now),
    )


def note_seen_again(connection: sqlite3.Connection, agent_id: str, *, now: float) -> None:
    """Note that an agent who has chatted is there."""
    connection.execute("update chat_agent set seen = ? where person = ?", (now, agent_id))


def withdraw(connection: sqlite3.Connection, agent_id: str) -> None:
    """Note that an agent takes no chats any more; when they were last seen stays as it is."""
    connection.execute("update chat_agent set available = 0 where person = ?", (agent_id,))


def see_everybody(connection: sqlite3.Connection, *, now: float) -> None:
    """Note all agents who chat as there: while the desk was not served, nobody could be seen."""
    connection.execute(
        "update chat_agent set seen = ? where available or person in (select agent from chat)", (now,)
    )


def is_available(connection: sqlite3.Connection, agent_id: str) -> bool:
    """Tell whether an agent takes chats."""
    row = connection.execute("select available from chat_agent where person = ?", (agent_id,)).fetchone()
    return bool(row and row[0])


def available_agents(connection: sqlite3.Connection, *, seen_since: float) -> frozenset[str]:
    """List the agents who take chats and were seen since a moment (epoch seconds), by id."""
    rows = connection.execute(
        "select chat_agent.person from chat_agent join person on id = chat_agent.person"
        " where available and seen > ? and not disabled",
        (seen_since,),
    )
    return frozenset(person for (person,) in rows)


def last_seen(connection: sqlite3.Connection) -> float | None:
    """Tell when an agent who takes or took chats was last there (epoch seconds)."""
    (seen,) = connection.execute("select max(seen) from chat_agent").fetchone()
    return None if seen is None else float(seen)


def attending(connection: sqlite3.Connection) -> list[Attendance]:
    """List the agents who take chats or are in some."""
    rows = connection.execute(
        "select person, available, seen, (select count(*) from chat where agent = person and state = 'open')"
        " as chats from chat_agent where available or chats"
    )
    return [
        Attendance(person, is_available=bool(available), seen=seen, chats=chats)
        for person, available, seen, chats in rows
    ]
