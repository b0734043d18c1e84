"""From the icon beside the clock: the panel, the menu, and what happens where there is no icon."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.frontdesk_agent import Agent
from tests.stories.stage import Stage, until, write_request
from tests.ui.tray.watcher import Watcher


@pytest.fixture
def tray(stage: Stage) -> Iterator[Watcher]:
    """A panel that shows the icon."""
    watcher = Watcher(stage.desktop.env["DBUS_SESSION_BUS_ADDRESS"])
    yield watcher
    watcher.close()


def test_a_request_is_begun_from_the_panel_and_another_from_the_menu(
    stage: Stage, tray: Watcher, tess: Agent
) -> None:
    window = stage.start("--hidden")
    until(lambda: bool(tray.items), "the icon")
    assert not window.state().visible
    tray.click("Activate")
    window.fill("What do you need help with?", "The door squeaks")
    window.press("New request")
    until(lambda: window.state().visible, "the window")
    window.wait_for("The door squeaks")
    choose(tray, "New request")
    write_request(window, "The door squeaks still")
    window.press("Send request")
    until(lambda: len(tess.tickets("The door squeaks still")) == 1, "the request at the desk")
    assert window.quit() == 0


def test_quit_in_the_menu_ends_the_program(stage: Stage, tray: Watcher) -> None:
    window = stage.start()
    until(lambda: bool(tray.items), "the icon")
    window.wait_for("Search all requests")
    choose(tray, "Quit")
    assert window.process.wait(timeout=20) == 0


def test_without_a_tray_a_second_start_brings_the_closed_window_back_and_hands_files_over(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "photo 1.png").write_bytes(b"not really a picture")
    (tmp_path / "folder").mkdir()
    window = stage.start()
    window.wait_for("Search all requests")
    window.close()
    window.wait_for("start IT Help again to open this window")
    window.press("Hide the window")
    until(lambda: not window.state().visible, "the window to close")
    second = subprocess.run(
        [sys.executable, "-m", "tracker", "--profile", str(stage.profile), "./photo 1.png", "./folder"],
        cwd=tmp_path,
        env=stage.env | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (second.returncode, second.stderr) == (0, b"")
    until(lambda: window.state().visible, "the window to come back")
    window.wait_for("photo 1.png")
    window.wait_for("“folder” is a folder. Attach the files in it.")
    window.close()  # what it means has been said
    until(lambda: not window.state().visible, "the window to close")
    assert window.quit() == 0


def choose(tray: Watcher, entry: str) -> None:
    """Choose what reads so in the icon's menu; an underscore marks the key of an entry."""
    tray.choose(next(words for _number, words in tray.menu() if words.replace("_", "") == entry))
