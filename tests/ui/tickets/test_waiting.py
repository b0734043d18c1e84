"""Never in the dark: why it waits, who ends it, and the choice where the desk can do nothing."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import MAILBOX, at
from tests.ui.tickets.card_hands import card, offered, outbox_holds, press_twice, wishes
from tests.ui.tickets.card_samples import ASKED_OF_YOU, LONG, OPTIONS, POWERLESS, WAITING
from tests.ui.tickets.page_hands import button, opened
from tracker.model.change import Change
from tracker.model.command import Delivery
from tracker.model.line import line
from tracker.model.ticket import Act
from tracker.model.track import Overlay, OverlayKind
from tracker.model.wish import WishKind
from tracker.ui.request.composer import Composer
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.options_card import OptionsCard
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.tickets.waiting_card import WaitingCard
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.sheet import Sheet

QUIET = replace(
    MAILBOX,
    overlays=(Overlay(OverlayKind.QUIET, line("No news"), at(20, 9), who_ends=line("IT, with an answer")),),
    you_can=(Act.ASK_FOR_NEWS, Act.REPLY),
)


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def explained(page: TicketPage) -> list[str]:
    shown = [one for one in page.findChildren(WaitingCard) if one.isVisible()]
    return [one.accessibleName() for one in sorted(shown, key=QWidget.y)]


def test_a_wait_says_since_when_why_until_when_who_ends_it_and_what_to_do(g: Ground, qtbot: QtBot) -> None:
    assert explained(opened(g, qtbot, WAITING)) == [
        "It waits for parts. Since yesterday 09:00, for 1 day. "
        "Why: the mainboard is on its way from the maker. Until about Tue 25 Nov, 12:00. "
        "Who can end it: The maker, with the parcel. "
        "Meanwhile you can: use the spare notebook at the front desk.",
        "It was handed over. From Ana Costa to Network. Since 09:00, for 4 h 50 min. "
        "Why: it is a network fault. Who can end it: Whoever has it now, with a first word.",
    ]


def test_a_wait_without_a_reason_says_so(g: Ground, qtbot: QtBot) -> None:
    bare = Overlay(OverlayKind.WAITING_FOR_SUPPLIER, line("Waiting for a supplier"))
    assert explained(opened(g, qtbot, replace(WAITING, overlays=(bare,)))) == [
        "It waits for a supplier. No reason was given."
    ]


def test_silence_is_said_and_news_can_be_asked_for_once(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, QUIET)
    assert explained(page) == [
        "You have heard nothing for a while. Since yesterday 09:00, for 1 day. "
        "Who can end it: IT, with an answer."
    ]
    press_twice(page, "Ask for news")
    assert [wish.kind for wish in wishes(g)] == [WishKind.NEWS]
    outbox_holds(g, page, QUIET)
    assert card(page, WaitingCard).outcome == "You asked for news (13:50). Sending"
    assert offered(card(page, WaitingCard)) == []


def test_only_one_card_offers_to_ask_for_news(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, WAITING)
    assert button(page, "Ask for news").isEnabled()  # there is exactly one


def test_what_waits_for_the_person_leads_to_the_reply(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, ASKED_OF_YOU)
    assert "Why: Which share do you need?" in explained(page)[0]
    button(page, "Write the answer").click()
    assert page.findChildren(Composer)[0].isAncestorOf(page.focusWidget())


def choices(page: TicketPage) -> list[Button]:
    return [one for one in card(page, OptionsCard).findChildren(Button) if one.isVisible()]


def test_the_ways_out_are_in_the_desks_words(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, POWERLESS)
    assert card(page, OptionsCard).accessibleName() == (
        "IT can do nothing about it now. This notebook is not made any more, and the next one is not out "
        "yet. Choose how it goes on. IT does what you choose."
    )
    assert [(one.accessibleName(), one.accessibleDescription()) for one in choices(page)] == [
        ("Choose: Wait for the new one", "It comes in about three weeks."),
        ("Choose: Take a loan notebook", "Ready at the front desk from 14:00."),
        ("Choose: Work in the browser", ""),
        ("Choose: Cancel the request", "You keep the one you have."),
    ]


def test_one_way_out_is_taken_once(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, POWERLESS)
    choices(page)[1].click()
    choices(page)[2].click()
    assert [(wish.kind, wish.about) for wish in wishes(g)] == [(WishKind.OPTION, "o2")]
    outbox_holds(g, page, POWERLESS)
    assert card(page, OptionsCard).outcome == "You chose: Take a loan notebook. Sending"
    assert not any(one.isEnabled() for one in choices(page))


def test_a_refused_choice_can_be_made_anew(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, POWERLESS)
    choices(page)[1].click()
    outbox_holds(g, page, POWERLESS, Delivery.REJECTED, "all are lent out")
    assert card(page, OptionsCard).outcome == (
        "You chose: Take a loan notebook. Could not be sent: all are lent out."
    )
    choices(page)[0].click()
    assert [wish.about for wish in wishes(g)] == ["o2", "o1"]


@pytest.mark.parametrize(("answer", "sent"), [("cancel", ["o4"]), ("", [])])
def test_to_cancel_is_asked_about_first(answer: str, sent: list[str], g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, POWERLESS)
    choices(page)[3].click()
    assert wishes(g) == []
    page.window().findChildren(Sheet)[0].answer(answer)
    assert [wish.about for wish in wishes(g)] == sent


def test_other_ways_out_replace_the_first_ones(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, POWERLESS)
    g.view.put(POWERLESS, ticket=replace(POWERLESS.ticket, options=OPTIONS[2:3]))
    page.refresh(Change(tickets=frozenset({POWERLESS.ticket.id})))
    assert [one.accessibleName() for one in choices(page)] == ["Choose: Work in the browser"]


def test_the_keyboard_can_be_put_on_the_first_way_out(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, POWERLESS)
    page.open_at(Act.CHOOSE)
    assert choices(page)[0].hasFocus()


def test_endless_words_do_not_widen_the_page(g: Ground, qtbot: QtBot) -> None:
    options = tuple(replace(option, label=LONG, text=LONG) for option in OPTIONS)
    hostile = replace(
        POWERLESS,
        ticket=replace(POWERLESS.ticket, options=options),
        overlays=(
            replace(POWERLESS.overlays[0], reason=LONG),
            replace(WAITING.overlays[0], reason=LONG, meanwhile=LONG, who_ends=line("{x}", x=LONG)),
            replace(WAITING.overlays[1], reason=LONG, detail=line("{x}", x=LONG)),
        ),
    )
    page = opened(g, qtbot, hostile, width=552)
    column = page._main
    assert column is not None
    inside = column.widget()
    assert inside is not None
    assert inside.width() <= column.viewport().width()
