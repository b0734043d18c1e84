"""The least that a first sync can be: download, decode and insert, the text index included.

`python tests/bench/bare_sync.py URL FILE`: signs in as Jane with TRACKER_PASSWORD and writes a new SQLite
file; only httpx, json and sqlite3.
"""

import json
import os
import sqlite3
import sys

import httpx

TABLES = """
pragma journal_mode = wal;
pragma synchronous = normal;
create table ticket (id text primary key, subject text, state text, updated_at text, value blob);
create table event (id text primary key, ticket text, kind text, at text, actor text, text text, data blob);
create index event_by_ticket on event (ticket, at);
create virtual table ticket_words using fts5 (number, subject, content = '');
create virtual table event_words using fts5 (text, content = '', detail = 'none');
"""


def main() -> int:
    """Sync everything once."""
    address, file = sys.argv[1:]
    database = sqlite3.connect(file, isolation_level=None)
    database.executescript(TABLES)
    with httpx.Client(base_url=f"{address}/api/v1", trust_env=False, timeout=60) as client:
        signed = {"user": "jane", "password": os.environ["TRACKER_PASSWORD"]}
        token = client.post("/session", json=signed).json()["token"]
        client.headers["authorization"] = f"Bearer {token}"
        query = {"events": "1", "limit": "200"}
        while True:
            page = json.loads(client.get("/tickets", params=query).content)
            database.execute("begin")
            for item in page["items"]:
                _insert(database, item)
            database.execute("commit")
            if page["next"] is None:
                return 0
            query["after"] = page["next"]


def _insert(database: sqlite3.Connection, item: dict[str, dict[str, str]]) -> None:
    ticket = item["ticket"]
    row = (ticket["number"], ticket["subject"], ticket["state"], ticket["updated_at"], json.dumps(ticket))
    place = database.execute("insert into ticket values (?, ?, ?, ?, ?)", row).lastrowid
    words = (place, ticket["number"], ticket["subject"])
    database.execute("insert into ticket_words (rowid, number, subject) values (?, ?, ?)", words)
    for event in item["events"]:
        data = json.dumps(event["data"])  # type: ignore[index]
        fields = [event[name] for name in ("id", "ticket", "kind", "at")]  # type: ignore[index]
        actor, text = event["actor"]["name"], event["text"]  # type: ignore[index]
        place = database.execute(
            "insert into event values (?, ?, ?, ?, ?, ?, ?)", (*fields, actor, text, data)
        ).lastrowid
        if text:
            database.execute("insert into event_words (rowid, text) values (?, ?)", (place, text))


if __name__ == "__main__":
    sys.exit(main())
