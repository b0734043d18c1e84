"""The cards show what the tracking model says, from the first miss to the look back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW, PRIYA, YOU, ZONE, at, ticket
from tests.ui.tickets.card_hands import card, offered, shows
from tests.ui.tickets.card_samples import OPTIONS
from tests.ui.tickets.page_hands import opened
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.call import Call, CallState
from tracker.model.command import CommandId, Delivery, Pending
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import Person
from tracker.model.promise import Promise, PromiseKind
from tracker.model.promises import Clock
from tracker.model.ticket import Act, Ticket, TicketId, TicketState
from tracker.model.timeline import track
from tracker.model.wish import Wish, WishKind
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.call_card import CallCard
from tracker.ui.tickets.check_in_card import CheckInCard
from tracker.ui.tickets.closing_card import ClosingCard
from tracker.ui.tickets.farewell_card import FarewellCard
from tracker.ui.tickets.missed_promise_card import MissedPromiseCard
from tracker.ui.tickets.options_card import OptionsCard
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.tickets.waiting_card import WaitingCard

ALL = frozenset(Act)
CLOCK = Clock(NOW, Calendar(ZONE), Cadence())
PROMISE = Promise("p1", PromiseKind.NEXT_UPDATE, at(21, 12), at(21, 10))


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme, tracks=())


def told(kind: EventKind, when: int, by: Person = PRIYA, text: str = "", **more: object) -> Event:
    details = Details(**more)  # type: ignore[arg-type]
    return Event(f"{kind}{when}", TicketId("1"), kind, at(21, when), by, text, details)


def asked(kind: WishKind, about: str = "") -> Pending:
    return Pending(Wish(CommandId("w"), NOW, TicketId("1"), kind, about=about, score=4), Delivery.QUEUED)


def page_of(
    g: Ground,
    qtbot: QtBot,
    of: Ticket,
    *events: Event,
    pending: tuple[Pending, ...] = (),
    clock: Clock = CLOCK,
) -> TicketPage:
    made = replace(of, may=ALL)
    g.view.pending = pending
    g.clock.now = clock.now
    raised = Event("0", made.id, EventKind.CREATED, made.created_at, YOU, "It is broken.")
    return opened(g, qtbot, track(made, (raised, *events), clock, pending))


def cards(page: TicketPage) -> list[str]:
    column = page._main
    assert column is not None
    shown: list[QWidget] = [part for part in column.cards.parts if part.isVisible()]
    return [type(part).__name__ for part in shown]


MISSED = ticket("1", "INC-1", "Printer", promises=(PROMISE,))


def test_a_miss_nobody_told_of_is_shown_with_all_three_answers(g: Ground, qtbot: QtBot) -> None:
    page = page_of(g, qtbot, MISSED)
    assert cards(page) == ["MissedPromiseCard"]
    assert offered(card(page, MissedPromiseCard)) == ["Ask for news", "Book a call", "It can wait"]


@pytest.mark.parametrize(
    ("kind", "words", "left"),
    [
        (WishKind.NEWS, "You asked for news (13:50). Sending", ["Book a call", "It can wait"]),
        (WishKind.CAN_WAIT, "You said that it can wait (13:50). Sending", ["Ask for news", "Book a call"]),
    ],
)
def test_what_is_on_its_way_is_said_and_not_offered_again(
    kind: WishKind, words: str, left: list[str], g: Ground, qtbot: QtBot
) -> None:
    page = page_of(g, qtbot, MISSED, pending=(asked(kind, "p1"),))
    assert card(page, MissedPromiseCard).outcome == words
    assert offered(card(page, MissedPromiseCard)) == left


def test_what_the_desk_knows_is_said_too(g: Ground, qtbot: QtBot) -> None:
    page = page_of(g, qtbot, MISSED, told(EventKind.NEWS_ASKED, 13, YOU))
    assert card(page, MissedPromiseCard).outcome.startswith("You asked for news (13:00).")
    assert offered(card(page, MissedPromiseCard)) == ["Book a call", "It can wait"]


def test_a_word_makes_it_good(g: Ground, qtbot: QtBot) -> None:
    assert cards(page_of(g, qtbot, MISSED, told(EventKind.REPLY, 13, text="I am on it."))) == []


def test_a_wait_and_a_hand_over_are_explained(g: Ground, qtbot: QtBot) -> None:
    waits = ticket(
        "1",
        "INC-1",
        "Printer",
        state=TicketState.WAITING_FOR_PARTS,
        state_since=at(21, 9),
        waiting_for="The maker",
    )
    handed = told(EventKind.HANDED_OVER, 11, previous="Ana", person="Ben", reason="it is a network fault")
    page = page_of(g, qtbot, waits, handed)
    said = [one.accessibleName() for one in page.findChildren(WaitingCard) if one.isVisible()]
    assert any("Who can end it: The maker." in words for words in said)
    assert any("From Ana to Ben." in words and "Why: it is a network fault." in words for words in said)


def test_a_booked_call_that_nobody_made_is_said_to_be_missed(g: Ground, qtbot: QtBot) -> None:
    booked = Call("k", CallState.BOOKED, at(21, 9), "4711", starts=at(21, 12), ends=at(21, 13))
    page = page_of(g, qtbot, ticket("1", "INC-1", "Printer", call=booked))
    assert "did not come" in card(page, CallCard).accessibleName()
    assert "Choose other times" in offered(card(page, CallCard))


def test_ways_out_are_offered_until_one_is_chosen(g: Ground, qtbot: QtBot) -> None:
    stuck = ticket("1", "INC-1", "Printer", options=OPTIONS)
    assert offered(card(page_of(g, qtbot, stuck), OptionsCard)) == ["Choose"] * 4
    chosen = page_of(g, qtbot, stuck, pending=(asked(WishKind.OPTION, "o2"),))
    assert card(chosen, OptionsCard).outcome == "You chose: Take a loan notebook. Sending"


SOLVED = ticket(
    "1", "INC-1", "Printer", state=TicketState.RESOLVED, state_since=at(21, 12), auto_close_at=at(25, 12)
)


def test_fixed_with_no_human_word_is_said_first(g: Ground, qtbot: QtBot) -> None:
    page = page_of(g, qtbot, SOLVED, told(EventKind.SOLVED, 12))
    assert card(page, ClosingCard).accessibleName().startswith("It was set to fixed with no human word")
    assert offered(card(page, ClosingCard)) == ["Yes, it works", "Not yet", "Say thanks"]


def closed(days: int, *events: Event) -> tuple[Ticket, tuple[Event, ...], Clock]:
    over = replace(SOLVED, state=TicketState.CLOSED, state_since=at(21, 13), auto_close_at=None)
    steps = (
        told(EventKind.SOLVED, 12, text="I changed the drum."),
        told(EventKind.CONFIRMED, 13, YOU),
        *events,
    )
    return over, steps, replace(CLOCK, now=NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, ["FarewellCard"]), (4, ["CheckInCard", "FarewellCard"]), (20, ["FarewellCard"])],
)
def test_after_the_end_it_is_rated_and_looked_back_at_once(
    days: int, expected: list[str], g: Ground, qtbot: QtBot
) -> None:
    over, steps, clock = closed(days)
    assert cards(page_of(g, qtbot, over, *steps, clock=clock)) == expected


def test_what_was_said_after_the_end_is_not_asked_again(g: Ground, qtbot: QtBot) -> None:
    over, steps, clock = closed(
        4,
        told(EventKind.THANKED, 13, YOU),
        told(EventKind.RATED, 13, YOU, score=4),
        replace(told(EventKind.CHECKED_IN, 13, YOU, fine=True), at=at(24, 9)),
    )
    page = page_of(g, qtbot, over, *steps, clock=clock)
    assert not shows(page, FarewellCard)
    assert not shows(page, CheckInCard)
