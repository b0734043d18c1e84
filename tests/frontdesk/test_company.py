"""The company's sign-in at the desk: whom a proof lets in, for how long, and which are none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.frontdesk.house import PASSWORD, Caller
from tests.rigs.id_tokens import CLIENT, ISSUER, Signer, new_key
from tracker.frontdesk.administration import set_disabled
from tracker.frontdesk.answers import Session
from tracker.frontdesk.company import KEYS_ASKED_AGAIN, KEYS_GOOD_FOR, OLDEST, SKEW, Company
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.entering import ShowProof, sign_in_with_proof
from tracker.frontdesk.refusals import DeskSetupError, Refused
from tracker.frontdesk.requests import SignIn
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.settings import SETTINGS_FILE, CompanySignIn, load_settings
from tracker.frontdesk.signing_in import recognise, sign_in


class Door:
    """A desk with the company's sign-in, on clocks one can move."""

    def __init__(self, desk: Desk, **settings: Any) -> None:
        self.desk, self.signer = desk, Signer()
        self.seconds = 0.0
        desk.clock = lambda: datetime.now(UTC) + timedelta(seconds=self.seconds)
        self.allow(**settings)

    def allow(self, **settings: Any) -> None:
        told = CompanySignIn(issuer=f"{ISSUER}/", client_id=CLIENT, **settings)
        self.desk.company = Company(told, get=self.signer.published, steady_time=lambda: self.seconds)

    def enter(self, token: str) -> Session:
        return sign_in_with_proof(self.desk, ShowProof(id_token=token))

    def refusal(self, token: str) -> tuple[str, str]:
        with pytest.raises(Refused) as refused:
            self.enter(token)
        return refused.value.code, str(refused.value)


@pytest.fixture
def door(folder: Path) -> Iterator[Door]:
    with Desk(folder) as desk:
        yield Door(desk)


def test_a_proof_lets_in_whom_its_claim_names(door: Door) -> None:
    session = door.enter(door.signer.token())
    assert session.user.login == "anna"
    assert recognise(door.desk, f"Bearer {session.token}").user.login == "anna"


def test_the_claim_may_be_an_address_unless_the_provider_has_not_checked_it(door: Door) -> None:
    door.allow(person_claim="email")
    told: dict[str, Any] = {"email": "Ben@Company.example", "sub": "s-2"}
    assert door.refusal(door.signer.token(**told, email_verified=False))[0] == "wrong_proof"
    assert door.enter(door.signer.token(**told)).user.login == "ben"


def test_whoever_came_once_is_known_by_the_providers_own_key_for_them(door: Door) -> None:
    door.enter(door.signer.token())
    assert door.enter(door.signer.token(preferred_username="annas-new-name")).user.login == "anna"
    code, words = door.refusal(door.signer.token(sub="s-other"))  # somebody else got her old name
    assert (code, "somebody else" in words) == ("wrong_proof", True)


def test_people_whom_the_desk_does_not_know_stay_out_unless_it_says_otherwise(door: Door) -> None:
    new = door.signer.token(sub="s-9", preferred_username="zoe", name="Zoe Lin", email="zoe@company.example")
    assert "does not know you yet" in door.refusal(new)[1]
    door.allow(create_people=True)
    user = door.enter(new).user
    assert (user.login, user.name, user.email, user.role) == (
        "zoe",
        "Zoe Lin",
        "zoe@company.example",
        "requester",
    )
    with pytest.raises(Refused):
        sign_in(door.desk, SignIn(user="zoe", password="-"), address="")
    assert "name and e-mail" in door.refusal(door.signer.token(sub="s-8", preferred_username="a b"))[1]


def test_nobody_becomes_or_enters_as_an_agent_unless_the_settings_say_who(door: Door) -> None:
    tess: dict[str, Any] = {"sub": "s-3", "preferred_username": "tess"}
    assert "with their password" in door.refusal(door.signer.token(**tess, groups=["it"]))[1]
    assert door.enter(door.signer.token(groups=["it"])).user.role == "requester"
    door.allow(agents_claim="groups", agents_value="it")
    assert door.enter(door.signer.token(**tess, groups=["all", "it"])).user.role == "agent"
    assert door.enter(door.signer.token(**tess, groups=["all"])).user.role == "requester"
    assert door.enter(door.signer.token(**tess, groups="it")).user.role == "agent"
    assert door.enter(door.signer.token(**tess)).user.role == "requester"


def test_somebody_disabled_at_the_desk_stays_out(door: Door) -> None:
    door.enter(door.signer.token())
    set_disabled(door.desk, "anna", disabled=True)
    assert "no more" in door.refusal(door.signer.token())[1]


def test_a_session_ends_with_the_day_however_much_it_is_used(door: Door) -> None:
    token = door.enter(door.signer.token()).token
    door.seconds = 11.9 * 3600
    recognise(door.desk, f"Bearer {token}")
    door.seconds = 12.1 * 3600
    with pytest.raises(Refused, match="sign in"):
        recognise(door.desk, f"Bearer {token}")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://login.company.example/realms/other"},
        {"iss": 7},
        {"aud": "another-program"},
        {"aud": []},
        {"aud": {"tracker": 1}},
        {"exp": "never"},
        {"sub": 5},
        {"preferred_username": ["anna"]},
        {"preferred_username": "an\nna"},
        *({"without": name} for name in ("iss", "aud", "sub", "exp", "iat", "preferred_username")),
    ],
    ids="-".join,
)
def test_a_proof_for_others_is_none(door: Door, claims: dict[str, Any]) -> None:
    assert door.refusal(door.signer.token(**claims))[0] == "wrong_proof"


