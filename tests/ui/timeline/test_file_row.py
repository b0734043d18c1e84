"""Received files: fetched only when asked for, shown how far, opened only if that is harmless."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import DOCK
from tracker.model.attachment import Attachment
from tracker.model.errors import DeskUnavailable
from tracker.ui.theme.theme import Theme
from tracker.ui.timeline.file_row import FileRow, runs
from tracker.ui.widgets.buttons import Button

PICTURE = Attachment("a1", "left screen.png", 284_300, "image/png")


@pytest.fixture
def g(theme: Theme, tmp_path: Path) -> Ground:
    return ground(theme, tmp_path)


def row(g: Ground, qtbot: QtBot, attachment: Attachment = PICTURE) -> FileRow:
    made = FileRow(g.context, DOCK.ticket.id, attachment)
    on_screen(made, qtbot, 500, 120)
    return made


def buttons(made: FileRow) -> list[str]:
    return [button.text() for button in made.findChildren(Button) if button.isVisible()]


def press(made: FileRow, words: str) -> None:
    next(b for b in made.findChildren(Button) if b.text() == words and b.isVisible()).click()


def test_nothing_is_fetched_unasked(g: Ground, qtbot: QtBot) -> None:
    assert buttons(row(g, qtbot)) == ["Open", "Save"]
    assert g.actions.downloads == []


def test_open_fetches_into_the_programs_folder_and_opens(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    made = row(g, qtbot)
    press(made, "Open")
    asked = g.actions.downloads[0]
    assert (asked.ticket, asked.attachment, asked.folder) == (DOCK.ticket.id, PICTURE, tmp_path)
    asked.then(tmp_path / "left screen.png")
    assert g.opened == [QUrl.fromLocalFile(str(tmp_path / "left screen.png"))]


def test_a_download_shows_how_far_it_is_and_can_be_stopped(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    made = row(g, qtbot)
    made.save_into(str(tmp_path))
    assert buttons(made) == ["Stop"]
    g.actions.downloads[0].progress(142_150)
    assert made.findChildren(QProgressBar)[0].value() == 500
    press(made, "Stop")
    assert g.actions.downloads[0].cancelled
    assert buttons(made) == ["Open", "Save"]


def test_a_second_press_fetches_nothing_twice(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    made = row(g, qtbot)
    made.save_into(str(tmp_path))
    made.save_into(str(tmp_path))
    assert len(g.actions.downloads) == 1


def test_where_a_file_was_saved_is_said(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    made = row(g, qtbot)
    made.save_into(str(tmp_path))
    g.actions.downloads[0].then(tmp_path / "left screen.png")
    assert made.said == f"Saved as {tmp_path / 'left screen.png'}"
    assert g.opened == []


def test_a_failure_is_said_and_can_be_tried_again(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    made = row(g, qtbot)
    made.save_into(str(tmp_path))
    g.actions.downloads[0].then(DeskUnavailable("The service desk cannot be reached."))
    assert made.said == "The service desk cannot be reached."
    made.save_into(str(tmp_path))
    assert len(g.actions.downloads) == 2


@pytest.mark.parametrize("name", ["run.EXE", "a.desktop", "x.sh ", "page.html", "a.png.scr."])
def test_what_a_system_may_run_can_only_be_saved(name: str, g: Ground, qtbot: QtBot) -> None:
    assert runs(name)
    assert buttons(row(g, qtbot, Attachment("a", name, 10))) == ["Save"]


def test_a_name_is_only_a_name(g: Ground, qtbot: QtBot) -> None:
    made = row(g, qtbot, Attachment("a", "<b>\u202egnp.exe</b>\n", None))
    assert made.accessibleName() == "<b>gnp.exe</b>"


def test_a_row_that_goes_ends_its_download(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    made = row(g, qtbot)
    made.save_into(str(tmp_path))
    made.deleteLater()
    qtbot.waitUntil(lambda: g.actions.downloads[0].cancelled)
