"""A paragraph in several styles that breaks anywhere if it must, however long its words are."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui.plain_text import utf16_length
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.typography import TextStyle

_GAP = " \u00a0"
"""A gap one can see between two runs, at which the line may still break."""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in one style and one ink."""

    text: str
    style: TextStyle = TextStyle.BODY
    ink: str = "text"


class Paragraph:
    """Runs laid out one after the other, for whoever paints them; remembers the widths it was asked about."""

    def __init__(self, theme: Theme, runs: tuple[Run, ...] = ()) -> None:
        self._theme = theme
        self.runs = tuple(run for run in runs if run.text)
        self._layout: QTextLayout | None = None
        self._laid_out = -1
        self._heights: dict[int, int] = {}

    @property
    def text(self) -> str:
        """All runs as one text, a space between them."""
        return " ".join(run.text for run in self.runs)

    def forget_fonts(self) -> None:
        """Measure anew: the look has changed."""
        self._layout = None
        self._heights.clear()

    def height(self, width: int) -> int:
        """Return how high the paragraph is at a width; 0 if there are no words."""
        if not self.runs:
            return 0
        if width not in self._heights:
            self._heights[width] = self._lay_out(width)
        return self._heights[width]

    def line_height(self) -> int:
        """Return how high its first line is, without laying it out."""
        return QFontMetrics(self._theme.font(self.runs[0].style)).height() if self.runs else 0

    def natural_width(self) -> int:
        """Return how wide the paragraph is on one line."""
        if not self.runs:
            return 0
        self.height(100_000)
        layout = self._made()
        if self._laid_out != 100_000:
            self._lay_out(100_000)
        return round(layout.lineAt(0).naturalTextWidth() + 1)

    def paint(self, painter: QPainter, at: QPointF, width: int, direction: Qt.LayoutDirection) -> None:
        """Paint the paragraph with its top left corner at a place."""
        if not self.runs:
            return
        layout = self._made()
        if layout.textOption().textDirection() != direction:
            option = layout.textOption()
            option.setTextDirection(direction)
            backwards = direction == Qt.LayoutDirection.RightToLeft
            option.setAlignment(Qt.AlignmentFlag.AlignRight if backwards else Qt.AlignmentFlag.AlignLeft)
            layout.setTextOption(option)
            self._laid_out = -1
        if self._laid_out != width:
            self._lay_out(width)
        layout.draw(painter, at)

    def _lay_out(self, width: int) -> int:
        layout = self._made()
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        self._laid_out = width
        return round(height + 0.5)

    def _made(self) -> QTextLayout:
        if self._layout is None:
            self._layout = self._make()
            self._laid_out = -1
        return self._layout

    def _make(self) -> QTextLayout:
        words, formats = "", []
        for run in self.runs:
            words += _GAP if words else ""
            ranged = QTextLayout.FormatRange()
            ranged.start, ranged.length = utf16_length(words), utf16_length(run.text)
            ranged.format = self._format(run)
            formats.append(ranged)
            words += run.text
        layout = QTextLayout(words, self._theme.font(self.runs[0].style))
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(formats)
        return layout

    def _format(self, run: Run) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self._theme.font(run.style))
        made.setForeground(self._theme.colour(run.ink))
        return made


class RunText(QWidget):
    """A Paragraph as a widget, as high as its width makes it; it reads as one text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, runs: tuple[Run, ...] = ()) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paragraph = Paragraph(theme)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_runs(runs)
        theme.changed.connect(self._restyle)

    def show_runs(self, runs: tuple[Run, ...]) -> None:
        """Say something else."""
        if runs == self._paragraph.runs:
            return
        self._paragraph = Paragraph(self._theme, runs)
        self.setAccessibleName(self._paragraph.text)
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """All runs as one text, a space between them."""
        return self._paragraph.text

    def _restyle(self) -> None:
        self._paragraph.forget_fonts()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Return that its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text at a width."""
        return self._paragraph.height(width)

    def sizeHint(self) -> QSize:
        """Return the size of the text on one line."""
        width = self._paragraph.natural_width()
        return QSize(width, self._paragraph.height(max(width, 1)))

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow: it breaks anywhere."""
        return QSize(40, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        self._paragraph.paint(painter, QPointF(0, 0), self.width(), self.layoutDirection())
        painter.end()
