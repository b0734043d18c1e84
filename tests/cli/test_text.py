"""Text of every kind in and out: encodings, terminals, pipes that close early."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import sign_in
from tests.cli.terminal import Terminal
from tests.rigs.frontdesk import FrontDeskRig
from tests.rigs.frontdesk_agent import Agent


def test_what_is_piped_in_must_be_text(jane: Terminal) -> None:
    words = ("new", "--service", "other", "--subject", "x")
    assert jane.run(*words, text=b"caf\xe9", code=2).err == "What was piped in is not text in UTF-8.\n"
    assert jane.json("outbox")["commands"] == []


def test_line_ends_and_marks_of_other_systems_are_understood(jane: Terminal, tess: Agent) -> None:
    words = ("new", "--service", "other", "--subject", "From Windows")
    number = jane.run(*words, text="\ufefffirst\r\nsecond\r\n").out.strip()
    assert tess.messages(number) == ["first\nsecond"]


def test_words_that_are_no_text_are_wrong_use(jane: Terminal) -> None:
    words = jane.command("new", "--service", "other", "--subject", os.fsdecode(b"caf\xe9"))
    done = subprocess.run(words, env=jane.env, input=b"Text.", capture_output=True, check=False)
    assert done.returncode == 2
    assert b"not text" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_terminal_without_our_letters_gets_their_numbers(jane: Terminal, number: str) -> None:
    said = jane.run("doctor", env={"PYTHONIOENCODING": "ascii"})
    assert "\\u2713 versions" in said.out
    as_json = jane.run("show", number, "--json", env={"PYTHONIOENCODING": "ascii"})
    assert "In every profile" in as_json.out


def test_a_reader_that_has_seen_enough_ends_a_command_quietly(jane: Terminal) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.Popen(jane.command("list"), env=jane.env, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == 0


def test_a_password_is_typed_at_a_terminal_and_not_shown(stranger: Terminal, rig: FrontDeskRig) -> None:
    words = ("sign-in", "--desk", "frontdesk", "--url", rig.url, "--user", "jane")
    ours, theirs = pty.openpty()
    # setsid --ctty: the terminal is the program's own, where it asks for passwords.
    command = ["setsid", "--ctty", "--wait", *stranger.command(*words)]
    process = subprocess.Popen(command, env=stranger.env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = _until(ours, b"Password: ")
    os.write(ours, stranger.password.encode() + b"\n")
    shown += _until_end(ours)
    os.close(ours)
    assert process.wait(timeout=30) == 0
    assert b"Signed in as jane." in shown
    assert stranger.password.encode() not in shown


def test_without_a_terminal_the_password_must_be_piped_in(stranger: Terminal, rig: FrontDeskRig) -> None:
    words = ("sign-in", "--desk", "frontdesk", "--url", rig.url, "--user", "jane")
    done = subprocess.run(
        stranger.command(*words),
        env=stranger.env,
        input=b"secret\n",
        capture_output=True,
        check=False,
        start_new_session=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"A password is typed at a terminal. In a script, use --password-stdin")
    stranger.run(*words, "--password-stdin", text="\n", code=2)


@pytest.mark.parametrize("typed", ["localhost", " {url}/ ", "{url}/?next=1#top"])
def test_an_address_is_tidied(stranger: Terminal, rig: FrontDeskRig, typed: str) -> None:
    if "{url}" in typed:
        sign_in(stranger, typed.format(url=rig.url))
        stranger.run("sync")
    else:
        sign_in(stranger, typed, code=3)  # it begins with https then, and nobody is there


def _until(terminal: int, words: bytes) -> bytes:
    shown = b""
    while words not in shown:
        shown += os.read(terminal, 1024)
    return shown


def _until_end(terminal: int) -> bytes:
    shown = b""
    try:
        while piece := os.read(terminal, 1024):
            shown += piece
    except OSError:  # how Linux says that the other end has closed
        pass
    return shown


def test_an_attached_file_may_have_any_name(jane: Terminal, tmp_path: Path, tess: Agent) -> None:
    name = os.fsdecode(b"caf\xe9 \xf0\x9f\x98\x80.txt")
    (tmp_path / name).write_bytes(b"\0\1\2")
    words = ("new", "--service", "other", "--subject", "Odd name", "--attach", str(tmp_path / name))
    sent = jane.json(*words, text="See the file.")
    (file,) = jane.json("show", sent["number"])["attachments"]
    assert file["name"] == "caf 😀.txt"
    jane.run("attachment", sent["number"], "1", "--to", str(tmp_path / "back"))
    assert (tmp_path / "back").read_bytes() == b"\0\1\2"
