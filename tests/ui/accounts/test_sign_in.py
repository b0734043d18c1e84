"""Signing in: what is asked, what is waited for, what went wrong."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree, assert_snapshot, unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.pseudo import pseudo_language, stretched
from tracker.ui.accounts.form import DeskOption, SecretKind, SignInForm
from tracker.ui.accounts.sign_in import SignInPage
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button

DESKS = (
    DeskOption("rt", "Request Tracker", (SecretKind.PASSWORD, SecretKind.TOKEN)),
    DeskOption("frontdesk", "Front desk", url="http://127.0.0.1:8080", fixed=True),
)


def opened(theme: Theme, qtbot: QtBot, desks: tuple[DeskOption, ...] = DESKS) -> SignInPage:
    page = SignInPage(theme, desks)
    qtbot.addWidget(page)
    page.resize(552, 520)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> SignInPage:
    return opened(theme, qtbot)


def line(page: SignInPage, name: str) -> QLineEdit:
    return next(edit for edit in page.findChildren(QLineEdit) if edit.accessibleName() == name)


def button(page: SignInPage) -> Button:
    return next(b for b in page.findChildren(Button) if b.accessibleName() == "Sign in")


def fill(page: SignInPage) -> None:
    line(page, "Address of your IT desk").setText("help.example.org/")
    line(page, "User name").setText(" lbrandt ")
    line(page, "Password").setText("hunter2 ")


def test_what_a_screen_reader_meets(page: SignInPage) -> None:
    assert_snapshot(page, "sign_in")
    assert unnamed(page) == []


def test_what_was_filled_in_is_asked_for(page: SignInPage, qtbot: QtBot) -> None:
    fill(page)
    with qtbot.waitSignal(page.sign_in_requested) as asked:
        qtbot.mouseClick(button(page), Qt.MouseButton.LeftButton)
    assert asked.args == [
        SignInForm("rt", "https://help.example.org", "lbrandt", SecretKind.PASSWORD, "hunter2 ")
    ]


def test_a_second_press_asks_nothing(page: SignInPage, qtbot: QtBot) -> None:
    fill(page)
    heard: list[object] = []
    page.sign_in_requested.connect(heard.append)
    for _ in range(2):
        qtbot.mouseClick(button(page), Qt.MouseButton.LeftButton)
    QTest.keyClick(line(page, "Password"), Qt.Key.Key_Return)
    assert len(heard) == 1
    assert not button(page).isEnabled()
    assert "Asking the desk" in accessible_tree(page)


def test_enter_in_any_line_asks(page: SignInPage, qtbot: QtBot) -> None:
    fill(page)
    with qtbot.waitSignal(page.sign_in_requested):
        QTest.keyClick(line(page, "User name"), Qt.Key.Key_Return)


def test_what_is_missing_is_said_and_gets_the_keyboard(page: SignInPage, qtbot: QtBot) -> None:
    line(page, "Address of your IT desk").setText("help.example.org")
    with qtbot.assertNotEmitted(page.sign_in_requested):
        qtbot.mouseClick(button(page), Qt.MouseButton.LeftButton)
    assert "Type the name you sign in with." in accessible_tree(page)
    assert QApplication.focusWidget() is line(page, "User name")
    assert button(page).isEnabled()


def test_a_refusal_is_said_and_everything_typed_stays(page: SignInPage, qtbot: QtBot) -> None:
    fill(page)
    qtbot.mouseClick(button(page), Qt.MouseButton.LeftButton)
    page.show_error("The desk does not know this name and password.")
    assert "does not know this name" in accessible_tree(page)
    assert "Asking" not in accessible_tree(page)
    assert line(page, "Password").text() == "hunter2 "
    assert QApplication.focusWidget() is line(page, "Password")
    with qtbot.waitSignal(page.sign_in_requested):
        qtbot.mouseClick(button(page), Qt.MouseButton.LeftButton)
    assert "does not know this name" not in accessible_tree(page)


def test_waiting_for_the_keyring_is_said(page: SignInPage, qtbot: QtBot) -> None:
    fill(page)
    qtbot.mouseClick(button(page), Qt.MouseButton.LeftButton)
    page.show_busy("Waiting for the keyring…")
    assert "Waiting for the keyring…" in accessible_tree(page)
    assert not button(page).isEnabled()


def test_the_password_is_hidden_and_can_be_forgotten(page: SignInPage) -> None:
    fill(page)
    assert line(page, "Password").echoMode() == QLineEdit.EchoMode.Password
    assert "hunter2" not in accessible_tree(page)
    page.forget_secret()
    assert page.form().secret == ""


def test_a_desk_with_an_address_of_its_own_keeps_it(page: SignInPage) -> None:
    choice = page.findChild(QComboBox)
    assert choice is not None
    choice.setCurrentIndex(1)
    assert page.form().url == "http://127.0.0.1:8080"
    assert not line(page, "Address of your IT desk").isEnabled()
    page.show_busy("Asking…")
    page.show_error("No.")
    assert not line(page, "Address of your IT desk").isEnabled()
    assert "Set by IT" in accessible_tree(page)


def test_a_token_is_asked_for_by_its_name(page: SignInPage, qtbot: QtBot) -> None:
    token = next(pill for pill in page.findChildren(QRadioButton) if pill.text() == "Access token")
    qtbot.mouseClick(token, Qt.MouseButton.LeftButton)
    line(page, "Access token").setText("1-2-3")
    assert page.form().secret_kind is SecretKind.TOKEN
    assert page.form().secret == "1-2-3"


def test_with_one_desk_there_is_nothing_to_choose(theme: Theme, qtbot: QtBot) -> None:
    page = opened(theme, qtbot, DESKS[:1])
    assert "Kind of desk" not in accessible_tree(page)


def test_a_longer_language_cuts_nothing(theme: Theme, qtbot: QtBot) -> None:
    with pseudo_language():
        page = opened(theme, qtbot)
        page.show_error(stretched("The desk does not know this name and password."))
        qtbot.waitUntil(lambda: clipped(page) == [])
        assert small_targets(page) == []
