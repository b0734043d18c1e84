"""A call-back as it stands, from asked for to done, and a way out of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW, at, entry
from tests.ui.tickets.card_hands import card, offered, outbox_holds, press_twice, shows, wishes
from tests.ui.tickets.card_samples import BOOKED, CIRCLING, called
from tests.ui.tickets.page_hands import OFFLINE, button, opened
from tracker.model.call import CallState
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.stage import Stage
from tracker.model.ticket import Act
from tracker.model.track import Track
from tracker.model.wish import WishKind
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.call_card import CallCard
from tracker.ui.tickets.call_request import CallRequestCard
from tracker.ui.tickets.circles_card import CirclesCard

OFF = "I don't need the call any more"


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.mark.parametrize(
    ("track", "said", "buttons"),
    [
        (
            called(CallState.ASKED),
            "You asked for a call. You are free: Today, 15:00–17:00 · Mon 24 Nov, 09:00–11:00. "
            "On +49 30 123456. IT has not chosen a time yet. You see it here as soon as they do.",
            [OFF],
        ),
        (BOOKED, "Call: Today, 15:00–15:30. Priya Nair calls +49 30 123456.", [OFF]),
        (called(CallState.BOOKED, starts=at(21, 15)), "Call: Today, 15:00. On +49 30 123456.", [OFF]),
        (
            called(CallState.BOOKED, starts=at(21, 15), ends=at(21, 14), phone="", agent="Ana"),
            "Call: Today, 15:00. Ana calls.",
            [OFF],
        ),
        (
            called(CallState.TRIED, tries=2, windows=(), phone=""),
            "IT rang and did not reach you. They rang 2 times.",
            [OFF],
        ),
        (
            called(CallState.MISSED, overlay=True, starts=at(21, 12), ends=at(21, 13)),
            "The promised call did not come. It was to come: Today, 12:00–13:00. Why: the agent was ill. "
            "Choose new times, and IT calls you then.",
            ["Choose other times", OFF],
        ),
    ],
)
def test_the_card_says_how_the_call_stands(
    track: Track, said: str, buttons: list[str], g: Ground, qtbot: QtBot
) -> None:
    shown = card(opened(g, qtbot, track), CallCard)
    assert shown.accessibleName() == said
    assert offered(shown) == buttons


def done(ago: timedelta) -> Track:
    rang = entry("c", NOW - ago, line("{who} called", who="Priya"), event=EventKind.CALLBACK_DONE)
    return replace(called(CallState.DONE), entries=(rang,))


def test_a_call_that_took_place_is_said_for_a_day(g: Ground, qtbot: QtBot) -> None:
    shown = card(opened(g, qtbot, done(timedelta(hours=2))), CallCard)
    assert shown.accessibleName() == "IT has called you."
    assert offered(shown) == []
    assert not shows(opened(g, qtbot, done(timedelta(days=1))), CallCard)


@pytest.mark.parametrize(
    "track", [called(CallState.CANCELLED), replace(called(CallState.DONE), stage=Stage.DONE)]
)
def test_a_call_that_is_over_is_only_in_the_history(track: Track, g: Ground, qtbot: QtBot) -> None:
    assert not shows(opened(g, qtbot, track), CallCard)


def test_it_can_be_called_off_once(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, BOOKED, health=OFFLINE)
    press_twice(page, OFF)
    assert [(wish.kind, wish.about) for wish in wishes(g)] == [(WishKind.CALL_OFF, "k1")]
    outbox_holds(g, page, BOOKED)
    shown = card(page, CallCard)
    assert shown.accessibleName() == "You don't need the call any more."
    assert shown.outcome == "Waiting for the network. It is sent by itself."
    assert offered(shown) == []


def test_going_in_circles_offers_a_call(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CIRCLING)
    assert card(page, CirclesCard).accessibleName() == (
        "Would a call be quicker? Many messages and no step further: a call may be quicker."
    )
    button(page, "Book a call").click()
    assert shows(page, CallRequestCard)


def test_the_offer_can_be_put_away(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CIRCLING)
    button(page, "Not now").click()
    assert not shows(page, CirclesCard)
    page._minute()
    assert not shows(page, CirclesCard)


def test_a_toast_about_a_call_opens_the_form(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, CIRCLING)
    page.open_at(Act.ASK_FOR_CALL)
    assert shows(page, CallRequestCard)
