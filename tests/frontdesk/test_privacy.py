"""Nobody sees what is not theirs, and "not there" looks the same as "not yours"."""

from tests.frontdesk.house import House, new_key


def test_two_people_see_nothing_of_each_other(house: House) -> None:
    cursor = house.ben.get("/cursor")["cursor"]
    number = house.anna.raise_ticket(attachments=[house.anna.upload()["id"]])
    house.tess.ok(f"/agent/tickets/{number}/reply", {"text": "Hello Anna"})
    file_id = house.anna.events(number)[0]["attachments"][0]["id"]
    missing = house.ben.ask("GET", "/tickets/REQ-9999").json()
    for path in (f"/tickets/{number}", f"/tickets/{number}?events=1"):
        answer = house.ben.ask("GET", path)
        assert (answer.status_code, answer.json()) == (404, missing)
    assert house.ben.ask("GET", f"/attachments/{file_id}").status_code == 404
    assert house.ben.get("/tickets")["items"] == []
    assert house.ben.get("/changes", after=cursor)["changes"] == []
    for call, body in (
        ("replies", {"text": "x"}),
        ("confirm", {}),
        ("not-fixed", {"text": "x"}),
        ("rating", {"score": 1}),
    ):
        assert house.ben.no(f"/tickets/{number}/{call}", body)[:2] == (404, "not_found")
    assert house.ben.no(f"/agent/tickets/{number}/reply", {"text": "x"})[:2] == (403, "not_allowed")


def test_internal_notes_and_their_files_never_reach_requesters(house: House) -> None:
    number = house.anna.raise_ticket()
    cursor = house.anna.get("/cursor")["cursor"]
    before = house.anna.ticket(number)
    secret = house.tess.upload("secret.txt", b"not for Anna")
    note = house.tess.ok(
        f"/agent/tickets/{number}/note", {"text": "He is difficult", "attachments": [secret["id"]]}
    )
    assert note["event"]["public"] is False
    assert house.anna.ticket(number) == before
    assert house.anna.get("/changes", after=cursor)["changes"] == []
    assert "other" not in house.anna.kinds(number)
    assert "other" not in [e["kind"] for e in house.anna.get("/tickets", events=1)["items"][0]["events"]]
    assert house.anna.ask("GET", f"/attachments/{secret['id']}").status_code == 404
    assert "other" not in house.ravi.kinds(number)
    assert (
        house.ravi.get(f"/tickets/{number}", events=1, scope="desk")["events"][-1]["text"]
        == "He is difficult"
    )
    assert house.ravi.ask("GET", f"/attachments/{secret['id']}").content == b"not for Anna"
    seen = house.ravi.get("/changes", after=cursor, scope="desk")["changes"]
    assert [change["event"]["kind"] for change in seen] == ["other"]


def test_an_agents_own_list_holds_only_what_they_asked_for(house: House) -> None:
    house.anna.raise_ticket()
    mine = house.tess.raise_ticket("My own screen")
    house.ravi.ok(f"/agent/tickets/{mine}/note", {"text": "A surprise for Tess"})
    (item,) = house.tess.get("/tickets", events=1)["items"]
    assert item["ticket"]["number"] == mine
    assert "other" not in [event["kind"] for event in item["events"]]
    assert len(house.tess.get("/tickets", scope="desk")["items"]) == 2
    answer = house.anna.ask("GET", "/tickets", params={"scope": "desk"})
    assert (answer.status_code, answer.json()["error"]) == (403, "not_allowed")


def test_another_persons_command_is_unknown_and_its_id_is_not_shown(house: House) -> None:
    key = new_key()
    number = house.anna.raise_ticket(cc=["ben"])
    house.anna.ok(f"/tickets/{number}/replies", {"text": "x"}, headers={"Idempotency-Key": key})
    assert house.anna.events(number)[-1]["command_id"] == key
    assert house.ben.events(number)[-1]["command_id"] is None
    assert house.tess.events(number)[-1]["command_id"] is None
    assert house.ben.ask("GET", f"/commands/{key}").status_code == 404
    assert house.anna.get(f"/commands/{key}")["event"]["text"] == "x"


def test_a_file_that_no_message_names_yet_is_its_senders_alone(house: House) -> None:
    file_id = house.anna.upload()["id"]
    assert house.anna.ask("GET", f"/attachments/{file_id}").status_code == 200
    for other in (house.ben, house.tess):
        assert other.ask("GET", f"/attachments/{file_id}").status_code == 404
    assert house.ben.no(
        "/tickets", {"service": "other", "subject": "x", "text": "y", "attachments": [file_id]}
    )[:2] == (400, "invalid")


def test_everything_but_the_card_and_the_door_needs_a_session(house: House) -> None:
    paths = house.stranger.get("/openapi.json")["paths"]
    for path, calls in paths.items():
        for method in calls:
            address = path.removeprefix("/api/v1").replace("{", "").replace("}", "")
            answer = house.stranger.ask(method.upper(), address, params={"after": "0.x", "filename": "x"})
            doors = {("get", "/desk"), ("post", "/session"), ("post", "/session/company")}
            open_to_all = (method, address) in doors
            assert (answer.status_code == 401) != open_to_all, (method, address, answer.text)
