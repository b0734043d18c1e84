"""What the tray says: one mark, one line, and the requests in its menu."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot

from tests.ui.samples import ZONE
from tracker.model.health import Condition, Health
from tracker.model.line import line
from tracker.model.listing import Counts
from tracker.model.ticket import TicketId
from tracker.ui.theme.art import TrayMark
from tracker.ui.tray.words import TrayRequest, TrayState, mark_of, menu_words, tooltip
from tracker.ui.wording import Wording

NOW = datetime(2025, 11, 21, 13, 6, tzinfo=UTC)
WORDING = Wording(QLocale(), ZONE, lambda: NOW)
AS_OF = NOW - timedelta(minutes=1)


def state(condition: Condition = Condition.OK, *, unread: int = 0, waiting: int = 0) -> TrayState:
    return TrayState(Health(condition, as_of=AS_OF), Counts(unread=unread, waiting_for_me=waiting))


@pytest.mark.parametrize(
    ("shown", "mark"),
    [
        (state(), TrayMark.QUIET),
        (state(Condition.SYNCING), TrayMark.QUIET),
        (state(unread=2), TrayMark.NEWS),
        (state(unread=2, waiting=1), TrayMark.NEEDS_YOU),
        (state(Condition.OFFLINE, unread=2, waiting=1), TrayMark.OFFLINE),
        (state(Condition.SIGN_IN_NEEDED, unread=2), TrayMark.SIGN_IN),
        (state(Condition.BROKEN), TrayMark.NEEDS_YOU),
    ],
)
def test_what_matters_most_is_the_mark(shown: TrayState, mark: TrayMark) -> None:
    assert mark_of(shown) is mark


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (state(), "Tracker: nothing new · as of 14:05"),
        (state(unread=1), "Tracker: 1 update · as of 14:05"),
        (state(unread=2), "Tracker: 2 updates · as of 14:05"),
        (state(unread=2, waiting=1), "Tracker: 1 request waits for you, 2 updates · as of 14:05"),
        (state(waiting=3), "Tracker: 3 requests wait for you · as of 14:05"),
        (state(Condition.OFFLINE), "Tracker: offline · as of 14:05"),
        (state(Condition.OFFLINE, unread=2), "Tracker: offline, 2 updates · as of 14:05"),
        (state(Condition.SIGN_IN_NEEDED), "Tracker: please sign in again · as of 14:05"),
        (state(Condition.BROKEN), "Tracker: something went wrong · as of 14:05"),
        (TrayState(), "Tracker: nothing new"),
        (
            TrayState(Health(Condition.BROKEN, sentence="The disk is full.\nNothing is lost.")),
            "Tracker: The disk is full. Nothing is lost",
        ),
    ],
)
def test_the_tooltip_says_it_in_a_line(qtbot: QtBot, shown: TrayState, words: str) -> None:
    assert tooltip(shown, WORDING, program="Tracker") == words


def test_a_request_in_the_menu_is_short_and_an_ampersand_no_shortcut(qtbot: QtBot) -> None:
    request = TrayRequest(TicketId("4711"), "Printer & scanner\n" + "x" * 200, line("Fixed?"))
    words = menu_words(request, WORDING)
    assert words.startswith("Printer && scanner xxx")
    assert words.endswith("… — Fixed?")
    assert len(words) < 60


def test_new_chat_messages_are_counted_once_and_said(qtbot: QtBot) -> None:
    """Each of them is a notice as well."""
    shown = TrayState(counts=Counts(unread=3), messages=2)
    assert mark_of(shown) is TrayMark.NEWS
    assert shown.unread == 3
    assert tooltip(shown, WORDING, program="Tracker") == "Tracker: 2 new chat messages, 1 update"
    alone = TrayState(messages=1)
    assert alone.unread == 1
    assert tooltip(alone, WORDING, program="Tracker") == "Tracker: 1 new chat message"
