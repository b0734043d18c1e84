"""When nobody wants to be disturbed: from, to, and on weekends."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QTimeEdit, QVBoxLayout, QWidget

from tracker.ui.settings.section import CheckRow, SettingRow
from tracker.ui.theme.tokens import Size, Space
from tracker.ui.widgets.check import Check
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

    from tracker.host.settings import Settings


class _Clock(QTimeEdit):
    """A time of day; the wheel scrolls the page and does not change the time by accident."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class QuietHours(QWidget):
    """Two boxes to tick and two times; `changed` when the person has changed one of them."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._locked: frozenset[str] = frozenset()
        self._quiet = Check(self.tr("&Quiet hours"), self)
        self._weekend = Check(self.tr("All day on &weekends"), self)
        self._start, self._end = (self._clock_edit(name) for name in (self.tr("From"), self.tr("To")))
        self._quiet_row, self._weekend_row = (CheckRow(box, self) for box in (self._quiet, self._weekend))
        self._times = self._hours()
        self._hours_row = SettingRow(
            self.tr("From, to"),
            self.tr("News waits; what happens now is still shown"),
            self._times,
            self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for row in (self._quiet_row, self._hours_row, self._weekend_row):
            column.addWidget(row)
        for box in (self._quiet, self._weekend):
            box.toggled.connect(self._take)

    def show_settings(self, settings: Settings) -> None:
        """Show these without telling anybody."""
        self._quiet.tick(settings.quiet_hours)
        self._weekend.tick(settings.quiet_weekend)
        for edit, at in ((self._start, settings.quiet_from), (self._end, settings.quiet_to)):
            with QSignalBlocker(edit):
                edit.setTime(QTime(at.hour, at.minute))
        self._show_enabled()

    def show_locked(self, locked: frozenset[str]) -> None:
        """Show what is set by IT, by the names of the settings."""
        self._locked = locked
        self._quiet_row.lock(locked="quiet_hours" in locked)
        self._weekend_row.lock(locked="quiet_weekend" in locked)
        self._hours_row.lock(locked=bool(locked & {"quiet_from", "quiet_to"}))
        self._times.setEnabled(True)  # each of the two for itself
        self._show_enabled()

    def put_into(self, settings: Settings) -> Settings:
        """Give the settings with what is chosen here."""
        return replace(
            settings,
            quiet_hours=self._quiet.ticked,
            quiet_weekend=self._weekend.ticked,
            quiet_from=_time(self._start.time()),
            quiet_to=_time(self._end.time()),
        )

    def _hours(self) -> QWidget:
        hours = QWidget(self)
        row = QHBoxLayout(hours)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._start)
        row.addWidget(Text(self.tr("to"), hours, ink="muted"))
        row.addWidget(self._end)
        row.addStretch(1)
        hours.setAccessibleName(self.tr("Quiet hours"))
        return hours

    def _clock_edit(self, name: str) -> QTimeEdit:
        edit = _Clock(self)
        edit.setAccessibleName(name)
        edit.setMinimumHeight(Size.FIELD)
        edit.setKeyboardTracking(False)
        edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        edit.setDisplayFormat(self.locale().timeFormat(self.locale().FormatType.ShortFormat))
        edit.timeChanged.connect(self._take)
        return edit

    def _show_enabled(self) -> None:
        """Let nothing be set that has no effect, or that IT has set."""
        on = self._quiet.ticked
        self._start.setEnabled(on and "quiet_from" not in self._locked)
        self._end.setEnabled(on and "quiet_to" not in self._locked)
        self._weekend.setEnabled(on and "quiet_weekend" not in self._locked)

    def _take(self) -> None:
        self._show_enabled()
        self.changed.emit()


def _time(clock: QTime) -> time:
    return time(clock.hour(), clock.minute())
