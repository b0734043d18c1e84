"""Sent twice is done once: keys, first answers, and looking up what became of a command."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.frontdesk.house import House, new_key

REQUEST = {"service": "other", "subject": "Once", "text": "Only once."}


def test_the_same_command_again_gets_the_first_answer(house: House) -> None:
    key = {"Idempotency-Key": new_key()}
    first = house.anna.ask("POST", "/tickets", REQUEST, headers=key)
    house.tess.ok(f"/agent/tickets/{first.json()['ticket']['number']}/start")
    shuffled = dict(reversed(list(REQUEST.items())))
    second = house.anna.ask("POST", "/tickets", shuffled, headers=key)
    assert (second.status_code, second.content) == (201, first.content)
    assert "Idempotent-Replay" not in first.headers
    assert second.headers["Idempotent-Replay"] == "true"
    assert len(house.anna.get("/tickets")["items"]) == 1


def test_ten_at_once_under_one_key_are_one(house: House) -> None:
    key = {"Idempotency-Key": new_key()}
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(lambda _: house.anna.ask("POST", "/tickets", REQUEST, headers=key), range(10))
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len(house.anna.get("/tickets")["items"]) == 1


def test_another_command_under_the_same_key_is_refused(house: House) -> None:
    key = {"Idempotency-Key": new_key()}
    number = house.anna.ok("/tickets", REQUEST, headers=key)["ticket"]["number"]
    assert house.anna.no("/tickets", {**REQUEST, "text": "Other."}, headers=key)[:2] == (409, "key_reused")
    reply = house.anna.no(f"/tickets/{number}/replies", {"text": "x"}, headers=key)
    assert reply[:2] == (409, "key_reused")
    assert house.ben.ok("/tickets", REQUEST, headers=key)["ticket"]["number"] != number


def test_a_refused_command_leaves_its_key_free(house: House) -> None:
    key = {"Idempotency-Key": new_key()}
    assert house.anna.no("/tickets", {**REQUEST, "service": "moon"}, headers=key)[0] == 400
    assert house.anna.ask("GET", f"/commands/{key['Idempotency-Key']}").status_code == 404
    assert house.anna.ok("/tickets", REQUEST, headers=key)


@pytest.mark.parametrize("key", [None, "", "x" * 129, "has space", "semi;colon"])
def test_requesters_commands_need_a_proper_key(house: House, key: str | None) -> None:
    headers = {"Idempotency-Key": key} if key is not None else {}
    answer = house.anna.http.post("/tickets", json=REQUEST, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid")
    assert house.anna.get("/tickets")["items"] == []


def test_an_agent_may_do_without_a_key(house: House) -> None:
    number = house.anna.raise_ticket()
    path = f"/agent/tickets/{number}/reply"
    for _ in range(2):
        assert house.tess.http.post(path, json={"text": "Same words."}).status_code == 201
    assert house.anna.kinds(number).count("reply") == 2


def test_the_outcome_of_a_command_can_be_looked_up(house: House) -> None:
    raised, uploaded = new_key(), new_key()
    file_id = house.anna.upload(headers={"Idempotency-Key": uploaded})["id"]
    done = house.anna.ok(
        "/tickets", {**REQUEST, "attachments": [file_id]}, headers={"Idempotency-Key": raised}
    )
    number = done["ticket"]["number"]
    house.tess.ok(f"/agent/tickets/{number}/start")
    found = house.anna.get(f"/commands/{raised}")
    assert found["event"] == done["event"]
    assert found["event"]["command_id"] == raised
    assert found["ticket"] == house.anna.ticket(number)
    file = house.anna.get(f"/commands/{uploaded}")
    assert (file["attachment"]["id"], file["ticket"]) == (file_id, None)
    assert house.anna.ask("GET", f"/commands/{new_key()}").status_code == 404


def test_a_file_sent_twice_is_kept_once(house: House) -> None:
    key = {"Idempotency-Key": new_key()}
    first = house.anna.upload("plan.txt", b"a plan", headers=key)
    assert house.anna.upload("plan.txt", b"a plan", headers=key) == first
    other = house.anna.ask(
        "POST", "/attachments", params={"filename": "plan.txt"}, content=b"another", headers=key
    )
    assert (other.status_code, other.json()["error"]) == (409, "key_reused")
