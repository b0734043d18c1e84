"""The sign-in page's questions about the company's sign-in, carried to a real desk and provider and back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import anyio
import httpx
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.core.house import Watcher
from tests.rigs.openid_fixtures import Place, desk, provider
from tests.rigs.openid_provider import OpenIdRig, browse
from tracker.app.actions import ProgramActions
from tracker.app.company_actions import SignedIn
from tracker.app.starting import Starting
from tracker.core.company_account import Ways
from tracker.core.program import Options, Program
from tracker.desks.registry import open_desk
from tracker.host.paths import prepare_folders, profile_paths
from tracker.host.settings import DeskChoice
from tracker.model.errors import TrackerError
from tracker.model.health import Condition
from tracker.ui.bridge import Bridge

__all__ = ["desk", "provider"]

pytestmark = pytest.mark.openid


class Desktop:
    """A running program that nobody is signed in to, and what the window may ask of it."""

    def __init__(self, program: Program, watcher: Watcher, qtbot: QtBot) -> None:
        self.program, self.watcher, self.qtbot = program, watcher, qtbot
        bridge = Bridge(QApplication.instance())
        starting = Starting(program.paths, bridge, program.options.redactor)
        starting._program = program
        self.company = ProgramActions(starting, bridge).company
        self.pages: list[str] = []
        self.told: list[SignedIn | TrackerError] = []

    def begin(self, url: str) -> None:
        """Press the button; the page for the browser comes."""
        self.cancel = self.company.with_browser(url, opened=self.pages.append, then=self.told.append)
        self.qtbot.waitUntil(lambda: bool(self.pages or self.told))


@pytest.fixture
def desktop(tmp_path: Path, qtbot: QtBot) -> Iterator[Desktop]:
    paths = profile_paths(tmp_path / "profile", {})
    prepare_folders(paths)
    watcher = Watcher()
    program = Program(paths, watcher, Options(open_desk, environment={"PATH": "", "HOME": str(tmp_path)}))
    program.start()
    yield Desktop(program, watcher, qtbot)
    program.stop()


def test_the_ways_are_asked_the_browser_signs_in_and_the_desk_is_followed(
    desktop: Desktop, desk: Place, provider: OpenIdRig, qtbot: QtBot
) -> None:
    ways: list[Ways | TrackerError] = []
    desktop.company.ways("frontdesk", desk[0], ways.append)
    qtbot.waitUntil(lambda: bool(ways))
    assert ways == [Ways(browser=True, code=True, company=provider.company())]
    desktop.begin(desk[0])
    browser = threading.Thread(target=lambda: anyio.run(browse, desktop.pages[0]))
    browser.start()
    qtbot.waitUntil(lambda: bool(desktop.told), timeout=20_000)
    browser.join()
    remark = "This computer has no keyring: you are signed in until Tracker is quit."
    assert desktop.told == [(DeskChoice("frontdesk", desk[0], "jane"), remark)]
    desktop.watcher.until(Condition.OK)


def test_giving_up_closes_the_door_at_once(desktop: Desktop, desk: Place, qtbot: QtBot) -> None:
    desktop.begin(desk[0])
    back = parse_qs(urlsplit(desktop.pages[0]).query)["redirect_uri"][0]
    desktop.cancel()

    def is_closed() -> bool:
        try:
            httpx.get(back, trust_env=False)
        except httpx.ConnectError:
            return True
        return False

    qtbot.waitUntil(is_closed)
    assert desktop.told == []
    desktop.pages.clear()
    desktop.begin(desk[0])  # and the next one begins
    desktop.cancel()
