"""The frame of a page: a title, 28 px of margin, and a column that scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind, IconButton
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class ScrollPage(QScrollArea):
    """A page of cards in `body` under its title; `head` is the title's row, for a button at its end.

    Only as much as fits is shown, the rest scrolls; it never scrolls sideways.
    """

    def __init__(self, parent: QWidget | None = None, *, title: str = "", width: int = 0) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        inside = QWidget(self)
        inside.setProperty("plain", True)
        self._outer = QHBoxLayout(inside)
        self._outer.setContentsMargins(Space.PAGE, Space.PAGE - Space.XS, Space.PAGE, Space.PAGE)
        column = QWidget(inside)
        if width:
            column.setMaximumWidth(width)
        self._outer.addWidget(column, 1)
        self._outer.setAlignment(Qt.AlignmentFlag.AlignLeading)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.BETWEEN_CARDS)
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.M)
        self._title = Text("", column, style=TextStyle.PAGE_TITLE, wrap=True)
        self.head.addWidget(self._title, 1)
        self.body.addLayout(self.head)
        self.set_title(title)
        self.setWidget(inside)

    def set_title(self, title: str) -> None:
        """Put another title on top, or none."""
        self.setAccessibleName(title)
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def center_body(self) -> None:
        """Put the column in the middle of a wide page instead of at its start."""
        self._outer.insertStretch(0, 1)
        self._outer.addStretch(1)
        self._outer.setStretch(1, 100)


class DetailPage(QWidget):
    """A page opened on top of another; it asks to be left with `back_asked`."""

    back_asked = Signal()


class Breadcrumb(QWidget):
    """The way back: an arrow, the page one came from, and where one is."""

    back_asked = Signal()

    def __init__(self, theme: Theme, came_from: str, here: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        arrow = "arrow-right" if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else "arrow-left"
        self._back = IconButton(theme, arrow, self, name=self.tr("Back to {page}").format(page=came_from))
        self._page = Button(theme, came_from, self, kind=ButtonKind.LINK)
        self._page.setProperty("quiet", True)
        self._page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.here = Text(here, self, style=TextStyle.SMALL, ink="muted")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(Space.XS)
        for widget in (self._back, self._page, Text("·", self, ink="muted"), self.here):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        self.setMinimumHeight(Size.TARGET)
        self._back.clicked.connect(self.back_asked)
        self._page.clicked.connect(self.back_asked)
