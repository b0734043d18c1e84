"""A missed promise is said before anybody asks, and each way to answer it is taken once."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW, YOU, at, entry
from tests.ui.tickets.card_hands import card, offered, outbox_holds, press_twice, shows, wishes
from tests.ui.tickets.card_samples import LONG, MISSED
from tests.ui.tickets.page_hands import OFFLINE, button, opened
from tracker.model.change import Change
from tracker.model.command import CommandId, Delivery, Pending
from tracker.model.errors import StoreError
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import Act
from tracker.model.track import Track
from tracker.model.wish import Wish, WishKind
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.call_request import CallRequestCard
from tracker.ui.tickets.missed_promise_card import MissedPromiseCard
from tracker.ui.tickets.ticket_page import TicketPage

CALM = replace(
    MISSED,
    overlays=tuple(replace(overlay, calm=True) for overlay in MISSED.overlays),
    you_can=(Act.ASK_FOR_NEWS, Act.ASK_FOR_CALL, Act.REPLY),
)


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> TicketPage:
    return opened(g, qtbot, MISSED)


def the_card(page: TicketPage) -> MissedPromiseCard:
    return card(page, MissedPromiseCard)


def told(kind: EventKind) -> Track:
    said = entry("w", at(21, 13, 30), line("You said it"), event=kind, actor=YOU)
    return replace(MISSED, entries=(said, *MISSED.entries))


def test_it_says_what_was_promised_when_it_passed_and_both_dates(page: TicketPage) -> None:
    assert the_card(page).accessibleName() == (
        "The update promised for 12:00 did not come. "
        "First promised for yesterday 17:00, then moved to 12:00. "
        "Why: the supplier has not answered. That was 1 h 50 min ago."
    )
    assert offered(the_card(page)) == ["Ask for news", "Book a call", "It can wait"]


def test_a_promise_that_was_never_moved_says_who_made_it(g: Ground, qtbot: QtBot) -> None:
    first = replace(MISSED.promises[0], supersedes=None)
    page = opened(g, qtbot, replace(MISSED, promises=(first,)))
    assert "Promised yesterday 15:00 by Ana Costa." in the_card(page).accessibleName()


def test_a_move_without_a_reason_says_so(g: Ground, qtbot: QtBot) -> None:
    promises = (replace(MISSED.promises[0], reason=None), *MISSED.promises[1:])
    page = opened(g, qtbot, replace(MISSED, promises=promises))
    assert "No reason was given." in the_card(page).accessibleName()


@pytest.mark.parametrize("kind", list(PromiseKind))
def test_every_kind_of_promise_is_named(kind: PromiseKind, g: Ground, qtbot: QtBot) -> None:
    missed = replace(MISSED.promises[0], kind=kind)
    page = opened(g, qtbot, replace(MISSED, promises=(missed,)))
    assert "12:00" in the_card(page).accessibleName().partition(".")[0]


@pytest.mark.parametrize(
    ("words", "kind"), [("Ask for news", WishKind.NEWS), ("It can wait", WishKind.CAN_WAIT)]
)
def test_a_second_press_sends_nothing_more(words: str, kind: WishKind, page: TicketPage, g: Ground) -> None:
    press_twice(page, words)
    assert [(wish.kind, wish.about) for wish in wishes(g)] == [(kind, "m2")]


def test_what_was_asked_is_said_at_once_and_calmly(page: TicketPage, g: Ground) -> None:
    button(page, "Ask for news").click()
    outbox_holds(g, page, MISSED)
    assert the_card(page).outcome == "You asked for news (13:50). Sending"
    assert offered(the_card(page)) == ["Book a call", "It can wait"]


def test_offline_it_says_that_it_is_sent_by_itself(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, MISSED, health=OFFLINE)
    button(page, "It can wait").click()
    outbox_holds(g, page, MISSED)
    assert the_card(page).outcome == (
        "You said that it can wait (13:50). Waiting for the network. It is sent by itself."
    )


def test_a_refusal_is_said_and_asking_again_replaces_it(page: TicketPage, g: Ground) -> None:
    button(page, "Ask for news").click()
    refused = g.actions.submitted[0].id
    outbox_holds(g, page, MISSED, Delivery.REJECTED, "the desk is closed")
    assert the_card(page).outcome == "You asked for news (13:50). Could not be sent: the desk is closed."
    press_twice(page, "Ask for news")
    assert len(wishes(g)) == 2
    assert g.actions.discarded == [refused]


def test_a_full_disk_is_said_and_it_can_be_asked_again(page: TicketPage, g: Ground) -> None:
    g.actions.refuses = StoreError("There is no room on the disk.")
    button(page, "Ask for news").click()
    assert the_card(page).outcome == (
        "You asked for news (13:50). Could not be sent: There is no room on the disk."
    )
    g.actions.refuses = None
    button(page, "Ask for news").click()
    assert len(wishes(g)) == 1


def test_what_was_kept_after_all_is_no_failure(page: TicketPage, g: Ground) -> None:
    button(page, "Ask for news").click()
    page.refused("There is no room on the disk.")  # it was about something else
    outbox_holds(g, page, MISSED)
    assert the_card(page).outcome == "You asked for news (13:50). Sending"
    g.view.pending = ()
    page.refresh(Change(outbox=True, tickets=frozenset({MISSED.ticket.id})))
    assert the_card(page).outcome == ""


def test_what_a_toast_has_asked_is_not_asked_twice(page: TicketPage, g: Ground) -> None:
    toast = Wish(CommandId("t"), NOW, MISSED.ticket.id, WishKind.NEWS, about="m2")
    g.view.pending = (Pending(toast, Delivery.QUEUED),)
    button(page, "Ask for news").click()  # before the page has heard of the toast's answer
    assert wishes(g) == []
    page.refresh(Change(outbox=True, tickets=frozenset({MISSED.ticket.id})))
    assert the_card(page).outcome == "You asked for news (13:50). Sending"


def test_once_it_can_wait_nothing_is_red_any_more(g: Ground, qtbot: QtBot) -> None:
    said = replace(CALM, entries=told(EventKind.CAN_WAIT).entries)
    page = opened(g, qtbot, said)
    assert the_card(page).outcome == (
        "You said that it can wait (13:30). You are told as soon as there is news."
    )
    assert offered(the_card(page)) == ["Ask for news", "Book a call"]


def test_what_the_desk_has_heard_is_said_with_its_time(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, replace(told(EventKind.NEWS_ASKED), you_can=(Act.LET_WAIT, Act.REPLY)))
    assert the_card(page).outcome == "You asked for news (13:30). You are told as soon as there is news."
    assert offered(the_card(page)) == ["It can wait"]


def test_a_desk_that_was_asked_in_words_is_not_asked_again(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, told(EventKind.REPLY))
    assert the_card(page).outcome == "You wrote to IT (13:30). You are told as soon as there is news."
    assert "Ask for news" not in offered(the_card(page))


def test_a_call_is_asked_for_from_here(page: TicketPage) -> None:
    button(page, "Book a call").click()
    assert shows(page, CallRequestCard)


def test_news_makes_the_card_go(page: TicketPage, g: Ground) -> None:
    g.view.put(MISSED, overlays=(), promises=(replace(MISSED.promises[0], state=PromiseState.KEPT),))
    page.refresh(Change(tickets=frozenset({MISSED.ticket.id})))
    assert not shows(page, MissedPromiseCard)


@pytest.mark.parametrize(
    ("act", "words"), [(Act.ASK_FOR_NEWS, "Ask for news"), (Act.LET_WAIT, "It can wait")]
)
def test_a_toast_opens_the_page_at_the_button(act: Act, words: str, page: TicketPage) -> None:
    page.open_at(act)
    assert button(page, words).hasFocus()


def test_endless_words_do_not_widen_the_page(g: Ground, qtbot: QtBot) -> None:
    hostile = replace(MISSED.promises[0], made_by=LONG, reason=LONG)
    page = opened(g, qtbot, replace(MISSED, promises=(hostile, *MISSED.promises[1:])), width=552)
    column = page._main
    assert column is not None
    inside = column.widget()
    assert inside is not None
    assert inside.width() <= column.viewport().width()
