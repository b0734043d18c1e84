"""The settings: shown as they are, each change told as a new value, nothing stored here."""

from dataclasses import replace
from datetime import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QTimeEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree, assert_snapshot, unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.page_ground import ground
from tests.ui.pseudo import pseudo_language
from tests.ui.samples import at
from tracker.host.settings import DeskChoice, Privacy, Settings, ThemeChoice
from tracker.model.notice import NoticeClass
from tracker.model.telling import Telling
from tracker.model.ticket import TicketId
from tracker.ui.settings.digest_times import DigestTimes
from tracker.ui.settings.page import About, SettingsPage
from tracker.ui.settings.reader import Reader
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.segments import SegmentedChips
from tracker.ui.widgets.sheet import Sheet

SIGNED_IN = Settings(desk=DeskChoice("rt", "https://help.example.org", "lbrandt"))


def reader(theme: Theme) -> Reader:
    """Give somebody in Berlin, on a Friday at 13:50."""
    g = ground(theme)
    return Reader(theme, g.context.wording, g.clock)


def opened(
    theme: Theme, qtbot: QtBot, settings: Settings = SIGNED_IN, about: About | None = None
) -> SettingsPage:
    page = SettingsPage(reader(theme), settings, about or About("0.1"))
    qtbot.addWidget(page)
    page.resize(552, 520)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> SettingsPage:
    return opened(theme, qtbot)


def pill(page: QWidget, group: str, words: str) -> QRadioButton:
    chips = next(c for c in page.findChildren(SegmentedChips) if c.accessibleName() == group)
    return next(button for button in chips.findChildren(QRadioButton) if button.text() == words)


def box(page: QWidget, words: str) -> QCheckBox:
    return next(b for b in page.findChildren(QCheckBox) if b.accessibleName() == words)


def clock(page: QWidget, name: str) -> QTimeEdit:
    return next(e for e in page.findChildren(QTimeEdit) if e.accessibleName() == name)


def test_what_a_screen_reader_meets(page: SettingsPage) -> None:
    assert_snapshot(page, "settings")
    assert unnamed(page) == []


@pytest.mark.parametrize(
    ("words", "theme_choice"),
    [("Light", ThemeChoice.LIGHT), ("Dark", ThemeChoice.DARK), ("High contrast", ThemeChoice.CONTRAST)],
)
def test_a_look_is_chosen(words: str, theme_choice: ThemeChoice, page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.settings_changed) as told:
        pill(page, "Colours", words).click()
    assert told.args == [replace(SIGNED_IN, theme=theme_choice)]


def test_the_choices_of_look_are_those_of_the_theme() -> None:
    assert [look.value for look in Look] == [choice.value for choice in ThemeChoice]


def test_how_a_kind_of_news_is_told_is_chosen(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.settings_changed) as told:
        pill(page, "Progress", "In the summary").click()
    new = told.args[0]
    assert isinstance(new, Settings)
    assert new.notify.of(NoticeClass.PROGRESS) is Telling.DIGEST
    assert new.notify.of(NoticeClass.PROMISE) is Telling.TOAST
    assert new.desk == SIGNED_IN.desk


def test_two_changes_are_both_in_the_last_value(page: SettingsPage, qtbot: QtBot) -> None:
    pill(page, "Progress", "Off").click()
    pill(page, "Colours", "Dark").click()
    with qtbot.waitSignal(page.settings_changed) as told:
        pill(page, "What a notification shows", "The subject").click()
    new = told.args[0]
    assert isinstance(new, Settings)
    assert new.notify.of(NoticeClass.PROGRESS) is Telling.OFF
    assert new.theme is ThemeChoice.DARK
    assert new.privacy is Privacy.SUBJECT


def test_quiet_hours_are_set(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.settings_changed) as told:
        clock(page, "From").setTime(QTime(20, 30))
    assert told.args == [replace(SIGNED_IN, quiet_from=time(20, 30))]
    with qtbot.waitSignal(page.settings_changed) as told:
        box(page, "Quiet hours").click()
    assert told.args == [replace(SIGNED_IN, quiet_from=time(20, 30), quiet_hours=False)]
    assert not clock(page, "From").isEnabled()


