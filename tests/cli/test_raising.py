"""Raising a request from the command line, with fields and files."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Terminal
from tests.rigs.frontdesk_agent import Agent

LINES = "The second screen stays black.\n\nŻółć, 日本語, 👩‍💻 and “quotes”."


def test_a_request_reaches_the_desk_as_it_was_typed(jane: Terminal, tess: Agent) -> None:
    words = ("--service", "hardware", "--field", "room=4.112", "--subject", "Zwei Bildschirme, 1 schwarz")
    said = jane.run("new", *words, text=LINES + "\n")
    number = said.out.strip()
    assert said.err == f"The desk has it: {number}.\n"
    assert tess.messages(number) == [LINES]
    ticket: Any = tess.read(number)["ticket"]
    assert ticket["subject"] == "Zwei Bildschirme, 1 schwarz"
    (field,) = ticket["fields"]
    assert (field["id"], field["value"]) == ("room", "4.112")


def test_number_and_local_reference_name_the_same_request(jane: Terminal, tess: Agent) -> None:
    sent = jane.json("new", "--service", "other", "--subject", "Two names", text="One request.")
    number, reference = sent["number"], sent["reference"]
    assert sent["delivery"] == "delivered"
    assert reference.startswith("local-")
    shown = [jane.json("show", name) for name in (number, reference, f"#{number}", number.lower())]
    assert all(answer["ticket"] == shown[0]["ticket"] for answer in shown)
    ticket = shown[0]["ticket"]
    assert (ticket["number"], ticket["reference"]) == (number, reference)
    jane.run("reply", reference, text="By its local name.")
    assert tess.messages(number) == ["One request.", "By its local name."]


def test_the_profile_may_be_named_before_or_after_the_command(jane: Terminal, tmp_path: Path) -> None:
    nowhere = Terminal(tmp_path / "other", jane.password)
    behind = nowhere.json("list", "--profile", str(jane.profile))
    assert behind == jane.json("list")
    assert behind["as_of"] is not None
    by_environment = nowhere.run("list", "--json", env={"TRACKER_PROFILE": str(jane.profile)})
    assert '"as_of":null' in by_environment.out  # what is typed wins
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--service", "coffee", "--subject", "x"), "There is no service “coffee”. There are: "),
        (("--service", "hardware", "--subject", "x"), "needs: Where is it?"),
        (("--service", "hardware", "--field", "room", "--subject", "x"), "name=value, not “room”"),
        (("--service", "hardware", "--field", "rom=4", "--subject", "x"), "has no field “rom”"),
        (("--service", "other", "--subject", "  "), "needs a subject"),
    ],
)
def test_what_cannot_be_meant_is_said_before_anything_is_sent(
    jane: Terminal, words: tuple[str, ...], sentence: str
) -> None:
    said = jane.run("new", *words, text="Text.", code=2)
    assert sentence in said.err
    assert said.out == ""
    assert jane.json("outbox")["commands"] == []


def test_a_file_that_cannot_be_sent_is_refused_and_nothing_else_is_sent(
    jane: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    for name, sentence in (("empty.txt", "is empty"), ("gone.txt", "cannot be read"), (".", "not a file")):
        words = ("new", "--service", "other", "--subject", "x", "--attach", str(tmp_path / name))
        assert sentence in jane.run(*words, text="Text.", code=1).err
    assert jane.json("outbox")["commands"] == []
    assert list((jane.profile / "outgoing").iterdir()) == []
