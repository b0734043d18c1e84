"""The tables of the desk's file, as numbered steps from an empty one to today's."""

import sqlite3
import uuid
from pathlib import Path

from tracker.frontdesk.refusals import DeskSetupError

MIGRATIONS: tuple[str, ...] = (
    """
    create table desk (id text not null);
    create table person (
        id text primary key,
        login text not null unique collate nocase,
        email text not null unique collate nocase,
        name text not null,
        role text not null check (role in ('requester', 'agent')),
        password text not null,
        disabled integer not null default 0
    );
    create table session (
        token blob primary key,
        person text not null references person (id),
        expires real not null
    );
    create index session_person on session (person);
    create table ticket (
        no integer primary key,
        state text not null,
        team text,
        owner text,
        due real,
        doc blob not null
    );
    create index ticket_due on ticket (due) where due is not null;
    create table circle (
        person text not null references person (id),
        ticket integer not null references ticket (no),
        primary key (person, ticket)
    ) without rowid;
    create index circle_ticket on circle (ticket);
    create table event (
        seq integer primary key,
        id text not null unique,
        ticket integer not null references ticket (no),
        public integer not null,
        doc blob not null
    );
    create index event_ticket on event (ticket, seq);
    create table attachment (
        id text primary key,
        name text not null,
        size integer not null,
        mime text not null,
        sha256 text not null,
        uploader text not null references person (id),
        uploaded real not null,
        ticket integer references ticket (no),
        public integer not null default 1
    );
    create index attachment_waiting on attachment (uploaded) where ticket is null;
    create table command (
        person text not null references person (id),
        key text not null,
        fingerprint blob not null,
        at real not null,
        ticket integer references ticket (no),
        event text,
        attachment text,
        answer blob not null,
        primary key (person, key)
    );
    """,
)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file up to today's tables, one transaction per step.

    Raises `DeskSetupError` for a file made by a newer version.
    """
    version = int(connection.execute("pragma user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise DeskSetupError(f"{path} was made by a newer version of the desk. Update Tracker to open it.")
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"begin immediate; {script} pragma user_version = {number}; commit;")
    connection.execute(
        "insert into desk select ? where not exists (select 1 from desk)", (str(uuid.uuid4()),)
    )
