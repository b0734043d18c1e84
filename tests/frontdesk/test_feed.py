"""Cursors and pages: nothing missed, nothing told twice, whatever happens meanwhile."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frontdesk.filling import fill
from tests.frontdesk.house import Caller, House, Json
from tracker.frontdesk.administration import backup
from tracker.frontdesk.desk import Desk


def pages(caller: Caller, **params: str | int) -> Iterator[Json]:
    """Give every page of the list."""
    page = caller.get("/tickets", **params)
    yield page
    while page["next"] is not None:
        page = caller.get("/tickets", after=page["next"], **params)
        yield page


def follow(caller: Caller, cursor: str, limit: int) -> Iterator[Json]:
    """Give every change after a cursor, in steps."""
    more = True
    while more:
        batch = caller.get("/changes", after=cursor, limit=limit)
        assert not batch["reset"]
        assert len(batch["changes"]) <= limit
        yield from batch["changes"]
        cursor, more = batch["cursor"], batch["more"]


def test_a_cursor_gives_what_came_after_it_and_nothing_else(house: House) -> None:
    house.anna.raise_ticket()
    cursor = house.anna.get("/cursor")["cursor"]
    empty = house.anna.get("/changes", after=cursor)
    assert empty == {"changes": [], "cursor": cursor, "more": False, "reset": False}
    number = house.anna.raise_ticket("Second")
    house.ben.raise_ticket("Not Anna's")
    batch = house.anna.get("/changes", after=cursor)
    assert [change["event"]["kind"] for change in batch["changes"]] == ["created", "received", "promise_made"]
    assert {change["ticket"]["number"] for change in batch["changes"]} == {number}
    assert all(change["seq"] == change["event"]["seq"] for change in batch["changes"])
    assert house.anna.get("/changes", after=batch["cursor"])["changes"] == []


@pytest.mark.parametrize("limit", [1, 2, 7, 200])
def test_changes_come_whole_and_once_in_steps_of_any_size(house: House, limit: int) -> None:
    cursor = house.anna.get("/cursor")["cursor"]
    numbers = [house.anna.raise_ticket() for _ in range(4)]
    house.ben.raise_ticket()
    for number in numbers:
        house.tess.ok(f"/agent/tickets/{number}/reply", {"text": "Seen."})
    told = [change["event"] for change in follow(house.anna, cursor, limit)]
    kept = sorted((e for n in numbers for e in house.anna.events(n)), key=lambda event: int(event["seq"]))
    assert told == kept


def test_nothing_is_missed_or_doubled_while_several_write_at_once(house: House) -> None:
    """Three write, one follows with small steps meanwhile, and ends with exactly what is there."""
    number = house.anna.raise_ticket(cc=["ben"])
    cursor = house.anna.get("/cursor")["cursor"]
    before = len(house.anna.events(number))
    writers = [
        threading.Thread(target=_write, args=(caller, path))
        for caller, path in (
            (house.anna, f"/tickets/{number}/replies"),
            (house.ben, f"/tickets/{number}/replies"),
            (house.tess, f"/agent/tickets/{number}/reply"),
        )
    ]
    reader = Caller(house.url, house.tokens["anna"])
    for writer in writers:
        writer.start()
    told: list[Json] = []
    writing, more = True, True
    while writing or more:
        writing = any(writer.is_alive() for writer in writers)
        batch = reader.get("/changes", after=cursor, limit=3)
        told += [change["event"] for change in batch["changes"]]
        cursor, more = batch["cursor"], bool(batch["changes"])
    reader.close()
    kept = house.anna.events(number)[before:]
    assert [event["id"] for event in told] == [event["id"] for event in kept]
    assert sorted(event["seq"] for event in told) == [event["seq"] for event in told]
    assert {event["text"] for event in told if event["kind"] == "reply"} == {f"Word {n}" for n in range(25)}


def _write(caller: Caller, path: str) -> None:
    for n in range(25):
        caller.ok(path, {"text": f"Word {n}"})


@pytest.mark.parametrize("cursor", ["999999.abcdefgh", "1.abcdefgh", "0.abcdefgh", "1.", "3"])
def test_a_cursor_of_another_life_asks_for_a_new_snapshot(house: House, cursor: str) -> None:
    house.anna.raise_ticket()
    batch = house.anna.get("/changes", after=cursor)
    assert batch["reset"] is True
    assert batch["changes"] == []
    assert batch["cursor"] == house.anna.get("/cursor")["cursor"]


@pytest.mark.parametrize("cursor", ["", "x", "-1.a", "1e5.a", "٣.a", "9" * 40 + ".a"])
def test_what_is_no_cursor_at_all_is_refused(house: House, cursor: str) -> None:
    answer = house.anna.ask("GET", "/changes", params={"after": cursor})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid")


def test_a_desk_put_back_from_a_backup_is_noticed_by_those_who_had_gone_on(
    folder: Path, tmp_path: Path
) -> None:
    from tracker.frontdesk import reading
    from tracker.frontdesk.values import User

    anna = reading.Viewer(User(id="u1", login="anna", name="Anna", email="", role="requester"))
    with Desk(folder) as desk:
        fill(desk, login="anna", agent_login="tess", count=2)
        early = reading.feed_end(desk)
        backup(desk, tmp_path / "copy")
        fill(desk, login="anna", agent_login="tess", count=2)
        late = reading.feed_end(desk)
    with Desk(tmp_path / "copy") as desk:
        fill(desk, login="anna", agent_login="tess", count=8)
        assert not reading.changes_after(desk, anna, early, limit=200).reset
        assert reading.changes_after(desk, anna, late, limit=200).reset


def test_pages_hold_every_request_once_newest_first_while_new_ones_come(house: House) -> None:
    numbers = [house.anna.raise_ticket() for _ in range(7)]
    seen: list[str] = []
    for page in pages(house.anna, limit=3):
        seen += [item["ticket"]["number"] for item in page["items"]]
        assert all(item["events"] is None for item in page["items"])
        house.anna.raise_ticket("Raised while paging")
    assert seen == numbers[::-1]


def test_a_page_with_large_histories_is_cut_short_and_nothing_is_lost(house: House) -> None:
    numbers = [house.anna.raise_ticket() for _ in range(4)]
    for number in numbers:
        for _ in range(15):
            house.anna.ok(f"/tickets/{number}/replies", {"text": "x" * 99_000})
    found = list(pages(house.anna, limit=200, events=1))
    assert len(found) > 1
    items = [item for page in found for item in page["items"]]
    assert [item["ticket"]["number"] for item in items] == numbers[::-1]
    assert all(len(item["events"]) == 18 for item in items)


@pytest.mark.parametrize(
    "params", [{"limit": 0}, {"limit": 201}, {"limit": "x"}, {"events": 2}, {"after": "x"}]
)
def test_pages_that_cannot_be_are_refused(house: House, params: dict[str, str | int]) -> None:
    assert house.anna.ask("GET", "/tickets", params=params).status_code in (400, 404)
