"""Who a person is at the company's proxy: asked once, kept for that proxy alone, gone with the sign-out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.house import LIMIT, House, answers, there
from tracker.core import questions as ask
from tracker.core.networking import network_of
from tracker.core.program import Program
from tracker.core.proxy_signing import ProxySecret
from tracker.core.signing import sign_out
from tracker.desks.network import Network, ProxyLogin
from tracker.host.policy.policy import NO_POLICY
from tracker.host.redaction import BLANK, Redactor

A, B = "a.example:3128", "b.example:3128"
LOGIN = ProxyLogin("jdoe", "hush-hush")


def told_to(program: Program, proxy: str, tried: ProxyLogin | None = None) -> ProxyLogin | None:
    """Ask as a connection does that a proxy has sent back."""
    logins = program.network.logins
    assert logins is not None

    async def wanted() -> ProxyLogin | None:
        return await logins(proxy, tried)

    return program.service.call(wanted).result(LIMIT)


def asked_by(program: Program) -> str:
    return there(program, lambda: program.engine.health().proxy)


def test_the_proxy_that_asks_is_shown_and_what_is_said_goes_to_no_other(house: House) -> None:
    with house.running() as program:
        assert told_to(program, A) is None
        assert asked_by(program) == A
        assert answers(program, ask.ProxySignIn("", LOGIN.name, LOGIN.password)) == [ask.Done("")], (
            "no keyring here"
        )
        assert asked_by(program) == ""
        assert told_to(program, A) == LOGIN
        assert told_to(program, B) is None
        assert asked_by(program) == B


def test_a_login_that_was_not_taken_is_not_given_again(house: House) -> None:
    with house.running() as program:
        answers(program, ask.ProxySignIn(A, LOGIN.name, LOGIN.password))
        assert told_to(program, A, LOGIN) is None
        assert asked_by(program) == A


def test_it_can_be_forgotten_and_goes_with_the_sign_out(house: House) -> None:
    with house.running() as program:
        answers(program, ask.ProxySignIn(A, LOGIN.name, LOGIN.password))
        answers(program, ask.ProxySignOut())
        assert told_to(program, A) is None
        house.sign_in(program)
        answers(program, ask.ProxySignIn(A, LOGIN.name, LOGIN.password))
        program.service.call(lambda: sign_out(program)).result(LIMIT)
        assert told_to(program, A) is None


@pytest.mark.parametrize(
    ("name", "password"),
    [("", "x"), ("a:b", "x"), ("a", ""), ("a", "x\r\ny"), ("a" * 201, "x"), ("a", "x" * 9000)],
)
def test_what_no_proxy_could_take_is_refused_plainly(house: House, name: str, password: str) -> None:
    with house.running() as program:
        (answer,) = answers(program, ask.ProxySignIn(A, name, password))
        assert isinstance(answer, ask.Failed)
        assert told_to(program, A) is None


def test_where_no_proxy_is_known_it_has_to_be_named(house: House) -> None:
    with house.running() as program:
        (answer,) = answers(program, ask.ProxySignIn("", LOGIN.name, LOGIN.password))
        assert isinstance(answer, ask.Failed)
        assert "Name it, as host:port" in answer.sentence


def test_no_password_is_shown_where_a_question_is(house: House) -> None:
    assert house.paths
    assert "hush" not in repr(ask.ProxySignIn(A, LOGIN.name, LOGIN.password))


def test_the_policy_says_the_way(house: House, tmp_path: Path) -> None:
    assert network_of(NO_POLICY) == Network()
    folder = tmp_path / "policy"
    folder.mkdir()
    (folder / "it.toml").write_text(
        '[network]\nproxy = "http://a.example:3128"\npac_url = "https://b.example/proxy.pac"\n'
        'extra_ca = "/etc/tracker/ca.pem"\n'
    )
    house.environment["TRACKER_POLICY_DIR"] = str(folder)
    with house.running() as program:
        ca = Path("/etc/tracker/ca.pem")
        assert program.network == Network("http://a.example:3128", "https://b.example/proxy.pac", ca)


def test_a_report_for_it_blanks_it_before_any_proxy_has_asked(house: House) -> None:
    with house.running() as program:
        answers(program, ask.ProxySignIn(A, LOGIN.name, LOGIN.password))
        report = Redactor()
        again = ProxySecret(program.proxy_secret._secrets, report, lambda _proxy: None)
        program.service.call(again.hide).result(LIMIT)
    assert report.clean(f"It took {LOGIN.password}.") == f"It took {BLANK}."
