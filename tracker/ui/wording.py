"""Lines, times, spans and sizes in the reader's language, zone and habits."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from tracker.model.line import Line, Value
from tracker.ui.plain_text import one_line

_DAY = timedelta(days=1)


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Wording", text, None, count)


class Wording:
    """Turns values into words for one reader. Times are said relative to `clock()`, which is asked each time.

    `zone` is the reader's; a locale without a language (LANG=C) is read as British English.
    """

    def __init__(self, locale: QLocale, zone: tzinfo, clock: Callable[[], datetime]) -> None:
        nameless = locale.language() == QLocale.Language.C
        self.locale = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom) if nameless else locale
        """The reader's language and habits."""
        self.zone = zone
        """The zone that the reader's clocks show."""
        self._clock = clock

    def text(self, line: Line, *, name_today: bool = False) -> str:
        """Say a line: its template translated, its values put in as the reader says them.

        A second moment on the same day is said by its time alone: "Tue 25 Nov, 14:00 – 16:00". `name_today`
        says "today 14:00" where the line stands under the heading of another day.
        """
        translated = QCoreApplication.translate("Line", line.template)
        try:
            return line.fill(translated, self._teller(name_today=name_today))
        except (KeyError, IndexError, ValueError):  # a slip in a translation must not cost the sentence
            return line.fill(line.template, self._teller(name_today=name_today))

    def time(self, at: datetime) -> str:
        """Say the time of day: "14:20"."""
        there = at.astimezone(self.zone)
        return self.locale.toString(QTime(there.hour, there.minute), QLocale.FormatType.ShortFormat)

    def when(self, at: datetime) -> str:
        """Say a moment inside a sentence: "14:20", "yesterday 16:40", "Tue 25 Nov, 17:00"."""
        away = self._days_away(at)
        if away == 0:
            return self.time(at)
        if away == 1:
            return _tr("tomorrow {time}").format(time=self.time(at))
        if away == -1:
            return _tr("yesterday {time}").format(time=self.time(at))
        return _tr("{day}, {time}").format(day=self.day(at), time=self.time(at))

    def date_that_matters(self, at: datetime) -> str:
        """Say the one date of a card: "Today, 17:00", "Tomorrow, 09:00", "Tue 25 Nov"."""
        away = self._days_away(at)
        if away not in (-1, 0, 1):
            return self.day(at)
        return _tr("{day}, {time}").format(day=self._near_day(away), time=self.time(at))

    def heading(self, at: datetime) -> str:
        """Name the day something happened on: "Today", "Yesterday", "Thu 20 Nov"."""
        away = self._days_away(at)
        return self._near_day(away) if away in (-1, 0, 1) else self.day(at)

    def day(self, at: datetime) -> str:
        """Say a date with its weekday, and with the year where that is not this year: "Tue 25 Nov"."""
        there = self._local_day(at)
        same_year = there.year == self._local_day(self._clock()).year
        pattern = _tr("ddd d MMM") if same_year else _tr("ddd d MMM yyyy")
        return self.locale.toString(QDate(there.year, there.month, there.day), pattern)

    def relative(self, at: datetime) -> str:
        """Say how far away a moment is: "in 2 h 40 min", "12 min ago"; "" when it is over a day."""
        away = at - self._clock()
        if abs(away) >= _DAY:
            return ""
        if abs(away) < timedelta(minutes=1):
            return _tr("now") if away >= timedelta() else _tr("just now")
        pattern = _tr("in {span}") if away > timedelta() else _tr("{span} ago")
        return pattern.format(span=self.span(away))

    def exact(self, at: datetime) -> str:
        """Say a moment in full, for hover and assistive technology: "Tuesday 25 November 2025, 17:00 CET"."""
        there = at.astimezone(self.zone)
        day = self.locale.toString(QDate(there.year, there.month, there.day), _tr("dddd d MMMM yyyy"))
        return (
            _tr("{day}, {time} {zone}").format(day=day, time=self.time(at), zone=there.tzname() or "").strip()
        )

    def span(self, length: timedelta) -> str:
        """Say a length roughly, in its two largest units: "2 h 40 min", "3 days"."""
        minutes = int(abs(length).total_seconds() // 60)
        if minutes < 1:
            return _tr("less than a minute")
        if minutes < 60:
            return _tr("{minutes} min").format(minutes=self.number(minutes))
        hours, rest = divmod(minutes, 60)
        if hours < 24:
            pattern = _tr("{hours} h {minutes} min") if rest else _tr("{hours} h")
            return pattern.format(hours=self.number(hours), minutes=self.number(rest))
        days = round(hours / 24)
        return _tr("1 day") if days == 1 else _tr("%n days", days)

    def number(self, count: int) -> str:
        """Write a number in the reader's digits."""
        return self.locale.toString(count)

    def size(self, size: int) -> str:
        """Say how large a file is: "1.2 MB"."""
        kind = QLocale.DataSizeFormat.DataSizeTraditionalFormat
        whole = self.locale.formattedDataSize(size, 0, kind)
        fine = self.locale.formattedDataSize(size, 1, kind)
        return whole if fine.startswith(f"{whole.split()[0]}{self.locale.decimalPoint()}0") else fine

    def is_today(self, at: datetime) -> bool:
        """Say whether a moment falls on the present day of the reader's calendar."""
        return not self._days_away(at)

    def local_day(self, at: datetime) -> date:
        """Tell on which day of the reader's calendar a moment falls."""
        return self._local_day(at)

    def of(self, zone: tzinfo) -> "Wording":
        """Give the same reader's words with the times that clocks elsewhere show."""
        return Wording(self.locale, zone, self._clock)

    def _teller(self, *, name_today: bool) -> Callable[[Value], str]:
        said: set[date] = set()

        def tell(value: Value) -> str:
            if isinstance(value, datetime):
                day = self._local_day(value)
                again = day in said
                said.add(day)
                if not again and name_today and not self._days_away(value):
                    return _tr("today {time}").format(time=self.time(value))
                return self.time(value) if again else self.when(value)
            if isinstance(value, timedelta):
                return self.span(value)
            return self.number(value) if isinstance(value, int) else one_line(value)

        return tell

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _days_away(self, at: datetime) -> int:
        return (self._local_day(at) - self._local_day(self._clock())).days

    def _near_day(self, away: int) -> str:
        return {0: _tr("Today"), 1: _tr("Tomorrow"), -1: _tr("Yesterday")}[away]