def test_what_it_sets_is_set_by_it_alone(theme: Theme, qtbot: QtBot) -> None:
    locked = frozenset({"telling.needs_you", "theme", "quiet_from", "quiet_weekend", "autostart"})
    page = opened(theme, qtbot, about=About("0.1", locked=locked))
    assert not pill(page, "Needs you", "Off").isEnabled()
    assert not pill(page, "Colours", "Dark").isEnabled()
    assert not clock(page, "From").isEnabled()
    assert not box(page, "Start when I sign in to this computer").isEnabled()
    assert pill(page, "Progress", "Off").isEnabled()
    assert clock(page, "To").isEnabled()
    tree = accessible_tree(page)
    assert tree.count("Set by IT. IT has set this for your computer.") == 5
    assert unnamed(page) == []
    box(page, "Quiet hours").click()
    box(page, "Quiet hours").click()
    assert not clock(page, "From").isEnabled(), "not opened by the box above it"
    page.show_locked(frozenset())
    assert pill(page, "Needs you", "Off").isEnabled()
    assert box(page, "All day on weekends").isEnabled()
    assert "Set by IT" not in accessible_tree(page)


def test_starting_with_the_computer(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.settings_changed) as told:
        box(page, "Start when I sign in to this computer").click()
    assert told.args == [replace(SIGNED_IN, autostart=True)]


def test_what_this_system_cannot_do_is_not_offered(theme: Theme, qtbot: QtBot) -> None:
    page = opened(theme, qtbot, about=About("0.1", can_autostart=False))
    assert "Start when I sign in" not in accessible_tree(page)


def test_settings_from_elsewhere_are_shown_and_not_told_again(page: SettingsPage, qtbot: QtBot) -> None:
    other = replace(SIGNED_IN, theme=ThemeChoice.DARK, autostart=True, quiet_weekend=False)
    with qtbot.assertNotEmitted(page.settings_changed):
        page.show_settings(other)
    assert pill(page, "Colours", "Dark").isChecked()
    assert not box(page, "All day on weekends").isChecked()


def test_signing_out_says_first_what_is_removed(page: SettingsPage, qtbot: QtBot) -> None:
    out = next(b for b in page.findChildren(Button) if b.accessibleName().startswith("Sign out"))
    out.click()
    out.click()
    sheets = page.findChildren(Sheet)
    assert len(sheets) == 1
    assert "drafts" in sheets[0].accessibleDescription()
    with qtbot.assertNotEmitted(page.sign_out_asked):
        sheets[0].answer("")
    out.click()
    with qtbot.waitSignal(page.sign_out_asked):
        next(s for s in page.findChildren(Sheet) if s.isVisible()).answer("sign-out")
    assert not out.isEnabled()


def test_nobody_signed_in_is_said(theme: Theme, qtbot: QtBot) -> None:
    page = opened(theme, qtbot, Settings())
    tree = accessible_tree(page)
    assert "Not signed in" in tree
    assert "Sign out" not in tree


def test_a_longer_language_cuts_nothing(theme: Theme, qtbot: QtBot) -> None:
    with pseudo_language() as language:
        page = opened(theme, qtbot)
        qtbot.waitUntil(lambda: clipped(page) == [])
        assert small_targets(page) == []
    assert {"Settings", "Quiet hours", "Happening now"} <= {text.replace("&", "") for text in language.asked}


def test_a_press_in_the_page_keeps_it_where_it_was(page: SettingsPage, qtbot: QtBot) -> None:
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = bar.value()
    qtbot.mouseClick(box(page, "Start when I sign in to this computer"), Qt.MouseButton.LeftButton)
    assert bar.value() == place


def press(page: QWidget, words: str) -> None:
    next(b for b in page.findChildren(Button) if b.text() == words and b.isVisible()).click()


