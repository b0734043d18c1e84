"""Start at sign-in: the file does what a desktop reads in it, and goes away again."""

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user
from tests.rigs.unprivileged import OrdinaryUser
from tracker.host.autostart import (
    DesktopEntry,
    LaunchAgent,
    RunKey,
    autostart,
    company_entry,
    set_start,
    start_command,
)
from tracker.host.errors import DiskTrouble
from tracker.host.virtual_desktop import wait_until

__all__ = ["ordinary_user"]

# GLib is what GNOME, Xfce and others read such files with.
LAUNCH = """
import sys
from gi.repository import Gio, GLib
try:
    info = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])
except TypeError:  # how it says that TryExec is not there
    sys.exit("not a usable entry")
info.launch([], None)
"""


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    return tmp_path / "config" / "autostart" / "it-tracker.desktop"


def on(tmp_path: Path, *command: str) -> None:
    autostart({"XDG_CONFIG_HOME": str(tmp_path / "config")}).turn_on(command)


def launch(entry: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/usr/bin/python3", "-c", LAUNCH, str(entry)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_it_is_off_then_on_then_off(tmp_path: Path, entry: Path) -> None:
    start = autostart({"XDG_CONFIG_HOME": str(tmp_path / "config")})
    assert not start.is_on()
    start.turn_on(["/usr/bin/tracker"])
    start.turn_on(["/usr/bin/tracker"])
    assert start.is_on()
    assert entry.exists()
    start.turn_off()
    start.turn_off()
    assert not start.is_on()


@pytest.mark.parametrize(
    "words",
    [
        ("plain",),
        ("with space", "--profile", "/srv/my files"),
        ('"quoted"', "$HOME", "`id`", "back\\slash", "100%", "%u", "a;b&c|d", "tab\there", "Ärger"),
    ],
)
def test_a_desktop_starts_exactly_this_command(tmp_path: Path, entry: Path, words: tuple[str, ...]) -> None:
    heard = tmp_path / "heard"
    program = tmp_path / "my program"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{heard}.new"\nmv "{heard}.new" "{heard}"\n')
    program.chmod(0o700)
    on(tmp_path, str(program), *words)
    assert launch(entry).returncode == 0
    wait_until(heard.exists, what="the program")
    assert heard.read_text() == "\n".join(words) + "\n"


def test_nothing_starts_once_the_program_is_gone(tmp_path: Path, entry: Path) -> None:
    on(tmp_path, str(tmp_path / "removed"))
    assert launch(entry).stderr.strip() == "not a usable entry"


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktops_own_settings_switched_off_is_off(tmp_path: Path, entry: Path, line: str) -> None:
    on(tmp_path, "/usr/bin/tracker")
    key = line.partition("=")[0]
    lines = [kept for kept in entry.read_text().splitlines() if not kept.startswith(key)]
    entry.write_text("\n".join([*lines, line]))
    assert not DesktopEntry(entry.parent).is_on()


def a_forbidden_folder_is_said(folder: str) -> None:
    with pytest.raises(DiskTrouble, match="setting the start at sign-in did not work"):
        DesktopEntry(Path(folder) / "autostart").turn_on(["/usr/bin/tracker"])


def test_a_forbidden_folder_is_said(ordinary_user: OrdinaryUser) -> None:
    (ordinary_user.folder / "config").mkdir(mode=0o500)
    ordinary_user.run(a_forbidden_folder_is_said, ordinary_user.folder / "config")


def test_the_agent_of_macos_is_a_property_list(tmp_path: Path) -> None:
    """Only the file is looked at: nothing here can start it."""
    agent = LaunchAgent(tmp_path / "LaunchAgents")
    agent.turn_on(["/Applications/Tracker.app/Contents/MacOS/Tracker", "--hidden"])
    assert agent.is_on()
    written = plistlib.loads((tmp_path / "LaunchAgents" / "it-tracker.plist").read_bytes())
    assert written["ProgramArguments"][1] == "--hidden"
    assert written["RunAtLoad"] is True
    agent.turn_off()
    assert not agent.is_on()


def test_elsewhere_the_registry_is_left_alone() -> None:
    key = RunKey()
    key.turn_on(["tracker"])
    assert not key.is_on()
    key.turn_off()


def test_the_command_starts_this_very_program(monkeypatch: pytest.MonkeyPatch) -> None:
    assert start_command("--hidden") == (sys.executable, "-m", "tracker", "--hidden")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert start_command("--hidden") == (sys.executable, "--hidden")


def test_where_a_package_starts_it_for_everybody_there_is_no_second_entry(
    tmp_path: Path, entry: Path
) -> None:
    environment = {
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CONFIG_DIRS": f"{tmp_path / 'none'}:{tmp_path / 'etc'}",
    }
    set_start(on=True, environment=environment)
    assert entry.exists()
    packaged = tmp_path / "etc" / "autostart" / "it-tracker.desktop"
    packaged.parent.mkdir(parents=True)
    packaged.write_text("[Desktop Entry]\nType=Application\nName=Tracker\nExec=tracker --autostart\n")
    assert company_entry(environment)
    set_start(on=True, environment=environment)
    assert not entry.exists()
    set_start(on=False, environment=environment)
    assert not entry.exists()
