"""One line that goes along with an answer: kept as a draft, handed over once, and given back if need be."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.draft import Draft
from tracker.ui.page_context import PageContext
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.request.draft_keeper import DraftKeeper
from tracker.ui.request.form_fields import Question


class LineForm(QWidget):
    """A field under its question. `open` it with the draft's key; `send_asked` is Ctrl+Enter."""

    send_asked = Signal()

    def __init__(self, context: PageContext, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._key = context, ""
        self._area = ComposeArea(self, lines=1, most=5)
        self._question = Question(label, self._area, self)
        self._keeper = DraftKeeper(context.actions, self._gather, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._question)
        self._area.textChanged.connect(self._edited)
        self._area.send_asked.connect(self.send_asked)
        self.hide()

    def open(self, key: str, *, text: str = "") -> None:
        """Show the field, filled with what was typed under this key before, else with `text`."""
        if key != self._key or self.isHidden():
            self._key = key
            draft = self._context.view.draft(key)
            self._keeper.take(draft or Draft(key, ""))
            self._area.setPlainText(draft.text if draft is not None else text)
        self.show()
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def text(self) -> str:
        """What is typed, without the empty ends."""
        return self._area.toPlainText().strip() if not self.isHidden() else ""

    def needs(self, sentence: str) -> bool:
        """Say that something must be written, unless something is; True if it was missing."""
        if self.text:
            return False
        self._question.set_error(sentence)
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def forget(self) -> None:
        """Forget the line: the outbox has it."""
        self._keeper.take(Draft(self._key, ""))
        self._area.clear()
        self._keeper.take(Draft(self._key, ""))
        if self._key:
            self._context.actions.drop_draft(self._key)
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page goes."""
        super().hideEvent(event)
        self._keeper.flush()

    def _edited(self) -> None:
        if self._question.error:
            self._question.set_error("")
        self._keeper.touch()

    def _gather(self) -> Draft:
        return Draft(self._key, self._area.toPlainText(), saved_at=self._context.clock())
