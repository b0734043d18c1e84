"""A chat nobody comes to: said once after three minutes, with something else to do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import DOCK, NOW, PRIYA
from tracker.model.chat import Chat, ChatState
from tracker.ui.chat_start.verdict import CATCH
from tracker.ui.chat_start.waited import WaitWatch, WithCatch
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button

TICKET = DOCK.ticket.id
QUEUED = Chat(TICKET, "s1", ChatState.QUEUED, NOW, place=1)


@pytest.fixture
def g(theme: Theme) -> Ground:
    made = ground(theme)
    made.view.talks.by_ticket[TICKET] = QUEUED
    return made


@pytest.fixture
def watch(g: Ground, theme: Theme, qtbot: QtBot) -> WaitWatch:
    return WaitWatch(g.context, theme)


def test_it_is_told_once_when_the_time_has_come(g: Ground, watch: WaitWatch, qtbot: QtBot) -> None:
    caught: list[Chat] = []
    watch.caught.connect(caught.append)
    g.clock.go_on(CATCH - timedelta(milliseconds=50))
    watch.refresh()
    assert caught == []
    g.clock.go_on(timedelta(milliseconds=50))
    qtbot.waitUntil(lambda: caught == [QUEUED])
    watch.refresh()
    assert caught == [QUEUED]
    g.view.talks.by_ticket[TICKET] = replace(QUEUED, state=ChatState.OPEN, agent=PRIYA)
    watch.refresh()
    assert watch.now is None


def test_above_the_chat_a_call_is_offered_until_somebody_comes(
    g: Ground, watch: WaitWatch, qtbot: QtBot
) -> None:
    asked: list[str] = []
    page = WithCatch(g.context, watch, QLabel("The conversation"))
    page.call_asked.connect(asked.append)
    on_screen(page, qtbot)
    watch.refresh()
    assert not page._room.isVisible()
    g.clock.go_on(timedelta(minutes=4))
    watch.refresh()
    assert page._banner.message.startswith("Nobody has come yet, and you have waited 4 min.")
    next(one for one in page.findChildren(Button) if one.text() == "Ask to be called").click()
    assert asked == [TICKET]
    g.view.talks.by_ticket[TICKET] = replace(QUEUED, state=ChatState.ENDED)
    watch.refresh()
    assert not page._room.isVisible()
