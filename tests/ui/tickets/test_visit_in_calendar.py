"""The visit in the person's own calendar: put there, kept right and taken out with one click."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import at
from tests.ui.tickets.page_hands import button
from tests.ui.tickets.visit_hands import (
    BOOKED,
    TICKET,
    offered,
    shown,
    with_visit,
    words,
)
from tracker.model.calendar_entry import CalendarEntry
from tracker.model.change import Change
from tracker.model.errors import TrackerError
from tracker.model.visit import VisitState
from tracker.ui.theme.theme import Theme


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def entry_of(visit_start: object = BOOKED.starts, **more: object) -> CalendarEntry:
    made = CalendarEntry("u1", "v1", BOOKED.starts, at(25, 12), BOOKED.place, BOOKED.directions)
    return replace(made, **more)  # type: ignore[arg-type]


def test_one_click_makes_the_file_and_opens_it(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
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
    then(tmp_path / "visit.ics")
    page.refresh(Change(tickets=frozenset({TICKET})))
    assert [url.toLocalFile() for url in g.opened] == [str(tmp_path / "visit.ics")]
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


def test_it_can_be_saved_where_the_person_wants(g: Ground, qtbot: QtBot, tmp_path: Path) -> None:
    _, card = shown(g, qtbot)
    button(card, "Add to my calendar").click()
    g.actions.calendar_files[0][3](tmp_path / "visit.ics")
    button(card, "Save it as a file").click()
    (dialog,) = card.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "visit"))
    dialog.reject()
    assert g.actions.calendar_files[1][2] == tmp_path / "visit.ics"
    g.actions.calendar_files[1][3](tmp_path / "visit.ics")
    assert (
        card._calendar._said.text == f"Saved as {tmp_path / 'visit.ics'}. Open it with your calendar program."
    )
