"""What agents do with a request: give it on, wait, promise, visit, merge, close."""

import pytest

from tests.frontdesk.house import House
from tests.frontdesk.test_journey import hours_ahead


def test_a_team_then_a_person_is_no_hand_over_but_another_person_is(house: House) -> None:
    number = house.anna.raise_ticket()
    assign = f"/agent/tickets/{number}/assign"
    house.tess.ok(assign, {"team": "Network team"})
    house.tess.ok(assign, {"agent": house.agent_id("tess")})
    done = house.tess.ok(assign, {"agent": house.agent_id("ravi"), "reason": "Ravi knows the VPN."})
    kinds = [kind for kind in house.anna.kinds(number) if kind in ("assigned", "handed_over")]
    assert kinds == ["assigned", "assigned", "handed_over"]
    data = done["event"]["data"]
    assert (data["was_owner"]["name"], data["owner"]["name"]) == ("Tess Okafor", "Ravi Menon")
    assert data["reason"] == "Ravi knows the VPN."
    assert house.tess.no(assign, {"agent": house.agent_id("ravi")})[:2] == (409, "not_now")
    assert house.tess.no(assign, {})[:2] == (400, "invalid")
    assert house.tess.no(assign, {"agent": "u1"})[:2] == (400, "invalid")


def test_starting_takes_a_request_that_nobody_has(house: House) -> None:
    number = house.anna.raise_ticket()
    done = house.tess.ok(f"/agent/tickets/{number}/start")
    assert done["event"]["kind"] == "work_started"
    assert done["ticket"]["owner"]["name"] == "Tess Okafor"
    assert house.anna.kinds(number)[-2:] == ["assigned", "work_started"]
    assert house.tess.no(f"/agent/tickets/{number}/start")[:2] == (409, "not_now")


def test_waiting_says_for_what_and_going_on_is_told(house: House) -> None:
    number = house.anna.raise_ticket()
    status = f"/agent/tickets/{number}/status"
    held = house.tess.ok(status, {"state": "waiting_for_parts", "reason": "A new dock is ordered."})
    assert held["event"]["kind"] == "on_hold"
    assert held["ticket"]["state_reason"] == "A new dock is ordered."
    assert house.tess.ok(status, {"state": "working"})["event"]["kind"] == "resumed"
    assert house.tess.no(status, {"state": "closed"})[:2] == (400, "invalid")
    assert house.tess.no(status, {"state": "cancelled"})[:2] == (400, "invalid")
    done = house.tess.ok(status, {"state": "cancelled", "reason": "Raised twice."})
    assert (done["event"]["kind"], done["ticket"]["state"]) == ("status", "cancelled")
    assert house.anna.kinds(number)[-2:] == ["promise_withdrawn", "status"]
    assert house.anna.no(f"/tickets/{number}/replies", {"text": "Why?"})[:2] == (409, "not_now")


def test_a_promise_is_made_moved_with_a_reason_and_kept_by_a_word(house: House) -> None:
    number = house.anna.raise_ticket()
    promises = f"/agent/tickets/{number}/promises"
    made = house.tess.ok(promises, {"kind": "next_update", "latest": hours_ahead(2)})["event"]["data"][
        "promise"
    ]
    assert house.tess.no(promises, {"kind": "next_update", "latest": hours_ahead(3)})[:2] == (409, "not_now")
    assert house.tess.no(promises, {"kind": "fix", "latest": hours_ahead(-1)})[:2] == (400, "invalid")
    assert house.tess.no(promises, {"kind": "fix", "latest": "2026-12-01T10:00:00"})[:2] == (400, "invalid")
    move = {"latest": hours_ahead(5), "reason": "The supplier is late."}
    moved = house.tess.ok(f"{promises}/{made['id']}/move", move)["event"]
    assert moved["data"]["promise"]["supersedes"] == made["id"]
    assert moved["data"]["was_latest"] == made["latest"]
    house.tess.ok(f"/agent/tickets/{number}/heartbeat")
    states = {promise["kind"]: promise["state"] for promise in house.anna.ticket(number)["promises"]}
    assert states == {"first_reply": "kept", "next_update": "kept"}
    assert house.tess.no(f"{promises}/{made['id']}/move", move)[:2] == (409, "not_now")
    assert house.tess.no(f"{promises}/nonsense/withdraw", {"reason": "x"})[:2] == (404, "not_found")


