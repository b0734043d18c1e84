"""A window comes back where it was, and never where no screen is."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from tracker.host.window_state import WindowState
from tracker.ui.window_place import SMALLEST, clamped

LAPTOP = QRect(0, 0, 1440, 860)
BESIDE = QRect(1440, 0, 1920, 1040)


def test_a_place_that_is_still_there_is_kept() -> None:
    assert clamped(WindowState(100, 80, 1000, 700), [LAPTOP]) == QRect(100, 80, 1000, 700)


def test_a_window_of_an_unplugged_screen_comes_back_to_the_one_left() -> None:
    place = clamped(WindowState(1900, 100, 1000, 700), [LAPTOP])
    assert LAPTOP.contains(place)
    assert place.size() == QRect(0, 0, 1000, 700).size()


def test_a_window_stays_on_the_screen_it_covers_most() -> None:
    assert BESIDE.contains(clamped(WindowState(1300, 50, 1000, 700), [LAPTOP, BESIDE]))


def test_a_window_larger_than_the_screen_fills_it() -> None:
    assert clamped(WindowState(-50, -50, 5000, 5000), [LAPTOP]) == LAPTOP


def test_without_any_screen_nothing_is_moved() -> None:
    assert clamped(WindowState(5, 6, 900, 600), []) == QRect(5, 6, 900, 600)


numbers = st.integers(-100_000, 100_000)


@given(numbers, numbers, numbers, numbers)
def test_wherever_it_was_it_lies_wholly_on_a_screen(left: int, top: int, width: int, height: int) -> None:
    place = clamped(WindowState(left, top, width, height), [LAPTOP, BESIDE])
    assert LAPTOP.contains(place) or BESIDE.contains(place)
    assert place.width() >= SMALLEST[0]
    assert place.height() >= SMALLEST[1]
