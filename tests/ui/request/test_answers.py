"""Answers of the knowledge base beside the form."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.request.filling import shown, top
from tests.ui.samples import ANSWERS
from tracker.model.errors import DeskUnavailable
from tracker.ui.request.answers_card import AnswersCard, TitleButton
from tracker.ui.request.new_request_page import NewRequestPage
from tracker.ui.theme.theme import Theme
from tracker.ui.timeline.message_text import MessageText
from tracker.ui.widgets.sheet import Sheet


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> NewRequestPage:
    return shown(g, qtbot)


def test_answers_come_when_typing_pauses_and_unfold(page: NewRequestPage, g: Ground, qtbot: QtBot) -> None:
    QTest.keyClicks(top(page), "vpn drops")
    qtbot.waitUntil(lambda: [words for words, _ in g.actions.searches] == ["vpn drops"])
    card = page.findChildren(AnswersCard)[0]
    assert not card.isVisible()
    g.actions.searches[0][1](ANSWERS)
    assert card.isVisible()
    titles = card.findChildren(TitleButton)
    assert len(titles) == 3
    titles[0].click()
    text = card.findChildren(MessageText)[0]
    assert text.isVisible()
    assert "Turn off “Save power”." in text.accessibleName()
    titles[0].click()
    assert not text.isVisible()


def test_a_link_in_an_answer_is_asked_about(page: NewRequestPage, g: Ground, qtbot: QtBot) -> None:
    card = page.findChildren(AnswersCard)[0]
    card.show_answers(ANSWERS)
    card.findChildren(TitleButton)[0].click()
    card.findChildren(MessageText)[0].link_asked.emit("https://help.acme.example/vpn-sleep")
    page.window().findChildren(Sheet)[0].answer("open")
    assert [url.toString() for url in g.opened] == ["https://help.acme.example/vpn-sleep"]


def test_a_newer_question_ends_an_older_one(page: NewRequestPage, g: Ground, qtbot: QtBot) -> None:
    card = page.findChildren(AnswersCard)[0]
    card.look_for("vpn")
    qtbot.waitUntil(lambda: len(g.actions.searches) == 1)
    card.look_for("printer")
    assert g.actions.cancelled_searches == 1
    g.actions.searches[0][1](ANSWERS)
    assert not card.isVisible()
    qtbot.waitUntil(lambda: len(g.actions.searches) == 2)
    g.actions.searches[1][1](DeskUnavailable("no"))
    assert not card.isVisible()


def test_too_little_is_not_looked_for(page: NewRequestPage, g: Ground) -> None:
    card = page.findChildren(AnswersCard)[0]
    card.show_answers(ANSWERS)
    card.look_for("vp")
    assert not card._pause.isActive()
    assert not card.isVisible()


def test_answers_stand_above_the_form_where_there_is_little_room(g: Ground, qtbot: QtBot) -> None:
    page = shown(g, qtbot, width=552)
    card = page.findChildren(AnswersCard)[0]
    card.show_answers(ANSWERS)
    qtbot.waitUntil(lambda: 0 < card.y() < page._form.y())
    assert card.width() == page._form.width()
