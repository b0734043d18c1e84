"""Several fields changed at once on RT's page are one event; what is left over from earlier says nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desks.rt.saved_pages import BEGAN, BOOKED, Saved, at, kinds, read
from tracker.desks.rt.calls import read_windows, written_windows
from tracker.model.call import CallState
from tracker.model.event import EventKind
from tracker.model.promise import PromiseKind, PromiseState
from tracker.model.ticket import TicketState
from tracker.model.visit import VisitState
from tracker.model.window import Window


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


@pytest.mark.parametrize(
    ("pages", "told", "kind"),
    [
        (
            [
                BOOKED,
                ("tess", {"Arrival from": at(20.5), "Arrival until": at(21), "Visit state": "on the way"}),
            ],
            101 + len(BOOKED[1]),
            EventKind.VISIT_ON_THE_WAY,
        ),
        (
            [
                ("tess", {"Call state": "booked", "Call from": at(2)}),
                ("tess", {"Call number": "4357", "Call state": "done"}),
            ],
            103,
            EventKind.CALLBACK_DONE,
        ),
    ],
)
def test_what_is_read_again_has_the_name_it_had_though_pages_were_saved_in_one_breath(
    pages: list[Saved], told: int, kind: EventKind
) -> None:
    second = timedelta(seconds=1)
    first = [event.id for event in read(*pages, told=told, apart=second).events if event.kind is kind]
    again = [event.id for event in read(*pages, apart=second).events if event.kind is kind]
    assert len(first) == 1
    assert again == first


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