@pytest.mark.parametrize(
    ("claim", "distance"),
    [
        ("exp", -SKEW - 60),
        ("iat", -OLDEST - SKEW - 60),
        ("iat", SKEW + 600),
        ("nbf", SKEW + 600),
    ],
)
def test_a_proof_for_another_time_is_none(door: Door, claim: str, distance: int) -> None:
    moment: dict[str, Any] = {
        claim: int(time.time()) + distance
    }  # now: a run takes longer than some of these
    assert door.refusal(door.signer.token(**moment))[0] == "wrong_proof"


def test_clocks_may_be_a_few_minutes_apart(door: Door) -> None:
    now = int(time.time())
    door.enter(door.signer.token(iat=now + SKEW - 60, exp=now - SKEW + 60))


def test_nothing_but_the_providers_signature_counts(door: Door) -> None:
    good = door.signer.token()
    head, body, sign = good.split(".")
    secret = OctKey.import_key("tracker-tracker-tracker-tracker!", {"kid": "k1"})
    others = (
        door.signer.token(key=new_key("k1")),
        jwt.encode({"alg": "HS256", "kid": "k1"}, {"sub": "s-1"}, secret),
        f"{head}.{body}.",
        f"{head}.{body[:-4]}AAAA.{sign}",
        "eyJhbGciOiJub25lIn0.e30.",
        "not a token",
        "a.b.c",
        "x" * 16_000,
    )
    assert {door.refusal(token)[0] for token in others} == {"wrong_proof"}


def test_new_keys_of_the_provider_are_found_and_asked_for_seldom(door: Door) -> None:
    door.enter(door.signer.token())
    asked = len(door.signer.asked)
    door.enter(door.signer.token())
    assert len(door.signer.asked) == asked
    door.signer.rotate()
    door.seconds = KEYS_ASKED_AGAIN + 1
    door.enter(door.signer.token())
    assert len(door.signer.asked) == 2 * asked
    unknown = door.signer.token(key=new_key("unknown"))
    assert {door.refusal(unknown)[0] for _ in range(5)} == {"provider_away"}  # it may be a very new one
    assert len(door.signer.asked) == 2 * asked
    door.seconds += KEYS_ASKED_AGAIN + 1
    assert door.refusal(unknown)[0] == "wrong_proof"


def test_a_provider_that_is_away_is_waited_for_and_no_proof_is_taken_or_refused(door: Door) -> None:
    token = door.signer.token()
    door.signer.away = True
    assert door.refusal(token)[0] == "provider_away"
    door.signer.away = False
    door.enter(token)
    door.signer.away = True
    door.seconds = KEYS_GOOD_FOR + 1
    later = int(time.time() + door.seconds)
    again = door.enter(door.signer.token(iat=later, exp=later + 60))
    assert again.user.login == "anna"  # the keys of before are good still


def test_a_provider_that_calls_itself_otherwise_is_not_believed(door: Door) -> None:
    door.signer.issuer = "https://elsewhere.example"
    assert door.refusal(door.signer.token())[0] == "provider_away"


def test_the_desk_tells_the_program_where_to_sign_in(folder: Path) -> None:
    plain = {"password": True, "company": None}
    told = {"password": False, "company": {"issuer": ISSUER, "client_id": CLIENT}}
    with serving(ServeConfig(folder)) as url:
        caller = Caller(url)
        assert caller.get("/desk")["sign_in"] == plain
        assert caller.no("/session/company", {"id_token": "x"})[0] == 404
        caller.close()
    (folder / SETTINGS_FILE).write_text(
        f'[sign_in]\nissuer = "{ISSUER}"\nclient_id = "{CLIENT}"\npasswords = false\n', "utf-8"
    )
    with serving(ServeConfig(folder)) as url:
        caller = Caller(url)
        assert caller.get("/desk")["sign_in"] == told
        assert "company's sign-in" in str(caller.no("/session", {"user": "anna", "password": PASSWORD}))
        assert caller.ok("/session", {"user": "tess", "password": PASSWORD})["user"]["role"] == "agent"
        caller.close()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('issuer = "http://login.example.org"\nclient_id = "t"', "begins with https"),
        ('issuer = "https://:x/"\nclient_id = "t"', "begins with https"),
        ('issuer = "https://login.example.org"', "client_id"),
        ('issuer = "https://l.example"\nclient_id = "t"\nagents_claim = "groups"', "go together"),
        ('issuer = "https://l.example"\nclient_id = "t"\nsession_hours = 0', "session_hours"),
        ('issuer = "https://l.example"\nclient_id = "t"\nsecret = "x"', "secret"),
    ],
)
def test_a_mistake_in_the_settings_is_said(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(f"[sign_in]\n{text}\n", "utf-8")
    with pytest.raises(DeskSetupError, match=words):
        load_settings(tmp_path)
