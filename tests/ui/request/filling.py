"""What a person does with the New request page."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, on_screen
from tracker.ui.request.form_fields import Question
from tracker.ui.request.new_request_page import NewRequestPage
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.field import Choice, LineEdit, SearchField


def shown(g: Ground, qtbot: QtBot, width: int = 996) -> NewRequestPage:
    made = NewRequestPage(g.context)
    on_screen(made, qtbot, width, 760)
    return made


def question(page: NewRequestPage, name: str) -> Question:
    return next(q for q in page.findChildren(Question) if q.editor.accessibleName().startswith(name))


def subject(page: NewRequestPage) -> LineEdit:
    editor = question(page, "In one line").editor
    assert isinstance(editor, LineEdit)
    return editor


def service(page: NewRequestPage) -> Choice:
    editor = question(page, "Service").editor
    assert isinstance(editor, Choice)
    return editor


def story(page: NewRequestPage) -> QPlainTextEdit:
    editor = question(page, "What did you see").editor
    assert isinstance(editor, QPlainTextEdit)
    return editor


def top(page: NewRequestPage) -> SearchField:
    return page.findChildren(SearchField)[0]


def press(page: NewRequestPage, words: str) -> None:
    next(b for b in page.findChildren(Button) if b.text() == words).click()


def fill(page: NewRequestPage) -> None:
    service(page).choose("vpn")
    QTest.keyClicks(top(page), "VPN drops")
    QTest.keyClicks(story(page), "Since this morning")
    where = question(page, "Where").editor
    assert isinstance(where, Choice)
    where.choose("Home")
