"""The agents' queue: overdue promises first, then who waits for an answer; everything once."""

import time
from pathlib import Path

import pytest

from tests.frontdesk.house import House
from tests.frontdesk.play import TESS, Play
from tests.frontdesk.test_journey import hours_ahead
from tests.rigs.frontdesk_seed import seed
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.queueing import queue
from tracker.frontdesk.reading import PageWish, Viewer
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import MakePromise, Remark, Resolve
from tracker.frontdesk.rules import agent, promises
from tracker.frontdesk.storage.tickets import QueueFilter


def page(play: Play, after: str | None, limit: int = 2) -> tuple[list[str], str | None]:
    wish = PageWish(after=after, limit=limit, with_events=True)
    found = queue(play.desk, Viewer(TESS, whole_desk=True), wish, QueueFilter(states=("new", "visit")))
    return [item.ticket.number for item in found.items], found.next


def overdue(play: Play, hours: float) -> str:
    """Raise a request with an update promised in so many hours."""
    here, play.number = play.number, play.raise_one()
    play.does(promises.make_promise, MakePromise(kind="next_update", latest=play.ahead(hours)))
    number, play.number = play.number, here
    return number


def test_what_is_overdue_comes_first_longest_first(play: Play) -> None:
    late, later = overdue(play, 2), overdue(play, 1)
    newest = play.raise_one()
    assert play.queue() == [newest, later, late, play.number]
    play.pass_by(hours=2, minutes=5)
    assert play.queue() == [later, late, newest, play.number]
    play.number = later
    assert play.flags() == ("promise_missed",)
    play.does(agent.heartbeat, Remark())
    assert play.queue() == [late, newest, later, "REQ-1001"]
    play.number = late
    assert play.flags() == ("promise_overdue",)
    play.does(agent.resolve, Resolve(text="Done"))
    assert play.flags() == ()


def test_the_pages_of_the_queue_hold_everything_once_though_time_goes_on(play: Play) -> None:
    numbers = {
        play.number,
        *(overdue(play, hours) for hours in (1, 2, 3, 4)),
        *(play.raise_one() for _ in "ab"),
    }
    play.number = sorted(numbers)[0]
    play.wish(kind="news")
    play.pass_by(hours=2.1)
    seen: list[str] = []
    after: str | None = None
    while True:
        found, after = page(play, after)
        seen += found
        if after is None:
            break
        play.pass_by(hours=1)
    assert len(seen) == len(numbers)
    assert set(seen) == numbers
    assert seen[:3] == ["REQ-1002", "REQ-1003", "REQ-1001"]


@pytest.mark.parametrize(
    "after", ["REQ-1001", "", "1_2_3", "a_b_c_d", "1_nan_1_x", "0" * 5000, "1_0.0_" + "9" * 4000 + "_1.0"]
)
def test_a_place_that_is_none_is_refused(play: Play, after: str) -> None:
    with pytest.raises(Refused) as refused:
        page(play, after)
    assert refused.value.code == "invalid"


def test_over_the_wire_each_item_has_its_flags_and_events(house: House) -> None:
    number = house.anna.raise_ticket()
    house.anna.ok(f"/tickets/{number}/wishes", {"kind": "news", "text": "Hello?"})
    item = house.tess.get("/agent/queue", events=1)["items"][0]
    assert (item["ticket"]["number"], item["flags"]) == (number, ["asked_for_news"])
    assert item["events"][-1]["kind"] == "news_asked"
    assert house.tess.get("/agent/queue", limit=1)["next"] is None
    assert house.tess.ask("GET", "/agent/queue", params={"after": "x"}).status_code == 400


def test_a_move_that_is_asked_for_shows_with_its_time(house: House) -> None:
    number = house.anna.raise_ticket()
    window = {"starts": hours_ahead(30), "ends": hours_ahead(32)}
    visit = house.tess.ok(f"/agent/tickets/{number}/visit", {**window, "place": "Room 1"})["ticket"]["visit"]
    wished = {"starts": hours_ahead(50), "ends": hours_ahead(52)}
    house.anna.ok(
        f"/tickets/{number}/wishes", {"kind": "visit_move", "about": visit["id"], "windows": [wished]}
    )
    item = house.tess.get("/agent/queue")["items"][0]
    assert item["flags"] == ["move_asked"]
    assert item["ticket"]["visit"]["wished"]["starts"][:16] == wished["starts"][:16]


def test_the_queue_of_a_desk_with_years_behind_it_is_quick(tmp_path: Path, folder: Path) -> None:
    seed(folder, 3_000, requester_login="anna")
    with Desk(folder) as desk:
        wish = PageWish(after=None, limit=50, with_events=False)
        started = time.perf_counter()
        found = queue(desk, Viewer(TESS, whole_desk=True), wish, QueueFilter(states=("new", "working")))
        took = time.perf_counter() - started
    assert len(found.items) == 50
    assert took < 1.0
