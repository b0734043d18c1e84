"""What a second start, a link or a file manager asks the tray program to show; none of them is trusted."""

import argparse
import os
from pathlib import Path

import pytest

from tracker.__main__ import COMMANDS, _wants_window
from tracker.app.opening import MOST_FILES, Opening, files_of, opening_of, ticket_of
from tracker.cli.arguments import parser
from tracker.host.errors import FileRefused


@pytest.mark.parametrize(
    ("address", "ticket"),
    [
        ("tracker://ticket/REQ-1001", "REQ-1001"),
        ("tracker://ticket/local-0123456789ab/", "local-0123456789ab"),
        ("tracker://ticket/", ""),
        ("tracker://settings", ""),
        ("https://ticket/REQ-1001", ""),
        ("tracker://ticket/" + "9" * 101, ""),
        ("tracker://ticket/a\nb", ""),
        ("", ""),
    ],
)
def test_a_link_names_a_request_or_nothing(address: str, ticket: str) -> None:
    assert ticket_of(address) == ticket


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--hidden"], True),
        (["--profile", "list"], True),  # a folder of that name, not the command
        (["tracker://ticket/REQ-1"], True),
        (["tracker://new"], True),
        (["/srv/jane/list"], True),
        (["./list"], True),
        (["file:///srv/jane/a%20b.png"], True),
        (["there.png"], True),
        (["list"], False),
        (["--profile", "x", "list"], False),
        (["--help"], False),
        (["--version"], False),
        (["nonsense"], False),
    ],
)
def test_only_its_own_options_links_and_files_start_the_window(
    words: list[str], window: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("there.png", "list"):
        Path(name).touch()
    assert _wants_window(words) is window


def test_every_command_of_the_command_line_goes_before_a_file_of_its_name() -> None:
    actions = [each for each in parser()._actions if isinstance(each, argparse._SubParsersAction)]
    assert {name for action in actions for name in action.choices} <= COMMANDS


def test_files_are_named_in_full_because_the_first_program_stands_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["a.png", f"file://{tmp_path}/b%20c.png", f"file://localhost{tmp_path}/ü.png"]
    assert files_of(words) == tuple(str(tmp_path / name) for name in ("a.png", "b c.png", "ü.png"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["x"] * (MOST_FILES + 1), "At most 20 files"),
        ([os.fsdecode(b"/tmp/\xff.png")], "is not text"),
        (["file:///tmp/%ff.png"], "is not text"),
        (["/tmp/a\0b"], "is not the name of a file"),
        (["/" + "x" * 5000], "is not the name of a file"),
        (["file://elsewhere.example/share/x.png"], "is not the name of a file"),
        (["file://[/x"], "is not the name of a file"),
        (["tracker://ticket/1", "tracker://ticket/2"], "Only one link"),
        (["tracker://ticket/1", "/tmp/x.png"], "Only one link"),
    ],
)
def test_what_cannot_be_meant_is_said(words: list[str], sentence: str) -> None:
    with pytest.raises(FileRefused, match=sentence):
        opening_of(words)


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ([], Opening()),
        (["tracker://new"], Opening(new=True)),
        (["tracker://new/"], Opening(new=True)),
        (["tracker://new?subject=spam"], Opening()),
        (["tracker://ticket/REQ-1"], Opening("REQ-1")),
        (["tracker:/etc/passwd"], Opening()),
        (["tracker://run/rm%20-rf"], Opening()),
    ],
)
def test_only_two_kinds_of_links_mean_something(words: list[str], opening: Opening) -> None:
    assert opening_of(words) == opening


@pytest.mark.parametrize(("token", "kept"), [("abc-1", "abc-1"), ("a" * 501, ""), ("a\nb", ""), ("", "")])
def test_the_permission_to_come_to_the_front_is_handed_over_with_limits(token: str, kept: str) -> None:
    assert opening_of([], token).token == kept
