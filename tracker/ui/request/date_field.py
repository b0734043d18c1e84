"""A field for a date: typed as the reader types dates, or chosen from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.buttons import IconButton
from tracker.ui.widgets.field import LineEdit


class TypedDates:
    """Reads and writes dates the way people of a locale type them."""

    def __init__(self, locale: QLocale) -> None:
        self._locale = locale
        pattern = locale.dateFormat(QLocale.FormatType.ShortFormat)
        # Two digits for the year would be read as 1925.
        self._pattern = pattern if "yyyy" in pattern else pattern.replace("yy", "yyyy")

    def write(self, day: date) -> str:
        """Write a date: "25/11/2025"."""
        return self._locale.toString(QDate(day.year, day.month, day.day), self._pattern)

    def read(self, typed: str) -> date | None:
        """Read a date as it is typed here, or as 2025-11-25; None if it is neither."""
        for pattern in (self._pattern, "yyyy-MM-dd"):
            read = self._locale.toDate(typed.strip(), pattern)
            if read.isValid():
                return date(read.year(), read.month(), read.day())
        return None


class DateField(QWidget):
    """The line is what is focused and described; `value` is the date as 2025-11-25, "" if none is typed."""

    changed = Signal()

    def __init__(self, theme: Theme, locale: QLocale, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dates, self._today = TypedDates(locale), today
        self.line = LineEdit(self, placeholder=self._dates.write(today), limit=20)
        self._open = IconButton(theme, "calendar", self, name=self.tr("Choose from a calendar"))
        self.setFocusProxy(self.line)
        self._open.setCheckable(True)
        self._calendar: QCalendarWidget | None = None
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        row.addWidget(self.line, 1)
        row.addWidget(self._open)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._column.addLayout(row)
        self.line.textChanged.connect(self.changed)
        self._open.toggled.connect(self._unfold)

    @property
    def value(self) -> str:
        """The date as 2025-11-25, "" if none is typed or it cannot be read."""
        read = self._dates.read(self.line.text())
        return read.isoformat() if read else ""

    def problem(self) -> str:
        """Say what is wrong with what is typed, "" if nothing is."""
        if not self.line.text().strip() or self.value:
            return ""
        return self.tr("Write the date like {example}.").format(example=self._dates.write(self._today))

    def show_value(self, value: str) -> None:
        """Show a date given as 2025-11-25."""
        read = self._dates.read(value)
        self.line.setText(self._dates.write(read) if read else value)

    def choose(self, day: QDate) -> None:
        """Take a day of the calendar."""
        self.line.setText(self._dates.write(date(day.year(), day.month(), day.day())))
        self._open.setChecked(False)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unfold(self, unfold: bool) -> None:
        # Under the line, not in a window of its own: that would have to take the keyboard from the desktop.
        if self._calendar is None:
            self._calendar = self._make_calendar()
        shown = self._dates.read(self.line.text()) or self._today
        self._calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._calendar.setVisible(unfold)
        if unfold:
            self._calendar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_calendar(self) -> QCalendarWidget:
        calendar = QCalendarWidget(self)
        calendar.setAccessibleName(self.tr("Calendar"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.activated.connect(self.choose)
        calendar.clicked.connect(self.choose)
        self._column.addWidget(calendar)
        return calendar
