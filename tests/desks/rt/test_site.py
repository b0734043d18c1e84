"""A site's map: what it says without any option, and options that can't be understood."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tracker.desks.rt.site import read_site
from tracker.model.errors import UnexpectedAnswer
from tracker.model.ticket import Priority, TicketState
from tracker.model.visit import VisitState


def test_rts_own_lifecycle_is_understood_without_any_option() -> None:
    site = read_site(())
    assert {
        word: site.state(word) for word in ("new", "open", "stalled", "resolved", "rejected", "deleted")
    } == {
        "new": TicketState.NEW,
        "open": TicketState.WORKING,
        "stalled": TicketState.WAITING_FOR_YOU,
        "resolved": TicketState.RESOLVED,
        "rejected": TicketState.CANCELLED,
        "deleted": TicketState.CANCELLED,
    }
    assert site.state("quarantined") is TicketState.UNKNOWN


def test_words_are_the_same_in_any_case() -> None:
    site = read_site((("status.In Progress", "working"),))
    assert site.state("IN PROGRESS") is TicketState.WORKING


def test_a_status_can_say_where_the_visit_stands() -> None:
    site = read_site((("status.on-site", "visit:on_site"), ("status.dispatched", "visit")))
    assert site.visit_state("on-site") is VisitState.ON_SITE
    assert site.visit_state("dispatched") is None


def test_the_length_of_a_visit_makes_it_a_window() -> None:
    starts = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert read_site(()).visit_ends(starts) is None
    assert read_site((("visit_minutes", "120"),)).visit_ends(starts) == starts + timedelta(hours=2)


def test_priorities_go_by_steps_and_nothing_judged_is_normal() -> None:
    site = read_site((("priorities", "low=1, normal=20, high=60, urgent=90"),))
    assert [site.priority(number) for number in (0, 1, 20, 59, 60, 90, 500)] == [
        *(Priority.NORMAL, Priority.LOW, Priority.NORMAL, Priority.NORMAL),
        *(Priority.HIGH, Priority.URGENT, Priority.URGENT),
    ]
    assert [site.priority(site.priority_number(step)) for step in Priority] == list(Priority)


def test_a_field_without_a_name_is_not_used() -> None:
    fields = read_site((("field.rating", ""),)).fields
    assert fields.rating == ""
    assert "" not in fields.special()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("status.open", "busy"),
        ("status.open", "visit:nowhere"),
        ("priorities", "high"),
        ("attachment_bytes", "ten"),
        ("attachment_bytes", "0"),
        ("visit_minutes", "-5"),
        ("closed_statsu", "done"),
    ],
)
def test_an_option_that_cannot_be_understood_is_named(key: str, value: str) -> None:
    with pytest.raises(UnexpectedAnswer) as said:
        read_site(((key, value),))
    assert key in str(said.value)
    assert str(said.value).endswith("IT.")