def test_a_visit_is_booked_moved_and_called_off(house: House) -> None:
    number = house.anna.raise_ticket()
    visit = f"/agent/tickets/{number}/visit"
    window = {
        "starts": hours_ahead(20),
        "ends": hours_ahead(22),
        "place": "Room 2",
        "agent": house.agent_id("ravi"),
    }
    assert house.tess.no(visit, {**window, "ends": hours_ahead(19)})[:2] == (400, "invalid")
    booked = house.tess.ok(visit, window)["ticket"]
    assert (booked["state"], booked["visit"]["agent"]["name"]) == ("visit", "Ravi Menon")
    assert house.tess.no(visit, window)[:2] == (409, "not_now")
    moved = house.tess.ok(
        f"{visit}/move", {"starts": hours_ahead(30), "ends": hours_ahead(31), "reason": "Ravi is ill."}
    )
    assert moved["event"]["data"]["was_starts"] == booked["visit"]["starts"]
    assert house.tess.no(f"/agent/tickets/{number}/resolve", {"text": "x"})[:2] == (409, "not_now")
    called_off = house.tess.ok(f"{visit}/cancel", {"reason": "It works now."})["ticket"]
    assert (called_off["state"], called_off["visit"]["state"]) == ("working", "cancelled")
    assert house.tess.no(f"{visit}/arrived")[:2] == (409, "not_now")


def test_an_expected_arrival_can_change_and_a_visit_can_fail(house: House) -> None:
    number = house.anna.raise_ticket()
    visit = f"/agent/tickets/{number}/visit"
    house.tess.ok(visit, {"starts": hours_ahead(1), "ends": hours_ahead(2), "place": "Room 2"})
    eta = {"eta_earliest": hours_ahead(0.2), "eta_latest": hours_ahead(0.4)}
    assert house.tess.ok(f"{visit}/on-the-way", eta)["event"]["kind"] == "visit_on_the_way"
    assert house.tess.ok(f"{visit}/on-the-way", eta)["event"]["kind"] == "visit_eta"
    assert house.tess.no(f"{visit}/finish", {"outcome": "done"})[:2] == (409, "not_now")
    assert house.tess.no(f"{visit}/finish", {"outcome": "failed"})[:2] == (400, "invalid")
    failed = house.tess.ok(f"{visit}/finish", {"outcome": "failed", "text": "Nobody was there."})
    assert failed["event"]["kind"] == "visit_failed"
    assert failed["ticket"]["state"] == "working"


def test_priority_and_service_can_be_changed_and_it_is_told(house: House) -> None:
    number = house.anna.raise_ticket()
    raised = house.tess.ok(
        f"/agent/tickets/{number}/priority", {"priority": "urgent", "reason": "Whole floor."}
    )
    assert raised["event"]["data"] == {
        "priority": "urgent",
        "was_priority": "normal",
        "reason": "Whole floor.",
    }
    moved = house.tess.ok(f"/agent/tickets/{number}/categorise", {"service": "network"})
    assert moved["event"]["data"]["was_service"]["id"] == "other"
    assert house.tess.no(f"/agent/tickets/{number}/categorise", {"service": "moon"})[0] == 400


def test_a_merged_request_names_its_survivor_and_brings_its_people_along(house: House) -> None:
    old, new = house.ben.raise_ticket(), house.anna.raise_ticket()
    done = house.tess.ok(f"/agent/tickets/{old}/merge", {"into": new, "reason": "Same fault."})
    assert (done["ticket"]["state"], done["ticket"]["merged_into"]) == ("merged", new)
    assert done["event"]["data"]["into"] == new
    assert house.ben.ticket(new)["cc"] == [{"id": "u2", "name": "Ben Ortiz"}]
    assert house.ben.kinds(new)[-1] == "linked"
    status, code, words = house.ben.no(f"/tickets/{old}/replies", {"text": "Hello?"})
    assert (status, code) == (409, "not_now")
    assert new in words
    assert house.tess.no(f"/agent/tickets/{new}/merge", {"into": new})[:2] == (400, "invalid")
    assert house.tess.no(f"/agent/tickets/{new}/merge", {"into": old})[:2] == (409, "not_now")


def test_the_queue_is_filtered_and_leaves_out_what_has_ended(house: House) -> None:
    first, second, third = (house.anna.raise_ticket() for _ in range(3))
    house.tess.ok(f"/agent/tickets/{first}/close")
    house.tess.ok(
        f"/agent/tickets/{second}/assign", {"agent": house.agent_id("ravi"), "team": "Network team"}
    )

    def queue(**params: str) -> list[str]:
        return [item["ticket"]["number"] for item in house.ravi.get("/agent/queue", **params)["items"]]

    assert queue() == [third, second]
    assert queue(state="closed") == [first]
    assert queue(owner="me") == [second]
    assert queue(owner="none") == [third]
    assert queue(team="Network team") == [second]


AGENT_CALLS = ("assign", "start", "reply", "ask", "note", "status", "visit", "resolve", "close", "merge")


@pytest.mark.parametrize("call", AGENT_CALLS)
def test_a_requester_may_do_nothing_that_agents_do(house: House, call: str) -> None:
    number = house.anna.raise_ticket()
    before = house.anna.kinds(number)
    assert house.anna.no(f"/agent/tickets/{number}/{call}")[:2] == (403, "not_allowed")
    assert house.anna.kinds(number) == before
