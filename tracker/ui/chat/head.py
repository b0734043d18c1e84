"""The head of the chat page: who is there, how it stands, and what can be done beside writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.ui.flow import FlowLayout
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.avatar import Avatar
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.field import Choice
from tracker.ui.widgets.text import ElidedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from tracker.ui.page_context import PageContext

_NARROW = 700


class ChatHead(QWidget):
    """Says who and how; `chosen` carries another conversation's request."""

    ticket_asked = Signal()
    call_asked = Signal()
    end_asked = Signal()
    search_asked = Signal()
    chosen = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = context.theme
        self._theme = theme
        self._said = self._number_words = self._end_words = ""
        self._is_low = False
        self._avatar = Avatar(theme, "", self, size=36)
        self._title = ElidedText("", self, style=TextStyle.CARD_TITLE)
        self._subtitle = ElidedText("", self, style=TextStyle.SMALL, ink="muted")
        self._others = Choice(self)
        self._others.setAccessibleName(self.tr("Conversation to show"))
        self._others.activated.connect(lambda _at: self.chosen.emit(self._others.choice))
        self._number = Button(theme, "", self, icon="message-square")
        self._call = Button(theme, self.tr("Call me instead"), self, icon="phone")
        self._end = Button(theme, self.tr("End chat"), self)
        self._search = Button(theme, "", self, icon="search")
        self._end.setIconSize(self._search.iconSize())
        self._search.setAccessibleName(self.tr("Search in this conversation"))
        self._search.setToolTip(self.tr("Search in this conversation (Ctrl+F)"))
        self._number.clicked.connect(self.ticket_asked)
        self._call.clicked.connect(self.call_asked)
        self._end.clicked.connect(self.end_asked)
        self._search.clicked.connect(self.search_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        self._first = QHBoxLayout()
        self._first.setSpacing(Space.M)
        self._first.addLayout(self._who(), 1)
        self._wide_place = QWidget(self)
        self._wide = QHBoxLayout(self._wide_place)
        self._wide.setContentsMargins(0, 0, 0, 0)
        self._wide.setSpacing(Space.S)
        self._first.addWidget(self._wide_place)
        self._narrow_place = QWidget(self)
        self._narrow = FlowLayout(self._narrow_place)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._narrow_place.setSizePolicy(policy)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, Space.M + 2, 24, Space.M + 2)
        column.setSpacing(Space.S)
        column.addLayout(self._first)
        column.addWidget(self._narrow_place)
        column.addWidget(self._others)
        self._is_narrow: bool | None = None
        self._place_buttons(narrow=False)

    def _who(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        words.addStretch(1)
        who = QHBoxLayout()
        who.setSpacing(Space.M)
        who.addWidget(self._avatar)
        who.addLayout(words, 1)
        return who

    def _place_buttons(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for button in (self._search, self._number, self._call, self._end):
            hidden = button.isHidden()
            if narrow:
                self._wide.removeWidget(button)
                self._narrow.addWidget(button)
            else:
                self._narrow.removeWidget(button)
                self._wide.addWidget(button)
            button.setVisible(not hidden)
        self._narrow_place.setVisible(narrow)
        self._wide_place.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons beside the words where there is room, else under them."""
        super().resizeEvent(event)
        self._place_buttons(narrow=not self._is_low and self.width() < self._theme.type.scaled(_NARROW))

    def keep_low(self, *, low: bool) -> None:
        """Take one line where there is little room: the buttons are drawings beside the words then."""
        if low == self._is_low:
            return
        self._is_low = low
        above = Space.XS if low else Space.M + 2
        self._column.setContentsMargins(24, above, 24, above)
        self._avatar.setHidden(low)
        self._label_buttons()
        self._place_buttons(narrow=not low and self.width() < self._theme.type.scaled(_NARROW))

    def _label_buttons(self) -> None:
        """Give the buttons their words, or where there is no room for those a drawing that says them."""
        call = self.tr("Call me instead")
        labels = ((self._number, self._number_words), (self._call, call), (self._end, self._end_words))
        for button, words in labels:
            button.setText("" if self._is_low else words)
            button.setToolTip(button.accessibleName() if self._is_low else "")
        self._end.setIcon(self._theme.icon("x") if self._is_low else QIcon())

    def show_words(self, name: str, title: str, subtitle: str) -> None:
        """Say who is there and how it stands; a change of who is there is read aloud."""
        self._avatar.show_person(name)
        self._title.set_whole(title)
        self._subtitle.set_whole(subtitle)
        self.setAccessibleName(f"{title}. {subtitle}")
        if self._said not in ("", title):
            announce(self, f"{title}. {subtitle}")
        self._said = title

    def show_buttons(self, *, number: str, call: bool, end: str) -> None:
        """Offer what can be done now; `end` are the words of the button that ends it, "" for none."""
        self._number_words, self._end_words = number, end
        self._number.setAccessibleName(self.tr("Open request {number}").format(number=number))
        self._number.setVisible(bool(number))
        self._call.setVisible(call)
        self._end.setAccessibleName(end)
        self._end.setVisible(bool(end))
        self._label_buttons()

    def show_others(self, choices: Sequence[tuple[str, str]], *, chosen: str) -> None:
        """Offer the conversations as (request, words); hidden while there is only one."""
        held = [(self._others.itemData(at), self._others.itemText(at)) for at in range(self._others.count())]
        if held != list(choices):
            self._others.set_choices(choices, chosen=chosen)
        self._others.choose(chosen)
        self._others.setVisible(len(choices) > 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the white ground and the line under it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        line = QRectF(self.rect()).adjusted(0, 0, 0, -0.5)
        painter.drawLine(line.bottomLeft(), line.bottomRight())
        painter.end()
