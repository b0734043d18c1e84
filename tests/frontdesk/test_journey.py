"""One request from the first word to the rating, and the turns it may take on the way."""

from datetime import UTC, datetime, timedelta

from tests.frontdesk.house import House


def hours_ahead(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def test_a_request_travels_from_raised_to_rated(house: House) -> None:
    number = house.anna.raise_ticket()
    desk = f"/agent/tickets/{number}"
    house.tess.ok(f"{desk}/assign", {"agent": house.agent_id("tess")})
    house.tess.ok(f"{desk}/start")
    house.tess.ok(f"{desk}/ask", {"text": "Since when?"})
    house.anna.ok(f"/tickets/{number}/replies", {"text": "Since Monday."})
    window = {"starts": hours_ahead(2), "ends": hours_ahead(4), "place": "Room 2.14"}
    house.tess.ok(f"{desk}/visit", window)
    house.tess.ok(
        f"{desk}/visit/on-the-way", {"eta_earliest": hours_ahead(0.2), "eta_latest": hours_ahead(0.4)}
    )
    house.tess.ok(f"{desk}/visit/arrived")
    house.tess.ok(f"{desk}/visit/finish", {"outcome": "done", "text": "New cable."})
    house.tess.ok(f"{desk}/resolve", {"text": "The cable was broken."})
    house.anna.ok(f"/tickets/{number}/not-fixed", {"text": "It is back."})
    house.tess.ok(f"{desk}/resolve", {"text": "Both cables now."})
    house.anna.ok(f"/tickets/{number}/confirm")
    house.anna.ok(f"/tickets/{number}/rating", {"score": 5, "text": "Thank you"})
    assert house.anna.kinds(number) == [
        *("created", "received", "promise_made", "assigned", "work_started", "question", "promise_kept"),
        *("answer", "visit_booked", "promise_made"),
        *("visit_on_the_way", "visit_arrived", "promise_kept", "visit_done"),
        *("solved", "auto_close_set", "not_fixed", "reopened", "solved", "auto_close_set"),
        *("confirmed", "closed", "rated"),
    ]
    ticket = house.anna.ticket(number)
    assert ticket["state"] == "closed"
    assert ticket["rating"]["score"] == 5
    assert ticket["visit"]["state"] == "done"
    assert ticket["auto_close_at"] is None
    assert ticket["may"] == ["reply", "not_fixed", "thank", "check_in"]


def test_a_new_request_is_received_at_once_and_a_first_reply_is_promised(house: House) -> None:
    done = house.anna.ok(
        "/tickets",
        {
            "service": "network",
            "subject": "  VPN\n drops ",
            "text": "Often",
            "fields": {"where": "Home", "since": "2026-11-20"},
            "priority": "high",
            "impact": "team",
        },
    )
    ticket = done["ticket"]
    assert ticket["number"] == "REQ-1001"
    assert ticket["subject"] == "VPN drops"
    assert (ticket["priority"], ticket["impact"], ticket["state"]) == ("high", "team", "new")
    assert ticket["fields"][0] == {"id": "where", "label": "Where are you?", "value": "Home"}
    (promise,) = ticket["promises"]
    assert (promise["kind"], promise["source"], promise["state"]) == ("first_reply", "sla", "open")
    latest, made = (datetime.fromisoformat(promise[key]) for key in ("latest", "made_at"))
    assert latest - made == timedelta(hours=4)
    assert done["event"]["kind"] == "created"
    assert done["event"]["text"] == "Often"


def test_numbers_go_up_by_one(house: House) -> None:
    assert [house.anna.raise_ticket() for _ in range(3)] == ["REQ-1001", "REQ-1002", "REQ-1003"]


def test_an_answer_starts_the_clocks_that_a_question_stopped(house: House) -> None:
    number = house.anna.raise_ticket()
    house.tess.ok(f"/agent/tickets/{number}/promises", {"kind": "fix", "latest": hours_ahead(5)})
    house.tess.ok(f"/agent/tickets/{number}/ask", {"text": "Which one?"})
    assert house.anna.ticket(number)["state"] == "waiting_for_requester"
    fix = house.anna.ticket(number)["promises"][1]
    assert fix["state"] == "paused"
    house.anna.ok(f"/tickets/{number}/replies", {"text": "The blue one."})
    later = house.anna.ticket(number)["promises"][1]
    assert later["state"] == "open"
    assert later["latest"] > fix["latest"]
    moved = house.anna.events(number)[-1]
    assert moved["kind"] == "promise_moved"
    assert moved["data"]["was_latest"] == fix["latest"]


def test_a_reply_opens_a_solved_request_again_and_stops_the_countdown(house: House) -> None:
    number = house.anna.raise_ticket()
    house.tess.ok(
        f"/agent/tickets/{number}/resolve", {"text": "Restarted.", "auto_close_at": hours_ahead(48)}
    )
    assert house.anna.ticket(number)["auto_close_at"] is not None
    assert house.anna.ticket(number)["may"] == ["reply", "chat", "confirm", "not_fixed", "rate", "thank"]
    done = house.anna.ok(f"/tickets/{number}/replies", {"text": "One more thing."})
    assert done["event"]["kind"] == "reply"
    assert done["ticket"]["auto_close_at"] is None
    assert done["ticket"]["state"] == "new"
    assert house.anna.kinds(number)[-2:] == ["reply", "reopened"]


def test_a_closed_request_opens_again_on_a_reply_within_the_window(house: House) -> None:
    number = house.anna.raise_ticket()
    house.tess.ok(f"/agent/tickets/{number}/close", {"text": "No answer for a month."})
    closed = house.anna.events(number)[-1]
    assert (closed["kind"], closed["data"]["closed_by"]) == ("closed", "agent")
    house.anna.ok(f"/tickets/{number}/not-fixed", {"text": "It came back."})
    assert house.anna.ticket(number)["state"] == "new"


def test_it_works_can_be_said_only_once_it_is_solved_and_only_by_who_asked(house: House) -> None:
    number = house.anna.raise_ticket(cc=["ben"])
    status, code, words = house.anna.no(f"/tickets/{number}/confirm")
    assert (status, code) == (409, "not_now")
    house.tess.ok(f"/agent/tickets/{number}/resolve", {"text": "Done."})
    status, code, words = house.ben.no(f"/tickets/{number}/confirm")
    assert (status, code) == (403, "not_allowed")
    assert "Anna Keller" in words
    house.anna.ok(f"/tickets/{number}/confirm")


def test_a_rating_is_given_once(house: House) -> None:
    number = house.anna.raise_ticket()
    assert house.anna.no(f"/tickets/{number}/rating", {"score": 3})[:2] == (409, "not_now")
    house.tess.ok(f"/agent/tickets/{number}/resolve", {"text": "Done."})
    assert house.anna.no(f"/tickets/{number}/rating", {"score": 6})[:2] == (400, "invalid")
    house.anna.ok(f"/tickets/{number}/rating", {"score": 3})
    assert house.anna.no(f"/tickets/{number}/rating", {"score": 4})[:2] == (409, "not_now")


def test_people_in_copy_see_the_request_and_may_write(house: House) -> None:
    number = house.anna.raise_ticket(cc=["BEN@company.example"])
    assert house.ben.ticket(number)["may"] == ["reply", "chat"]
    done = house.ben.ok(f"/tickets/{number}/replies", {"text": "Me too."})
    assert done["event"]["actor"] == {"id": "u2", "name": "Ben Ortiz", "kind": "requester"}
    assert (
        house.anna.no("/tickets", {"service": "other", "subject": "x", "text": "y", "cc": ["nobody"]})[0]
        == 400
    )


def test_the_form_is_checked_field_by_field(house: House) -> None:
    def refusal(fields: dict[str, str]) -> str:
        body = {"service": "network", "subject": "x", "text": "y", "fields": fields}
        status, code, words = house.anna.no("/tickets", body)
        assert (status, code) == (400, "invalid")
        return words

    assert "Where are you?" in refusal({})
    assert "Office, Home" in refusal({"where": "Moon"})
    assert "date" in refusal({"where": "Home", "since": "yesterday"})
    assert "no field" in refusal({"where": "Home", "colour": "red"})


def test_the_catalogue_and_the_answers_can_be_read_and_kept(house: House) -> None:
    services = house.anna.get("/services")["services"]
    assert [service["id"] for service in services] == [
        *("network", "hardware", "software", "accounts", "printing", "other")
    ]
    assert services[0]["fields"][0]["choices"] == ["Office", "Home", "On the road"]
    found = house.anna.get("/articles", q="VPN drop")["articles"]
    assert [article["id"] for article in found] == ["vpn-reconnect"]
    assert house.anna.get("/articles", q="unicorn")["articles"] == []
    first = house.anna.ask("GET", "/services")
    again = house.anna.ask("GET", "/services", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
