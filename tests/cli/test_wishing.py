"""What a person asks on a request under way, typed at a real front desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.cli.schemas import Json
from tests.cli.terminal import Terminal
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk_agent import Agent


def soon(hours: float) -> datetime:
    """A whole minute some hours from now."""
    return (datetime.now(UTC) + timedelta(hours=hours)).replace(second=0, microsecond=0)


def window(hours: float, length: float = 2) -> str:
    """A stretch of time as it is typed."""
    return f"{soon(hours).isoformat()}/{soon(hours + length).isoformat()}"


def raised(jane: Terminal, subject: str) -> str:
    return str(
        jane.json("new", "--service", "other", "--subject", subject, text="It does not work.")["number"]
    )


def shown(jane: Terminal, number: str) -> Json:
    jane.run("sync")
    return jane.json("show", number)


def kinds(answer: Json) -> list[str]:
    return [event["kind"] for event in answer["events"]]


def test_news_are_asked_for_once_and_it_can_wait(jane: Terminal, tess: Agent) -> None:
    number = raised(jane, "Any news")
    assert jane.json("ask-news", number, text="I have a talk at two.")["delivery"] == "delivered"
    answer = shown(jane, number)
    assert "news_asked" in kinds(answer)
    assert "ask_for_news" not in answer["ticket"]["may"]
    again = jane.run("ask-news", number, code=1)
    assert "knows already that you would like news" in again.err
    assert [item["flags"] for item in tess.queue() if _number(item) == number] == [["asked_for_news"]]
    jane.run("can-wait", number)
    assert "can_wait" in kinds(shown(jane, number))


def test_a_call_is_asked_for_booked_missed_and_offered_again(jane: Terminal, tess: Agent) -> None:
    number = raised(jane, "Please ring")
    jane.run("call", number, "--phone", "+49 30 1234", "--window", window(2), "--window", window(26))
    call = shown(jane, number)["call"]
    assert (call["state"], call["phone"], len(call["windows"])) == ("asked", "+49 30 1234", 2)
    tess.book_call(number, soon(2), soon(3))
    answer = shown(jane, number)
    assert (answer["call"]["state"], answer["call"]["agent"]) == ("booked", tess.name)
    assert "callback" in [promise["kind"] for promise in answer["promises"]]
    tess.call_missed(number, "The line was down.")
    answer = shown(jane, number)
    assert answer["call"]["state"] == "missed"
    assert "callback_missed" in [overlay["kind"] for overlay in answer["overlays"]]
    assert "ask_for_call" in answer["ticket"]["may"]
    assert "(missed)" in jane.run("show", number).out
    jane.run("call", number, "--phone", "+49 30 1234", "--window", window(4))
    assert shown(jane, number)["call"]["state"] == "asked"
    jane.run("call", number, "--off")
    assert shown(jane, number)["call"]["state"] == "cancelled"


def test_a_visit_is_confirmed_moved_by_a_slot_and_told_where_to_come(jane: Terminal, tess: Agent) -> None:
    number = raised(jane, "Come by")
    tess.assign(number)
    tess.book_visit(number, soon(30), soon(32), zone="Europe/Lisbon", prepare=["Charge the laptop"])
    visit = shown(jane, number)["visit"]
    assert (visit["zone"], visit["prepare"], visit["confirmed"]) == (
        "Europe/Lisbon",
        ["Charge the laptop"],
        False,
    )
    jane.run("visit", number, "confirm")
    jane.run("visit", number, "place", "--place", "Room 12", text="Second door on the left.")
    visit = shown(jane, number)["visit"]
    assert (visit["confirmed"], visit["place"], visit["directions"]) == (
        True,
        "Room 12",
        "Second door on the left.",
    )
    slots = jane.json("visit", number, "slots")["slots"]
    assert [slot["starts"] for slot in slots] == sorted(slot["starts"] for slot in slots)
    assert slots[0]["id"] in jane.run("visit", number, "slots").out
    jane.run("visit", number, "move", "--slot", slots[0]["id"])
    answer = shown(jane, number)
    assert _moment(answer["visit"]["starts"]) == _moment(slots[0]["starts"])
    assert "visit_moved" in kinds(answer)
    gone = jane.run("visit", number, "move", "--slot", "gone", code=1)
    assert "not free any more" in gone.err
    jane.run("visit", number, "move", "--window", window(60))
    jane.run("visit", number, "not-there", text="I am ill.")
    assert {"visit_move_asked", "visit_not_there"} <= set(kinds(shown(jane, number)))


def test_an_answer_to_a_visit_that_was_moved_meanwhile_is_refused_plainly(
    jane: Terminal, tess: Agent
) -> None:
    number = raised(jane, "Moved meanwhile")
    tess.assign(number)
    tess.book_visit(number, soon(30), soon(32))
    before = shown(jane, number)["visit"]
    tess.move_visit(number, soon(50), soon(52), "A colleague is ill")
    said = jane.run("visit", number, "confirm", code=1)
    assert "was moved meanwhile" in said.err
    answer = shown(jane, number)
    assert answer["visit"]["starts"] > before["starts"]
    assert not answer["visit"]["confirmed"]


def test_after_the_fix_thanks_a_rating_and_a_look_back(jane: Terminal, tess: Agent) -> None:
    number = raised(jane, "All good")
    tess.resolve(number, "Replaced the cable.")
    jane.run("sync")
    jane.run("thank", number)
    jane.run("rate", number, "5", text="Quick and kind.")
    jane.run("confirm", number)
    answer = shown(jane, number)
    assert {"thanked", "rated"} <= set(kinds(answer))
    assert (answer["ticket"]["rating"], answer["ticket"]["state"]) == (5, "closed")
    assert "Choose" not in jane.run("rate", number, "4", code=1).err
    jane.run("check-in", number, "fine")
    jane.run("check-in", number, "back", text="Since this morning.")
    answer = shown(jane, number)
    assert kinds(answer).count("checked_in") == 2
    assert "reopened" in kinds(answer)
    assert answer["ticket"]["state"] != "closed"


def test_a_way_out_is_chosen_by_its_number(jane: Terminal, tess: Agent) -> None:
    number = raised(jane, "Powerless")
    ways = [{"kind": "loan", "label": "Lend me a laptop"}, {"kind": "wait", "label": "I wait"}]
    tess.offer_options(number, "The part comes in March.", ways)
    answer = shown(jane, number)
    assert [option["label"] for option in answer["options"]] == ["Lend me a laptop", "I wait"]
    assert "Option 1: Lend me a laptop" in jane.run("show", number).out
    assert "There are: 1 (Lend me a laptop)" in jane.run("choose", number, "7", code=2).err
    jane.run("choose", number, "1")
    answer = shown(jane, number)
    assert answer["options"] == []
    assert "option_chosen" in kinds(answer)
    assert "Nothing is offered" in jane.run("choose", number, "1", code=2).err


def test_a_wait_says_who_ends_it_and_what_to_do_meanwhile(jane: Terminal, tess: Agent) -> None:
    number = raised(jane, "Supplier")
    until = soon(48)
    tess.set_waiting(
        number, reason="Ordered", until=until, who="Lenovo", meanwhile="Use the spare one in room 3."
    )
    ticket = shown(jane, number)["ticket"]
    assert (ticket["waiting_for"], ticket["state_reason"]) == ("Lenovo", "Ordered")
    assert ticket["meanwhile"] == "Use the spare one in room 3."
    assert _moment(ticket["state_until"]) == until


def test_what_is_asked_without_a_network_waits_and_is_sent_once(
    far_jane: Terminal, network: FlakyProxy, tess: Agent
) -> None:
    number = raised(far_jane, "Offline")
    network.cut()
    for _ in range(2):  # a second click
        assert "It is kept" in far_jane.run("ask-news", number, code=3).err
    (waiting,) = far_jane.json("outbox")["commands"]
    assert (waiting["kind"], waiting["wish"]) == ("wish", "news")
    network.restore()
    assert kinds(shown(far_jane, number)).count("news_asked") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("call",), "A call needs --phone"),
        (("call", "--phone", "1", "--window", "tomorrow"), "Write a time as"),
        (("call", "--phone", "1", "--window", "2030-01-02T10:00/2030-01-02T09:00"), "ends before it starts"),
        (("call", "--phone", "1", "--window", "2030-01-02T10:00"), "Write a time as"),
        (("visit", "confirm"), "There is no visit"),
        (("rate", "9"), "invalid choice"),
        (("check-in", "perhaps"), "invalid choice"),
    ],
)
def test_what_cannot_be_meant_is_not_sent(
    jane: Terminal, number: str, words: tuple[str, ...], sentence: str
) -> None:
    said = jane.run(words[0], number, *words[1:], code=2)
    assert sentence in said.err
    assert jane.json("outbox")["commands"] == []


def test_windows_that_are_over_are_refused_by_the_desk_in_plain_words(jane: Terminal, number: str) -> None:
    said = jane.run("call", number, "--phone", "1", "--window", "2020-01-02T10:00/2020-01-02T11:00", code=1)
    assert "refused" in said.err
    assert "{" not in said.err


def _number(item: Json) -> str:
    return str(item["ticket"]["number"])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
