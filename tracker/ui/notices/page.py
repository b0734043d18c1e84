"""What you were told: every notice, also those no toast was shown for, with what is unread."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.change import Change
from tracker.model.errors import TrackerError
from tracker.model.notice import Notice
from tracker.ui.minute_hand import MinuteHand
from tracker.ui.notices.notice_row import NoticeRow
from tracker.ui.page_context import PageContext
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.empty import EmptyState
from tracker.ui.widgets.page import ScrollPage

_MOST = 100


class NoticesPage(ScrollPage):
    """The list, newest first. Leaving the page, or the button, marks all of it as read."""

    opened = Signal(str)
    """The request whose page is wanted."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_title(self.tr("Updates"))
        self._context = context
        self._told: tuple[Notice, ...] | None = None
        self._rows: list[NoticeRow] = []
        self._mark = Button(context.theme, self.tr("Mark all as read"), self)
        self.head.addWidget(self._mark)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.S)
        self._nothing = EmptyState(context.theme, self, icon="bell")
        self._nothing.show_message(
            self.tr("Nothing to tell yet"),
            self.tr("When something happens to one of your requests, it is noted here."),
        )
        self.body.addLayout(self._list)
        self.body.addWidget(self._nothing, 1)
        self.body.addStretch(1)
        self._mark.clicked.connect(context.actions.read_notices)
        MinuteHand(self, context.clock).moved.connect(self._read_anew)
        self._read()

    def refresh(self, change: Change) -> None:
        """Read again if a notice came or was read."""
        if change.notices or change.everything:
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what came while nobody looked."""
        super().showEvent(event)
        self._read()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take what was on the screen as read."""
        super().hideEvent(event)
        if not event.spontaneous() and any(not notice.read for notice in self._told or ()):
            self._context.actions.read_notices()

    def _read_anew(self) -> None:
        self._told = None  # "5 min ago" is not true any more
        self._read()

    def _read(self) -> None:
        try:
            told = self._context.view.notices(_MOST)
        except TrackerError as error:
            self._nothing.show_message(self.tr("The updates cannot be read"), str(error))
            told = ()
        if told != self._told:
            self._told = told
            self._show(told)

    def _show(self, told: tuple[Notice, ...]) -> None:
        focused = next((row.notice.id for row in self._rows if row.hasFocus()), None)
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [NoticeRow(self._context, notice, self) for notice in told]
        for row in self._rows:
            self._list.addWidget(row)
            row.show()
            row.clicked.connect(self._open)
            if row.notice.id == focused:
                row.setFocus()
        self._nothing.setVisible(not told)
        self._mark.setVisible(any(not notice.read for notice in told))

    def _open(self) -> None:
        row = self.sender()
        if isinstance(row, NoticeRow) and row.notice.ticket is not None:
            self.opened.emit(row.notice.ticket)
