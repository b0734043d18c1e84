"""A chat from the click to its end, as both sides see it."""

from pathlib import Path

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
from tests.frontdesk.house import House, Template, new_key
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.settings import SETTINGS_FILE


def test_a_chat_from_the_click_to_the_end(house: House) -> None:
    assert house.anna.get("/chat")["state"] == "nobody"
    be_there(house.tess, house.ravi)
    offer = house.anna.get("/chat")
    assert (offer["state"], offer["agents"], offer["place"]) == ("open", 2, 1)
    assert offer["wait"] == {"shortest": 60, "longest": 180}
    number = house.anna.raise_ticket()
    assert "chat" in house.anna.ticket(number)["may"]
    key = new_key()
    done = house.anna.ok(path(number), {"text": "Hello"}, headers={"Idempotency-Key": key})
    session = done["event"]["id"]
    assert (done["event"]["kind"], done["event"]["data"]) == ("chat_started", {"session": session})
    chat = done["ticket"]["chat"]
    assert (chat["session"], chat["state"], chat["place"], chat["first_place"]) == (session, "queued", 1, 1)
    assert "chat" not in done["ticket"]["may"]
    assert house.tess.get("/chats", scope="desk")["chats"][0]["ticket"] == number
    joined = house.tess.ok(path(number, "/accept"))
    assert joined["event"]["kind"] == "chat_joined"
    assert joined["event"]["data"]["agent"]["name"] == "Tess Okafor"
    assert (joined["ticket"]["chat"]["state"], joined["ticket"]["chat"]["place"]) == ("open", None)
    say(house.tess, number, "Hello Anna")
    say(house.anna, number, "It still drops")
    ended = house.anna.ok(path(number, "/end"))
    assert (ended["event"]["kind"], ended["event"]["data"]["by"]) == ("chat_ended", "you")
    assert ended["event"]["data"]["messages"] == 3
    assert [(e["kind"], e["text"], e["actor"]["name"]) for e in transcript(house.tess, number)] == [
        ("chat_message", "Hello", "Anna Keller"),
        ("chat_message", "Hello Anna", "Tess Okafor"),
        ("chat_message", "It still drops", "Anna Keller"),
    ]
    assert transcript(house.anna, number)[0]["command_id"] == key
    kinds = [kind for kind in house.anna.kinds(number) if kind.startswith("chat")]
    assert kinds == ["chat_started", "chat_joined", "chat_ended"]
    assert "chat" in house.anna.ticket(number)["may"]
    assert house.anna.get("/chats")["chats"] == []


def test_the_stream_carries_each_message_to_the_other_side(house: House) -> None:
    number = open_chat(house)
    with hearing(house.anna) as anna, hearing(house.tess, scope="desk") as tess:
        assert anna.until("chat")["chat"]["state"] == "open"
        said = say(house.tess, number, "Is it the dock?")
        heard = anna.until_event("chat_message")
        assert (heard["event"]["id"], heard["event"]["text"]) == (said["id"], "Is it the dock?")
        assert heard["ticket"]["chat"]["messages"] == 2
        say(house.anna, number, "Yes")
        tess.until_event("chat_message")
        assert tess.until_event("chat_message")["event"]["text"] == "Yes"


def test_typing_goes_to_the_other_side_and_is_never_told_again(house: House) -> None:
    number = open_chat(house)
    cursor = house.anna.get("/cursor")["cursor"]
    with hearing(house.anna) as anna, hearing(house.tess, scope="desk") as tess:
        for typing in (True, True, False):
            answer = house.tess.ask("POST", path(number, "/typing"), {"typing": typing})
            assert (answer.status_code, answer.content) == (204, b"")
        told = [anna.until("typing") for _ in range(2)]
        assert [each["typing"] for each in told] == [True, False]
        assert told[0]["person"]["name"] == "Tess Okafor"
        house.anna.ask("POST", path(number, "/typing"), {"typing": True})
        assert tess.until("typing")["person"]["name"] == "Anna Keller"
        say(house.anna, number, "It is the dock")
        assert tess.until_event("chat_message")["event"]["text"] == "It is the dock"
        assert tess.until("typing")["typing"] is False
    (message,) = house.anna.get("/changes", after=cursor)["changes"]
    assert message["event"]["kind"] == "chat_message"


