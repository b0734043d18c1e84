"""What somebody wrote, in a bubble: selectable plain text whose links are asked about before they open."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from tracker.ui.plain_text import many_lines, plain_tip
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Radius, Space
from tracker.ui.timeline.written_text import WrittenText

_FOLDED_AT = 2_400
_FOLDED_LINES = 24
_LINKS_IN_MENU = 5
CORNER = QPointF(Space.M, Space.S + 1)
"""Where the text begins in its bubble."""
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_KEEPS_SELECTION = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class MessageText(QWidget):
    """Shows text exactly as written; mark-up is never interpreted and nothing is ever fetched.

    The mouse and Ctrl+A select, Ctrl+C copies; Left and Right go from link to link, Enter opens one. A very
    long text is shown in part until `unfold`; `is_folded` says so. One light widget: a QTextBrowser is six,
    and a long history of those would take a tenth of a second to open.
    """

    link_asked = Signal(str)
    """The address somebody wants to open."""

    def __init__(
        self, theme: Theme, text: str, parent: QWidget | None = None, *, on_accent: bool = False
    ) -> None:
        """`on_accent`: the bubble has the accent colour."""
        super().__init__(parent)
        self._theme = theme
        self._hold(text, on_accent=on_accent)
        self._written = WrittenText(theme, self._shown, on_accent=on_accent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self._shown)
        theme.changed.connect(self._write)

    @property
    def is_folded(self) -> bool:
        """True while only the beginning is shown."""
        return len(self._shown) < len(self._text)

    @property
    def selected(self) -> str:
        """The text that is selected."""
        return self._written.selected

    def _show_text(self, text: str, *, on_accent: bool = False) -> None:
        """Show another text, as if it had just been made for it."""
        self._hold(text, on_accent=on_accent)
        self._written.write(self._shown, on_accent=on_accent)
        self.unsetCursor()
        self.setToolTip("")
        self.setAccessibleName(self._shown)
        self.update()

    def _hold(self, text: str, *, on_accent: bool) -> None:
        self._on_accent = on_accent
        self._text = many_lines(text)
        self._shown = _folded(self._text)
        self._dragging = False

    def unfold(self) -> None:
        """Show all of it."""
        self._shown = self._text
        self._write()

    def _write(self) -> None:
        self._written.write(self._shown)
        self.setAccessibleName(self._shown)
        self.updateGeometry()
        self.update()

    @property
    def _width(self) -> int:
        return self.width() - 2 * round(CORNER.x())

    def hasHeightForWidth(self) -> bool:
        """Return that its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height all lines need."""
        return self._written.height(width - 2 * round(CORNER.x())) + 2 * round(CORNER.y())

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow."""
        return QSize(80, 2 * round(CORNER.y()) + self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bubble and the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bubble(painter)
        painter.translate(CORNER)
        self._written.paint(painter, self._width, self.palette())
        painter.end()

    def _paint_bubble(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._theme.colour("accent" if self.hasFocus() else "border"), 1))
        painter.setBrush(self._theme.colour("surface"))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, Radius.CONTROL, Radius.CONTROL)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._select_to(event.position(), keep=keep)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select on; show what is a link."""
        if self._dragging:
            self._select_to(event.position(), keep=True)
        address = self._written.address_at(event.position() - CORNER, self._width)
        self.setCursor(Qt.CursorShape.PointingHandCursor if address else Qt.CursorShape.IBeamCursor)
        self.setToolTip(plain_tip(address))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End selecting; where nothing was selected, a link may have been clicked."""
        self._dragging = False
        address = self._written.address_at(event.position() - CORNER, self._width)
        if event.button() == Qt.MouseButton.LeftButton and address and not self.selected:
            self.link_asked.emit(address)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._select_to(event.position(), keep=False)
        self._written.select_word()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, select all, or go along the links; all other keys are the page's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._written.select_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._written.chosen_address:
            self.link_asked.emit(self._written.chosen_address)
        elif event.key() in _STEPS and self._written.addresses:
            self._written.select_link(_STEPS[Qt.Key(event.key())])
        else:
            event.ignore()
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy, and the links."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy"))
        copy.setEnabled(bool(self.selected))
        copy.triggered.connect(self._copy)
        menu.addAction(self.tr("Copy all")).triggered.connect(self._copy_all)
        for address in self._written.addresses[:_LINKS_IN_MENU]:
            action = menu.addAction(self.tr("Open {address}").format(address=address[:80]))
            action.triggered.connect(partial(self.link_asked.emit, address))
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget what was selected, unless a menu or another window took the keyboard."""
        super().focusOutEvent(event)
        if event.reason() not in _KEEPS_SELECTION:
            self._written.select_nothing()
        self.update()

    def _copy(self) -> None:
        if self.selected:
            QGuiApplication.clipboard().setText(self.selected)

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self._text)

    def _select_to(self, point: QPointF, *, keep: bool) -> None:
        self._written.select_to(point - CORNER, self._width, keep=keep)
        self.update()


def _folded(text: str) -> str:
    lines = text.split("\n")
    if len(text) <= _FOLDED_AT and len(lines) <= _FOLDED_LINES:
        return text
    return "\n".join(lines[:_FOLDED_LINES])[:_FOLDED_AT]
