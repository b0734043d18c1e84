"""An answer written on the toast of a chat message."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.notify.fake_way import FakeWay
from tests.ui.notify.test_notifier import PRINTER, started
from tracker.host.settings import Privacy
from tracker.model.notice import Button, NoticeClass


@pytest.fixture(autouse=True)
def _application(qtbot: QtBot) -> None:
    """Signals need an application."""


CHAT = replace(PRINTER, id="c1", notice_class=NoticeClass.NOW, buttons=(Button.REPLY,))


def test_an_answer_written_on_the_toast_is_told_and_the_toast_goes() -> None:
    way = FakeWay("dbus")
    notifier, told = started(way)
    notifier.show((CHAT,))
    assert way.toasts[0].reply == "Write a reply"
    way.reports.replied("request:4711", "On my way")
    assert told.all[1:] == [("replied", "c1", "On my way")]
    assert way.withdrawn == ["request:4711"]
    assert notifier.live == ()


def test_an_answer_without_words_opens_the_chat() -> None:
    way = FakeWay("dbus")
    notifier, told = started(way)
    notifier.show((CHAT,))
    way.reports.replied("request:4711", " \n")
    assert told.all[1:] == [("pressed", "c1", Button.REPLY)]


@pytest.mark.parametrize("key", ["request:4711", "request:4712"])
def test_an_answer_to_what_cannot_be_answered_is_none(key: str) -> None:
    way = FakeWay("dbus")
    notifier, told = started(way)
    notifier.show((PRINTER,))
    assert way.toasts[0].reply == ""
    way.reports.replied(key, "Hello")
    assert told.all[1:] == []


@pytest.mark.parametrize("privacy", [Privacy.SUBJECT, Privacy.GENERIC])
def test_where_the_words_are_hidden_there_is_no_field_to_answer_them(privacy: Privacy) -> None:
    way = FakeWay("dbus")
    notifier, _told = started(way, privacy=privacy)
    notifier.show((CHAT,))
    assert way.toasts[0].reply == ""
    assert [button.id for button in way.toasts[0].buttons] == ["open"]
