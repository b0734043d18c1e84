"""Chats through a kill, a restart and ten thousand messages: nothing lost, nothing doubled, nothing slow."""

import signal
import sqlite3
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.frontdesk.chats import (
    be_there,
    chat_of,
    hearing,
    open_chat,
    path,
    say,
    start_chat,
    transcript,
    words,
)
from tests.frontdesk.house import House, Json, Template
from tests.frontdesk.play import ANNA
from tests.frontdesk.test_serving import finish, start
from tracker.frontdesk import limits
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.requests import Message
from tracker.frontdesk.rules import chat
from tracker.frontdesk.rules.move import Move, actor_of
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.settings import SETTINGS_FILE
from tracker.frontdesk.storage import tickets
from tracker.frontdesk.storage.database import DATABASE_FILE

MANY = 10_000


def let_write_fast(folder: Path) -> None:
    """Let people write as fast as they can."""
    settings = folder / SETTINGS_FILE
    text = settings.read_text("utf-8").replace("messages_per_minute = 60", "messages_per_minute = 100000")
    settings.write_text(text, "utf-8")


@pytest.mark.parametrize("enough", [3, 11])
def test_kill_9_in_the_middle_of_a_chat_loses_and_doubles_nothing(
    folder: Path, template: Template, enough: int
) -> None:
    let_write_fast(folder)
    process, url = start(folder)
    house = House(url, template)
    number = open_chat(house)
    sent: list[str] = []
    answered = threading.Semaphore(0)

    def write() -> None:
        for n in range(10_000):
            sent.append(f"m-{n}")
            try:
                say(house.anna, number, f"m-{n}", headers={"Idempotency-Key": f"m-{n}"})
            except httpx.TransportError:
                return
            answered.release()

    writer = threading.Thread(target=write)
    writer.start()
    for _ in range(enough):
        assert answered.acquire(timeout=30)
    finish(process, signal.SIGKILL)
    writer.join()
    house.close()
    with serving(ServeConfig(folder)) as again:
        house = House(again, template)
        assert chat_of(house.anna, number)["state"] == "open"
        say(house.anna, number, sent[-1], headers={"Idempotency-Key": sent[-1]})
        assert words(house.tess, number) == ["Hello", *sent]
        assert chat_of(house.tess, number)["messages"] == len(sent) + 1
        house.close()
    with sqlite3.connect(folder / DATABASE_FILE) as file:
        assert file.execute("pragma integrity_check").fetchall() == [("ok",)]
    file.close()


def test_a_restart_keeps_the_queue_its_order_and_who_is_there(folder: Path, template: Template) -> None:
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        numbers = [start_chat(house) for _ in range(3)]
        house.close()
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        assert [chat_of(house.anna, number)["place"] for number in numbers] == [1, 2, 3]
        assert house.anna.get("/chat")["agents"] == 1
        with hearing(house.anna) as anna:
            told = {anna.until("chat")["ticket"] for _ in numbers}
            assert told == set(numbers)
            house.tess.ok(path(numbers[0], "/accept"))
            moved = anna.until("chat", lambda data: data["ticket"] == numbers[2])
            assert moved["chat"]["place"] == 2
        house.close()


def test_silence_ends_a_chat_of_a_served_desk_and_the_stream_warns_before(
    folder: Path, template: Template
) -> None:
    settings = folder / SETTINGS_FILE
    text = settings.read_text("utf-8")
    text = text.replace("idle_warn_minutes = 8 ", "idle_warn_minutes = 0.005 ")
    settings.write_text(text.replace("idle_end_minutes = 10 ", "idle_end_minutes = 0.01 "), "utf-8")
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        number = start_chat(house)
        with hearing(house.anna) as anna:
            house.tess.ok(path(number, "/accept"))
            assert anna.until("chat", lambda data: data["chat"]["warned"])["chat"]["state"] == "open"
            assert anna.until_event("chat_ended")["event"]["data"]["by"] == "idle"
        house.close()


def _write_many(folder: Path, number: str) -> None:
    """Write ten thousand messages in one transaction, by the rules."""
    with Desk(folder) as desk, desk.writing() as connection:
        context = desk.context(connection)
        move = Move(tickets.load_ticket(connection, number), actor_of(ANNA), context)
        for n in range(MANY):
            chat.send(move, Message(text=f"Message {n} of a long conversation about the dock"))
        tickets.save_ticket(connection, move.ticket, due=None)
        tickets.append_events(connection, move.facts)


def test_long_messages_come_in_pages_that_a_client_can_take(
    folder: Path, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_write_fast(folder)
    monkeypatch.setattr(limits, "PAGE_EVENT_BYTES", 250_000)
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        number = open_chat(house)
        cursor = house.anna.get("/cursor")["cursor"]
        sent = [say(house.anna, number, f"{n}" * 90_000)["id"] for n in range(7)]
        page = house.anna.get(path(number, "/messages"))
        assert [len(event["text"]) for event in page["events"]] == [5, 90_000, 90_000, 90_000]
        assert [event["id"] for event in transcript(house.anna, number)][1:] == sent
        heard: list[str] = []
        more = True
        while more:
            changes = house.anna.get("/changes", after=cursor)
            heard += [change["event"]["id"] for change in changes["changes"]]
            cursor, more = changes["cursor"], changes["more"]
            assert len(changes["changes"]) <= 3
        assert heard == sent
        house.close()


def _median_ms(work: Callable[[], Json], times: int = 15) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def test_ten_thousand_messages_slow_neither_histories_nor_pages(
    folder: Path, template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        number = open_chat(house)
        quiet = house.anna.raise_ticket()
        house.close()
    _write_many(folder, number)
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        assert len(words(house.anna, number)) == MANY + 1
        last = house.anna.get(path(number, "/messages"), limit=500, after=0)["next"]
        long = _median_ms(lambda: house.anna.events(number))
        short = _median_ms(lambda: house.anna.events(quiet))
        page = _median_ms(lambda: house.anna.get(path(number, "/messages"), limit=50, after=last + MANY // 2))
        house.close()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{MANY:,} messages: a history takes {long:.1f} ms (without any {short:.1f}),"
            f" 50 of them {page:.1f} ms\n"
        )
    assert long < 2 * short + 20
    assert page < 100


def test_a_message_is_at_the_other_side_far_within_100_ms(
    folder: Path, template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    let_write_fast(folder)
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        number = open_chat(house)
        delays = []
        with hearing(house.anna) as anna:
            for n in range(60):
                begun = time.perf_counter()
                say(house.tess, number, f"Word {n}")
                heard = anna.until_event("chat_message")
                delays.append((time.perf_counter() - begun) * 1000)
                assert heard["event"]["text"] == f"Word {n}"
        be_there(house.tess, available=False)
        house.close()
    median, p95 = statistics.median(delays), statistics.quantiles(delays, n=20)[-1]
    with capsys.disabled():
        sys.stdout.write(f"\nA message takes {median:.1f} ms to the other side, p95 {p95:.1f} ms\n")
    assert median < 100  # whatever else this computer does meanwhile
