"""`tracker doctor` when something is wrong: what, and what to do about it."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme

from tests.cli.schemas import Json
from tests.cli.terminal import Terminal
from tests.rigs.disk_fixtures import ordinary_user
from tests.rigs.flaky_proxy import Fault, FlakyProxy
from tests.rigs.frontdesk import FrontDeskRig
from tests.rigs.unprivileged import OrdinaryUser
from tracker.frontdesk.server import ServeConfig, serving

__all__ = ["ordinary_user"]

FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


def finding(answer: Json, about: str) -> tuple[str, str]:
    """Give how it is with a thing, and the sentence about it."""
    (found,) = [one for one in answer["findings"] if one["about"] == about]
    return found["state"], found["sentence"]


def at(terminal: Terminal, rig: FrontDeskRig, url: str) -> Terminal:
    """Let the profile's desk have another address."""
    settings = terminal.profile / "settings.json"
    settings.write_text(settings.read_text("utf-8").replace(rig.url, url), "utf-8")
    return terminal


def test_of_a_profile_in_order_only_the_missing_keyring_is_remarked(jane: Terminal) -> None:
    answer = jane.json("doctor")
    bad = {one["about"] for one in answer["findings"] if one["state"] == "bad"}
    assert bad == set()
    assert finding(answer, "desk") == ("ok", "IT front desk 0.1.0 answers; you are Jane Doe.")
    assert finding(answer, "clock")[0] == "ok"
    state, sentence = finding(answer, "keyring")
    assert state == "warning"
    assert "has none that is safe" in sentence
    assert "no session bus" in finding(answer, "notifications")[1]


def test_without_a_desk_it_asks_for_a_sign_in(stranger: Terminal) -> None:
    answer = stranger.json("doctor")
    assert finding(answer, "settings") == ("ok", "No desk yet.")
    assert finding(answer, "desk") == ("warning", "Sign in first.")
    assert finding(answer, "saved requests")[0] == "ok"


def _refused(rig: FrontDeskRig) -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (_refused, "cannot be reached"),
        (lambda rig: "https://desk.test", "cannot be reached"),
        (lambda rig: "http://desk.test", "is not encrypted"),
        (lambda rig: f"{rig.url}/elsewhere", "That page is not here"),
    ],
)
def test_a_wrong_address_is_said(
    jane: Terminal, rig: FrontDeskRig, url: Callable[[FrontDeskRig], str], sentence: str
) -> None:
    state, said = finding(at(jane, rig, url(rig)).json("doctor", code=1), "desk")
    assert state == "bad"
    assert sentence in said


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault.HTML, "web page"),
        (Fault.HALF_JSON, "breaks off or is damaged"),
        (Fault.WRONG_TYPES, "unknown shape"),
        (Fault.HUGE, "far more than was asked for"),
        (Fault.BROKEN, "is busy or has a fault"),
        (Fault.REDIRECT, "sends us to 127.0.0.1; we did not follow"),
    ],
)
def test_a_desk_that_answers_oddly_is_said(
    far_jane: Terminal, network: FlakyProxy, fault: Fault, sentence: str
) -> None:
    network.fail(fault)
    state, said = finding(far_jane.json("doctor", code=1), "desk")
    assert (state, network.visitors) == ("bad", [])
    assert sentence in said


def test_a_certificate_that_does_not_verify_names_who_issued_it(
    jane: Terminal, rig: FrontDeskRig, tmp_path: Path
) -> None:
    authority = trustme.CA(organization_name="Somebody Else Ltd")
    issued = authority.issue_cert("127.0.0.1")
    certificate, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    certificate.write_bytes(b"".join(part.bytes() for part in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(str(key))
    with serving(ServeConfig(tmp_path / "desk", certificate=certificate, private_key=key)) as url:
        state, said = finding(at(jane, rig, url).json("doctor", code=1), "desk")
    assert state == "bad"
    assert (
        "could not be verified, so nothing was sent. The certificate was issued by Somebody Else Ltd" in said
    )
    assert "Ask IT" in said


def test_a_clock_an_hour_off_is_said_and_nothing_else_breaks(jane: Terminal) -> None:
    skewed = Terminal(jane.profile, jane.password, env={"LD_PRELOAD": FAKETIME, "FAKETIME": "+1h"})
    state, said = finding(skewed.json("doctor"), "clock")
    assert state == "warning"
    assert "s from the desk's clock" in said
    assert abs(int(said.split()[4]) - 3600) < 60
    sent = skewed.json("new", "--service", "other", "--subject", "From the future", text="Text.")
    shown = jane.json("show", sent["number"])
    assert shown["events"][0]["at"] <= jane.json("list")["as_of"]


def test_settings_that_cannot_be_read_are_said(jane: Terminal) -> None:
    for text in ("{", '{"desk": {"kind": "frontdesk", "url": "ftp://127.0.0.1", "user": "jane"}}'):
        (jane.profile / "settings.json").write_text(text)
        state, said = finding(jane.json("doctor"), "settings")
        assert state == "warning"
        assert said.endswith(".")


def _examines(profile: str) -> None:
    answer = Terminal(Path(profile)).json("doctor", code=1)
    assert finding(answer, "profile")[0] == "bad"
    assert "--profile" in finding(answer, "desk")[1] or "may not" in finding(answer, "desk")[1]
    for command in (("sync",), ("watch",), ("sign-out",)):
        said = Terminal(Path(profile)).run(*command, code=1)
        assert said.err.count("\n") == 1
        assert said.err.strip()


def test_a_profile_in_a_forbidden_place_is_said(ordinary_user: OrdinaryUser, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    ordinary_user.run(_examines, tmp_path / "profile")
