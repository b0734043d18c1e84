"""What keeps strangers' hands off: headers on every page, forms that must come from the desk, roles."""

import pytest

from tests.frontdesk.house import House
from tests.frontdesk.pages.visiting import PageVisitor, sentence
from tracker.frontdesk import limits

STRANGE = "This did not come from a page of the desk, so nothing was done. Load the page again and repeat it."
PAGES = (
    *(
        "/desk",
        "/desk/tickets/REQ-1001",
        "/desk/tickets/REQ-9",
        "/desk/calls",
        "/desk/visits",
        "/desk/review",
        "/desk/chats",
        "/desk/chats/REQ-1001",
        "/desk/chats/news?chat=REQ-1001",
    ),
    *("/desk/sign-in", "/desk/nowhere", "/desk/news", "/desk/static/desk.css", "/desk/static/htmx.min.js"),
)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


def test_every_page_forbids_scripts_from_elsewhere_frames_and_copies(house: House, tess: PageVisitor) -> None:
    house.anna.raise_ticket()
    for path in PAGES:
        headers = tess.http.get(path).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] in ("no-store", "no-cache")
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_no_page_has_a_script_a_style_or_a_handler_in_it(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    for path in ("/desk", f"/desk/tickets/{number}", "/desk/review", f"/desk/chats/{number}"):
        page = tess.open(path).lower()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count('<script src="/desk/static/')


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_the_right_token_does_nothing(house: House, tess: PageVisitor, token: str) -> None:
    number = house.anna.raise_ticket()
    answer = tess.send(tess.form(number, "take"), token=token)
    assert (answer.status_code, sentence(answer)) == (403, STRANGE)
    assert house.tess.ticket(number)["owner"] is None


def test_another_agents_token_does_nothing(house: House, tess: PageVisitor, ravi: PageVisitor) -> None:
    number = house.anna.raise_ticket()
    answer = tess.send(ravi.form(number, "take"))
    assert answer.status_code == 403
    assert house.tess.ticket(number)["owner"] is None


@pytest.mark.parametrize(
    "header", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_sent_from_another_site_does_nothing(
    house: House, tess: PageVisitor, header: dict[str, str]
) -> None:
    number = house.anna.raise_ticket()
    form = tess.form(number, "take")
    answer = tess.http.post(form.action, data=form.values, headers=header)
    assert (answer.status_code, sentence(answer)) == (403, STRANGE)
    assert house.tess.ticket(number)["owner"] is None


def test_a_form_of_the_desk_itself_says_where_it_comes_from_and_is_done(
    house: House, tess: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    form = tess.form(number, "take")
    sent = {"Origin": house.url, "Sec-Fetch-Site": "same-origin"}
    assert tess.http.post(form.action, data=form.values, headers=sent).status_code == 303
    assert house.tess.ticket(number)["owner"]["name"] == "Tess Okafor"


def test_nobody_does_anything_without_signing_in(
    house: House, tess: PageVisitor, stranger: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    answer = stranger.send(tess.form(number, "say"), text="A long and careful answer.")
    assert answer.status_code == 401
    assert "You were signed out meanwhile, so nothing was sent." in answer.text
    assert "A long and careful answer." in answer.text
    assert house.anna.kinds(number) == ["created", "received", "promise_made"]


def test_a_form_of_an_earlier_session_is_not_done_but_its_words_are_kept(
    house: House, tess: PageVisitor
) -> None:
    number = house.anna.raise_ticket()
    form = tess.form(number, "say")
    tess.http.cookies.clear()
    answer = tess.sign_in("tess").send(form, text="A long and careful answer.")
    assert (answer.status_code, sentence(answer)) == (403, STRANGE)
    assert "A long and careful answer.</textarea>" in answer.text
    assert house.anna.kinds(number) == ["created", "received", "promise_made"]


def test_what_people_write_is_shown_as_text_everywhere(house: House, tess: PageVisitor) -> None:
    number = house.anna.raise_ticket(HOSTILE, text=HOSTILE)
    house.anna.ok(f"/tickets/{number}/wishes", {"kind": "news", "text": HOSTILE})
    tess.do(number, "hand-over", agent=house.agent_id("tess"), reason=HOSTILE)
    tess.do(number, "say", text=HOSTILE, how="note")
    tess.fail(number, "say", text=HOSTILE, how="note", next_update="2031-01-01T10:00")
    for path in ("/desk", f"/desk/tickets/{number}", f"/desk/news?pulse=0~0&ticket={number}"):
        page = tess.open(path)
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in page
    answer = tess.send(tess.form(number, "wait"), reason=HOSTILE, state="waiting_for_parts", until="never")
    assert answer.status_code == 400
    assert "<img" not in answer.text


@pytest.mark.parametrize("name", ["..%2f..%2fdeeds.py", "desk.py", "../templates/page.html", "nothing.css"])
def test_only_the_pages_own_files_are_given_out(stranger: PageVisitor, name: str) -> None:
    assert stranger.http.get(f"/desk/static/{name}").status_code == 404


def test_a_file_that_a_browser_has_is_not_sent_again(stranger: PageVisitor) -> None:
    first = stranger.http.get("/desk/static/desk.css")
    assert first.headers["Content-Type"] == "text/css; charset=utf-8"
    again = stranger.http.get("/desk/static/desk.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_files_of_a_request_are_fetched_with_the_cookie_and_never_shown_in_place(
    house: House, tess: PageVisitor, stranger: PageVisitor
) -> None:
    sent = house.anna.upload("page.html", b"<script>alert(1)</script>")
    number = house.anna.raise_ticket(attachments=[sent["id"]])
    assert f'href="/desk/files/{sent["id"]}"' in tess.ticket(number)
    answer = tess.http.get(f"/desk/files/{sent['id']}")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert stranger.http.get(f"/desk/files/{sent['id']}").status_code == 303
    assert tess.http.get("/desk/files/none").status_code == 404


def test_what_is_no_form_or_too_large_is_refused_in_a_sentence(house: House, tess: PageVisitor) -> None:
    path = f"/desk/tickets/{house.anna.raise_ticket()}/say"
    answer = tess.http.post(path, json={"text": "Hello"})
    assert (answer.status_code, sentence(answer)) == (415, "The desk takes forms here.")
    answer = tess.http.post(path, data={"text": "x" * (limits.BODY_BYTES + 1)})
    assert answer.status_code == 413
    assert sentence(answer).startswith("That is too long.")
    many = {f"field{n}": "x" for n in range(500)}
    assert tess.http.post(path, data=many).status_code == 400


@pytest.mark.parametrize("path", ["/desk/tickets/REQ-9999", "/desk/tickets/nonsense", "/desk/nowhere/at/all"])
def test_what_is_not_there_is_said_on_a_page(tess: PageVisitor, path: str) -> None:
    answer = tess.http.get(path)
    assert answer.status_code == 404
    assert "is not here, or you may not see it." in answer.text
    assert "To the queue" in answer.text
