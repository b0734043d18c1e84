"""How a person wants to be told is kept for them, the newest change, and for nobody else."""

import json

import pytest

from tests.frontdesk.house import Caller, House, Json
from tests.frontdesk.test_journey import hours_ahead

PATH = "/me/preferences"


def put(caller: Caller, preferences: Json, hours: float = -1) -> tuple[int, Json]:
    body = {"preferences": preferences, "changed_at": hours_ahead(hours)}
    answer = caller.ask("PUT", PATH, body)
    return answer.status_code, answer.json()


def test_nothing_is_kept_until_something_is(house: House) -> None:
    assert house.anna.get(PATH) == {"preferences": None, "changed_at": None}


def test_what_was_left_comes_back_as_it_was_to_its_owner_only(house: House) -> None:
    left = {"quiet": {"from": "18:00"}, "mute": ["REQ-1"], "ü": None, "n": 1.5}
    status, kept = put(house.anna, left)
    assert (status, kept["preferences"]) == (200, left)
    assert house.anna.get(PATH) == kept
    assert house.ben.get(PATH)["preferences"] is None
    assert house.stranger.ask("GET", PATH).status_code == 401
    assert house.stranger.ask("PUT", PATH, {}).status_code == 401


def test_an_older_change_that_arrives_late_does_not_undo_a_newer_one(house: House) -> None:
    put(house.anna, {"v": 2}, -1)
    assert put(house.anna, {"v": 1}, -5)[1]["preferences"] == {"v": 2}
    assert put(house.anna, {"v": 3}, -0.5)[1]["preferences"] == {"v": 3}


def test_a_clock_that_is_ahead_does_not_lock_the_others_out(house: House) -> None:
    kept = put(house.anna, {"v": 1}, 24 * 400)[1]
    assert kept["changed_at"] < hours_ahead(0.01)
    assert put(house.anna, {"v": 2}, 0.1)[1]["preferences"] == {"v": 2}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"preferences": [], "changed_at": "2026-11-20T10:00:00Z"},
        {"preferences": "x", "changed_at": "2026-11-20T10:00:00Z"},
        {"preferences": {}, "changed_at": "2026-11-20T10:00:00"},
        {"preferences": {}, "changed_at": None},
        {"preferences": {}, "changed_at": "2026-11-20T10:00:00Z", "more": 1},
        {"preferences": {"a": "x" * (16 << 10)}, "changed_at": "2026-11-20T10:00:00Z"},
    ],
)
def test_what_is_not_as_it_should_be_changes_nothing(house: House, body: Json) -> None:
    put(house.anna, {"v": 1})
    answer = house.anna.ask("PUT", PATH, body)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid")
    assert house.anna.get(PATH)["preferences"] == {"v": 1}


def test_sixteen_kibibytes_fit_and_deep_nests_do_no_harm(house: House) -> None:
    whole = {"a": "x" * ((16 << 10) - len('{"a":""}'))}
    assert put(house.anna, whole)[0] == 200
    deep = b'{"changed_at":"2026-11-20T10:00:00Z","preferences":{"a":' + b"[" * 9_000 + b"]" * 9_000 + b"}}"
    answer = house.anna.ask("PUT", PATH, content=deep, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 400)
    assert json.dumps(house.anna.get("/me"))
