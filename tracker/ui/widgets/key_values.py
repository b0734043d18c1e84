"""A card of names and values, and rows of promises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.glyph import Glyph as Glyph
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise in words, how it stands in a word, the tone and icon that go with it, and why."""

    text: str
    state: str
    tone: Tone = Tone.NEUTRAL
    icon: str = "clock"
    note: str = ""


class PromiseRow(QWidget):
    """One promise: mark, words, state."""

    def __init__(self, theme: Theme, line: PromiseLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ink = "text" if line.tone is Tone.NEUTRAL else line.tone.value
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.XS + 1, 0, Space.XS + 1)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        column.addLayout(row)
        row.addWidget(Glyph(theme, line.icon, self, ink=ink, size=Size.SMALL_ICON))
        row.addWidget(Text(line.text, self, wrap=True), 1)
        state_ink = "muted" if line.tone is Tone.NEUTRAL else ink
        row.addWidget(Text(line.state, self, style=TextStyle.SMALL, ink=state_ink))
        if line.note:
            note = RunText(theme, self, runs=(Run(line.note, TextStyle.SMALL, "muted"),))
            beside = QHBoxLayout()
            beside.addSpacing(Size.SMALL_ICON + Space.S)  # under the words, not under the mark
            beside.addWidget(note, 1)
            column.addLayout(beside)
        self.setAccessibleName(f"{line.text}: {line.state}{f'. {line.note}' if line.note else ''}")


class PromiseCard(Card):
    """The promises of one request under a title."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, title: str) -> None:
        super().__init__(theme, parent, title=title)
        self._card_theme = theme
        self._rows: list[PromiseRow] = []
        self._foot = RunText(theme, self)
        self.body.setSpacing(Space.HAIR)
        self.body.addWidget(self._foot)

    def show_promises(self, lines: tuple[PromiseLine, ...], foot: str = "") -> None:
        """Show these promises instead of the ones before, and `foot` under them; none hides the card."""
        for row in self._rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self._rows = [PromiseRow(self._card_theme, line, self) for line in lines]
        for row in self._rows:
            self.body.insertWidget(self.body.count() - 1, row)
        self._foot.show_runs((Run(foot, TextStyle.SMALL, "muted"),) if foot else ())
        self._foot.setVisible(bool(foot))
        self._foot.raise_()  # it is read after the rows, which were made after it
        self.setVisible(bool(lines))


class KeyValueCard(Card):
    """Names on the left, values on the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(theme, parent, title=title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.CARD)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._cells: list[Text] = []

    def show_rows(self, rows: tuple[tuple[str, str], ...]) -> None:
        """Show these (name, value) rows instead of the ones before."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.deleteLater()
        self._cells = []
        for at, (name, value) in enumerate(rows):
            key = Text(name, self, ink="muted")
            said = Text(value, self, wrap=True)
            said.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
            said.setAccessibleName(f"{name}: {value}")
            # The words are put at the top, not the cells: a cell put somewhere loses the height of its words.
            key.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(key, at, 0)
            self._grid.addWidget(said, at, 1)
            self._cells += [key, said]
