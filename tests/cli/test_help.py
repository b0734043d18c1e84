"""What every command tells of itself, and how little that loads."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tracker import __version__

COMMANDS = ("sign-in", "sign-out", "list", "show", "new", "reply", "attachment", "confirm", "not-fixed")
MORE = ("sync", "watch", "outbox", "doctor", "frontdesk", "demo")

LOADED = """
import sys
from tracker.__main__ import main
try:
    main(sys.argv[1:])
finally:
    print("\\n".join(name.partition(".")[0] for name in sys.modules))
"""


def loaded_by(terminal: Terminal, *words: str) -> set[str]:
    """Name the packages that a command has loaded when it ends."""
    command = [sys.executable, "-c", LOADED, "--profile", str(terminal.profile), *words]
    # Measuring what is run loads libraries of its own.
    unmeasured = {name: value for name, value in terminal.env.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(command, env=unmeasured, capture_output=True, text=True, check=False)
    return set(done.stdout.split())


def test_help_names_every_command_and_loads_no_library(stranger: Terminal) -> None:
    said = stranger.run("--help").out
    assert [name for name in (*COMMANDS, *MORE) if f"\n    {name} " not in said] == []
    loaded = loaded_by(stranger, "--help")
    assert "argparse" in loaded
    assert loaded & {"PySide6", "shiboken6", "httpx", "msgspec", "anyio", "keyring", "sqlite3"} == set()


def test_reading_what_is_saved_loads_nothing_of_the_network(jane: Terminal) -> None:
    loaded = loaded_by(jane, "list")
    assert "sqlite3" in loaded
    assert loaded & {"PySide6", "httpx", "anyio", "keyring", "ssl"} == set()


def test_writing_loads_no_qt(jane: Terminal) -> None:
    loaded = loaded_by(jane, "sync")
    assert "httpx" in loaded
    assert loaded & {"PySide6", "shiboken6", "plyer"} == set()


@pytest.mark.parametrize("command", [*COMMANDS, *MORE])
def test_every_command_explains_itself(stranger: Terminal, command: str, tmp_path: Path) -> None:
    said = stranger.run(command, "--help")
    assert said.out.startswith(f"usage: tracker {command}")
    assert not stranger.profile.exists(), "asking for help made a profile"


def test_the_version_is_told(stranger: Terminal) -> None:
    assert stranger.run("--version").out == f"tracker {__version__}\n"
