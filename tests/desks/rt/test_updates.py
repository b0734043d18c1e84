"""Several fields changed at once on RT's page are one event; what is left over from earlier says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from tracker.desks.rt import wire
from tracker.desks.rt.calls import read_windows, written_windows
from tracker.desks.rt.context import Context
from tracker.desks.rt.field_names import FieldNames
from tracker.desks.rt.history import HistoryReader, Reading
from tracker.desks.rt.reading import Me, TicketReader
from tracker.desks.rt.site import read_site
from tracker.desks.rt.words import Words
from tracker.model.call import CallState
from tracker.model.event import EventKind
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import TicketState
from tracker.model.visit import VisitState
from tracker.model.window import Window

NUMBERS = {name: 10 + at for at, (_, name) in enumerate(FieldNames().items())}
PEOPLE = {"jane": (28, "Jane Doe"), "tess": (34, "Tess Tech"), "RT_System": (1, "The RT System itself")}
BEGAN = datetime(2026, 11, 22, 10, tzinfo=UTC)
Saved = tuple[str, Mapping[str, str]]
"""Who saved a page, and what it changed; the keys "Status" and "Due" are RT's own."""


def at(hours: float) -> str:
    """Write a moment as RT writes it into transactions."""
    return (BEGAN + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S")


def read(*pages: Saved, options: tuple[tuple[str, str], ...] = (), told: int = 0) -> Reading:
    """Read the history that these pages make, each saved ten minutes after the one before."""
    now: dict[str, str] = {"Status": "new"}
    steps: list[dict[str, object]] = [_step(100, BEGAN, "jane", "Create", "", "", "")]
    for page, (who, changes) in enumerate(pages):
        when = BEGAN + timedelta(minutes=10 * page + 1)
        for name, value in changes.items():
            kind = name if name in ("Status", "Correspond") else "Set" if name == "Due" else "CustomField"
            field = name if kind in ("Status", "Set") else str(NUMBERS.get(name, ""))
            steps.append(_step(101 + len(steps), when, who, kind, field, now.get(name, ""), value))
            now[name] = value
    fields = [
        {"id": number, "name": name, "values": [now[name]] if now.get(name) else []}
        for name, number in NUMBERS.items()
    ]
    ticket = {
        "id": 7,
        "Status": now["Status"],
        "Created": "2026-11-22T10:00:00Z",
        "LastUpdated": "2026-11-22T11:00:00Z",
        "Due": now.get("Due", ""),
        "Queue": {"id": 3, "Name": "IT Support"},
        "Requestor": [{"id": "jane", "Name": "jane"}],
        "CustomFields": fields,
    }
    reader = TicketReader(read_site(options), Me("jane", "Jane Doe"), "https://desk.test")
    names = {number: name for name, number in NUMBERS.items()}
    context = Context(reader, msgspec.convert(ticket, wire.Ticket), names, {3: "IT Support"})
    words = {int(str(step["id"])): Words("Words.") for step in steps if step["Type"] == "Correspond"}
    return HistoryReader(context, msgspec.convert(steps, list[wire.Transaction]), words, told=told).read()


def _step(
    number: int, when: datetime, who: str, kind: str, field: str, old: str, new: str
) -> dict[str, object]:
    return {
        "id": str(number),
        "Type": kind,
        "Field": field,
        "OldValue": old,
        "NewValue": new,
        "Created": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ObjectId": "7",
        "Creator": {"id": PEOPLE[who][0], "Name": who, "RealName": PEOPLE[who][1]},
    }


def kinds(story: Reading) -> list[EventKind]:
    return [event.kind for event in story.events[2:]]


BOOKED: Saved = (
    "tess",
    {
        "Visit until": at(22),
        "Visit technician": "Theo Tools",
        "Location": "Room 3",
        "Visit state": "booked",
        "Technician visit": at(20),
        "Visit time zone": "Europe/Lisbon",
        "Visit preparation": "The dock\n\nIts power supply",
        "Status": "scheduled",
    },
)


def test_a_visit_booked_on_one_page_is_one_event_with_all_of_it() -> None:
    story = read(BOOKED)
    assert kinds(story) == [EventKind.VISIT_BOOKED]
    visit = story.events[-1].details.visit
    assert visit == story.ticket.visit
    assert visit is not None
    assert (visit.starts, visit.ends) == (BEGAN + timedelta(hours=20), BEGAN + timedelta(hours=22))
    assert (visit.agent, visit.place, visit.zone) == ("Theo Tools", "Room 3", "Europe/Lisbon")
    assert visit.prepare == ("The dock", "Its power supply")
    assert story.events[-1].actor.name == "Tess Tech"


def test_on_the_way_comes_with_its_arrival_and_a_later_arrival_is_another_event() -> None:
    story = read(
        BOOKED,
        ("tess", {"Arrival until": at(21), "Visit state": "on the way", "Arrival from": at(20.5)}),
        ("tess", {"Arrival from": at(21), "Arrival until": at(21.5)}),
        ("tess", {"Visit state": "on site"}),
        ("tess", {"Visit note": "New cable.", "Visit state": "done", "Correspond": ""}),
    )
    assert kinds(story) == [
        EventKind.VISIT_BOOKED,
        EventKind.VISIT_ON_THE_WAY,
        EventKind.VISIT_ETA,
        EventKind.VISIT_ARRIVED,
        EventKind.VISIT_DONE,
        EventKind.REPLY,
    ]
    under_way = story.events[3].details.visit
    assert under_way is not None
    assert (under_way.eta_earliest, under_way.eta_latest) == (
        BEGAN + timedelta(hours=20.5),
        BEGAN + timedelta(hours=21),
    )
    assert story.events[-2].text == "New cable."


def test_nobody_in_with_a_new_time_on_the_same_page_is_a_failed_and_a_booked_visit() -> None:
    story = read(
        BOOKED,
        ("tess", {"Technician visit": at(44), "Visit state": "nobody in", "Visit note": "Nobody opened."}),
    )
    assert kinds(story)[1:] == [EventKind.VISIT_FAILED, EventKind.VISIT_BOOKED]
    failed, booked = story.events[-2:]
    assert failed.text == "Nobody opened."
    assert failed.id < booked.id
    visit = story.ticket.visit
    assert visit is not None
    assert (visit.state, visit.starts) == (VisitState.SCHEDULED, BEGAN + timedelta(hours=44))
    assert failed.details.visit is not None
    assert failed.details.visit.id != visit.id
    assert visit.note == ""


def test_a_new_visit_does_not_inherit_the_arrival_and_the_state_of_the_one_before() -> None:
    story = read(
        BOOKED,
        ("tess", {"Arrival until": at(21), "Visit state": "on the way", "Arrival from": at(20.5)}),
        ("tess", {"Visit state": "done"}),
        ("tess", {"Technician visit": at(70), "Visit until": at(72)}),
        ("tess", {"Visit state": "on the way"}),
    )
    assert kinds(story)[-2:] == [EventKind.VISIT_BOOKED, EventKind.VISIT_ON_THE_WAY]
    visit = story.ticket.visit
    assert visit is not None
    assert (visit.eta_earliest, visit.eta_latest) == (None, None)


@pytest.mark.parametrize(
    ("fields", "ends"),
    [({"Visit until": at(10)}, None), ({"Visit until": "tomorrow"}, None), ({"Visit until": at(21)}, 21)],
)
def test_a_window_that_ends_before_it_starts_has_no_end(fields: dict[str, str], ends: float | None) -> None:
    visit = read(
        ("tess", {"Technician visit": at(20), "Visit time zone": "Moon/Base", **fields})
    ).ticket.visit
    assert visit is not None
    assert visit.ends == (BEGAN + timedelta(hours=ends) if ends else None)
    assert visit.zone == ""


def test_the_rest_of_a_page_that_was_told_by_half_is_no_second_booking() -> None:
    whole = read(BOOKED)
    first = int(whole.events[2].raw_id or 0)
    rest = read(BOOKED, told=first + 2)
    assert EventKind.VISIT_MOVED not in kinds(rest)
    assert kinds(rest).count(EventKind.VISIT_BOOKED) == 1


def test_two_pages_within_a_second_of_each_other_stay_two() -> None:
    story = read(BOOKED, ("tess", {"Technician visit": at(30), "Visit until": at(31)}))
    assert kinds(story) == [EventKind.VISIT_BOOKED, EventKind.VISIT_MOVED]
    assert story.events[-1].details.until == BEGAN + timedelta(hours=20)


def test_a_call_is_taken_moved_missed_and_offered_again() -> None:
    story = read(
        ("jane", {"Call state": "asked", "Call number": "0123"}),
        ("tess", {"Call until": at(3), "Call from": at(2), "Call state": "booked"}),
        ("tess", {"Call from": at(4), "Call until": at(5)}),
        ("tess", {"Call state": "missed"}),
        ("jane", {"Call state": "asked"}),
    )
    assert kinds(story) == [
        EventKind.CALLBACK_ASKED,
        EventKind.CALLBACK_BOOKED,
        EventKind.CALLBACK_BOOKED,
        EventKind.CALLBACK_MISSED,
        EventKind.CALLBACK_ASKED,
    ]
    promises = [(promise.kind, promise.state) for promise in story.ticket.promises]
    assert promises == [
        (PromiseKind.CALLBACK, PromiseState.MOVED),
        (PromiseKind.CALLBACK, PromiseState.MISSED),
    ]
    call = story.ticket.call
    assert call is not None
    assert (call.state, call.starts, call.phone) == (CallState.ASKED, None, "")


def test_a_time_alone_takes_the_call_and_lasts_as_long_as_the_site_says() -> None:
    story = read(
        ("jane", {"Call state": "asked"}),
        ("tess", {"Call from": at(2)}),
        ("tess", {"Call state": "cancelled"}),
        options=(("call_minutes", "20"),),
    )
    assert kinds(story)[1] is EventKind.CALLBACK_BOOKED
    booked = story.events[3].details.call
    assert booked is not None
    assert booked.ends == BEGAN + timedelta(hours=2, minutes=20)
    assert [promise.state for promise in story.ticket.promises] == [PromiseState.WITHDRAWN]


def test_windows_come_back_as_written_and_nonsense_is_none() -> None:
    windows = (Window(BEGAN, BEGAN + timedelta(hours=1)), Window(BEGAN, BEGAN + timedelta(days=2)))
    assert read_windows(written_windows(windows)) == windows
    assert read_windows("any time; 2026-11-22T10:00Z/2026-11-22T09:00Z; /;") == ()


def test_a_wait_says_why_and_a_later_wait_does_not_inherit_it() -> None:
    story = read(
        ("tess", {"Waiting until": at(50), "Status": "waiting for parts", "Waiting reason": "A fan"}),
        ("tess", {"Waiting until": at(70)}),
        ("tess", {"Status": "open"}),
        ("tess", {"Status": "waiting for approval"}),
    )
    assert kinds(story) == [
        EventKind.ON_HOLD,
        EventKind.ON_HOLD,
        EventKind.RESUMED,
        EventKind.ON_HOLD,
    ]
    first, second, _, last = story.events[2:]
    assert (first.details.reason, first.details.until) == ("A fan", BEGAN + timedelta(hours=50))
    assert second.details.until == BEGAN + timedelta(hours=70)
    assert (last.details.reason, last.details.until) == (None, None)
    ticket = story.ticket
    assert (ticket.state, ticket.state_reason) == (TicketState.WAITING_FOR_APPROVAL, None)


def test_a_promised_date_that_is_over_already_is_none_and_takes_back_the_one_before() -> None:
    story = read(
        ("tess", {"Next update by": at(-5)}),
        ("tess", {"Next update by": at(5)}),
        ("tess", {"Next update by": at(-1)}),
    )
    assert kinds(story) == [EventKind.PROMISE_MADE, EventKind.PROMISE_WITHDRAWN]


def test_a_date_moved_with_its_reason_says_both() -> None:
    story = read(
        ("tess", {"Due": at(5)}),
        ("tess", {"Reason for new date": "The part is late.", "Due": at(30)}),
    )
    moved = story.events[-1]
    assert (moved.kind, moved.details.reason) == (EventKind.PROMISE_MOVED, "The part is late.")
    assert moved.details.promise is not None
    assert moved.details.promise.reason == "The part is late."


@pytest.mark.parametrize(("due", "kind"), [("next_update", PromiseKind.NEXT_UPDATE), ("nothing", None)])
def test_what_due_promises_is_the_sites_choice(due: str, kind: PromiseKind | None) -> None:
    story = read(("tess", {"Due": at(5)}), options=(("due", due),))
    assert [promise.kind for promise in story.ticket.promises] == ([kind] if kind else [])


def test_words_of_the_fields_are_the_sites_own() -> None:
    options = (("visit.unterwegs", "on_the_way"), ("call.gebucht", "booked"))
    story = read(
        ("tess", {"Technician visit": at(5), "Visit state": "unterwegs"}),
        ("tess", {"Call state": "gebucht", "Call from": at(3)}),
        options=options,
    )
    assert kinds(story) == [EventKind.VISIT_BOOKED, EventKind.VISIT_ON_THE_WAY, EventKind.CALLBACK_BOOKED]
