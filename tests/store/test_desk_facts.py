"""What the desk says of its hours and its clock is kept, and everybody here goes by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.store.samples import NOW, T1, Store, later, ticket
from tracker.model.batch import Batch
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.change import NOTHING
from tracker.model.promise import Promise, PromiseKind
from tracker.store import meta
from tracker.store.desk_facts import clock_offset, opening_hours, put_desk_facts, put_minimum_version
from tracker.store.errors import Damaged
from tracker.store.reader import Reader
from tracker.store.writer import Told

_NIGHTS = (((time(22), time(6)),),) * 5 + ((), ())
HOURS = Calendar(ZoneInfo("Europe/Berlin"), _NIGHTS, frozenset({date(2026, 12, 25)}))
SATURDAY_NIGHT = datetime(2026, 11, 21, 3, tzinfo=UTC)


def test_before_the_desk_has_said_anything_the_usual_hours_count(store: Store) -> None:
    assert opening_hours(store.db) is None
    assert clock_offset(store.db) == timedelta()
    assert store.reader().opening_hours() == Calendar(zone=UTC)


def test_hours_zone_and_holidays_come_back_as_they_were(store: Store) -> None:
    put_desk_facts(store.db, HOURS, timedelta(hours=1, milliseconds=5))
    assert opening_hours(store.db) == HOURS
    assert clock_offset(store.db) == timedelta(hours=1, milliseconds=5)
    reader = store.reader()
    assert reader.opening_hours().is_open(SATURDAY_NIGHT)
    assert reader.clock_offset() == timedelta(hours=1, milliseconds=5)


def test_an_open_reader_follows_and_works_each_calendar_out_once(store: Store) -> None:
    reader = store.reader()
    assert not reader.opening_hours().is_open(SATURDAY_NIGHT)
    put_desk_facts(store.db, HOURS, timedelta())
    assert reader.opening_hours().is_open(SATURDAY_NIGHT)
    assert reader.opening_hours() is reader.opening_hours()
    put_desk_facts(store.db, None, timedelta())
    assert reader.opening_hours() == Calendar(zone=UTC)


def test_what_is_chosen_here_can_go_before_what_the_desk_tells(store: Store) -> None:
    put_desk_facts(store.db, HOURS, timedelta())
    chosen = Calendar(zone=UTC, holidays=HOURS.holidays)
    heard: list[Calendar | None] = []

    def choose(told: Calendar | None) -> Calendar:
        heard.append(told)
        return chosen

    reader = Reader(store.path, Calendar(), Cadence(), choose_hours=choose)
    assert reader.opening_hours() is chosen
    assert reader.opening_hours() is chosen
    assert heard == [HOURS]
    reader.close()


def test_other_hours_let_open_requests_be_drawn_and_reckoned_anew(store: Store) -> None:
    promise = Promise("p1", PromiseKind.FIX, later(600), NOW)
    store.writer.apply(Batch((ticket("T-1", promises=(promise,)),)), Told(due={T1: later(300)}), NOW)
    assert store.writer.due(NOW) == ()
    assert put_desk_facts(store.db, HOURS, timedelta()).tickets == {T1}
    assert store.writer.due(NOW) == (T1,)
    assert put_desk_facts(store.db, HOURS, timedelta()) == NOTHING


def test_a_zone_that_this_computer_lacks_leaves_the_usual_hours(store: Store) -> None:
    put_desk_facts(store.db, HOURS, timedelta())
    kept = meta.get(store.db, "opening_hours")
    assert kept is not None
    meta.put(store.db, "opening_hours", kept.replace(b"Europe/Berlin", b"Mars/Olympus_Mons"))
    assert opening_hours(store.db) is None


def test_damage_in_it_is_seen(store: Store) -> None:
    meta.put(store.db, "opening_hours", b"{broken")
    with pytest.raises(Damaged):
        opening_hours(store.db)
    meta.put(store.db, "clock_offset_ms", b"soon")
    with pytest.raises(Damaged):
        clock_offset(store.db)


def test_the_oldest_version_that_the_desk_takes_is_kept_and_told_once(store: Store) -> None:
    assert store.reader().minimum_version() == ""
    assert put_minimum_version(store.db, "") == NOTHING
    assert put_minimum_version(store.db, "1.4.0") != NOTHING
    assert store.reader().minimum_version() == "1.4.0"
    assert put_minimum_version(store.db, "1.4.0") == NOTHING
