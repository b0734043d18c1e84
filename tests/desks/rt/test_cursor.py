"""The place to go on from survives being written down; nonsense is no place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.desks.rt.cursor import Place, read_place
from tracker.model.batch import Cursor

AT = datetime(2026, 11, 22, 12, 30, 15, 250_000, tzinfo=UTC)
IDS = st.sets(st.integers(1, 500))


@given(IDS, IDS, st.integers(0, 10**9))
def test_a_place_comes_back_as_it_was(known: set[int], todo: set[int], mark: int) -> None:
    place = Place("jane@desk", AT, mark, known | todo, todo)
    assert read_place(place.cursor(), "jane@desk") == place


def test_ten_thousand_requests_in_a_row_take_few_words() -> None:
    place = Place("jane@desk", AT, 7, set(range(1, 10_001)), set(range(1, 9_000)))
    assert len(place.cursor()) < 200


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "null", "{}", "[]", "no cursor", "\ud800"),
        '{"v":2,"user":"jane@desk","at":"2026-11-22T12:30:15Z","mark":1,"known":"1","todo":""}',
        '{"v":1,"user":"omar@desk","at":"2026-11-22T12:30:15Z","mark":1,"known":"1","todo":""}',
        '{"v":1,"user":"jane@desk","at":"2026-11-22T12:30:15","mark":1,"known":"1","todo":""}',
        '{"v":1,"user":"jane@desk","at":"2026-11-22T12:30:15Z","mark":1,"known":"one","todo":""}',
        '{"v":1,"user":"jane@desk","at":"2026-11-22T12:30:15Z","mark":1,"known":"1-99999999999","todo":""}',
    ],
)
def test_what_is_no_place_of_this_person_is_none(text: str) -> None:
    assert read_place(Cursor(text), "jane@desk") is None


def test_what_is_still_to_be_told_was_told_before() -> None:
    text = '{"v":1,"user":"jane@desk","at":"2026-11-22T12:30:15Z","mark":1,"known":"1-3","todo":"2-9"}'
    place = read_place(Cursor(text), "jane@desk")
    assert place is not None
    assert place.todo == {2, 3}
