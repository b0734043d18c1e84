"""A window of time as a person types it: a day, from, to, and what is wrong with it."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.window import Window
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.request.date_field import DateField
from tracker.ui.request.form_fields import Question
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.call_windows import moment, read_time
from tracker.ui.widgets.field import LineEdit
from tracker.ui.widgets.text import Text

_CLOCK_WIDTH = 96
_DAY_WIDTH = 190


class TypedWindow(QWidget):
    """Nothing typed is no window and no mistake; `check` says what is wrong with anything else."""

    changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        wording, scale = context.wording, context.theme.type.scale
        self._day = DateField(context.theme, wording.locale, wording.local_day(context.clock()), self)
        self._from, self._to = LineEdit(self, limit=20), LineEdit(self, limit=20)
        self._wrong = Text("", self, style=TextStyle.SMALL, ink="late", wrap=True)
        self._value: Window | None = None
        row = FlowLayout(spacing=Space.M)
        for label, editor, width in (
            (self.tr("Day"), self._day, _DAY_WIDTH),
            (self.tr("From"), self._from, _CLOCK_WIDTH),
            (self.tr("Until"), self._to, _CLOCK_WIDTH),
        ):
            question = Question(label, editor, self)
            question.setMinimumWidth(round(width * scale))
            row.addWidget(question)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self._wrong.hide()
        for edited in (self._day.changed, self._from.textChanged, self._to.textChanged):
            edited.connect(self._edited)

    @property
    def value(self) -> Window | None:
        """The window, after `check` has found nothing wrong with it; None while nothing is typed."""
        return self._value

    @property
    def is_empty(self) -> bool:
        """True while nothing is typed."""
        typed = (self._day.line.text(), self._from.text(), self._to.text())
        return not any(text.strip() for text in typed)

    def check(self) -> QWidget | None:
        """Read what is typed, say what is wrong with it and return the field to correct."""
        self._value = None
        sentence, where = ("", None) if self.is_empty else self._read()
        self._say(sentence, where)
        return where

    def focus_start(self) -> None:
        """Put the keyboard into the day."""
        self._day.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Forget what is typed."""
        self._day.show_value("")
        self._from.clear()
        self._to.clear()

    def _read(self) -> tuple[str, QWidget | None]:
        wording = self._context.wording
        starts, ends = (read_time(part.text(), wording.locale) for part in (self._from, self._to))
        example = wording.time(self._context.clock())
        if self._day.problem() or not self._day.value:
            words = self._day.problem() or self.tr("Write or choose the day.")
            return words, self._day.line
        for clock, field in ((starts, self._from), (ends, self._to)):
            if clock is None:
                return self.tr("Write the time like {example}.").format(example=example), field
        assert starts is not None and ends is not None  # noqa: S101, PT018 - both were just read
        day = date.fromisoformat(self._day.value)
        window = Window(moment(day, starts, wording.zone), moment(day, ends, wording.zone))
        if not window.is_sound:
            return self.tr("This ends before it starts. Write a later time here."), self._to
        if window.ends <= self._context.clock():
            return self.tr("This time is over. Choose one that is still to come."), self._day.line
        self._value = window
        return "", None

    def _say(self, sentence: str, where: QWidget | None = None) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        for field in (self._day.line, self._from, self._to):
            field.setAccessibleDescription(sentence)
            field.setProperty("wrong", field is where)
            field.style().unpolish(field)
            field.style().polish(field)

    def _edited(self) -> None:
        if self._wrong.text():
            self._say("")
        self.changed.emit()
