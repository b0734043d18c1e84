"""What agents do on a ticket's page: each form does one thing, once, and says so in a sentence."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.frontdesk.house import House
from tests.frontdesk.pages.reading_forms import forms_of
from tests.frontdesk.pages.visiting import PageVisitor, sentence, words
from tests.frontdesk.test_journey import hours_ahead

HERE = ZoneInfo("Europe/Berlin")  # the zone of the tests' computer, since the desk names none


def typed(hours: float) -> str:
    """Give a time from now on as a field for times holds it."""
    return f"{datetime.now(HERE) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def test_a_request_is_taken_worked_on_answered_and_solved(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    assert tess.do(number, "take") == f"You have {number} now."
    assert tess.do(number, "start") == f"{number} is being worked on, and the requester sees it."
    assert tess.do(number, "say", text="On it.\r\nSoon.", how="reply") == "It is sent."
    assert tess.do(number, "resolve", text="The cable was loose.").startswith(f"{number} is fixed")
    kinds = house.anna.kinds(number)
    assert kinds[3:5] == ["assigned", "work_started"]
    assert [kind for kind in kinds if kind in ("reply", "solved")] == ["reply", "solved"]
    texts = [event["text"] for event in house.anna.events(number) if event["text"]]
    assert texts == ["Every few minutes.", "On it.\nSoon.", "The cable was loose."]


def test_the_same_form_sent_twice_is_done_once_and_says_so(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    form = tess.form(number, "say")
    for _ in range(2):
        answer = tess.send(form, text="Have you tried the other cable?", how="ask")
        assert answer.status_code == 303
    said = sentence(tess.http.get(answer.headers["location"]))
    assert said == "It was done already, so nothing was done twice. It is sent."
    assert house.anna.kinds(number).count("question") == 1
    assert sentence(tess.http.get(answer.headers["location"])) == ""


def test_going_back_and_sending_other_words_is_asked_about_and_keeps_them(
    house: House, tess: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    form = tess.form(number, "say")
    tess.send(form, text="First")
    answer = tess.send(form, text="Second")
    assert answer.status_code == 409
    assert sentence(answer).startswith("This form was sent before with other words")
    assert "Second</textarea>" in answer.text
    assert house.anna.kinds(number).count("reply") == 1


def test_two_agents_take_the_same_request_and_the_slower_one_is_told_who_has_it(
    house: House, tess: PageVisitor, ravi: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    slow = ravi.form(number, "take")
    tess.do(number, "take")
    answer = ravi.send(slow)
    assert answer.status_code == 409
    assert sentence(answer) == f"Tess Okafor has taken {number} meanwhile. You can ask to have it."
    assert house.tess.ticket(number)["owner"]["name"] == "Tess Okafor"


def test_handing_over_needs_a_reason_and_somebody(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    tess.do(number, "take")
    assert tess.fail(number, "hand-over", agent=house.agent_id("ravi")) == (
        400,
        "Please fill in “Why? They will read it”.",
    )
    assert tess.fail(number, "hand-over", reason="Why not")[0] == 400
    tess.do(number, "hand-over", agent=house.agent_id("ravi"), reason="Ravi knows the VPN.")
    event = house.anna.events(number)[-1]
    assert (event["kind"], event["data"]["reason"]) == ("handed_over", "Ravi knows the VPN.")


def test_a_note_is_for_colleagues_and_promises_nothing(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    status, said = tess.fail(number, "say", text="Angry today", how="note", next_update=typed(2))
    assert status == 400
    assert said.startswith("A note is not seen by the requester")
    tess.do(number, "say", text="Angry today", how="note")
    assert "Angry today" not in str(house.anna.events(number))
    assert "Colleagues only" in tess.ticket(number)


def test_a_reply_can_promise_the_next_update_in_the_same_step(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    for hours in (2, 3):
        tess.do(number, "say", text="Looking.", how="reply", next_update=typed(hours))
    promises = [p for p in house.anna.ticket(number)["promises"] if p["kind"] == "next_update"]
    assert [promise["state"] for promise in promises] == ["kept", "open"]
    latest = datetime.fromisoformat(promises[1]["latest"]).astimezone(HERE)
    assert f"{latest:%Y-%m-%dT%H:%M}" == typed(3)


def test_a_promise_is_made_moved_with_both_times_and_taken_back(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    tess.do(number, "promise", kind="fix", latest=typed(4))
    fix = house.anna.ticket(number)["promises"][-1]["id"]
    assert tess.fail(number, "promise", kind="fix", latest=typed(5))[1].startswith("Such a promise is open")
    assert tess.fail(number, "promise", kind="callback", latest="2020-01-01T10:00")[1].startswith(
        "The promised"
    )
    said = tess.do(number, "move-promise", promise=fix, latest=typed(6), reason="A part is late.")
    assert said == "The promise is moved. The requester sees both times, and why."
    moved = house.anna.events(number)[-1]
    assert (moved["kind"], moved["data"]["reason"]) == ("promise_moved", "A part is late.")
    new = moved["data"]["promise"]["id"]
    tess.do(number, "withdraw-promise", promise=new, reason="Not ours.")
    assert tess.fail(number, "withdraw-promise", promise=new, reason="Twice")[0] == 409


def test_a_wait_says_for_what_until_when_who_ends_it_and_what_to_do_meanwhile(
    house: House, tess: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    wait = {"state": "waiting_for_parts", "reason": "A dock is ordered.", "until": typed(50)}
    tess.do(number, "wait", **wait, who="The dealer", meanwhile="Take a loan dock.")
    ticket = house.anna.ticket(number)
    assert (ticket["state"], ticket["state_reason"]) == ("waiting_for_parts", "A dock is ordered.")
    assert (ticket["waiting_for"], ticket["meanwhile"]) == ("The dealer", "Take a loan dock.")
    assert "Waiting for parts: A dock is ordered." in tess.ticket(number)


def test_a_visit_goes_from_the_booking_to_the_end(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    tess.do(number, "visit-book", starts=typed(3), ends=typed(4), place="Room 2", prepare="The dock\nA cable")
    assert house.anna.ticket(number)["visit"]["prepare"] == ["The dock", "A cable"]
    assert tess.fail(number, "visit-move", starts=typed(5), ends=typed(4), reason="Later")[0] == 400
    tess.do(number, "visit-move", starts=typed(5), ends=typed(6), reason="Traffic")
    tess.do(number, "visit-set-off")
    assert "expected" in words(tess.ticket(number)).lower()
    tess.do(number, "visit-eta", eta_earliest=typed(1), eta_latest=typed(2))
    tess.do(number, "visit-arrived")
    assert tess.fail(number, "resolve", text="Fixed")[0] == 409
    tess.do(number, "visit-done", text="New dock")
    kinds = [kind for kind in house.anna.kinds(number) if kind.startswith("visit_")]
    arrival = ["visit_on_the_way", "visit_eta", "visit_arrived", "visit_done"]
    assert kinds == ["visit_booked", "visit_moved", *arrival]


def test_a_visit_that_was_moved_while_the_page_was_open_is_not_changed_unseen(
    house: House, tess: PageVisitor, ravi: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    tess.do(number, "visit-book", starts=typed(3), ends=typed(4), place="Room 2")
    form = tess.form(number, "visit-move")
    ravi.do(number, "visit-move", starts=typed(5), ends=typed(6), reason="Traffic")
    answer = tess.send(form, starts=typed(7), ends=typed(8), reason="Lunch")
    assert answer.status_code == 409
    assert sentence(answer).startswith("The visit has changed while this page was open.")
    assert house.anna.kinds(number).count("visit_moved") == 1
    again = next(one for one in forms_of(answer.text) if one.action.endswith("/visit-move"))
    assert again.values["reason"] == "Lunch"
    assert tess.send(again).status_code == 303
    assert house.anna.kinds(number).count("visit_moved") == 2


def test_a_failed_visit_gets_a_new_window_at_once_and_a_booked_one_can_be_called_off(
    house: House, tess: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    tess.do(number, "visit-book", starts=typed(1), ends=typed(2), place="Room 2")
    tess.do(number, "visit-failed", text="Nobody in.", starts=typed(26), ends=typed(28))
    kinds = [kind for kind in house.anna.kinds(number) if kind.startswith("visit_")]
    assert kinds == ["visit_booked", "visit_failed", "visit_booked"]
    tess.do(number, "visit-cancel", reason="It works now.")
    assert house.anna.ticket(number)["visit"]["state"] == "cancelled"


def test_a_call_that_was_asked_for_is_booked_tried_and_made(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    free = [{"starts": hours_ahead(2), "ends": hours_ahead(4)}]
    house.anna.ok(f"/tickets/{number}/wishes", {"kind": "call", "phone": "0301234", "windows": free})
    assert "Anna Keller wants to be called." in words(tess.ticket(number))
    assert "0301234" in tess.open("/desk/calls")
    tess.do(number, "call-book")
    assert house.anna.ticket(number)["promises"][-1]["kind"] == "callback"
    tess.do(number, "call-tried", text="No answer")
    assert "Tried 1×" in tess.open("/desk/calls")
    tess.do(number, "call-done", text="We found the old profile.")
    assert house.anna.ticket(number)["call"]["state"] == "done"


def test_a_choice_is_offered_and_what_was_chosen_is_seen(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    assert tess.fail(number, "options", text="Sold out.")[1] == "Please fill in “Choice”."
    said = tess.do(
        number,
        "options",
        text="Docks are sold out until March.",
        kind1="wait",
        label1="Wait until March",
        kind2="loan",
        label2="Take a loan dock",
    )
    assert said == "They can choose now."
    options = house.anna.ticket(number)["options"]
    assert [option["label"] for option in options] == ["Wait until March", "Take a loan dock"]
    house.anna.ok(f"/tickets/{number}/wishes", {"kind": "option", "about": options[1]["id"]})
    assert "Chosen: Take a loan dock" in words(tess.ticket(number))


def test_priority_service_sign_of_life_cancelling_and_reopening(house: House, tess: PageVisitor) -> None:
    number, other = house.anna.raise_ticket(), house.anna.raise_ticket()
    tess.do(number, "priority", priority="urgent", reason="Whole floor")
    tess.do(number, "categorise", service="network")
    tess.do(number, "heartbeat", text="Still measuring.")
    tess.do(number, "resolve", text="Fixed", auto_close_at=typed(72))
    tess.do(number, "reopen", reason="It is not.")
    tess.do(number, "resolve", text="Fixed again")
    tess.do(number, "close", text="All well.")
    assert house.anna.ticket(number)["state"] == "closed"
    tess.do(other, "cancel", reason="Raised twice.")
    assert house.anna.ticket(other)["state"] == "cancelled"
    assert "Take it" not in tess.ticket(other)


def test_a_refused_form_stays_open_with_what_was_typed(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    answer = tess.send(tess.form(number, "visit-book"), starts=typed(3), ends=typed(2), place="Room 7")
    assert (answer.status_code, sentence(answer)) == (400, "The range ends before it starts.")
    assert 'value="Room 7"' in answer.text
    assert f'value="{typed(3)}"' in answer.text
    assert '<details class="deed" name="deed" open>' in answer.text


@pytest.mark.parametrize(
    ("deed", "typed_in", "said"),
    [
        ("promise", {"kind": "fix", "latest": "soon"}, "“By” is not a date and time."),
        ("promise", {"kind": "world peace", "latest": "2031-01-01T10:00"}, "“What” is not as it should be."),
        ("promise", {"kind": "fix", "latest": "2027-03-28T02:30"}, "“By”: the clocks go forward then"),
        (
            "wait",
            {"state": "waiting_for_parts", "reason": "x" * 1_001},
            "“Why? They will read it” is too long.",
        ),
        ("say", {"text": "   "}, "Please fill in “What to say”."),
        ("cancel", {"reason": "\u200b\n"}, ""),
    ],
)
def test_what_was_filled_in_wrongly_is_named(
    house: House, tess: PageVisitor, deed: str, typed_in: dict[str, str], said: str
) -> None:
    number = house.anna.raise_ticket()
    status, why = tess.fail(number, deed, **typed_in)
    assert status == 400
    assert why.startswith(said)
    assert house.anna.kinds(number) == ["created", "received", "promise_made"]


def test_the_address_of_a_form_leads_back_to_the_ticket(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    answer = tess.http.get(f"/desk/tickets/{number}/say")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/tickets/{number}")
    form = tess.form(number, "say")
    form.action = f"/desk/tickets/{number}/explode"
    assert tess.send(form, text="x").status_code == 404