def test_read_marks_move_forward_only_and_the_other_side_hears(house: House) -> None:
    number = open_chat(house)
    first, second = (say(house.tess, number, text)["id"] for text in ("One", "Two"))
    with hearing(house.tess, scope="desk") as tess:
        for message in (second, first):
            answer = house.anna.ask("POST", path(number, "/read"), {"message": message})
            assert answer.status_code == 204
        heard = tess.until("chat", lambda data: data["chat"]["read"]["requester"] is not None)
        assert heard["chat"]["read"] == {"requester": second, "agent": None}
    hello = transcript(house.anna, number)[0]["id"]
    house.tess.ask("POST", path(number, "/read"), {"message": hello})
    house.ravi.ask("POST", path(number, "/read"), {"message": second})
    assert chat_of(house.anna, number)["read"] == {"requester": second, "agent": hello}


def test_edits_and_removals_are_told_and_what_is_taken_back_is_gone(house: House) -> None:
    number = open_chat(house)
    file = house.anna.upload("plan.txt")
    body = {"text": "My password is hunter2", "attachments": [file["id"]]}
    message = house.anna.ok(path(number, "/messages"), body)["event"]
    one = path(number, f"/messages/{message['id']}")
    key = {"Idempotency-Key": new_key()}
    edited = house.anna.ask("PUT", one, {"text": "My pass phrase is hunter3"}, headers=key)
    assert (edited.status_code, edited.json()["event"]["kind"]) == (201, "chat_edited")
    assert house.tess.ask("GET", f"/attachments/{file['id']}").status_code == 200
    with hearing(house.anna) as anna:
        removed = house.anna.ask("DELETE", one, headers={"Idempotency-Key": new_key()})
        assert removed.json()["event"]["data"]["message"] == message["id"]
        assert house.tess.ask("GET", f"/attachments/{file['id']}").status_code == 404
        assert anna.until_event("chat_removed")["event"]["data"]["message"] == message["id"]
    kinds = [event["kind"] for event in transcript(house.tess, number)]
    assert kinds == ["chat_message", "chat_message", "chat_edited", "chat_removed"]
    assert words(house.tess, number) == ["Hello", "", "", ""]
    assert transcript(house.tess, number)[1]["attachments"] == []
    assert house.anna.ask("GET", f"/attachments/{file['id']}").status_code == 404
    for method, sent in (("PUT", {"text": "x"}), ("DELETE", None)):
        again = house.anna.ask(method, one, sent, headers={"Idempotency-Key": new_key()})
        assert (again.status_code, again.json()["error"]) == (409, "not_now")


def test_a_new_session_continues_the_conversation(house: House) -> None:
    number = open_chat(house)
    house.tess.ok(path(number, "/end"))
    assert house.anna.events(number)[-1]["data"]["by"] == "agent"
    assert house.anna.no(path(number, "/messages"), {"text": "Wait"})[:2] == (409, "not_now")
    house.anna.ok(path(number), {"text": "One more thing"})
    house.ravi.ok(path(number, "/accept"))
    assert chat_of(house.anna, number)["messages"] == 1
    assert words(house.ravi, number) == ["Hello", "One more thing"]
    sessions = {event["data"]["session"] for event in transcript(house.anna, number)}
    assert len(sessions) == 2


def test_messages_are_not_in_histories_but_pages_of_them_are_whole(house: House) -> None:
    number = open_chat(house)
    for n in range(7):
        say(house.anna, number, str(n))
    assert "chat_message" not in house.anna.kinds(number)
    (item,) = house.anna.get("/tickets", events=1)["items"]
    assert "chat_message" not in [event["kind"] for event in item["events"]]
    first = house.anna.get(path(number, "/messages"), limit=5)
    second = house.anna.get(path(number, "/messages"), limit=5, after=first["next"])
    assert [len(first["events"]), len(second["events"]), second["next"]] == [5, 3, None]
    assert words(house.anna, number) == ["Hello", *"0123456"]


