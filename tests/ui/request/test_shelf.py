"""The files that will be sent along, while they are being copied into the profile."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import ground, on_screen
from tracker.model.attachment import LocalFile
from tracker.model.errors import TrackerError
from tracker.ui.ports import Cancel, Then
from tracker.ui.request.shelf import AttachmentShelf
from tracker.ui.theme.theme import Theme


class _Copying:
    """A copy on its way: it ends when the test says so, unless it was cancelled."""

    def __init__(self) -> None:
        self.then: Then[LocalFile] | None = None

    def begin(self, _source: Path | bytes, _name: str, then: Then[LocalFile]) -> Cancel:
        self.then = then
        return self.cancel

    def cancel(self) -> None:
        self.then = None

    def end(self, answer: LocalFile | TrackerError) -> None:
        if self.then is not None:
            self.then(answer)


def test_a_file_still_being_copied_goes_with_the_text_it_belongs_to(
    theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, copying = ground(theme), _Copying()
    monkeypatch.setattr(made.actions, "attach", copying.begin)
    shelf = AttachmentShelf(made.context)
    on_screen(shelf, qtbot, 600, 100)
    (tmp_path / "a.txt").write_text("x")
    shelf.add_files([tmp_path / "a.txt"])
    assert shelf.is_copying
    shelf.show_files(())  # another conversation is shown in the same field
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    copying.end(LocalFile("key", "a.txt", 1))
    assert (shelf.files, shelf.is_copying, copying.then) == ((), False, None)


def test_a_field_that_is_gone_is_told_nothing(
    theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, copying = ground(theme), _Copying()
    monkeypatch.setattr(made.actions, "attach", copying.begin)
    page = QWidget()
    qtbot.addWidget(page)
    shelf = AttachmentShelf(made.context, page)
    (tmp_path / "a.txt").write_text("x")
    shelf.add_files([tmp_path / "a.txt"])
    shelf.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert copying.then is None
