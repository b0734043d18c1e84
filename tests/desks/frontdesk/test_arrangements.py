"""Visits, calls, ways out, hours and preferences from the wire, within bounds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

import msgspec
import pytest

from tests.desks.frontdesk.canned import Json
from tests.desks.frontdesk.test_reading import LATER, VISIT, event, ticket
from tracker.desks.frontdesk import wire_desk, wire_wish
from tracker.desks.frontdesk.arrangements import slots_of
from tracker.desks.frontdesk.opening_hours import calendar_of
from tracker.desks.frontdesk.preferences import settings_of, to_keep
from tracker.model.calendar import Calendar
from tracker.model.call import CallState
from tracker.model.option import OptionKind
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Act, TicketId

WINDOW: Json = {"starts": LATER, "ends": "2026-11-21T12:00:00+01:00"}
BACKWARDS: Json = {"starts": LATER, "ends": "2026-11-21T09:00:00+01:00"}
CALL: Json = {"id": "k1", "state": "asked", "asked_at": LATER, "phone": "+49 30\u202e 1", "windows": [WINDOW]}


def test_a_call_keeps_only_windows_that_can_be() -> None:
    ages = {"starts": "0001-01-01T00:00:00Z", "ends": "9999-01-01T00:00:00Z"}
    call = ticket(call=CALL | {"windows": [BACKWARDS, WINDOW, ages, WINDOW | {"ends": LATER}]}).call
    assert call is not None
    assert [window.starts for window in call.windows] == [datetime(2026, 11, 21, 9, tzinfo=UTC)]
    assert (call.state, call.phone) == (CallState.ASKED, "+49 30 1")
    booked = ticket(call=CALL | {"state": "booked", **BACKWARDS, "tries": 1 << 40}).call
    assert booked is not None
    assert (booked.starts, booked.ends, booked.tries) == (datetime(2026, 11, 21, 9, tzinfo=UTC), None, 1000)
    assert ticket(call=CALL | {"state": "levitating"}).call is None
    assert event(kind="callback_asked", data={"call": CALL}).details.call is not None


def test_a_visit_keeps_a_zone_that_exists_and_an_end_after_its_start() -> None:
    told = VISIT | {
        "zone": "Europe/Lisbon",
        "prepare": ["Charger", "  "],
        "directions": "Left\x00",
        "confirmed": True,
    }
    visit = ticket(visit=VISIT | told).visit
    assert visit is not None
    assert (visit.zone, visit.prepare, visit.directions) == ("Europe/Lisbon", ("Charger",), "Left")
    assert visit.confirmed
    for zone in ("Mars/Olympus_Mons", "../../etc/passwd", "Europe", "x" * 9999, "a\x00b"):
        read = ticket(visit=VISIT | BACKWARDS | {"zone": zone}).visit
        assert read is not None
        assert (read.zone, read.ends) == ("", None)


def test_ways_out_keep_their_words_and_waits_say_who_and_what() -> None:
    ways = [
        {"id": "o1", "kind": "loan", "label": "Lend\nme one", "text": "A laptop."},
        {"id": "o2", "kind": "bribe", "label": "Other"},
        {"id": "", "kind": "wait", "label": "Nameless"},
        {"id": "o4", "kind": "wait", "label": " "},
    ]
    read = ticket(
        options=ways,
        state_until=LATER,
        waiting_for="Lenovo",
        meanwhile="Use the spare.",
        may=["choose", "ask_for_call", "answer"],
    )
    assert [(o.id, o.kind) for o in read.options] == [("o1", OptionKind.LOAN), ("o2", OptionKind.OTHER)]
    assert (read.waiting_for, read.meanwhile) == ("Lenovo", "Use the spare.")
    assert read.state_until == datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert read.may == {Act.CHOOSE, Act.ASK_FOR_CALL}
    held = event(kind="on_hold", data={"who": "Lenovo", "until": LATER, "meanwhile": "Wait."}).details
    assert (held.who_ends, held.until, held.meanwhile) == ("Lenovo", read.state_until, "Wait.")
    assert event(kind="option_chosen", data={"option": ways[0]}).details.options == read.options[:1]
    assert event(kind="checked_in", data={"fine": False}).details.fine is False


def slot(name: str, **window: object) -> wire_wish.Slot:
    return msgspec.json.decode(json.dumps({"id": name} | window), type=wire_wish.Slot)


def test_times_offered_come_soonest_first_without_those_that_cannot_be() -> None:
    later = {"starts": "2026-11-22T10:00:00Z", "ends": "2026-11-22T11:00:00Z"}
    told = (slot("b", **later), slot("a", **WINDOW), slot("c", **BACKWARDS), slot("", **WINDOW))
    assert [each.id for each in slots_of(told)] == ["a", "b"]


DAY = [["09:00", "17:00"]]


def hours(**changed: object) -> Calendar | None:
    told = {"zone": "Europe/Berlin", "week": [DAY] * 5 + [[], []], "holidays": ["2026-12-25"]} | changed
    return calendar_of(msgspec.json.decode(json.dumps(told), type=wire_desk.OpeningHours))


def test_opening_hours_become_a_calendar() -> None:
    read = hours()
    assert read is not None
    assert read.is_open(datetime(2026, 11, 20, 8, 30, tzinfo=UTC))
    assert not read.is_open(datetime(2026, 11, 20, 7, 30, tzinfo=UTC))
    assert not read.is_open(datetime(2026, 12, 25, 9, tzinfo=UTC))
    assert calendar_of(None) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"zone": "Mars/Olympus_Mons"},
        {"week": [DAY] * 6},
        {"week": [[]] * 7},
        {"week": [[["9", "25:00"]]] * 7},
    ],
)
def test_hours_that_cannot_be_are_none(broken: Json) -> None:
    assert hours(**broken) is None


def test_odd_spells_and_days_off_are_left_out() -> None:
    day = [["13:00", "17:00"], ["08:00", "12:00"], ["11:00", "14:00"], ["22:00", "06:00"], ["23:00", "23:30"]]
    read = hours(week=[day] * 7, holidays=["2026-02-30", "soon", "2026-12-25"])
    assert read is not None
    assert read.week[0] == (
        (time(8), time(12)),
        (time(13), time(17)),
        (time(22), time(6)),
    )
    assert read.holidays == {date(2026, 12, 25)}


def kept(preferences: object, changed_at: str | None = LATER) -> NotifySettings | None:
    told = json.dumps({"preferences": preferences, "changed_at": changed_at})
    return settings_of(msgspec.json.decode(told, type=wire_wish.Kept))


def test_preferences_come_back_as_they_were_left() -> None:
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    muted = frozenset(TicketId(f"REQ-{number}") for number in range(1, 10_001))
    wished = NotifySettings(quiet=None, digest_at=(time(9),), muted=muted, snoozed_until=at, changed_at=at)
    sent = msgspec.json.encode(to_keep(wished, at))
    assert len(sent) < 16 * 1024, "the desk takes no more"
    read = settings_of(msgspec.json.decode(sent, type=wire_wish.Kept))
    assert read is not None
    assert TicketId("REQ-10000") in read.muted
    assert replace(read, muted=frozenset()) == replace(wished, muted=frozenset())


@pytest.mark.parametrize("odd", [None, 7, "text", [], {"quiet": "always"}, {"digest_at": [1]}, {"muted": {}}])
def test_preferences_that_cannot_be_read_are_none(odd: object) -> None:
    assert kept(odd) is None
    assert kept({}, None) is None


def test_odd_values_in_preferences_are_bounded() -> None:
    read = kept(
        {"telling": {"now": "shout", "fax": "toast"}, "progress_per_day": -5, "muted": ["x" * 999, "REQ-1"]}
    )
    assert read is not None
    assert read.telling == NotifySettings().telling
    assert (read.progress_per_day, read.muted) == (0, frozenset({TicketId("REQ-1")}))