def test_the_same_key_gets_the_same_answer_and_one_message(house: House) -> None:
    number = open_chat(house)
    key = {"Idempotency-Key": new_key()}
    first = say(house.anna, number, "Once", headers=key)
    again = house.anna.ask("POST", path(number, "/messages"), {"text": "Once"}, headers=key)
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.json()["event"] == first
    assert house.anna.get(f"/commands/{key['Idempotency-Key']}")["event"]["id"] == first["id"]
    other = house.anna.no(path(number, "/messages"), {"text": "Twice"}, headers=key)
    assert other[:2] == (409, "key_reused")
    assert words(house.anna, number) == ["Hello", "Once"]


@pytest.mark.parametrize("ending", ["resolve and confirm", "cancel", "merge", "close"])
def test_a_ticket_that_ends_ends_its_chat_first(house: House, ending: str) -> None:
    number = open_chat(house)
    desk = f"/agent/tickets/{number}"
    if ending == "resolve and confirm":
        house.tess.ok(f"{desk}/resolve", {"text": "Fixed"})
        house.anna.ok(f"/tickets/{number}/confirm")
    elif ending == "cancel":
        house.tess.ok(f"{desk}/status", {"state": "cancelled", "reason": "Twice"})
    elif ending == "merge":
        house.tess.ok(f"{desk}/merge", {"into": house.anna.raise_ticket()})
    else:
        house.tess.ok(f"{desk}/close")
    kinds = house.anna.kinds(number)
    last = max(i for i, kind in enumerate(kinds) if kind in ("closed", "status", "merged"))
    assert kinds.index("chat_ended") < last
    ended = next(event for event in house.anna.events(number) if event["kind"] == "chat_ended")
    assert (ended["data"]["by"], ended["actor"]["kind"]) == ("desk", "system")
    assert house.anna.no(path(number), {"text": "x"})[0] == 409
    assert words(house.anna, number) == ["Hello"]


def test_an_agents_words_keep_the_promised_first_reply(house: House) -> None:
    number = open_chat(house)
    say(house.tess, number, "Hello")
    assert house.anna.kinds(number)[-1] == "promise_kept"
    assert start_chat(house, "") != number


def test_what_desk_toml_says_of_chats_is_told(folder: Path, template: Template) -> None:
    settings = folder / SETTINGS_FILE
    text = settings.read_text("utf-8").replace("messages_per_minute = 60", "messages_per_minute = 1")
    settings.write_text(text + '[[chat.canned]]\ntitle = "Device"\ntext = "Which device is it?"\n', "utf-8")
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        assert "chat" in house.stranger.get("/desk")["capabilities"]
        canned = {"title": "Device", "text": "Which device is it?"}
        assert house.tess.get("/chat/canned") == {"answers": [canned]}
        number = open_chat(house)
        slow = house.anna.ask("POST", path(number, "/messages"), {"text": "Hello"})
        assert (slow.status_code, slow.json()["error"]) == (429, "slow_down")
        assert 1 <= int(slow.headers["Retry-After"]) <= 60
        house.close()


def test_a_desk_that_does_not_chat_says_so(folder: Path, template: Template) -> None:
    settings = folder / SETTINGS_FILE
    settings.write_text(settings.read_text("utf-8").replace("enabled = true", "enabled = false"), "utf-8")
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        assert "chat" not in house.stranger.get("/desk")["capabilities"]
        be_there(house.tess)
        number = house.anna.raise_ticket()
        assert house.anna.get("/chat")["state"] == "closed"
        assert "chat" not in house.anna.ticket(number)["may"]
        assert house.anna.no(path(number), {"text": "x"})[:2] == (409, "not_now")
        house.close()
