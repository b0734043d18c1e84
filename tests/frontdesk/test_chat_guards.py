"""Chats and bad input, two clicks at once, bystanders: a sentence for each, and nothing lost or shown."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.frontdesk.chats import be_there, chat_of, hearing, open_chat, path, say, start_chat, words
from tests.frontdesk.house import Caller, House, Json, new_key


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u202egnp.exe\u202c and \u2067back\u2069 again",
        "Z\u0351\u036b\u0343a\u0349\u033bl\u0334g\u0321o" * 500,
        "'; drop table event; --",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 " * 1_000,
        "\r\n\t\u0000\u2028",
        '=HYPERLINK("http://x.example")',
    ],
)
def test_words_come_back_as_they_were_typed(house: House, text: str) -> None:
    number = open_chat(house)
    text += "."
    said = say(house.anna, number, text)
    assert said["text"] == text
    assert words(house.tess, number) == ["Hello", text]


def test_too_much_text_or_none_is_refused_in_words(house: House) -> None:
    number = open_chat(house)
    messages = path(number, "/messages")
    assert house.anna.no(messages, {"text": "x" * 1_000_000})[:2] == (400, "invalid")
    assert house.anna.no(messages, {"text": "ä" * 60_000})[2].startswith("The text is too long.")
    assert house.anna.no(messages, {"text": "x" * 2_000_000})[:2] == (413, "too_large")
    assert house.anna.no(messages, {"text": " \n"})[2] == "Please write a few words."
    assert house.anna.no(messages, {"text": "x", "html": "y"})[:2] == (400, "invalid")
    assert house.anna.no(messages, {"text": "x", "attachments": ["nothing"]})[:2] == (400, "invalid")
    many = [house.anna.upload()["id"] for _ in range(11)]
    assert house.anna.no(messages, {"text": "x", "attachments": many})[:2] == (400, "invalid")
    assert house.anna.ok(messages, {"text": "", "attachments": many[:1]})["event"]["attachments"]
    answer = house.anna.ask("POST", messages, {"text": "x"}, headers={"Idempotency-Key": ""})
    assert answer.status_code == 400
    assert words(house.anna, number) == ["Hello", ""]


def test_what_is_not_there_or_not_ones_own_stays_as_it_is(house: House) -> None:
    number, other = open_chat(house), start_chat(house)
    message = say(house.tess, number, "Hello Anna")["id"]
    event = house.anna.events(number)[0]["id"]

    def put(caller: Caller, about: str, on: str = number) -> tuple[int, str]:
        key = {"Idempotency-Key": new_key()}
        answer = caller.ask("PUT", path(on, f"/messages/{about}"), {"text": "x"}, headers=key)
        return answer.status_code, answer.json()["error"]

    assert put(house.anna, message) == (403, "not_allowed")
    assert put(house.ravi, message) == (403, "not_allowed")
    assert put(house.anna, "nonsense") == put(house.anna, event) == (404, "not_found")
    assert put(house.anna, message, other) == (404, "not_found")
    for about in ("nonsense", event):
        answer = house.anna.ask("POST", path(number, "/read"), {"message": about})
        assert answer.status_code == 404
    assert house.anna.ask("GET", path(number, "/messages"), params={"after": "x"}).status_code == 400
    assert house.anna.ask("GET", path(number, "/messages"), params={"limit": 501}).status_code == 400
    assert house.anna.ask("POST", path("REQ-9", "/typing"), {"typing": True}).status_code == 404
    house.tess.ok(path(number, "/end"))
    assert put(house.tess, message) == (409, "not_now")
    assert words(house.anna, number) == ["Hello", "Hello Anna"]


def both_at_once(*calls: tuple[Caller, str, Json]) -> list[Json]:
    """Make calls at the same moment; gives status and body of each."""
    with ThreadPoolExecutor(len(calls)) as pool:
        asked = [pool.submit(caller.ask, "POST", where, body) for caller, where, body in calls]
        answers = [each.result() for each in asked]
    return sorted(((each.status_code, each.json()) for each in answers), key=lambda pair: pair[0])


def test_two_agents_accept_at_once_and_one_hears_that_it_is_taken(house: House) -> None:
    for _ in range(5):
        number = start_chat(house)
        accept = path(number, "/accept")
        won, lost = both_at_once((house.tess, accept, {}), (house.ravi, accept, {}))
        assert (won[0], lost[0], lost[1]["error"]) == (201, 409, "not_now")
        name = won[1]["ticket"]["chat"]["agent"]["name"]
        assert lost[1]["message"] == f"{name} has taken this chat already."
        assert house.anna.kinds(number).count("chat_joined") == 1
        house.anna.ok(path(number, "/end"))


def test_a_second_click_starts_no_second_chat(house: House) -> None:
    be_there(house.tess)
    number = house.anna.raise_ticket()
    won, lost = both_at_once(*[(house.anna, path(number), {"text": "Hello"})] * 2)
    assert (won[0], lost[0], lost[1]["error"]) == (201, 409, "not_now")
    assert lost[1]["message"] == "A chat on this request is going on already."
    assert words(house.anna, number) == ["Hello"]


def test_bystanders_learn_nothing_and_can_do_nothing(house: House) -> None:
    number = open_chat(house)
    message = say(house.tess, number, "Secret")["id"]
    cursor = house.ben.get("/cursor")["cursor"]
    with hearing(house.ben) as ben:
        say(house.tess, number, "Also secret")
        house.tess.ask("POST", path(number, "/typing"), {"typing": True})
        house.anna.ask("POST", path(number, "/read"), {"message": message})
        assert house.ben.ask("GET", path(number, "/messages")).status_code == 404
        for what, body in (
            ("", {"text": "x"}),
            ("/messages", {"text": "x"}),
            ("/end", {}),
            ("/typing", {"typing": True}),
            ("/read", {"message": message}),
        ):
            assert house.ben.no(path(number, what), body)[:2] == (404, "not_found"), what
        key = {"Idempotency-Key": new_key()}
        assert house.ben.ask("DELETE", path(number, f"/messages/{message}"), headers=key).status_code == 404
        for what in ("accept", "leave"):
            assert house.ben.no(path(number, f"/{what}"))[:2] == (403, "not_allowed")
        assert house.ben.ask("GET", "/me/chat").status_code == 403
        assert house.ben.ask("GET", "/chats", params={"scope": "desk"}).status_code == 403
        assert house.ben.get("/chats")["chats"] == []
        own = house.ben.raise_ticket()
        heard = ben.next()
        assert (heard.event, heard.json()["changes"][0]["ticket"]["number"]) == ("changes", own)
    assert len(house.ben.get("/changes", after=cursor)["changes"]) == 3


def test_who_is_in_copy_reads_and_writes_and_another_agent_only_reads(house: House) -> None:
    be_there(house.tess)
    number = house.anna.raise_ticket(cc=["ben"])
    house.anna.ok(path(number), {"text": "Hello"})
    assert house.ravi.no(path(number, "/messages"), {"text": "x"})[2].startswith("Nobody has joined")
    house.tess.ok(path(number, "/accept"))
    say(house.ben, number, "Me too")
    assert words(house.ravi, number) == ["Hello", "Me too"]
    for what, body in (("/messages", {"text": "x"}), ("/end", {}), ("/leave", {})):
        assert house.ravi.no(path(number, what), body)[2].startswith("Tess Okafor is in this chat.")
    assert house.ravi.no(path(number), {"text": "x"})[:2] == (403, "not_allowed")
    assert house.ravi.ask("POST", path(number, "/typing"), {"typing": True}).status_code == 204
    own = house.tess.raise_ticket()
    house.tess.ok(path(own), {"text": "My own screen"})
    assert house.tess.no(path(own, "/accept"))[:2] == (403, "not_allowed")
    assert chat_of(house.tess, own)["state"] == "queued"


def test_a_merge_moves_no_messages_and_shows_them_to_nobody_new(house: House) -> None:
    number = open_chat(house)
    say(house.tess, number, "Between us")
    survivor = house.ben.raise_ticket()
    house.tess.ok(f"/agent/tickets/{number}/merge", {"into": survivor})
    assert words(house.anna, number) == ["Hello", "Between us"]
    assert words(house.ben, survivor) == []
    assert house.ben.ask("GET", path(number, "/messages")).status_code == 404
    assert chat_of(house.ben, survivor) is None