def test_being_left_alone_says_until_when_and_ends(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.settings_changed) as told:
        press(page, "For 1 hour")
    assert told.args == [replace(SIGNED_IN, snoozed_until=at(21, 14, 50))]
    assert "Quiet until 14:50" in accessible_tree(page)
    with qtbot.waitSignal(page.settings_changed) as told:
        press(page, "End now")
    assert told.args == [SIGNED_IN]
    with qtbot.waitSignal(page.settings_changed) as told:
        press(page, "Until tomorrow")
    assert told.args == [replace(SIGNED_IN, snoozed_until=at(22, 8))]
    assert "Quiet until tomorrow 08:00" in accessible_tree(page)


def test_a_snooze_that_has_ended_is_not_shown_as_one(theme: Theme, qtbot: QtBot) -> None:
    page = opened(theme, qtbot, replace(SIGNED_IN, snoozed_until=at(21, 13)))
    assert "Quiet until" not in accessible_tree(page)


def digest(page: QWidget) -> DigestTimes:
    return page.findChildren(DigestTimes)[0]


def type_times(page: QWidget, words: str) -> None:
    line = digest(page).line
    line.clear()
    QTest.keyClicks(line, words)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_the_times_of_the_summaries_are_typed(page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.settings_changed) as told:
        type_times(page, "17:15, 8:00,17:15")
    assert told.args == [replace(SIGNED_IN, digest_at=(time(8), time(17, 15)))]
    with qtbot.waitSignal(page.settings_changed) as told:
        type_times(page, "")
    assert told.args == [replace(SIGNED_IN, digest_at=())]


@pytest.mark.parametrize("typed", ["25:00", "noon", "8:00 and 9:00", "1,2,3,4,5,6,7"])
def test_times_that_cannot_be_are_said_and_not_kept(typed: str, page: SettingsPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.settings_changed):
        type_times(page, typed)
    assert digest(page).problem
    assert digest(page).line.accessibleDescription() == digest(page).problem


def test_muted_requests_can_all_be_heard_again(theme: Theme, qtbot: QtBot) -> None:
    muted = replace(SIGNED_IN, muted=frozenset({TicketId("1"), TicketId("2")}))
    page = opened(theme, qtbot, muted)
    assert "2 requests are muted" in accessible_tree(page)
    with qtbot.waitSignal(page.settings_changed) as told:
        press(page, "Hear of all of them again")
    assert told.args == [SIGNED_IN]
    assert "muted" not in accessible_tree(page)


@pytest.mark.parametrize(
    ("at_desk", "said"),
    [(True, "Your IT desk keeps these choices"), (False, "kept on this computer"), (None, "")],
)
def test_the_page_says_where_the_choices_are_kept(
    at_desk: bool | None, said: str, page: SettingsPage
) -> None:
    page.say_where_kept(at_desk=at_desk)
    tree = accessible_tree(page)
    assert said in tree
    assert ("choices" in tree) is (at_desk is not None)


def test_a_change_elsewhere_keeps_what_was_chosen_here(page: SettingsPage, qtbot: QtBot) -> None:
    page.show_settings(replace(SIGNED_IN, snoozed_until=at(21, 15), muted=frozenset({TicketId("1")})))
    with qtbot.waitSignal(page.settings_changed) as told:
        pill(page, "Progress", "Off").click()
    new = told.args[0]
    assert isinstance(new, Settings)
    assert new.snoozed_until == at(21, 15)
    assert new.muted == frozenset({TicketId("1")})


@pytest.mark.parametrize("name", ["From", "To"])
def test_the_wheel_scrolls_the_page_and_leaves_the_quiet_hours_alone(name: str, page: SettingsPage) -> None:
    edit = clock(page, name)
    before = edit.time()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(edit, wheel)
    assert edit.time() == before
    assert not wheel.isAccepted()
    assert edit.focusPolicy() is Qt.FocusPolicy.StrongFocus
