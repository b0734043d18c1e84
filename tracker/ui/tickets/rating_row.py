"""One tap from 1 to 5: how it went."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button

BEST = 5


class RatingRow(QWidget):
    """Five buttons, each named in words for people who listen; `rated` carries 1 (bad) to 5 (very good)."""

    rated = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wording = context.wording
        self.setAccessibleName(self.tr("How did it go?"))
        words = {
            1: self.tr("bad"),
            2: self.tr("not good"),
            3: self.tr("so-so"),
            4: self.tr("good"),
            5: self.tr("very good"),
        }
        row = FlowLayout()
        self._buttons: list[Button] = []
        for score, word in words.items():
            button = Button(context.theme, wording.number(score), self, icon="star")
            said = self.tr("{score} of {best}: {word}")
            said = said.format(score=wording.number(score), best=wording.number(BEST), word=word)
            button.setAccessibleName(said)
            button.setToolTip(said)
            button.setObjectName(str(score))
            button.setMinimumWidth(2 * Size.TARGET)
            button.clicked.connect(self._tell)
            row.addWidget(button)
            self._buttons.append(button)
        scale = self.tr("{least} is bad, {best} is very good")
        scale = scale.format(least=wording.number(1), best=wording.number(BEST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(row)
        column.addWidget(RunText(context.theme, self, runs=(Run(scale, TextStyle.SMALL, "muted"),)))

    def focus_start(self) -> None:
        """Put the keyboard on the first button."""
        self._buttons[0].setFocus()

    def _tell(self) -> None:
        self.rated.emit(int(self.sender().objectName()))
