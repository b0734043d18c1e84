"""One thing that was looked at: its mark by shape and colour, what was found, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.plain_text import breakable
from tracker.ui.run_text import Run, RunText
from tracker.ui.support.values import Checked, State, heading_of, words_of
from tracker.ui.theme.tokens import Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.glyph import Glyph

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

MARKS = {
    State.OK: ("circle-check", Tone.OK),
    State.WARN: ("triangle-alert", Tone.WARN),
    State.BAD: ("circle-x", Tone.LATE),
}


class FindingRow(QWidget):
    """A row; a screen reader is told the state in words."""

    def __init__(self, theme: Theme, checked: Checked, parent: QWidget) -> None:
        super().__init__(parent)
        icon, tone = MARKS[checked.state]
        heading = heading_of(checked.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.XS, 0, Space.XS)
        row.setSpacing(Space.M)
        side = theme.type.scaled(Size.ICON)
        row.addWidget(Glyph(theme, icon, self, ink=tone.value, size=side), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(RunText(theme, self, runs=(Run(heading, TextStyle.BODY_STRONG, "text"),)))
        words.addWidget(
            RunText(theme, self, runs=(Run(breakable(checked.sentence), TextStyle.BODY, "text"),))
        )
        if checked.advice:
            advice = Run(breakable(checked.advice), TextStyle.SMALL, "muted")
            words.addWidget(RunText(theme, self, runs=(advice,)))
        row.addLayout(words, 1)
        said = f"{heading}: {words_of(checked.state)}. {checked.sentence} {checked.advice}"
        self.setAccessibleName(said.strip())
