"""The questions a service asks: one field per question, with what is wrong said under it."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.catalogue import FieldKind, FormField
from tracker.ui.plain_text import one_line
from tracker.ui.request.date_field import DateField
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.field import Choice, Field, LineEdit, TextArea


class Question(Field):
    """A field whose label comes from somewhere else: it is shown as it is written."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        needed: bool = False,
    ) -> None:
        shown = one_line(label, 200)
        if needed:
            shown = QCoreApplication.translate("Question", "{label} (needed)").format(label=shown)
        super().__init__("", editor, parent, hint=one_line(hint, 300))
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setText(shown.replace("&", "&&"))
        self._typed = editor.line if isinstance(editor, DateField) else editor
        for named in (editor, self._typed):
            named.setAccessibleName(shown)

    def set_hint(self, hint: str) -> None:
        """Say something else under the field while nothing is wrong."""
        self._hint = hint
        self.set_error(self.error)

    def set_error(self, text: str) -> None:
        """Say what is wrong with what was typed; an empty text says that nothing is."""
        super().set_error(text)
        if self._typed is not self.editor:
            self._typed.setAccessibleDescription(text or self._hint)
            self._typed.setProperty("wrong", bool(text))
            self._typed.style().unpolish(self._typed)
            self._typed.style().polish(self._typed)


class FormFields(QWidget):
    """The questions of one service. Answers to questions that two services share survive a change."""

    changed = Signal()

    def __init__(self, theme: Theme, locale: QLocale, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._locale, self._today = theme, locale, today
        self._asked: tuple[FormField, ...] = ()
        self._known: dict[str, str] = {}
        self._fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        self.hide()

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The answers as (field id, value) pairs; a date as 2025-11-25; empty ones are left out."""
        given = ((asked.id, self._value(asked)) for asked in self._asked)
        return tuple((name, value) for name, value in given if value)

    def ask(self, asked: tuple[FormField, ...]) -> None:
        """Ask these questions; what was answered before, to whatever service, is filled in."""
        self._known |= dict(self.values)
        self._ask(asked)

    def show_answers(self, asked: tuple[FormField, ...], values: tuple[tuple[str, str], ...]) -> None:
        """Ask these questions with exactly these answers."""
        self._known = dict(values)
        self._ask(asked)

    def _ask(self, asked: tuple[FormField, ...]) -> None:
        if asked != self._asked:
            for field in self._fields.values():
                self._column.removeWidget(field)
                field.hide()
                field.deleteLater()
            self._asked = asked
            self._fields = {question.id: self._make(question) for question in asked}
            for field in self._fields.values():
                self._column.addWidget(field)
        for question in asked:
            self._fill(question, self._known.get(question.id, ""))
        self.setVisible(bool(asked))

    def check(self) -> QWidget | None:
        """Say under each field what is wrong with it; return the first editor with a problem."""
        first: QWidget | None = None
        for asked in self._asked:
            field = self._fields[asked.id]
            problem = self._problem(asked)
            field.set_error(problem)
            first = first or (field.editor if problem else None)
        return first

    def _problem(self, asked: FormField) -> str:
        editor = self._fields[asked.id].editor
        if isinstance(editor, DateField) and editor.problem():
            return editor.problem()
        if asked.required and not self._value(asked):
            choose = asked.kind is FieldKind.CHOICE
            return self.tr("Choose one of these.") if choose else self.tr("The desk needs to know this.")
        return ""

    def _make(self, asked: FormField) -> Field:
        editor = self._editor(asked)
        return Question(asked.label, editor, self, hint=asked.help, needed=asked.required)

    def _editor(self, asked: FormField) -> QWidget:
        if asked.kind is FieldKind.MULTILINE:
            area = TextArea(self, lines=3)
            area.textChanged.connect(self.changed)
            return area
        if asked.kind is FieldKind.CHOICE:
            choice = Choice(self)
            choice.set_choices(
                [("", self.tr("Choose")), *((value, one_line(value, 120)) for value in asked.choices)]
            )
            choice.currentIndexChanged.connect(self.changed)
            return choice
        if asked.kind is FieldKind.DATE:
            day = DateField(self._theme, self._locale, self._today, self)
            day.changed.connect(self.changed)
            return day
        line = LineEdit(self)
        line.textChanged.connect(self.changed)
        return line

    def _value(self, asked: FormField) -> str:
        editor = self._fields[asked.id].editor
        if isinstance(editor, TextArea):
            return editor.toPlainText().strip()
        if isinstance(editor, Choice):
            return editor.choice
        if isinstance(editor, DateField):
            return editor.value or editor.line.text().strip()
        return editor.text().strip() if isinstance(editor, LineEdit) else ""

    def _fill(self, asked: FormField, value: str) -> None:
        editor = self._fields[asked.id].editor
        if isinstance(editor, TextArea):
            editor.setPlainText(value)
        elif isinstance(editor, Choice):
            editor.choose(value)
        elif isinstance(editor, DateField):
            editor.show_value(value)
        elif isinstance(editor, LineEdit):
            editor.setText(value)
