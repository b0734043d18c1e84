"""Asking over Windows' pipe, as far as it can be seen elsewhere: a file that holds the answer stands in."""

from pathlib import Path

import pytest

from tracker.host.errors import HandoverBroken, HolderUnreachable
from tracker.host.handover_pipe import ask_pipe

LINE = b'{"ask": "open"}'


def pipe(folder: Path, answer: bytes) -> str:
    """What is asked is written over the room that is left for it; the answer stands behind."""
    file = folder / "pipe"
    file.write_bytes(b" " * (len(LINE) + 1) + answer)
    return str(file)


def test_the_lines_of_the_answer_are_given_up_to_its_end(tmp_path: Path) -> None:
    assert list(ask_pipe(pipe(tmp_path, b"one\ntwo\n\nnever read\n"), LINE)) == [b"one", b"two"]
    assert (tmp_path / "pipe").read_bytes().startswith(LINE + b"\n")


def test_an_answer_that_breaks_off_is_said(tmp_path: Path) -> None:
    lines = ask_pipe(pipe(tmp_path, b"one\n"), LINE)
    assert next(lines) == b"one"
    with pytest.raises(HandoverBroken):
        next(lines)


def test_a_program_that_has_not_opened_its_door_is_one_that_cannot_be_reached_yet(tmp_path: Path) -> None:
    with pytest.raises(HolderUnreachable):
        next(ask_pipe(str(tmp_path / "none"), LINE, patience=0))


def test_a_door_that_opens_a_little_later_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "pipe"
    monkeypatch.setattr("tracker.host.handover_pipe.time.sleep", lambda _seconds: pipe(tmp_path, b"done\n\n"))
    assert list(ask_pipe(str(there), LINE, patience=60)) == [b"done"]
