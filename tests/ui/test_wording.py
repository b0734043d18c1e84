"""Times, spans and sentences as a reader says them."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from tests.ui.page_ground import Clock
from tests.ui.pseudo import pseudo_language
from tests.ui.samples import NOW, ZONE, at
from tracker.model.line import line
from tracker.ui.wording import Wording

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)
AMERICAN = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


def wording(locale: QLocale = BRITISH) -> Wording:
    return Wording(locale, ZONE, Clock())


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(21, 16, 30), "16:30"),
        (at(22, 9), "tomorrow 09:00"),
        (at(20, 16, 40), "yesterday 16:40"),
        (at(25, 17), "Tue 25 Nov, 17:00"),
        (at(25, 17) + timedelta(days=365), "Wed 25 Nov 2026, 17:00"),
    ],
)
def test_a_moment_is_said_by_its_distance(moment: object, said: str) -> None:
    assert wording().when(moment) == said  # type: ignore[arg-type]


def test_the_date_that_matters_names_near_days() -> None:
    assert wording().date_that_matters(at(21, 17)) == "Today, 17:00"
    assert wording().date_that_matters(at(22, 9)) == "Tomorrow, 09:00"
    assert wording().date_that_matters(at(25, 17)) == "Tue 25 Nov"


def test_near_moments_are_relative_and_far_ones_are_not() -> None:
    assert wording().relative(NOW + timedelta(hours=2, minutes=40)) == "in 2 h 40 min"
    assert wording().relative(NOW - timedelta(minutes=12)) == "12 min ago"
    assert wording().relative(NOW - timedelta(seconds=20)) == "just now"
    assert wording().relative(NOW + timedelta(days=1)) == ""


def test_a_span_is_rough() -> None:
    said = [wording().span(timedelta(minutes=m)) for m in (0, 1, 59, 60, 160, 24 * 60, 80 * 60)]
    assert said == ["less than a minute", "1 min", "59 min", "1 h", "2 h 40 min", "1 day", "3 days"]


def test_the_exact_moment_names_its_zone() -> None:
    assert wording().exact(at(25, 17)) == "Tuesday 25 November 2025, 17:00 CET"


def test_the_reader_s_own_habits_are_kept() -> None:
    assert wording(AMERICAN).time(at(21, 16, 30)).replace("\u202f", " ") == "4:30 PM"
    assert wording(GERMAN).day(at(25, 17)) == "Di. 25 Nov."
    assert wording(GERMAN).size(1_258_291) == "1,2 MB"


def test_a_locale_without_a_language_reads_as_english() -> None:
    assert wording(QLocale.c()).time(at(21, 16, 30)) == "16:30"


def test_sizes_have_no_needless_decimals() -> None:
    assert wording().size(10 * 1024 * 1024) == "10 MB"
    assert wording().size(1_258_291) == "1.2 MB"


def test_a_line_says_a_day_once() -> None:
    booked = line("Visit booked for {start} – {end}", start=at(25, 14), end=at(25, 16))
    assert wording().text(booked) == "Visit booked for Tue 25 Nov, 14:00 – 16:00"


def test_today_is_named_under_the_heading_of_another_day() -> None:
    moved = line("Moved to {until}", until=at(21, 17))
    assert wording().text(moved) == "Moved to 17:00"
    assert wording().text(moved, name_today=True) == "Moved to today 17:00"


def test_a_line_is_translated_and_its_values_are_not(qapp: QApplication) -> None:
    with pseudo_language():
        said = wording().text(line("With {team}", team="Network"))
    assert said.startswith("[")
    assert "Network" in said


def test_what_people_wrote_in_a_line_can_not_turn_the_sentence_round() -> None:
    said = wording().text(line("With {team}", team="Net\u202ework\nteam"))
    assert said == "With Network team"
