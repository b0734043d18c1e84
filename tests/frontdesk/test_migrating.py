"""A desk of the version before opens, with its visits in the diary and its promises in the queue."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from tests.frontdesk.clock import Clock
from tests.frontdesk.play import ANNA, TESS, Play
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.reading import Viewer, slots
from tracker.frontdesk.requests import Resolve
from tracker.frontdesk.rules import agent
from tracker.frontdesk.storage.database import DATABASE_FILE

NEW_KEYS = (
    *("call", "options", "state_until", "waiting_for", "meanwhile", "news_asked_at", "can_wait_since"),
    *("last_word_at", "thanked_at", "checked_in_at", "visit.zone", "visit.directions", "visit.prepare"),
    *("visit.confirmed", "visit.not_there", "visit.wished", "visit.booked_at", "chat"),
)


def as_before(folder: Path) -> None:
    """Turn a desk's file into one of the version before."""
    with sqlite3.connect(folder / DATABASE_FILE) as file:
        keys = ", ".join(f"'$.{key}'" for key in NEW_KEYS)
        file.execute(f"update ticket set doc = cast(json_remove(cast(doc as text), {keys}) as blob)")  # noqa: S608
        for column in ("place", "pressing"):
            file.execute(f"alter table ticket drop column {column}")
        for index in ("event_ticket", "event_about"):
            file.execute(f"drop index {index}")
        for column in ("talk", "about"):
            file.execute(f"alter table event drop column {column}")
        file.execute("alter table session drop column fixed")
        file.execute("create index event_ticket on event (ticket, seq)")
        for table in ("diary", "preference", "chat", "chat_agent", "chat_wait", "identity"):
            file.execute(f"drop table {table}")
        file.execute("pragma user_version = 1")
    file.close()


def test_a_desk_of_the_version_before_opens_with_all_it_knew(folder: Path, clock: Clock) -> None:
    with Desk(folder, clock=clock) as desk:
        play = Play(desk, clock)
        solved, visited = play.raise_one(), play.raise_one()
        first = slots(desk, Viewer(TESS), visited).slots[0]
        hours = (first.starts - clock()).total_seconds() / 3600
        visit = play.book_visit(hours, number=visited)
        play.number = solved
        play.does(agent.resolve, Resolve(text="Done"))
        play.number = "REQ-1001"
        asked, queued = play.ticket, play.queue()
    as_before(folder)
    with Desk(folder, clock=clock) as desk:
        play.desk = desk
        assert play.ticket == asked
        assert play.queue() == queued
        with desk.reading() as connection:
            diary = connection.execute("select ticket, agent, starts, ends from diary").fetchall()
            pressing = dict(connection.execute("select no, pressing from ticket"))
        assert [(no, who) for no, who, _, _ in diary] == [(1003, "u3")]
        assert abs(diary[0][2] - visit.starts.timestamp()) < 0.01
        assert abs(diary[0][3] - visit.ends.timestamp()) < 0.01
        due = asked.promises[0].latest
        assert abs(datetime.fromtimestamp(pressing[1001], UTC) - due).total_seconds() < 0.01
        assert pressing[1002] is None
        clock.pass_by(hours=9)
        assert play.flags() == ("promise_overdue",)
        play.wish(kind="news")
        assert Viewer(ANNA).user.name == play.events[-1].actor.name
