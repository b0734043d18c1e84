"""The chat in the tray panel: how long one would wait, and the way to a chat that goes on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import DOCK, NOW, PRIYA
from tracker.model.change import Change
from tracker.model.chat import Chat, ChatOffer, ChatState, ChatWay, Message, OfferState, Wait
from tracker.ui.theme.theme import Theme
from tracker.ui.tray_panel.mini_card import MiniCard
from tracker.ui.tray_panel.panel import TrayPanel
from tracker.ui.widgets.buttons import Button

TICKET = DOCK.ticket.id
OPEN = Chat(TICKET, "s1", ChatState.OPEN, NOW, agent=PRIYA)


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def opened(g: Ground, qtbot: QtBot) -> tuple[TrayPanel, list[str]]:
    asked: list[str] = []
    made = TrayPanel(g.context, "Acme IT Help")
    qtbot.addWidget(made)
    made.chat_asked.connect(asked.append)
    made.open_at(QRect())
    qtbot.waitExposed(made)
    return made, asked


def press(panel: TrayPanel, words: str) -> None:
    next(b for b in panel.findChildren(Button) if b.text() == words and b.isVisible()).click()


def test_how_long_one_would_wait_is_said_when_it_opens(g: Ground, qtbot: QtBot) -> None:
    panel, asked = opened(g, qtbot)
    assert not panel._chat.line.isVisible()
    before = panel.height()
    (answer,) = g.actions.chat.offers
    answer(ChatOffer(OfferState.OPEN, wait=Wait(timedelta(minutes=1), timedelta(minutes=2))))
    assert panel._chat.line.text() == "Chat: 1 to 2 min wait"
    assert panel.height() > before
    QTest.keyClicks(panel._search, "VPN")
    press(panel, "Chat")
    assert asked == ["VPN"]
    assert not panel.isVisible()


def test_a_chat_that_goes_on_is_one_press_away(g: Ground, qtbot: QtBot) -> None:
    g.view.talks.by_ticket[TICKET] = OPEN
    g.view.talks.written[TICKET] = [Message("m1", TICKET, 1, NOW, PRIYA, "Hello")]
    panel, asked = opened(g, qtbot)
    assert panel._chat.card.accessibleName() == "Priya is chatting with you. 1 new message"
    assert g.actions.chat.offers == []
    (named,) = [card.look.now for card in panel.findChildren(MiniCard) if card.look.ticket == TICKET]
    assert named.startswith("Chat: 1 new · ")
    press(panel, "Open chat")
    assert asked == [""]


def test_it_follows_what_happens_meanwhile(g: Ground, qtbot: QtBot) -> None:
    panel, _asked = opened(g, qtbot)
    g.view.talks.by_ticket[TICKET] = OPEN
    panel.refresh(Change(chats=frozenset({TICKET})))
    assert panel._chat.card.isVisible()
    g.view.talks.by_ticket[TICKET] = replace(OPEN, state=ChatState.ENDED)
    panel.refresh(Change(chats=frozenset({TICKET})))
    assert not panel._chat.card.isVisible()


@pytest.mark.parametrize("way", [ChatWay.NONE, ChatWay.REPLIES])
def test_where_nobody_chats_nothing_is_offered(way: ChatWay, g: Ground, qtbot: QtBot) -> None:
    g.view.talks.how = way
    panel, _asked = opened(g, qtbot)
    assert not panel._chat.button.isVisible()
    assert g.actions.chat.offers == []
