"""Signing in at the pages: agents only, guesses slowed down, out again when idle."""

import ssl
from pathlib import Path

import pytest
import trustme

from tests.frontdesk.clock import Clock
from tests.frontdesk.house import PASSWORD, House, Template
from tests.frontdesk.pages.reading_forms import PageForm, forms_of
from tests.frontdesk.pages.visiting import PageVisitor, sentence
from tracker.frontdesk.administration import reset_password, set_disabled
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.guessing import FREE_MISSES
from tracker.frontdesk.pages.sessions import AgentSession, enter, recognise_agent
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import SignIn
from tracker.frontdesk.server import ServeConfig, serving


def test_whoever_is_not_signed_in_is_shown_the_way_and_then_the_page_they_wanted(
    stranger: PageVisitor,
) -> None:
    answer = stranger.http.get("/desk/calls")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in?next=/desk/calls")
    answer = stranger.try_sign_in("tess", after=answer.headers["location"])
    assert answer.headers["location"] == "/desk/calls"
    assert "Nobody waits for a call." in stranger.open("/desk/calls")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/desk/../api/v1/me", "/elsewhere", "/desk/sign-in"]
)
def test_nobody_is_sent_anywhere_but_to_pages_of_the_desk(stranger: PageVisitor, wanted: str) -> None:
    answer = stranger.try_sign_in("tess", after=f"/desk/sign-in?next={wanted}")
    assert answer.headers["location"] == "/desk"


@pytest.mark.parametrize("name", ["tess", "nobody-here"])
def test_a_wrong_password_is_said_plainly_and_the_name_stays(stranger: PageVisitor, name: str) -> None:
    answer = stranger.try_sign_in(name, "wrong password")
    assert (answer.status_code, sentence(answer)) == (401, "The name or the password is not right.")
    assert f'value="{name}"' in answer.text
    assert "wrong password" not in answer.text.replace("The name or the password", "")


def test_guessing_gets_slower_together_with_guessing_at_the_api(house: House, stranger: PageVisitor) -> None:
    house.stranger.no("/session", {"user": "tess", "password": "wrong password"})
    for _ in range(FREE_MISSES - 1):
        assert stranger.try_sign_in("tess", "wrong password").status_code == 401
    # The first wait of two seconds may be over before a busy computer asks again; the later ones are not.
    guesses = (stranger.try_sign_in("tess", "wrong password") for _ in range(6))
    answer = next(answer for answer in guesses if answer.status_code == 429)
    assert int(answer.headers["Retry-After"]) >= 1
    assert sentence(answer).startswith("Too many wrong passwords. Try again in")


def test_a_requester_is_told_that_the_pages_are_for_agents(stranger: PageVisitor) -> None:
    answer = stranger.try_sign_in("anna")
    assert (answer.status_code, sentence(answer)) == (
        403,
        "These pages are for agents of the desk. Use Tracker for your requests.",
    )
    assert stranger.http.get("/desk").status_code == 303


def test_without_cookies_it_is_said_what_is_missing(stranger: PageVisitor) -> None:
    stranger.http.cookies.clear()
    answer = stranger.http.post("/desk/sign-in", data={"user": "tess", "password": PASSWORD, "token": "x"})
    assert answer.status_code == 403
    assert "Allow cookies" in sentence(answer)


def test_the_cookie_is_for_this_desk_alone_and_no_script_reads_it(stranger: PageVisitor) -> None:
    said = stranger.try_sign_in("tess").headers.get_list("set-cookie")
    (session,) = (cookie for cookie in said if cookie.startswith("desk_session="))
    assert {part.strip().lower() for part in session.split(";")[1:]} == {
        "httponly",
        "path=/desk",
        "samesite=strict",
    }


def test_under_tls_the_cookie_goes_over_tls_only(folder: Path, template: Template, tmp_path: Path) -> None:
    authority = trustme.CA()
    issued = authority.issue_cert("127.0.0.1")
    certificate, private_key = tmp_path / "chain.pem", tmp_path / "key.pem"
    certificate.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(str(private_key))
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    with serving(ServeConfig(folder, certificate=certificate, private_key=private_key)) as url:
        visitor = PageVisitor(url, trust=trust)
        said = visitor.try_sign_in("tess").headers.get_list("set-cookie")
        visitor.close()
    assert any(cookie.startswith("desk_session=") and "; Secure" in cookie for cookie in said)


def test_signing_out_ends_the_session_also_for_a_stolen_cookie(tess: PageVisitor) -> None:
    cookie = tess.http.cookies["desk_session"]
    (form,) = (form for form in _forms(tess) if form.action == "/desk/sign-out")
    assert tess.send(form).headers["location"] == "/desk/sign-in"
    tess.http.cookies.set("desk_session", cookie)
    assert tess.http.get("/desk").status_code == 303


def test_a_new_password_or_being_disabled_ends_it_at_once(
    house: House, folder: Path, tess: PageVisitor, ravi: PageVisitor
) -> None:
    with Desk(folder) as desk:
        reset_password(desk, "tess", "another password")
        set_disabled(desk, "ravi", disabled=True)
    assert tess.http.get("/desk").status_code == 303
    assert ravi.http.get("/desk").status_code == 303


def test_the_cookie_is_worth_nothing_at_the_api(house: House, tess: PageVisitor) -> None:
    token = tess.http.cookies["desk_session"]
    house.stranger.http.headers["Authorization"] = f"Bearer {token}"
    assert house.stranger.ask("GET", "/me").status_code == 401


def test_an_api_token_is_worth_nothing_at_the_pages(house: House, stranger: PageVisitor) -> None:
    stranger.http.cookies.set("desk_session", house.tokens["tess"])
    assert stranger.http.get("/desk").status_code == 303


def test_half_an_hour_without_use_ends_it_and_what_a_page_asks_by_itself_is_no_use(
    open_desk: Desk, clock: Clock
) -> None:
    session = enter(open_desk, SignIn(user="tess", password=PASSWORD), address="")
    for _ in range(4):
        clock.pass_by(minutes=20)
        assert recognise_agent(open_desk, session.token, used=True).user.login == "tess"
    clock.pass_by(minutes=20)
    recognise_agent(open_desk, session.token, used=False)
    clock.pass_by(minutes=20)
    with pytest.raises(Refused, match="sign in"):
        recognise_agent(open_desk, session.token, used=False)


def test_the_token_does_not_show_in_what_python_prints(open_desk: Desk) -> None:
    session = enter(open_desk, SignIn(user="tess", password=PASSWORD), address="")
    assert isinstance(session, AgentSession)
    assert session.token not in repr(session)


def _forms(visitor: PageVisitor) -> list[PageForm]:
    return forms_of(visitor.open("/desk"))
