"""How long a snooze lasts."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from tracker.model.snoozing import Snooze, snoozed_until

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 11, 21, 13, 50, 30, tzinfo=UTC)


def test_an_hour_is_an_hour_in_whole_minutes() -> None:
    assert snoozed_until(Snooze.HOUR, NOW, BERLIN, time(8)) == datetime(2025, 11, 21, 14, 50, tzinfo=UTC)


def test_until_tomorrow_ends_in_the_readers_morning() -> None:
    assert snoozed_until(Snooze.TOMORROW, NOW, BERLIN, time(8)) == datetime(2025, 11, 22, 7, tzinfo=UTC)


def test_tomorrow_is_the_readers_and_follows_the_change_of_the_clocks() -> None:
    late = datetime(
        2026, 3, 27, 23, 30, tzinfo=UTC
    )  # the 28th in Berlin, where summer time starts on the 29th
    assert snoozed_until(Snooze.TOMORROW, late, BERLIN, time(8)) == datetime(2026, 3, 29, 6, tzinfo=UTC)


def test_an_end_is_no_time() -> None:
    assert snoozed_until(Snooze.END, NOW, BERLIN, time(8)) is None
