"""What people type into and choose from."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree, unnamed
from tests.ui.widgets.showing import shown
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.field import Choice, Field, LineEdit, SearchField, TextArea
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.segments import SegmentedChips


def test_a_field_is_named_by_its_label(theme: Theme, qtbot: QtBot) -> None:
    field = Field("In one &line", LineEdit(), hint="As you would say it")
    window = shown(field, qtbot)
    assert "EditableText “In one line” (As you would say it)" in accessible_tree(window)
    label = field.findChild(QLabel)
    assert label is not None
    assert label.buddy() is field.editor
    assert field.editor.height() >= 40


def test_a_field_says_what_is_wrong_and_takes_it_back(theme: Theme, qtbot: QtBot) -> None:
    field = Field("Address", LineEdit(), hint="Of your desk")
    window = shown(field, qtbot)
    field.set_error("Type the address.")
    assert field.error == "Type the address."
    assert "(Type the address.)" in accessible_tree(window)
    field.set_error("")
    assert field.error == ""
    assert "(Of your desk)" in accessible_tree(window)


def test_a_field_can_ask_for_something_else(theme: Theme, qtbot: QtBot) -> None:
    field = Field("&Password", LineEdit())
    field.set_label("Access &token")
    assert field.editor.accessibleName() == "Access token"


def test_tab_leaves_a_field_of_many_lines(theme: Theme, qtbot: QtBot) -> None:
    area = TextArea(placeholder="What did you see?", lines=3)
    window = shown(area, qtbot)
    line = LineEdit(window)
    line.show()
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert area.toPlainText() == ""
    assert QApplication.focusWidget() is line


def test_the_wheel_does_not_change_a_choice(theme: Theme, qtbot: QtBot) -> None:
    choice = Choice()
    choice.set_choices([("a", "First"), ("b", "Second")], chosen="b")
    shown(choice, qtbot)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, wheel)
    assert choice.choice == "b"
    assert not wheel.isAccepted()


def test_a_choice_of_nothing_is_nothing(theme: Theme, qtbot: QtBot) -> None:
    choice = Choice()
    qtbot.addWidget(choice)
    assert choice.choice == ""
    choice.set_choices([("a", "First")], chosen="gone")
    assert choice.choice == "a"


def test_searching_waits_for_a_pause_and_tells_once(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search all requests")
    shown(field, qtbot)
    heard: list[str] = []
    field.searched.connect(heard.append)
    with qtbot.waitSignal(field.searched):
        QTest.keyClicks(field, "vpn ")
    assert heard == ["vpn"]
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["vpn"]


def test_enter_searches_and_clearing_ends_the_search_at_once(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search all requests")
    shown(field, qtbot)
    heard: list[str] = []
    field.searched.connect(heard.append)
    QTest.keyClicks(field, "dock")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["dock"]
    field.clear()
    assert heard == ["dock", ""]


def test_the_glass_is_where_reading_starts(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search")
    shown(field, qtbot, width=300)
    glass = field.findChild(Glyph)
    assert glass is not None
    assert glass.x() < 20
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = SearchField(theme, "Search")
        shown(mirrored, qtbot, width=300)
        glass = mirrored.findChild(Glyph)
        assert glass is not None
        assert glass.x() > 240
    finally:
        QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def filters(qtbot: QtBot) -> SegmentedChips:
    chips = SegmentedChips("Which requests")
    chips.set_choices([("open", "Open 4"), ("fixed", "Fixed"), ("all", "All")])
    shown(chips, qtbot)
    return chips


def test_one_pill_is_chosen_and_read_as_one_of_several(theme: Theme, qtbot: QtBot) -> None:
    chips = filters(qtbot)
    assert chips.choice == "open"
    tree = accessible_tree(chips)
    assert "RadioButton “Open 4” checked" in tree
    assert "RadioButton “Fixed”\n" in tree
    assert unnamed(chips) == []


def test_pressing_a_pill_tells_and_choosing_by_program_does_not(theme: Theme, qtbot: QtBot) -> None:
    chips = filters(qtbot)
    with qtbot.assertNotEmitted(chips.chosen):
        chips.choose("all")
    pills = chips.findChildren(QRadioButton)
    with qtbot.waitSignal(chips.chosen) as told:
        qtbot.mouseClick(pills[1], Qt.MouseButton.LeftButton)
    assert told.args == ["fixed"]
    chips.choose("gone")
    assert chips.choice == "fixed"


def test_arrow_keys_move_the_choice(theme: Theme, qtbot: QtBot) -> None:
    chips = filters(qtbot)
    pill = chips.findChildren(QRadioButton)[0]
    pill.setFocus()
    with qtbot.waitSignal(chips.chosen):
        QTest.keyClick(pill, Qt.Key.Key_Right)
    assert chips.choice == "fixed"


def test_counts_on_pills_change_and_choices_can_be_replaced(theme: Theme, qtbot: QtBot) -> None:
    chips = filters(qtbot)
    chips.set_text("open", "Open 5")
    assert "Open 5" in accessible_tree(chips)
    chips.set_choices([("x", "Only")])
    assert chips.choice == "x"
    chips.set_choices([])
    assert chips.choice == ""
