"""After the end: thanks, one rating, a look back, and a new request where the old one stays closed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import PRINTER, YOU, at, entry
from tests.ui.tickets.card_hands import card, offered, outbox_holds, press_twice, shows, wishes
from tests.ui.tickets.card_samples import CLOSED, LOOKING_BACK, UNHEARD
from tests.ui.tickets.page_hands import button, opened
from tracker.model.command import Delivery
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import Act, TicketState
from tracker.model.wish import WishKind
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.check_in_card import CheckInCard
from tracker.ui.tickets.closing_card import ClosingCard
from tracker.ui.tickets.farewell_card import FarewellCard
from tracker.ui.tickets.rating_row import RatingRow
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.widgets.buttons import Button

STARS = ["1 of 5: bad", "2 of 5: not good", "3 of 5: so-so", "4 of 5: good", "5 of 5: very good"]


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def star(page: TicketPage, score: int) -> Button:
    return card(page, RatingRow).findChildren(Button)[score - 1]


def line_field(page: TicketPage) -> ComposeArea:
    shown = [area for area in page.findChildren(ComposeArea) if area.isVisible() and "line" in _name(area)]
    assert len(shown) == 1
    return shown[0]


def _name(area: ComposeArea) -> str:
    return area.accessibleName().lower()


def test_closed_with_no_human_word_is_said_first(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, UNHEARD)
    assert card(page, ClosingCard).accessibleName() == (
        "It was set to fixed with no human word since your last message. We think it is fixed. Does it work?"
    )
    shut = replace(
        UNHEARD,
        stage=CLOSED.stage,
        ticket=replace(UNHEARD.ticket, state=TicketState.CLOSED),
        you_can=(Act.NOT_FIXED,),
    )
    assert card(opened(g, qtbot, shut), ClosingCard).accessibleName() == (
        "It was closed with no human word since your last message. Does it work?"
    )


def test_who_has_said_that_it_works_is_not_asked_so_again(g: Ground, qtbot: QtBot) -> None:
    said = entry("y", at(21, 12), line("You said that it works"), event=EventKind.CONFIRMED, actor=YOU)
    page = opened(g, qtbot, replace(CLOSED, entries=(said, *CLOSED.entries), you_can=(Act.NOT_FIXED,)))
    assert card(page, ClosingCard).accessibleName() == "Does it not work after all?"


def test_thanks_answer_nothing_and_are_said_once(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, UNHEARD)
    press_twice(page, "Say thanks")
    assert [wish.kind for wish in wishes(g)] == [WishKind.THANKS]
    outbox_holds(g, page, UNHEARD)
    assert offered(card(page, ClosingCard)) == ["Yes, it works", "Not yet"]
    assert card(page, ClosingCard)._thanked.text == "You said thanks. Whether it works is still open."


def test_thanks_that_the_desk_has_are_not_asked_for_again(g: Ground, qtbot: QtBot) -> None:
    said = entry("t", at(21, 12), line("You said thanks"), event=EventKind.THANKED, actor=YOU)
    thanked = replace(UNHEARD, entries=(said, *PRINTER.entries), you_can=(Act.CONFIRM, Act.NOT_FIXED))
    page = opened(g, qtbot, thanked)
    assert "Say thanks" not in offered(page)
    assert card(page, ClosingCard)._thanked.text == "You said thanks. Whether it works is still open."


def test_the_rating_is_named_in_words(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CLOSED)
    assert [one.accessibleName() for one in card(page, RatingRow).findChildren(Button)] == STARS


def test_one_tap_rates_once(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CLOSED)
    star(page, 4).click()
    star_row = page.findChildren(RatingRow)[0]
    star_row.findChildren(Button)[0].click()
    assert [(wish.kind, wish.score, wish.text) for wish in wishes(g)] == [(WishKind.RATE, 4, "")]
    outbox_holds(g, page, CLOSED)
    assert card(page, FarewellCard).outcome == "You gave 4 of 5. Sending"
    assert not shows(page, RatingRow)


def test_a_line_goes_along_with_the_rating(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CLOSED)
    button(page, "Add a line first").click()
    QTest.keyClicks(line_field(page), "Quick and kind")
    star(page, 5).click()
    assert [(wish.score, wish.text) for wish in wishes(g)] == [(5, "Quick and kind")]


def test_the_line_of_a_refused_rating_is_still_there(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CLOSED)
    star(page, 2).click()
    outbox_holds(g, page, CLOSED, Delivery.REJECTED, "it was rated already")
    assert card(page, FarewellCard).outcome == "You gave 2 of 5. Could not be sent: it was rated already."
    star(page, 2).click()
    assert len(wishes(g)) == 2


def test_after_the_rating_there_is_silence(g: Ground, qtbot: QtBot) -> None:
    rated = replace(CLOSED, ticket=replace(CLOSED.ticket, rating=4), you_can=())
    assert not shows(opened(g, qtbot, rated), FarewellCard)


def test_the_keyboard_reaches_the_stars(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CLOSED)
    page.open_at(Act.RATE)
    assert star(page, 1).hasFocus()
    QTest.keyClick(star(page, 1), Qt.Key.Key_Tab)
    QTest.keyClick(star(page, 2), Qt.Key.Key_Return)
    assert [wish.score for wish in wishes(g)] == [2]
    page = opened(g, qtbot, CLOSED)
    page.open_at(Act.THANK)
    assert button(page, "Say thanks").hasFocus()


def test_it_is_still_fine_is_said_once(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, LOOKING_BACK)
    press_twice(page, "Still fine")
    assert [wish.kind for wish in wishes(g)] == [WishKind.STILL_FINE]
    outbox_holds(g, page, LOOKING_BACK)
    assert card(page, CheckInCard).outcome == "You said that it is still fine. Sending"
    assert offered(card(page, CheckInCard)) == []


def test_it_came_back_needs_one_line(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, LOOKING_BACK)
    button(page, "It came back").click()
    assert line_field(page).hasFocus()
    send = next(b for b in card(page, CheckInCard).findChildren(Button) if b.text() == "Send")
    send.click()
    assert wishes(g) == []
    assert line_field(page).accessibleDescription() == "Write one line about what happens."
    QTest.keyClicks(line_field(page), "Blank again")
    QTest.keyClick(line_field(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    send.click()
    assert [(wish.kind, wish.text) for wish in wishes(g)] == [(WishKind.CAME_BACK, "Blank again")]


def test_where_the_desk_opens_it_no_more_it_is_raised_again_with_its_history(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, LOOKING_BACK)
    button(page, "It came back").click()
    QTest.keyClicks(line_field(page), "Blank again")
    QTest.keyClick(line_field(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    outbox_holds(g, page, LOOKING_BACK, Delivery.REJECTED, "it was closed too long ago")
    assert card(page, CheckInCard).outcome == (
        "You said that it came back. Could not be sent: it was closed too long ago."
    )
    with qtbot.waitSignal(page.raise_again_asked) as told:
        button(page, "Raise it again").click()
    assert told.args == [
        Draft(
            NEW_REQUEST,
            "Blank again\n\n"
            "This goes on from INC-20371: Printer on floor 3 prints blank pages\n\n"
            "What happened there, newest first:\n"
            "Fri 21 Nov, 10:00: Ana solved it: I replaced the drum and printed three test pages.",
            subject="Printer on floor 3 prints blank pages",
        )
    ]


def test_the_line_can_be_put_away(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, LOOKING_BACK)
    button(page, "It came back").click()
    button(page, "Cancel").click()
    assert offered(card(page, CheckInCard)) == ["Still fine", "It came back"]
    page.open_at(Act.CHECK_IN)
    assert button(page, "Still fine").hasFocus()
