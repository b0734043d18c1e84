"""What a person asks for, in words, for a desk that has no place for it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tracker.desks.wish_words import window_words, words_of
from tracker.model.command import new_command_id
from tracker.model.ticket import TicketId
from tracker.model.window import Window
from tracker.model.wish import Wish, WishKind

BERLIN = ZoneInfo("Europe/Berlin")
NINE = datetime(2026, 11, 26, 9, tzinfo=UTC)


def a_wish(kind: WishKind, **fields: Any) -> Wish:
    return Wish(new_command_id(), NINE, TicketId("REQ-1"), kind, **fields)


@pytest.mark.parametrize("kind", list(WishKind))
def test_every_kind_has_words_that_can_stand_alone(kind: WishKind) -> None:
    words = words_of(a_wish(kind, about="v1", place="Room 3", score=4, phone="123"), BERLIN)
    assert words[0].isupper()
    assert len(words) > 8
    assert "\n" not in words


def test_the_persons_own_line_comes_last_and_as_it_was_written() -> None:
    words = words_of(a_wish(WishKind.NEWS, text="  I have a talk at two.\nReally. "), BERLIN)
    assert words.startswith("Is there any news on this request?")
    assert words.endswith("\n\nI have a talk at two.\nReally.")


def test_a_call_names_the_number_and_each_window_with_its_zone() -> None:
    windows = (
        Window(NINE, NINE + timedelta(hours=2)),
        Window(NINE + timedelta(days=1), NINE + timedelta(days=2)),
    )
    words = words_of(a_wish(WishKind.CALL, phone="+49 30 1234", windows=windows), BERLIN)
    assert words.splitlines() == [
        "Please call me back. My number is +49 30 1234.",
        "",
        "I am free:",
        "- Thursday 26 November 2026, 10:00 to 12:00 (Europe/Berlin)",
        "- Friday 27 November 2026, 10:00 to Saturday 28 November 2026, 10:00 (Europe/Berlin)",
    ]


def test_another_time_for_a_visit_is_wished_in_words() -> None:
    words = words_of(a_wish(WishKind.VISIT_MOVE, windows=(Window(NINE, NINE + timedelta(hours=1)),)), BERLIN)
    assert words.endswith("This would suit me:\n- Thursday 26 November 2026, 10:00 to 11:00 (Europe/Berlin)")


def test_a_place_a_score_and_a_choice_are_named() -> None:
    assert "Please come to Room 3.07" in words_of(a_wish(WishKind.VISIT_PLACE, place="Room 3.07"), UTC)
    assert "2 of 5 (5 is best)." in words_of(a_wish(WishKind.RATE, score=2), UTC)
    assert words_of(a_wish(WishKind.OPTION, about="loan"), UTC).endswith("this: loan")
    chosen = words_of(a_wish(WishKind.OPTION, about="o1", text="Lend me a laptop"), UTC)
    assert chosen.endswith("\n\nLend me a laptop")
    assert "o1" not in chosen


@pytest.mark.parametrize(("hours", "name"), [(0, "(UTC)"), (5.5, "(UTC+05:30)"), (-3, "(UTC-03:00)")])
def test_a_zone_without_a_place_is_named_by_its_distance(hours: float, name: str) -> None:
    zone = timezone(timedelta(hours=hours))
    assert window_words(Window(NINE, NINE + timedelta(hours=1)), zone).endswith(name)
