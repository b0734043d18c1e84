"""Getting in, staying in, being let out; and guessing, which gets slower and slower."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.frontdesk.clock import Clock
from tests.frontdesk.house import PASSWORD, House
from tracker.frontdesk.administration import reset_password, set_disabled
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.guessing import FREE_MISSES, GuessGuard
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import SignIn
from tracker.frontdesk.signing_in import recognise, sign_in


def test_name_or_address_get_in_whatever_the_letter_case(house: House) -> None:
    for name in ("anna", "ANNA", "Anna@Company.example"):
        session = house.stranger.ok("/session", {"user": name, "password": PASSWORD})
        assert session["user"] == {
            "id": "u1",
            "login": "anna",
            "name": "Anna Keller",
            "email": "anna@company.example",
            "role": "requester",
        }
        house.stranger.http.headers["Authorization"] = f"Bearer {session['token']}"
        assert house.stranger.get("/me")["user"]["login"] == "anna"


@pytest.mark.parametrize("user", ["anna", "nobody-here"])
def test_a_wrong_password_is_said_plainly_and_tells_nothing_else(house: House, user: str) -> None:
    answer = house.stranger.ask("POST", "/session", {"user": user, "password": "wrong password"})
    assert answer.status_code == 401
    assert answer.json() == {"error": "wrong_password", "message": "The name or the password is not right."}


def test_signing_out_ends_this_session_at_once_and_no_other(house: House) -> None:
    token = house.stranger.ok("/session", {"user": "anna", "password": PASSWORD})["token"]
    house.stranger.http.headers["Authorization"] = f"Bearer {token}"
    assert house.stranger.ask("DELETE", "/session").status_code == 204
    answer = house.stranger.ask("GET", "/me")
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in_needed")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert house.anna.get("/me")["user"]["login"] == "anna"


@pytest.mark.parametrize("header", ["", "Bearer", "Basic YTpi", "Bearer not-a-token", "Bearer \xe9"])
def test_anything_but_a_living_token_must_sign_in(house: House, header: str) -> None:
    answer = house.stranger.http.get("/me", headers=[(b"Authorization", header.encode("latin-1"))])
    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in_needed")


def test_guessing_gets_slower_and_the_answer_says_how_long_to_wait(house: House) -> None:
    guess = {"user": "anna", "password": "wrong password"}
    codes = [house.stranger.no("/session", guess)[0] for _ in range(FREE_MISSES)]
    assert codes == [401] * FREE_MISSES
    # On a busy computer the first wait may be over by now; each guess after it doubles the next.
    answers = (house.stranger.ask("POST", "/session", guess) for _ in range(4))
    answer = next(answer for answer in answers if answer.status_code != 401)
    assert (answer.status_code, answer.json()["error"]) == (429, "slow_down")
    assert 1 <= int(answer.headers["Retry-After"]) <= 20
    right = {"user": "anna", "password": PASSWORD}
    assert house.stranger.no("/session", right)[:2] == (429, "slow_down")
    assert house.stranger.ok("/session", {"user": "ben", "password": PASSWORD})


def test_many_guesses_at_once_are_no_better_than_one_after_another(house: House) -> None:
    guess = {"user": "anna", "password": "wrong password"}
    with ThreadPoolExecutor(12) as pool:
        answers = list(
            pool.map(lambda _: house.stranger.ask("POST", "/session", guess).status_code, range(12))
        )
    assert answers.count(401) == FREE_MISSES
    assert answers.count(429) == 12 - FREE_MISSES


def test_waiting_doubles_to_a_quarter_of_an_hour_and_the_right_password_clears_it() -> None:
    guard, now, waits = GuessGuard(), 0.0, []
    for _ in range(14):
        guard.admit("Anna", "10.0.0.7", now=now)
        try:
            guard.admit("anna", "10.0.0.7", now=now)
        except Refused as refused:
            waits.append((refused.after or 0) - 1)
            now += waits[-1]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900][: len(waits)]
    assert waits[-1] == 900
    guard.forgive("ANNA", "10.0.0.7")
    guard.admit("anna", "10.0.0.7", now=now)


def test_another_address_is_not_held_up() -> None:
    guard = GuessGuard()
    for _ in range(FREE_MISSES):
        guard.admit("anna", "10.0.0.7", now=0.0)
    guard.admit("anna", "10.0.0.8", now=0.0)
    with pytest.raises(Refused):
        guard.admit("anna", "10.0.0.7", now=0.0)


def test_a_new_password_ends_every_session_and_the_old_one_is_dead(house: House, folder: Path) -> None:
    with Desk(folder) as desk:
        reset_password(desk, "anna", "another password")
    assert house.anna.ask("GET", "/me").status_code == 401
    assert house.stranger.no("/session", {"user": "anna", "password": PASSWORD})[0] == 401
    assert house.stranger.ok("/session", {"user": "anna", "password": "another password"})
    assert house.ben.get("/me")


def test_disabled_people_are_out_at_once_and_can_come_back(house: House, folder: Path) -> None:
    with Desk(folder) as desk:
        set_disabled(desk, "tess", disabled=True)
        assert house.tess.ask("GET", "/me").status_code == 401
        assert house.stranger.no("/session", {"user": "tess", "password": PASSWORD})[0] == 401
        set_disabled(desk, "tess", disabled=False)
    assert house.stranger.ok("/session", {"user": "tess", "password": PASSWORD})


def test_a_session_in_use_lives_on_and_a_forgotten_one_ends(open_desk: Desk, clock: Clock) -> None:
    session = sign_in(open_desk, SignIn(user="anna", password=PASSWORD), address="")
    header = f"Bearer {session.token}"
    for _ in range(10):
        clock.pass_by(days=20)
        assert recognise(open_desk, header).user.login == "anna"
    clock.pass_by(days=31)
    with pytest.raises(Refused, match="sign in"):
        recognise(open_desk, header)


def test_neither_password_nor_token_is_anywhere_in_the_folder(house: House, folder: Path) -> None:
    token = house.stranger.ok("/session", {"user": "anna", "password": PASSWORD})["token"]
    house.anna.raise_ticket()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PASSWORD.encode() not in content
            assert token.encode() not in content
    with sqlite3.connect(folder / "desk.sqlite3") as connection:
        (stored,) = connection.execute("select password from person where login = 'anna'").fetchone()
    connection.close()
    assert re.match(r"\$argon2id\$", stored)


def test_neither_shows_in_what_python_prints() -> None:
    assert "hush" not in repr(SignIn(user="anna", password="hush-hush"))
