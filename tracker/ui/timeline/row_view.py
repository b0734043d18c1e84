"""One row of the drawing: its mark on the line at the side, its words, what was written, and its files."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from tracker.ui.page_context import PageContext
from tracker.ui.run_text import Paragraph, Run
from tracker.ui.theme.typography import TextStyle
from tracker.ui.timeline.marks import MarkStyle, mark_of, mark_size, paint_mark
from tracker.ui.timeline.row_parts import RowParts
from tracker.ui.timeline.rows import Row, RowKind
from tracker.ui.timeline.words import RowWords, row_words

_BESIDE_MARK = 10
_DOWN = 4
_AFTER = 16
_PART_GAP = 6


class RowView(QWidget):
    """Draws a Row. The line at the side goes through it, but not above the first row nor below the last.

    Words are painted by the row itself; only what can be pressed or selected is a widget (`parts`), so that
    a long history stays light.
    """

    def __init__(
        self, context: PageContext, row: Row, parts: RowParts, parent: QWidget | None = None, *, online: bool
    ) -> None:
        super().__init__(parent)
        self._context, self._row, self._online = context, row, online
        self._first = self._last = False
        self._heights: dict[int, int] = {}
        self._mark = None if row.kind is RowKind.DAY else mark_of(row)
        self._title, self._note = Paragraph(context.theme), Paragraph(context.theme)
        self._node = mark_size(context.theme)
        self._parts = parts.make(row, self, self._make_room, online=online)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say()
        context.theme.changed.connect(self._restyle)

    @property
    def row(self) -> Row:
        """What is drawn."""
        return self._row

    def set_ends(self, *, first: bool, last: bool) -> None:
        """Say whether the line begins or ends here."""
        if (first, last) != (self._first, self._last):
            self._first, self._last = first, last
            self.update()

    def say(self) -> None:
        """Put the row into words again, as time has passed."""
        entry = self._row.entry
        percent = self._context.uploads.percent(entry.command) if entry is not None else None
        words = row_words(self._row, self._context.wording, online=self._online, percent=percent)
        self._title = Paragraph(self._context.theme, _runs(self._row, words))
        self._note = Paragraph(
            self._context.theme, (Run(words.note, TextStyle.SMALL, words.note_ink),) if words.note else ()
        )
        self._heights.clear()
        self._line = self._title.line_height()
        # The first line stands beside the middle of the mark.
        self._down = max((self._node - self._line) // 2 - 1, _DOWN)
        self.setToolTip(words.exact)
        self.setAccessibleName(" ".join(part for part in (words.title, words.small, words.note) if part))
        self.setAccessibleDescription(words.exact)
        self.updateGeometry()
        self.update()

    @property
    def _indent(self) -> int:
        return self._node + _BESIDE_MARK

    def _restyle(self) -> None:
        self._node = mark_size(self._context.theme)
        self.say()

    # Size

    def hasHeightForWidth(self) -> bool:
        """Return that its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words and the parts at a width."""
        if width not in self._heights:
            self._heights[width] = self._measure(max(width - self._indent, 1))
        return self._heights[width]

    def _measure(self, inner: int) -> int:
        height = self._down + self._title.height(inner) + self._note.height(inner)
        for part in self._parts:
            if not part.isHidden():
                height += _PART_GAP + _height_of(part, inner)
        return height + _AFTER

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(480, self._node)  # the height depends on the width, and is asked for by it

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow."""
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(self._indent + max(widest, 80), self._node)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts under the words."""
        super().resizeEvent(event)
        self._place_parts()

    def _place_parts(self) -> None:
        inner = max(self.width() - self._indent, 1)
        top = self._down + self._title.height(inner) + self._note.height(inner)
        for part in self._parts:
            if part.isHidden():
                continue
            height = _height_of(part, inner)
            place = QRect(self._indent, top + _PART_GAP, inner, height)
            part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            top += _PART_GAP + height

    def _make_room(self) -> None:
        """Grow with a part that has grown."""
        self._heights.clear()
        self.updateGeometry()
        self._place_parts()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the mark and the words."""
        theme = self._context.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = self.width() - self._node / 2 if backwards else self._node / 2
        middle = self._middle()
        painter.setPen(QPen(theme.colour("line"), 2))
        top = middle if self._first else 0.0
        bottom = middle if self._last else float(self.height())
        if bottom > top:
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        if self._mark is not None:
            paint_mark(painter, QPointF(x, middle), theme, self._mark)
        inner = max(self.width() - self._indent, 1)
        start = QPointF(0 if backwards else self._indent, self._down)
        self._title.paint(painter, start, inner, self.layoutDirection())
        below = start + QPointF(0, self._title.height(inner))
        self._note.paint(painter, below, inner, self.layoutDirection())
        painter.end()

    def _middle(self) -> float:
        if self._mark is None or self._mark.style is MarkStyle.DOT:
            return self._down + self._line / 2
        return self._node / 2


def _height_of(part: QWidget, width: int) -> int:
    if part.hasHeightForWidth():
        return part.heightForWidth(width)
    layout = part.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return part.sizeHint().height()


def _runs(row: Row, words: RowWords) -> tuple[Run, ...]:
    if row.kind is RowKind.DAY:
        return (Run(words.title, TextStyle.SMALL_STRONG, "muted"),)
    if row.kind is RowKind.GAP:
        return (Run(words.title, TextStyle.SMALL, "muted"),)
    title = Run(words.title, TextStyle.BODY_STRONG)
    return (title, Run(words.small, TextStyle.SMALL, "muted")) if words.small else (title,)
