"""Is everything all right, and the report for IT: for everybody, in every size, saved only when asked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import assert_snapshot, unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.page_ground import on_screen
from tests.ui.pseudo import pseudo_language
from tracker.ui.support.check_page import CheckPage
from tracker.ui.support.finding_row import MARKS, FindingRow
from tracker.ui.support.report_page import ReportPage
from tracker.ui.support.values import Checked, ReportFile, State
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.widgets.field import Choice

FOUND = (
    Checked("disk", State.OK, "71.4 GB are free."),
    Checked("keyring", State.WARN, "It is locked.", "Unlock it, and Tracker goes on by itself."),
    Checked("certificate", State.BAD, "It was issued by Somebody Else Ltd.", "Ask IT."),
    Checked("something new", State.OK, "A word that has no break in it: " + "x" * 200),
)
FILES = (ReportFile("about.txt", "A report.\n"), ReportFile("log/tracker.log", "All went well.\n" * 50))


def check(theme: Theme) -> CheckPage:
    page = CheckPage(theme, "Settings")
    page.show_found(FOUND)
    return page


def report(theme: Theme) -> ReportPage:
    page = ReportPage(theme, "Is everything all right?", FILES)
    page.show_refused("The disk is full, so saving the report did not work. Free some space and try again.")
    return page


each_page = pytest.mark.parametrize("make", [check, report], ids=lambda make: make.__name__)
Make = Callable[[Theme], QWidget]


def button(page: QWidget, words: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.accessibleName() == words)


@each_page
def test_what_a_screen_reader_meets(make: Make, theme: Theme, qtbot: QtBot) -> None:
    page = make(theme)
    on_screen(page, qtbot, 996, 900).setFocus()
    assert unnamed(page) == []
    assert_snapshot(page, f"support_{make.__name__}")


@each_page
@pytest.mark.parametrize("width", [552, 996])
def test_nothing_is_cut(make: Make, width: int, theme: Theme, qtbot: QtBot) -> None:
    page = make(theme)
    on_screen(page, qtbot, width, 520)
    qtbot.waitUntil(lambda: clipped(page) == [])
    assert small_targets(page) == []


@each_page
def test_nothing_is_cut_in_a_longer_language(make: Make, theme: Theme, qtbot: QtBot) -> None:
    with pseudo_language():
        page = make(theme)
        on_screen(page, qtbot, 552, 520)
        assert page.width() <= 552
        qtbot.waitUntil(lambda: clipped(page) == [])


@each_page
def test_nothing_is_cut_at_twice_the_size_and_from_right_to_left(
    make: Make, large: Theme, qtbot: QtBot
) -> None:
    page = make(large)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    on_screen(page, qtbot, 996, 520)
    qtbot.waitUntil(lambda: clipped(page) == [])


@each_page
def test_every_look_can_be_painted(make: Make, theme: Theme, qtbot: QtBot) -> None:
    page = make(theme)
    on_screen(page, qtbot)
    for look in Look:
        theme.choose(look)
        assert not page.grab().isNull()


def test_what_needs_a_look_comes_first_and_each_state_has_a_shape_of_its_own(
    theme: Theme, qtbot: QtBot
) -> None:
    page = check(theme)
    on_screen(page, qtbot, 996, 900)
    rows = sorted(page.findChildren(FindingRow), key=lambda row: row.mapTo(page, row.pos()).y())
    heads = [row.accessibleName().split(":")[0] for row in rows]
    assert heads == ["Certificate", "Keyring", "Room on the disk", "something new"]
    assert len({icon for icon, _tone in MARKS.values()}) == len(State)


def test_while_it_looks_nothing_can_be_asked_twice(theme: Theme, qtbot: QtBot) -> None:
    page = check(theme)
    on_screen(page, qtbot)
    page.show_busy(3, 12)
    assert not button(page, "Check again").isEnabled()
    page.show_found(FOUND[:1])
    assert button(page, "Check again").isEnabled()
    left = ["Room on the disk: All right. 71.4 GB are free."]
    qtbot.waitUntil(lambda: [row.accessibleName() for row in page.findChildren(FindingRow)] == left)


def test_all_of_it_can_be_copied_as_text(theme: Theme, qtbot: QtBot) -> None:
    page = check(theme)
    on_screen(page, qtbot)
    button(page, "Copy as text").click()
    copied = QGuiApplication.clipboard().text()
    assert "Does not work: Certificate: It was issued by Somebody Else Ltd.\n    Ask IT.\n" in copied
    assert "71.4 GB" in copied


def test_every_file_of_the_report_can_be_read_and_none_can_be_changed(theme: Theme, qtbot: QtBot) -> None:
    page = report(theme)
    on_screen(page, qtbot)
    text = page.findChild(QPlainTextEdit)
    which = page.findChild(Choice)
    assert text is not None
    assert which is not None
    shown = []
    for at in range(which.count()):
        which.setCurrentIndex(at)
        shown.append(text.toPlainText())
    assert shown == [file.text for file in FILES]
    assert text.isReadOnly()


def test_the_report_is_saved_where_the_person_says_and_once(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    page = ReportPage(theme, "Settings", FILES)
    on_screen(page, qtbot)
    button(page, "Save…").click()
    (dialog,) = page.findChildren(QFileDialog)
    with qtbot.waitSignal(page.save_asked) as asked:
        dialog.fileSelected.emit(str(tmp_path / "r.zip"))
    dialog.reject()
    assert asked.args == [tmp_path / "r.zip"]
    assert not button(page, "Save…").isEnabled()
    page.show_saved(tmp_path / "r.zip")
    assert button(page, "Save…").isEnabled()
