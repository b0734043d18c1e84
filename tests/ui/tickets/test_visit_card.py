"""The visit like a delivery: every state in words, every answer sent once, the calendar kept up to date."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW, PRIYA, VISIT, YOU, at, entry
from tests.ui.tickets.page_hands import OFFLINE, button, opened
from tests.ui.tickets.visit_hands import BOOKED, FIRST, MOVED, TICKET, heard, shown, wishes, with_visit
from tracker.model.calendar_entry import CalendarEntry
from tracker.model.change import Change
from tracker.model.command import Delivery, Pending
from tracker.model.errors import StoreError, TrackerError
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import Act, TicketState
from tracker.model.visit import VisitState
from tracker.model.wish import WishKind
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.visit_card import VisitCard
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.field import LineEdit

OUTBOX = Change(outbox=True, tickets=frozenset({TICKET}))
FAILED = entry(
    "f", at(21, 13), line("The visit did not happen"), event=EventKind.VISIT_FAILED, text="Nobody was in."
)


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def words(card: VisitCard) -> str:
    return card.accessibleName()


def offered(card: VisitCard) -> list[str]:
    return [b.text() for b in card.findChildren(Button) if b.isVisible()]


def say_kept(g: Ground, delivery: Delivery = Delivery.QUEUED, error: str | None = None) -> None:
    g.view.pending = tuple(Pending(wish, delivery, error=error) for wish in wishes(g))


# What it says


def test_a_booked_visit_says_when_who_where_and_what_to_prepare(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    assert words(card) == (
        "Visit Tue 25 Nov, 10:00–12:00. Priya Nair · desk 4.112. "
        "How to find you: Second door behind the lift. Switch the laptop on, Have the old dock at hand."
    )
    assert set(offered(card)) == {
        "That suits me",
        "Another time",
        "I'm not there",
        "Where to find me",
        "Add to my calendar",
    }


def test_a_moved_visit_says_both_windows_and_why(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, with_visit(BOOKED, MOVED, FIRST))
    assert "Visit Tue 25 Nov, 10:00–12:00" in words(card)
    said = "Moved. It was Mon 24 Nov, 14:00–16:00. Why: the part arrives a day later"
    assert said in words(card)


def test_a_move_without_a_reason_says_so_and_ones_own_is_not_explained(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(BOOKED, replace(MOVED, note=None), FIRST))
    assert "No reason was given" in words(card)
    heard(g, page, BOOKED, replace(MOVED, note=None, actor=YOU), FIRST)
    assert "You moved it. It was Mon 24 Nov, 14:00–16:00" in words(card)


def test_the_sites_zone_is_said_where_its_clocks_differ(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(replace(BOOKED, zone="Europe/Lisbon")))
    assert "At the site (Lisbon) that is Tue 25 Nov, 09:00–11:00, local time" in words(card)
    for same_or_unknown in ("Europe/Paris", "Mars/Olympus", "Europe", ""):
        heard(g, page, replace(BOOKED, zone=same_or_unknown))
        assert "At the site" not in words(card)


def test_the_way_here_is_a_range_and_lateness_is_said(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, with_visit(VISIT))
    assert words(card).startswith(
        "On the way to you, here between 14:15 and 14:25. Priya Nair · booked 14:00–16:00"
    )
    assert "That suits me" not in offered(card)
    g.clock.go_on(timedelta(hours=1))
    card.show_track(with_visit(VISIT), online=True)
    assert words(card).startswith("On the way to you, later than 14:25")


def test_arrived_and_done_with_what_was_done(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(replace(VISIT, state=VisitState.ON_SITE)))
    assert words(card).startswith("Priya Nair is here")
    done = entry("d", at(21, 13, 30), line("x"), event=EventKind.VISIT_DONE, text="Replaced the dock.")
    heard(g, page, replace(VISIT, state=VisitState.DONE), done)
    assert words(card).startswith("The visit is done. Replaced the dock.")
    g.clock.go_on(timedelta(days=3))
    heard(g, page, replace(VISIT, state=VisitState.DONE), done)
    assert card.isHidden()


def test_a_failed_visit_says_why_and_offers_to_ask_for_a_new_one(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, with_visit(replace(BOOKED, state=VisitState.FAILED), FAILED, FIRST))
    assert words(card).startswith("The visit did not happen. Nobody was in.")
    assert offered(card) == ["Ask for a new time"]


def test_a_new_date_after_a_failure_says_what_failed(g: Ground, qtbot: QtBot) -> None:
    again = replace(FIRST, id="b3", at=at(21, 13, 5))
    _, card = shown(g, qtbot, with_visit(BOOKED, again, FAILED, FIRST))
    assert "The visit Mon 24 Nov, 14:00–16:00 did not happen. Why: Nobody was in" in words(card)


def test_a_visit_nobody_spoke_of_any_more_is_not_still_expected(g: Ground, qtbot: QtBot) -> None:
    g.clock.now = at(25, 13)
    _, card = shown(g, qtbot)
    assert words(card).startswith("No word of the visit booked for 10:00–12:00")
    assert "That suits me" not in offered(card)
    assert "Ask for a new time" in offered(card)


def test_without_a_visit_and_after_the_end_there_is_no_card(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, with_visit(None))
    assert page.findChildren(VisitCard) == []
    closed = with_visit()
    _, card = shown(g, qtbot, replace(closed, ticket=replace(closed.ticket, state=TicketState.CLOSED)))
    assert card.isHidden()


def test_where_nothing_can_be_written_nothing_is_offered(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot, replace(with_visit(), you_can=()))
    assert offered(card) == ["Add to my calendar"]


def test_very_long_and_strange_words_widen_nothing(g: Ground, qtbot: QtBot) -> None:
    long = replace(
        BOOKED,
        agent="N" * 400,
        place="x" * 4000,
        directions="y\u202e" * 4000,
        note="z" * 4000,
        prepare=("w" * 4000,) * 40,
    )
    page, card = shown(g, qtbot, with_visit(long))
    assert page.width() == 996
    assert card.width() < 700
    assert "\u202e" not in words(card)


# What a person says


def test_it_suits_is_sent_once(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    suits = button(card, "That suits me")
    suits.click()
    suits.click()
    assert [(w.kind, w.about) for w in wishes(g)] == [(WishKind.VISIT_OK, "v1")]
    say_kept(g)
    page.refresh(OUTBOX)
    assert card._outcome.text == "You said that the time suits you. Sending"
    assert "That suits me" not in offered(card)
    heard(g, page, replace(BOOKED, confirmed=True))
    assert "You said that this suits you" in words(card)


def test_offline_it_waits_for_the_network(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "That suits me").click()
    say_kept(g)
    page.refresh(OUTBOX)
    page.show_health(OFFLINE)
    assert card._outcome.text.endswith("Waiting for the network. It is sent by itself.")


def test_a_refusal_is_said_and_can_be_tried_again(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "That suits me").click()
    say_kept(g, Delivery.REJECTED, "the visit has been moved")
    page.refresh(OUTBOX)
    assert "Could not be sent: the visit has been moved." in card._outcome.text
    button(card, "That suits me").click()
    assert len(wishes(g)) == 2
    assert g.actions.discarded == [wishes(g)[0].id]


def test_a_full_disk_is_said_and_nothing_is_locked(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    g.actions.refuses = StoreError("There is no room on the disk.")
    button(card, "That suits me").click()
    assert "Could not be sent: There is no room on the disk." in card._outcome.text
    assert button(card, "That suits me").isEnabled()


def test_not_there_is_said_with_a_line(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot, with_visit(VISIT))
    button(card, "I'm not there").click()
    (area,) = (a for a in card.findChildren(ComposeArea) if a.isVisible())
    assert area.hasFocus()
    QTest.keyClicks(area, "Back at three")
    send = button(card, "Send")
    send.click()
    send.click()
    assert [(w.kind, w.text, w.about) for w in wishes(g)] == [
        (WishKind.VISIT_NOT_THERE, "Back at three", "v1")
    ]
    say_kept(g)
    page.refresh(OUTBOX)
    assert not area.isVisible()
    assert area.toPlainText() == ""
    said = entry("n", at(21, 13, 50), line("x"), event=EventKind.VISIT_NOT_THERE, actor=YOU)
    g.view.pending = ()
    heard(g, page, VISIT, said)
    assert card._outcome.text == "You said that you will not be there (13:50). IT has it."


def test_setting_off_meanwhile_does_not_stop_not_there(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "I'm not there").click()
    heard(g, page, replace(BOOKED, state=VisitState.ON_THE_WAY))
    button(card, "Send").click()
    assert [w.kind for w in wishes(g)] == [WishKind.VISIT_NOT_THERE]


def test_the_place_starts_with_what_is_known_and_is_needed(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "Where to find me").click()
    place = next(e for e in card.findChildren(LineEdit) if e.isVisible())
    assert place.text() == "desk 4.112"
    place.clear()
    button(card, "Send").click()
    assert wishes(g) == []
    assert place.accessibleDescription() == "Write where the technician shall come."
    QTest.keyClicks(place, "Building 2, 1.007")
    QTest.keyClick(place, Qt.Key.Key_Return)
    assert [(w.kind, w.place, w.text) for w in wishes(g)] == [
        (WishKind.VISIT_PLACE, "Building 2, 1.007", "Second door behind the lift")
    ]


def test_escape_puts_the_form_away_and_keeps_what_was_typed(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "I'm not there").click()
    area = next(a for a in card.findChildren(ComposeArea) if a.isVisible())
    QTest.keyClicks(area, "Back")
    QTest.keyClick(area, Qt.Key.Key_Escape)
    assert not area.isVisible()
    assert button(card, "I'm not there").hasFocus()
    button(card, "I'm not there").click()
    assert area.toPlainText() == "Back"
    assert wishes(g) == []


def test_a_visit_called_off_while_a_form_is_open_is_said(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    button(card, "I'm not there").click()
    off = entry("c", NOW, line("x"), event=EventKind.VISIT_CANCELLED, actor=PRIYA)
    heard(g, page, replace(BOOKED, state=VisitState.CANCELLED), off)
    said = card._panels[WishKind.VISIT_NOT_THERE]._warning.text
    assert said == "The visit was called off meanwhile. Nothing was sent."
    assert "Send" not in offered(card)
    assert wishes(g) == []


def test_a_notice_opens_the_page_at_the_card(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    page.open_at(Act.CONFIRM_VISIT)
    assert button(card, "That suits me").hasFocus()


# The calendar


def entry_of(visit_start: object = BOOKED.starts, **more: object) -> CalendarEntry:
    made = CalendarEntry("u1", "v1", BOOKED.starts, at(25, 12), BOOKED.place, BOOKED.directions)
    return replace(made, **more)  # type: ignore[arg-type]


def test_one_click_makes_the_file_and_opens_it(g: Ground, qtbot: QtBot) -> None:
    page, card = shown(g, qtbot)
    add = button(card, "Add to my calendar")
    add.click()
    add.click()
    assert len(g.actions.calendar_files) == 1
    ticket, said, to, then = g.actions.calendar_files[0]
    assert (ticket, to) == (TICKET, None)
    assert said.summary == "IT visit: Laptop docking station does not power two screens"
    assert "Priya Nair comes." in said.text
    assert "Please have ready: Switch the laptop on, Have the old dock at hand" in said.text
    g.view.calendar[TICKET] = entry_of()
    then(Path("/tmp/visit.ics"))
    page.refresh(Change(tickets=frozenset({TICKET})))
    assert [url.toLocalFile() for url in g.opened] == ["/tmp/visit.ics"]
    assert "Add to my calendar" not in offered(card)
    assert "Save it as a file" in offered(card)


def test_after_a_move_the_card_says_that_the_calendar_has_the_old_time(g: Ground, qtbot: QtBot) -> None:
    g.view.calendar[TICKET] = entry_of(starts=at(24, 14), ends=at(24, 16))
    _, card = shown(g, qtbot)
    assert card._calendar._old.text == "Your calendar still has the old time."
    button(card, "Update my calendar").click()
    assert len(g.actions.calendar_files) == 1


def test_a_visit_called_off_can_be_taken_out_of_the_calendar(g: Ground, qtbot: QtBot) -> None:
    g.view.calendar[TICKET] = entry_of()
    _, card = shown(g, qtbot, with_visit(replace(BOOKED, state=VisitState.CANCELLED)))
    assert words(card).startswith("The visit was called off")
    assert card._calendar._old.text == "Your calendar still has this visit."
    assert offered(card) == ["Take it out of my calendar"]


def test_a_file_that_cannot_be_written_is_said(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "Add to my calendar").click()
    g.actions.calendar_files[0][3](TrackerError("The disk is full."))
    assert card._calendar._said.text == "The disk is full."
    assert button(card, "Add to my calendar").isEnabled()


def test_it_can_be_saved_where_the_person_wants(g: Ground, qtbot: QtBot) -> None:
    _, card = shown(g, qtbot)
    button(card, "Add to my calendar").click()
    g.actions.calendar_files[0][3](Path("/tmp/visit.ics"))
    button(card, "Save it as a file").click()
    (dialog,) = card.findChildren(QFileDialog)
    dialog.fileSelected.emit("/home/jo/visit")
    dialog.reject()
    assert g.actions.calendar_files[1][2] == Path("/home/jo/visit.ics")
    g.actions.calendar_files[1][3](Path("/home/jo/visit.ics"))
    assert card._calendar._said.text == "Saved as /home/jo/visit.ics. Open it with your calendar program."
