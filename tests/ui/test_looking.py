"""The tools that look at windows see what they should: each can fail."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import accessible
from tests.ui.accessible import accessible_tree, assert_snapshot, unnamed
from tests.ui.clipping import clipped
from tests.ui.pictures import picture
from tests.ui.pseudo import pseudo_language, stretched
from tests.ui.widgets.showing import shown
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.text import Text


def test_cut_words_are_found(theme: Theme, qtbot: QtBot) -> None:
    label = QLabel("Laptop docking station does not power two screens")
    window = shown(label, qtbot)
    assert clipped(window) == []
    label.setFixedWidth(60)
    assert "needs" in clipped(window)[0]


def test_cut_lines_of_wrapped_words_are_found(theme: Theme, qtbot: QtBot) -> None:
    label = Text("Laptop docking station does not power two screens", wrap=True)
    window = shown(label, qtbot, width=120)
    assert clipped(window) == []
    label.setFixedHeight(20)
    assert len(clipped(window)) == 1


def test_what_lies_outside_its_parent_is_found(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    holder.setFixedSize(100, 40)
    button = Button(theme, "Send", holder)
    window = shown(holder, qtbot)
    assert clipped(window) == []
    button.move(80, 0)
    assert "lies at" in clipped(window)[0]


def test_what_scrolls_may_reach_below_but_not_beside(theme: Theme, qtbot: QtBot) -> None:
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    for _ in range(30):
        column.addWidget(Text("A line"))
    area.setWidget(inside)
    area.setWidgetResizable(True)
    window = shown(area, qtbot, width=200)
    assert clipped(window) == []
    inside.findChildren(Text)[0].setMinimumWidth(400)
    qtbot.waitUntil(lambda: clipped(window) != [])


def test_the_made_up_language_is_longer_and_keeps_fields() -> None:
    assert len(stretched("Settings")) >= 1.4 * len("Settings")
    long = "Click the icon to open this window again."
    assert len(stretched(long)) >= 1.4 * len(long)
    assert "{name}" in stretched("Back to {name}")
    assert "%n" in stretched("%n waiting")


def test_the_made_up_language_speaks_while_it_is_on(qapp: QApplication) -> None:
    with pseudo_language() as language:
        assert QApplication.translate("X", "Send") == stretched("Send")
        assert "3 " in QApplication.translate("X", "%n files", None, 3)
    assert QApplication.translate("X", "Send") == "Send"
    assert "Send" in language.asked


def test_what_has_no_name_is_found(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QPushButton(window)
    QLineEdit(window).setAccessibleName("Words")
    window.show()
    assert [what.split(" ")[0] for what in unnamed(window)] == ["Button"]


def test_a_window_that_reads_differently_fails(
    theme: Theme, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accessible, "SNAPSHOTS", tmp_path)
    monkeypatch.delenv(accessible.UPDATE, raising=False)
    button = Button(theme, "Send")
    window = shown(button, qtbot)
    with pytest.raises(AssertionError, match="no snapshot"):
        assert_snapshot(window, "small")
    monkeypatch.setenv(accessible.UPDATE, "1")
    assert_snapshot(window, "small")
    monkeypatch.delenv(accessible.UPDATE)
    assert_snapshot(window, "small")
    button.setEnabled(False)
    assert "disabled" in accessible_tree(window)
    with pytest.raises(AssertionError):
        assert_snapshot(window, "small")


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_picture_is_as_fine_as_asked(
    look: Look, ratio: float, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    window = shown(Button(theme, "Send", icon="send"), qtbot)
    theme.choose(look)
    path = picture(window, tmp_path / "send.png", ratio=ratio)
    image = QImage(str(path))
    assert image.size() == QSize(window.size() * ratio)
    ground = image.pixelColor(1, 1).lightness()
    assert (ground > 200) if look is Look.LIGHT else (ground < 60)
