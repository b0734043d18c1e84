"""Under the button that starts a chat: asked once, answered in time or said so, never in the way."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tracker.model.chat import ChatOffer, OfferState, Wait
from tracker.model.errors import TrackerError
from tracker.ui.chat_start.asking import AskingForChat, Choice, Instead
from tracker.ui.ports import Then
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button

CHOICES = (Choice(Instead.REQUEST, "Send it as a request"), Choice(Instead.CALL, "Ask to be called"))
OPEN = ChatOffer(OfferState.OPEN, 1, 2, Wait(timedelta(minutes=1), timedelta(minutes=2)))
LONG = ChatOffer(OfferState.OPEN, 1, 9, Wait(timedelta(minutes=20), timedelta(minutes=40)))


class Asked:
    """The part on a screen, and what it told."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.ground: Ground = ground(theme)
        self.part = AskingForChat(self.ground.context, CHOICES)
        self.agreed: list[ChatOffer] = []
        self.chosen: list[str] = []
        self.ended: list[bool] = []
        self.part.agreed.connect(self.agreed.append)
        self.part.chosen.connect(self.chosen.append)
        self.part.ended.connect(lambda: self.ended.append(True))
        self.window = on_screen(self.part, qtbot)
        self.part.hide()

    @property
    def offers(self) -> list[Then[ChatOffer]]:
        return self.ground.actions.chat.offers

    @property
    def buttons(self) -> list[str]:
        return [one.text() for one in self.part.findChildren(Button) if one.isVisible()]

    def press(self, words: str) -> None:
        next(one for one in self.part.findChildren(Button) if one.text() == words and one.isVisible()).click()


@pytest.fixture
def asked(theme: Theme, qtbot: QtBot) -> Asked:
    return Asked(theme, qtbot)


def test_it_says_that_it_asks_and_a_second_click_does_nothing(asked: Asked) -> None:
    asked.part.ask()
    asked.part.ask()
    assert len(asked.offers) == 1
    assert asked.part.said == "Asking whether somebody is there…"
    assert asked.buttons == ["Cancel"]


def test_where_somebody_is_there_the_place_is_said_and_it_begins(asked: Asked) -> None:
    asked.part.ask()
    asked.offers[0](OPEN)
    assert asked.agreed == [OPEN]
    assert asked.part.said == "You are number 2 in the queue, 1 to 2 min wait."
    asked.offers[0](OPEN)
    assert len(asked.agreed) == 1


def test_escape_ends_it_and_the_answer_counts_no_more(asked: Asked) -> None:
    asked.part.ask()
    focused = asked.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert asked.part.isHidden()
    assert asked.ended == [True]
    asked.offers[0](OPEN)
    assert asked.agreed == []


@pytest.mark.parametrize(
    "offer", [ChatOffer(OfferState.CLOSED), ChatOffer(OfferState.NOBODY), ChatOffer(OfferState.FULL)]
)
def test_where_nobody_is_there_the_rest_is_offered_with_its_promise(offer: ChatOffer, asked: Asked) -> None:
    asked.part.show_promise("First reply within 4 working hours.")
    asked.part.ask()
    asked.offers[0](offer)
    assert asked.agreed == []
    assert asked.buttons == ["Send it as a request", "Ask to be called"]
    assert asked.part._kept.isVisible()
    asked.press("Ask to be called")
    assert asked.chosen == ["call"]


def test_a_long_wait_is_the_persons_to_decide(asked: Asked) -> None:
    asked.part.ask()
    asked.offers[0](LONG)
    assert asked.agreed == []
    asked.press("Wait in the queue all the same")
    assert asked.agreed == [LONG]


def test_an_error_is_said_and_can_be_asked_again(asked: Asked) -> None:
    asked.part.ask()
    asked.offers[0](TrackerError("The service desk cannot be reached."))
    assert asked.part.said == "The service desk cannot be reached."
    asked.press("Ask again")
    assert len(asked.offers) == 2


def test_no_answer_in_time_is_said(asked: Asked, qtbot: QtBot) -> None:
    asked.part._question._patience.setInterval(1)
    asked.part.ask()
    qtbot.waitUntil(lambda: asked.part.said.startswith("The service desk did not say in time"))
    asked.offers[0](OPEN)
    assert asked.agreed == []
    assert "Ask again" in asked.buttons


def test_who_goes_elsewhere_is_not_pulled_back(asked: Asked) -> None:
    asked.part.ask()
    asked.window.hide()
    asked.offers[0](OPEN)
    assert asked.agreed == []
