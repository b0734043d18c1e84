"""The pages of support at work: what is asked runs beside the window, and its end is said in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree
from tests.ui.conftest import memory, theme, window
from tracker.app.building import make_parts
from tracker.app.support_door import SupportDoor
from tracker.app.telling import Telling
from tracker.host.paths import prepare_folders, profile_paths
from tracker.host.redaction import Redactor
from tracker.ui.main_window import MainWindow
from tracker.ui.support.check_page import CheckPage
from tracker.ui.support.report_page import ReportPage
from tracker.ui.tray.tray import Tray

__all__ = ["memory", "theme", "window"]


@pytest.fixture
def door(window: MainWindow, qapp: QApplication, tmp_path: Path) -> Iterator[SupportDoor]:
    """The door of a program that could not start."""
    paths = profile_paths(tmp_path / "profile", {})
    prepare_folders(paths)
    parts = make_parts(qapp, paths, Redactor())
    parts.starting._give_up("The disk is full.")
    tray = Tray(parts.wording, program="Tracker", parent=window)
    yield SupportDoor(parts, window, Telling(parts, tray, window))
    tray.stop()
    parts.view.close()


def test_a_report_is_read_saved_once_and_never_over_a_file(
    door: SupportDoor, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    door.open()
    door.open()
    (page,) = window.findChildren(CheckPage)
    qtbot.waitUntil(lambda: "Does not work. The disk is full." in accessible_tree(page), timeout=20_000)
    page.report_asked.emit()
    qtbot.waitUntil(lambda: bool(window.findChildren(ReportPage)), timeout=20_000)
    (report,) = window.findChildren(ReportPage)
    for said in ("Saved: ", "There is already something called"):
        report.save_asked.emit(tmp_path / "r.zip")
        qtbot.waitUntil(lambda said=said: said in accessible_tree(report), timeout=20_000)  # type: ignore[misc]
    assert (tmp_path / "r.zip").stat().st_size > 0
    window.pages.back()
    window.pages.back()
    assert window.pages.detail is None
