"""What each kind of trouble ends with: a sentence, and a status that a script can act on."""

import pytest

from tests.cli.conftest import sign_in
from tests.cli.terminal import Terminal
from tests.rigs.frontdesk import FrontDeskRig
from tracker.cli.writing import tell_sent
from tracker.core import questions as ask


def test_a_wrong_password_asks_for_the_right_one(stranger: Terminal, rig: FrontDeskRig) -> None:
    wrong = Terminal(stranger.profile, "not-her-password")
    words = ("sign-in", "--desk", "frontdesk", "--url", rig.url, "--user", "jane", "--password-stdin")
    said = wrong.run(*words, text="not-her-password\n", code=4)
    assert "does not know this name with this password" in said.err
    assert "No desk yet." in wrong.run("doctor").out


def test_a_password_that_was_changed_at_the_desk_needs_a_sign_in(jane: Terminal) -> None:
    forgetful = Terminal(jane.profile, "an-old-password")
    assert "Check both" in forgetful.run("sync", code=4).err
    sent = forgetful.run("new", "--service", "other", "--subject", "Kept", text="Text.", code=4)
    assert sent.out.startswith("local-")
    assert "as soon as you sign in" in sent.err
    assert forgetful.run("list", "--search", "Kept").out


def test_nobody_signed_in_is_said(stranger: Terminal) -> None:
    assert stranger.run("sync", code=4).err == "Nobody is signed in.\n"
    assert "sign in" in stranger.run("new", "--service", "x", "--subject", "x", text="x", code=4).err


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("", "The desk has not answered in 10 seconds."),  # busy, as far as anybody knows
        ("The proxy p.example cannot be reached. We keep trying.", "The proxy p.example cannot be reached."),
    ],
)
def test_what_is_not_sent_yet_is_said_with_what_is_known(
    capsys: pytest.CaptureFixture[str], reason: str, why: str
) -> None:
    assert tell_sent(ask.Sent("queued", "local-1", reason=reason), as_json=False) == 3
    said = capsys.readouterr()
    assert said.out == "local-1\n"
    assert said.err.startswith(why)
    assert said.err.endswith(" It is kept and sent as soon as it can be.\n")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "REQ-9999"),
        ("reply", "REQ-9999"),
        ("confirm", "local-000000000000"),
        ("attachment", "REQ-9999", "1", "--to", "file"),
    ],
)
def test_an_unknown_reference_is_refused(jane: Terminal, words: tuple[str, ...]) -> None:
    said = jane.run(*words, text="Text.", code=1)
    assert f"There is no request “{words[1]}” here." in said.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("reply", "{number}"), "nothing to send"),
        (("not-fixed", "{number}"), "Say in one line"),
        (("attachment", "{number}", "1", "--to", "missing/file"), "There is no folder"),
        (("attachment", "{number}", "1", "--to", "."), "is there already"),
        (("outbox", "retry"), "Say which one"),
        (("outbox", "forget", "x"), "invalid choice"),
        (("show",), "required: REF"),
        (("shwo",), "invalid choice"),
        (("attachment", "{number}", "first", "--to", "x"), "invalid int"),
        (("sign-in", "--desk", "frontdesk", "--url", "u", "--user", "v", "--option", "x"), "key=value"),
        (("sign-in", "--desk", "carrier-pigeon", "--url", "u", "--user", "v"), "invalid choice"),
        (("frontdesk", "user", "add"), "--folder"),
    ],
)
def test_wrong_use_is_said_with_what_is_right(
    jane: Terminal, number: str, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in jane.run(*(word.format(number=number) for word in words), code=2).err


def test_a_file_number_that_is_not_there_is_said(jane: Terminal, number: str) -> None:
    said = jane.run("attachment", number, "1", "--to", str(jane.profile / "x"), code=1)
    assert "0 files; number 1 is not among them" in said.err


def test_signing_in_twice_as_somebody_else_leaves_nothing_of_the_first(
    jane: Terminal, rig: FrontDeskRig, number: str
) -> None:
    omar = Terminal(jane.profile, "omar-pass-word")
    sign_in(omar, rig.url, user="omar")
    assert omar.json("list")["tickets"] == []
    omar.run("show", number, code=1)
