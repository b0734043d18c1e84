"""Wishes over the wire: once for each key, one winner of two, bounds on everything, nothing half done."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.frontdesk.house import Caller, House, Json, new_key
from tests.frontdesk.test_journey import hours_ahead


def with_visit(house: House) -> tuple[str, Json]:
    number = house.anna.raise_ticket()
    window = {"starts": hours_ahead(30), "ends": hours_ahead(32), "place": "Room 1"}
    return number, house.tess.ok(f"/agent/tickets/{number}/visit", window)["ticket"]["visit"]


def at_once(house: House, path: str, bodies: list[Json]) -> list[tuple[int, Json]]:
    """Send bodies from as many places at the same moment, as a toast and a window would."""
    barrier = Barrier(len(bodies))

    def send(body: Json) -> tuple[int, Json]:
        caller = Caller(house.url, house.tokens["anna"])
        barrier.wait()
        answer = caller.ask("POST", path, body)
        caller.close()
        return answer.status_code, answer.json()

    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(send, bodies))


def test_the_same_wish_again_gets_the_first_answer(house: House) -> None:
    number = house.anna.raise_ticket()
    key = {"Idempotency-Key": new_key()}
    body = {"kind": "call", "phone": "12", "windows": [{"starts": hours_ahead(1), "ends": hours_ahead(2)}]}
    first = house.anna.ask("POST", f"/tickets/{number}/wishes", body, headers=key)
    again = house.anna.ask("POST", f"/tickets/{number}/wishes", body, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert house.anna.kinds(number).count("callback_asked") == 1
    found = house.anna.get(f"/commands/{key['Idempotency-Key']}")
    assert found["event"]["command_id"] == key["Idempotency-Key"]
    other = house.anna.no(f"/tickets/{number}/wishes", {"kind": "news"}, headers=key)
    assert other[:2] == (409, "key_reused")
    missing = house.anna.http.post(f"/tickets/{number}/wishes", json={"kind": "news"})
    assert (missing.status_code, missing.json()["error"]) == (400, "invalid")


@pytest.mark.parametrize("kind", ["news", "can_wait", "visit_ok", "visit_not_there"])
def test_of_two_answers_at_once_one_holds_and_the_other_is_told(house: House, kind: str) -> None:
    number, visit = with_visit(house)
    about = visit["id"] if kind.startswith("visit") else ""
    answers = at_once(house, f"/tickets/{number}/wishes", [{"kind": kind, "about": about}] * 2)
    assert sorted(status for status, _ in answers) == [201, 409]
    refusal = next(body for status, body in answers if status == 409)
    assert refusal["error"] == "not_now"
    assert refusal["message"].endswith(".")
    done = next(body for status, body in answers if status == 201)
    assert house.anna.kinds(number).count(done["event"]["kind"]) == 1


def test_it_works_and_not_yet_at_once_have_one_outcome(house: House) -> None:
    number = house.anna.raise_ticket()
    house.tess.ok(f"/agent/tickets/{number}/resolve", {"text": "Done"})
    wishes = f"/tickets/{number}/wishes"
    answers = at_once(house, wishes, [{"kind": "came_back", "text": "No"}, {"kind": "rate", "score": 5}])
    kinds = house.anna.kinds(number)
    told = [status for status, _ in answers]
    assert kinds.count("checked_in") == told[:1].count(201)
    assert kinds.count("rated") == told[1:].count(201)
    assert house.anna.ticket(number)["state"] == "new"


def test_two_people_who_want_the_same_slot_do_not_both_get_it(house: House) -> None:
    numbers = [with_visit(house)[0] for _ in range(2)]
    visits = [house.anna.ticket(number)["visit"] for number in numbers]
    slot = house.anna.get(f"/tickets/{numbers[0]}/slots")["slots"][0]
    assert slot["id"] in [each["id"] for each in house.anna.get(f"/tickets/{numbers[1]}/slots")["slots"]]

    barrier = Barrier(2)

    def take(number: str, visit: Json) -> int:
        caller = Caller(house.url, house.tokens["anna"])
        body = {"kind": "visit_move", "about": visit["id"], "slot": slot["id"]}
        barrier.wait()
        status = caller.ask("POST", f"/tickets/{number}/wishes", body).status_code
        caller.close()
        return status

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(take, numbers, visits))
    assert sorted(statuses) == [201, 409]
    loser = statuses.index(409)
    assert house.anna.ticket(numbers[loser])["visit"] == visits[loser]


BAD: list[Json] = [
    {},
    {"kind": "dance"},
    {"kind": None},
    {"kind": "news", "extra": 1},
    {"kind": "news", "text": None},
    {"kind": "news", "text": 5},
    {"kind": "news", "text": "x" * 100_001},
    {"kind": "news", "text": "ü" * 60_000},
    {"kind": "news", "about": "x" * 129},
    {
        "kind": "call",
        "phone": "1" * 51,
        "windows": [{"starts": hours_ahead(30), "ends": hours_ahead(31)}],
    },
    {
        "kind": "call",
        "phone": "1",
        "windows": [{"starts": "2030-01-01T10:00:00", "ends": "2030-01-01T11:00:00"}],
    },
    {"kind": "call", "phone": "1", "windows": [{"starts": "tomorrow", "ends": "later"}]},
    {"kind": "call", "phone": "1", "windows": [{"starts": hours_ahead(30)}]},
    {"kind": "call", "phone": "1", "windows": {"starts": 1}},
    {"kind": "rate", "score": 6},
    {"kind": "rate", "score": 0},
    {"kind": "rate", "score": "5"},
    {"kind": "visit_place", "about": "x", "place": "x" * 201},
    {"kind": "visit_ok", "about": "x", "seen_starts": "now"},
    {"kind": "visit_move", "about": "x", "slot": "x" * 129},
]


@pytest.mark.parametrize("body", BAD)
def test_a_wish_that_is_not_as_it_should_be_changes_nothing(house: House, body: Json) -> None:
    number = house.anna.raise_ticket()
    before = house.anna.ticket(number), house.anna.kinds(number)
    assert house.anna.no(f"/tickets/{number}/wishes", body)[:2] == (400, "invalid")
    assert (house.anna.ticket(number), house.anna.kinds(number)) == before


def test_there_are_at_most_ten_windows(house: House) -> None:
    number = house.anna.raise_ticket()
    windows = [{"starts": hours_ahead(n), "ends": hours_ahead(n + 1)} for n in range(1, 12)]
    body = {"kind": "call", "phone": "1", "windows": windows}
    assert house.anna.no(f"/tickets/{number}/wishes", body)[0] == 400
    house.anna.ok(f"/tickets/{number}/wishes", {**body, "windows": windows[:10]})


AGENTS: list[tuple[str, Json]] = [
    ("options", {"text": "Sorry", "options": []}),
    ("options", {"text": "", "options": [{"kind": "wait", "label": "x"}]}),
    ("options", {"text": " ", "options": [{"kind": "wait", "label": "x"}]}),
    ("options", {"text": "Sorry", "options": [{"kind": "dance", "label": "x"}]}),
    ("options", {"text": "Sorry", "options": [{"kind": "wait", "label": " "}]}),
    ("options", {"text": "Sorry", "options": [{"kind": "wait", "label": "x" * 201}]}),
    ("options", {"text": "Sorry", "options": [{"kind": "wait", "label": "x"}] * 9}),
    ("status", {"state": "waiting_for_parts", "until": "2026-01-01T10:00:00"}),
    ("status", {"state": "waiting_for_parts", "who": "x" * 201}),
    ("status", {"state": "waiting_for_parts", "meanwhile": "x" * 2001}),
    ("visit", {"starts": hours_ahead(30), "ends": hours_ahead(31), "place": "x", "zone": "z" * 65}),
    (
        "visit",
        {"starts": hours_ahead(30), "ends": hours_ahead(31), "place": "x", "prepare": ["x"] * 21},
    ),
]


@pytest.mark.parametrize(("call", "body"), AGENTS)
def test_what_agents_send_is_held_within_bounds_too(house: House, call: str, body: Json) -> None:
    number = house.anna.raise_ticket()
    before = house.anna.ticket(number)
    assert house.tess.no(f"/agent/tickets/{number}/{call}", body)[:2] == (400, "invalid")
    assert house.anna.ticket(number) == before


def test_a_stranger_and_a_bystander_learn_nothing(house: House) -> None:
    number, visit = with_visit(house)
    wish = {"kind": "visit_ok", "about": visit["id"]}
    assert house.stranger.no(f"/tickets/{number}/wishes", wish)[:2] == (401, "sign_in_needed")
    assert house.ben.no(f"/tickets/{number}/wishes", wish)[:2] == (404, "not_found")
    assert house.ben.ask("GET", f"/tickets/{number}/slots").status_code == 404
    assert house.stranger.ask("GET", f"/tickets/{number}/slots").status_code == 401
    assert house.tess.no(f"/tickets/{number}/wishes", wish)[:2] == (404, "not_found")
    assert house.anna.no("/tickets/REQ-9/wishes", wish)[:2] == (404, "not_found")
    assert not house.anna.ticket(number)["visit"]["confirmed"]


def test_every_wish_reaches_those_who_listen(house: House) -> None:
    number, visit = with_visit(house)
    cursor = house.tess.get("/cursor")["cursor"]
    house.anna.ok(f"/tickets/{number}/wishes", {"kind": "visit_place", "about": visit["id"], "text": "Lobby"})
    (change,) = house.tess.get("/changes", after=cursor, scope="desk")["changes"]
    assert (change["event"]["kind"], change["event"]["text"]) == ("visit_place", "Lobby")
    assert change["ticket"]["visit"]["directions"] == "Lobby"
