"""What is not loaded when the window is painted for the first time: the start is short because of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rigs.frontdesk import ROOT
from tracker.host.paths import prepare_folders, profile_paths
from tracker.host.settings import DeskChoice, Settings
from tracker.host.settings_file import SettingsFile
from tracker.store.database import open_writer

LATER = (
    *("asyncio", "anyio", "httpx", "ssl", "hashlib", "http", "email", "keyring", "secretstorage"),
    *("jeepney", "html", "logging.handlers", "platformdirs", "filelock", "holidays", "icalendar", "nh3"),
    *(
        "tracker.core.program",
        "tracker.sync",
        "tracker.desks",
        "tracker.frontdesk",
        "tracker.cli",
        "tracker.ui.bus",
    ),
    *("tracker.store.writer", "tracker.store.notice_codec", "tracker.model.attention"),
    *("tracker.ui.request", "tracker.ui.settings.page", "tracker.ui.notices", "tracker.ui.timeline"),
    *(
        "tracker.ui.tray_panel",
        "tracker.ui.chat",
        "tracker.ui.chat_start",
        "tracker.ui.tickets.ticket_page",
        "tracker.app.toasts",
        "tracker.app.announcer",
    ),
)
"""Packages and modules that the first paint does without; each has a place where it is loaded later."""

LOOK = """
import os, sys
import tracker.app.main as program
import PySide6.QtWidgets

def look(shell, parts):
    print(*sys.modules, *["widget " + name for name in vars(PySide6.QtWidgets)], sep="\\n", flush=True)
    os._exit(0)

program._begin = look
program.main(["--profile", sys.argv[1]])
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Start the program on a profile that is signed in; give the names of what it has loaded by then."""
    paths = profile_paths(tmp_path_factory.mktemp("profile"), {})
    prepare_folders(paths)
    SettingsFile(paths.settings).save(Settings(desk=DeskChoice("frontdesk", "http://127.0.0.1:9", "jane")))
    open_writer(paths.store).close()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", LOOK, str(paths.data)]
    done = subprocess.run(command, env=env, cwd=Path.home(), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines())


def test_the_list_is_there(loaded: set[str]) -> None:
    assert {"tracker.ui.tickets.list_page", "tracker.store.reader"} <= loaded


@pytest.mark.parametrize("name", LATER)
def test_what_the_first_paint_does_without_comes_after_it(loaded: set[str], name: str) -> None:
    assert not {found for found in loaded if found == name or found.startswith(f"{name}.")}


@pytest.mark.parametrize("name", ["QCalendarWidget", "QMdiArea", "QWizard"])
def test_pyside_has_not_made_every_class_of_widgets(loaded: set[str], name: str) -> None:
    """It does when it is handed a widget that it does not know, which takes a twentieth of the start."""
    assert f"widget {name}" not in loaded
