"""The queue: what presses comes first, filters, and what a page asks for by itself."""

import re

from tests.frontdesk.house import House
from tests.frontdesk.pages.visiting import PageVisitor, words
from tests.frontdesk.test_journey import hours_ahead

ROW = re.compile(r'<a id="row-(REQ-\d+)"')
PULSE = re.compile(r'hx-get="([^"]+)"')


def numbers(page: str) -> list[str]:
    """List the tickets of the queue at the side of a page."""
    return ROW.findall(page)


def pulse(page: str) -> str:
    """Give the address that a page asks again by itself."""
    (address,) = PULSE.findall(page)
    return str(address).replace("&amp;", "&")


def test_what_people_ask_for_comes_before_the_rest(house: House, tess: PageVisitor) -> None:
    plain, news, call, away = (house.anna.raise_ticket(f"About {n}") for n in range(4))
    house.anna.ok(f"/tickets/{news}/wishes", {"kind": "news"})
    free = [{"starts": hours_ahead(2), "ends": hours_ahead(4)}]
    house.anna.ok(f"/tickets/{call}/wishes", {"kind": "call", "phone": "0301234", "windows": free})
    tess.do(away, "visit-book", starts="2027-02-01T10:00", ends="2027-02-01T12:00", place="Room 2")
    visit = house.anna.ticket(away)["visit"]["id"]
    house.anna.ok(f"/tickets/{away}/wishes", {"kind": "visit_not_there", "about": visit})
    page = tess.open("/desk")
    assert numbers(page) == [away, call, news, plain]
    text = words(page)
    for said in ("Will not be there", "Wants a call", "Asks for news", "4 open, 4 of them with nobody"):
        assert said in text


def test_the_order_is_the_one_of_the_api(house: House, tess: PageVisitor) -> None:
    tickets = [house.anna.raise_ticket(f"About {n}") for n in range(6)]
    for number in tickets[::2]:
        house.anna.ok(f"/tickets/{number}/wishes", {"kind": "news"})
    queue = house.tess.get("/agent/queue")["items"]
    assert numbers(tess.open("/desk")) == [item["ticket"]["number"] for item in queue]


def test_filters_show_a_part_and_stay_while_one_reads(house: House, tess: PageVisitor) -> None:
    mine, unowned, solved = (house.anna.raise_ticket() for _ in range(3))
    tess.do(mine, "take")
    tess.do(solved, "resolve", text="Fixed")
    tess.do(solved, "close")
    assert numbers(tess.open("/desk?owner=me")) == [mine]
    assert numbers(tess.open("/desk?owner=none")) == [unowned]
    assert numbers(tess.open("/desk?state=closed")) == [solved]
    assert numbers(tess.open("/desk?team=Network+team")) == []
    page = tess.open(f"/desk/tickets/{mine}?owner=me")
    assert f'href="/desk/tickets/{mine}?owner=me"' in page
    assert pulse(page).startswith("/desk/news?owner=me&pulse=")
    assert numbers(tess.open("/desk?state=nonsense&owner=%00&team='")) == []


def test_a_page_hears_nothing_when_nothing_is_new_and_the_news_when_there_is(
    house: House, tess: PageVisitor
) -> None:
    house.anna.raise_ticket("The first")
    page = tess.open("/desk")
    quiet = tess.http.get(pulse(page))
    assert quiet.status_code in (200, 204)  # 200 when the minute ended in between
    number = house.ben.raise_ticket("The printer smokes")
    answer = tess.http.get(pulse(page))
    assert answer.status_code == 200
    assert f"{number}: Ben Ortiz raised it." in words(answer.text)
    assert numbers(answer.text)[0] == number
    assert 'id="queue" class="queue" hx-swap-oob="true"' in answer.text
    assert tess.http.get(pulse(answer.text)).status_code in (200, 204)


def test_what_one_did_oneself_is_no_news(house: House, tess: PageVisitor, ravi: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    page = tess.ticket(number)
    ravi.do(number, "say", text="I know this one.", how="note")
    tess.do(number, "take")
    answer = tess.http.get(pulse(page))
    said = words(answer.text)
    assert f"{number}: Ravi Menon noted for colleagues." in said
    assert "You took it." not in said
    assert 'id="history"' in answer.text
    assert "I know this one." in said


def test_a_place_in_the_feed_that_is_not_known_any_more_shows_everything_anew(
    house: House, tess: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    page = tess.open(f"/desk/news?pulse=999999.deadbeef~1&ticket={number}")
    assert 'id="history"' in page
    assert numbers(page) == [number]
    assert tess.http.get("/desk/news?pulse=nonsense").status_code == 400


def test_a_page_whose_reader_was_signed_out_is_told_so_and_asks_no_more(
    house: House, tess: PageVisitor
) -> None:
    page = tess.open("/desk/visits")
    tess.http.cookies.clear()
    answer = tess.http.get(pulse(page))
    assert answer.status_code == 286
    assert "You were signed out." in words(answer.text)
    assert PULSE.findall(answer.text) == []


def test_the_list_one_reads_stays_marked_when_there_is_news(house: House, tess: PageVisitor) -> None:
    page = tess.open("/desk/visits")
    house.anna.raise_ticket()
    answer = tess.http.get(pulse(page))
    assert 'href="/desk/visits" aria-current="page"' in answer.text
    assert pulse(answer.text).endswith("&list=visits")


def test_ratings_and_missed_promises_are_listed(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    tess.do(number, "take")
    tess.do(number, "resolve", text="Fixed")
    house.anna.ok(f"/tickets/{number}/rating", {"score": 2, "text": "Slow, but kind."})
    said = words(tess.open("/desk/review"))
    assert "Ratings, 2.0 of 5 on average" in said
    assert "Slow, but kind." in said
    assert "No promise was missed." in said


def test_visits_are_listed_by_time_and_two_zones_are_both_said(house: House, tess: PageVisitor) -> None:
    late, early = house.anna.raise_ticket("Late"), house.anna.raise_ticket("Early")
    for number, day in ((late, "12"), (early, "11")):
        when = {"starts": f"2027-01-{day}T10:00", "ends": f"2027-01-{day}T12:00"}
        tess.do(number, "visit-book", **when, place="Rua 5", zone="Europe/Lisbon")
    page = tess.open("/desk/visits")
    assert page.index(f"{early} <bdi>Early") < page.index(f"{late} <bdi>Late")
    assert "There it is Mon 11 Jan 2027, 09:00 – 11:00 (Europe/Lisbon)." in words(tess.ticket(early))
    assert "Times in Europe/Berlin" in words(page)
    wrong = {"starts": "2027-01-13T10:00", "ends": "2027-01-13T12:00", "place": "x", "zone": "Mars/North"}
    other = house.anna.raise_ticket()
    assert tess.fail(other, "visit-book", **wrong)[0] == 400
