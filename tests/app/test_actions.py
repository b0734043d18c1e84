"""What the pages ask for crosses to the sync thread, and the answer comes back on the UI thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.core.house import House, submit
from tests.rigs.flaky_proxy import Fault
from tests.store.samples import T1, create
from tracker.app.actions import ProgramActions
from tracker.app.starting import Starting
from tracker.core.program import Program
from tracker.host.redaction import Redactor
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar as Hours
from tracker.model.calendar_entry import CalendarWords
from tracker.model.errors import TrackerError
from tracker.model.health import Condition
from tracker.model.visit import VisitState
from tracker.model.window import Slot, Window
from tracker.store.reader import Reader
from tracker.ui.bridge import Bridge

WORDS = CalendarWords("IT visit", "Priya comes.")
TOMORROW = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
SLOT = Slot("s1", Window(TOMORROW, TOMORROW + timedelta(hours=2)), "Tess Tech")


class Desk:
    """A running program with one ticket, and the actions on it."""

    def __init__(self, house: House, program: Program, qtbot: QtBot) -> None:
        self.house, self.program, self.qtbot = house, program, qtbot
        bridge = Bridge(QApplication.instance())
        starting = Starting(house.paths, bridge, Redactor())
        starting._program = program
        self.actions = ProgramActions(starting, bridge)
        self.reader = Reader(house.paths.store, Hours(zone=UTC), Cadence())

    def wait_for_visit(self, starts: datetime, state: VisitState = VisitState.SCHEDULED) -> None:
        def is_there() -> bool:
            track = self.reader.track(T1, TOMORROW)
            visit = track.visit if track is not None else None
            return visit is not None and (visit.starts, visit.state) == (starts, state)

        self.qtbot.waitUntil(is_there)

    def slots(self) -> tuple[Slot, ...] | TrackerError:
        told: list[tuple[Slot, ...] | TrackerError] = []
        self.actions.slots(create().ticket, told.append)
        self.qtbot.waitUntil(lambda: bool(told))
        return told[0]

    def file(self, to: Path | None = None) -> Path | TrackerError:
        told: list[Path | TrackerError] = []
        self.actions.to_calendar(T1, WORDS, to, told.append)
        self.qtbot.waitUntil(lambda: bool(told))
        return told[0]

    def event(self, to: Path | None = None) -> tuple[str, int, str, datetime]:
        """Give uid, sequence, method and start of the file."""
        path = self.file(to)
        assert isinstance(path, Path), path
        calendar = Calendar.from_ical(path.read_bytes())
        (event,) = calendar.walk("VEVENT")
        uid, sequence = str(event["uid"]), int(str(event["sequence"]))
        return uid, sequence, str(calendar["method"]), event.decoded("dtstart")


@pytest.fixture
def desk(house: House, qtbot: QtBot) -> Iterator[Desk]:
    with house.running() as program:
        house.sign_in(program)
        house.watcher.until(Condition.OK)
        submit(program, create(service="network"))
        made = Desk(house, program, qtbot)
        yield made
        made.reader.close()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_the_times_the_desk_offers_are_asked_for(desk: Desk) -> None:
    assert desk.slots() == ()
    desk.house.helpdesk.slots[T1] = (SLOT,)
    assert desk.slots() == (SLOT,)


def test_offline_the_question_for_times_is_answered_in_words(desk: Desk) -> None:
    desk.house.network.cut()
    answer = desk.slots()
    assert isinstance(answer, TrackerError)
    assert str(answer)


def test_a_question_that_was_cancelled_is_not_answered(desk: Desk) -> None:
    told: list[object] = []
    desk.house.network.fail(Fault.STALL, match=b"slots", times=1)
    desk.actions.slots(T1, told.append)()
    desk.house.network.restore()  # where the question was taken back before it went out
    desk.slots()
    assert told == []


def test_a_visit_goes_into_the_calendar_and_stays_the_same_entry(desk: Desk, tmp_path: Path) -> None:
    later = TOMORROW + timedelta(days=1)
    desk.house.helpdesk.book_visit(T1, TOMORROW, TOMORROW + timedelta(hours=2))
    desk.wait_for_visit(TOMORROW)
    first = desk.event()
    assert first[1:] == (0, "PUBLISH", TOMORROW)
    assert desk.event(tmp_path / "again.ics") == first
    noted = desk.reader.calendar_entry(T1)
    assert noted is not None
    assert noted.starts == TOMORROW
    desk.house.helpdesk.book_visit(T1, later, later + timedelta(hours=2))
    desk.wait_for_visit(later)
    assert desk.event() == (first[0], 1, "PUBLISH", later)
    visit = desk.house.helpdesk.tickets[T1].visit
    assert visit is not None
    off = replace(visit, state=VisitState.CANCELLED)
    desk.house.helpdesk._visit(T1, off, desk.house.helpdesk.facts[-1].event.kind)
    desk.wait_for_visit(later, VisitState.CANCELLED)
    assert desk.event() == (first[0], 2, "CANCEL", later)


def test_without_a_visit_there_is_nothing_to_put_there(desk: Desk) -> None:
    answer = desk.file()
    assert str(answer) == "There is no visit any more that could go into your calendar."
    assert desk.reader.calendar_entry(T1) is None


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_noted(desk: Desk, tmp_path: Path) -> None:
    desk.house.helpdesk.book_visit(T1, TOMORROW, TOMORROW + timedelta(hours=2))
    desk.wait_for_visit(TOMORROW)
    (tmp_path / "file").write_text("")
    answer = desk.file(tmp_path / "file" / "visit.ics")
    assert isinstance(answer, TrackerError)
    assert "your calendar" in str(answer)
    assert desk.reader.calendar_entry(T1) is None
