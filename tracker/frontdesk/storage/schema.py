"""The tables of the desk's file, as numbered steps from an empty one to today's."""

import sqlite3
from pathlib import Path

from tracker.frontdesk.refusals import DeskSetupError

MIGRATIONS: tuple[str, ...] = (
    """
    create table desk (id text not null);
    insert into desk values (lower(hex(randomblob(16))));
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
    """
    alter table ticket add column place integer not null default 3;
    alter table ticket add column pressing real;
    update ticket set pressing = (
        select min((julianday(json_extract(value, '$.latest')) - 2440587.5) * 86400)
        from json_each(cast(doc as text), '$.promises') where json_extract(value, '$.state') = 'open'
    ) where state not in ('resolved', 'closed', 'cancelled', 'merged');
    create table diary (
        ticket integer primary key references ticket (no),
        agent text not null,
        starts real not null,
        ends real not null
    );
    insert into diary
    select no, json_extract(cast(doc as text), '$.visit.agent.id'),
        (julianday(json_extract(cast(doc as text), '$.visit.starts')) - 2440587.5) * 86400,
        (julianday(json_extract(cast(doc as text), '$.visit.ends')) - 2440587.5) * 86400
    from ticket
    where json_extract(cast(doc as text), '$.visit.state') in ('scheduled', 'on_the_way', 'on_site')
        and json_extract(cast(doc as text), '$.visit.agent.id') is not null;
    create table preference (
        person text primary key references person (id),
        doc blob not null,
        changed real not null
    );
    """,
    """
    alter table event add column talk integer not null default 0;
    alter table event add column about text;
    drop index event_ticket;
    create index event_ticket on event (ticket, talk, seq);
    create index event_about on event (about) where about is not null;
    create table chat (
        ticket integer primary key references ticket (no),
        state text not null,
        fresh integer not null,
        started real not null,
        agent text,
        offered text
    );
    create table chat_agent (
        person text primary key references person (id),
        available integer not null,
        seen real not null
    );
    create table chat_wait (
        at real not null,
        seconds real not null
    );
    create index chat_wait_at on chat_wait (at);
    """,
    """
    alter table session add column fixed integer not null default 0;
    create table identity (
        issuer text not null,
        subject text not null,
        person text not null references person (id),
        primary key (issuer, subject)
    ) without rowid;
    create index identity_person on identity (person);
    """,
)


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file up to today's tables, all of the steps or none; two that open it at once both may.

    Raises `DeskSetupError` for a file made by a newer version.
    """
    if _version(connection) == len(MIGRATIONS):
        return
    connection.execute("begin immediate")
    try:
        version = _version(connection)
        if version > len(MIGRATIONS):
            raise DeskSetupError(f"{path} was made by a newer version of the desk. Update Tracker first.")
        for script in MIGRATIONS[version:]:
            for statement in script.split(";"):
                connection.execute(statement)
        connection.execute(f"pragma user_version = {len(MIGRATIONS)}")
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])
