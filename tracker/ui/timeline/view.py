"""The whole drawing: rows made a screenful at a time, kept where nothing about them has changed."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.ticket import Act, TicketId
from tracker.model.track import Track
from tracker.ui.page_context import PageContext
from tracker.ui.reading_order import put_in_order
from tracker.ui.timeline.row_parts import RowParts
from tracker.ui.timeline.row_view import RowView
from tracker.ui.timeline.rows import Row, RowKind, timeline_rows
from tracker.ui.widgets.buttons import Button

_FIRST = 6
_BATCH = 12
_OF_THE_CLOCK = (RowKind.NEXT, RowKind.NOW, RowKind.PENDING)


class TimelineView(QWidget):
    """Draws one request. Only the newest rows are made at once; `show_more` makes a batch of earlier ones.

    Whoever scrolls it calls that when its end comes near; `grown` tells that rows were added below.
    """

    link_asked = Signal(str)
    act_asked = Signal(str)
    conversation_asked = Signal()
    sending_asked = Signal(str, str)
    grown = Signal()

    def __init__(self, context: PageContext, ticket: TicketId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._track: Track | None = None
        self._limit = _FIRST
        self._online = True
        self._seen = False
        self._views: dict[str, RowView] = {}
        self._parts = RowParts(context, ticket, self)
        self._parts.link_asked.connect(self.link_asked)
        self._parts.act_asked.connect(self.act_asked)
        self._parts.conversation_asked.connect(self.conversation_asked)
        self._parts.sending_asked.connect(self.sending_asked)
        self.setAccessibleName(self.tr("What happened, newest first"))
        self._earlier: Button | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        context.uploads.told.connect(self._say_upload)

    @property
    def is_whole(self) -> bool:
        """True when the oldest row is among those made."""
        return self._track is None or self._limit >= len(self._track.entries)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Draw this request. Rows that are the same stay as they are, with what is selected in them."""
        before, self._track = self._track, track
        if before is not None and before.entries[: self._limit]:
            oldest = before.entries[: self._limit][-1].id
            place = next(
                (at for at, entry in enumerate(track.entries) if entry.id == oldest), self._limit - 1
            )
            self._limit = max(self._limit, place + 1)
        if online != self._online:
            self._online = online
            self._forget_pending()
        self._settle(track)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Make the rest of the screen once the first rows have been seen: they must not wait for it."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.show_more)

    def show_more(self) -> None:
        """Make the next batch of earlier rows."""
        if self._track is not None and not self.is_whole:
            self._limit += _BATCH
            self._settle(self._track)
            self.grown.emit()

    def say_again(self) -> None:
        """Put what depends on the clock into words again."""
        for view in self._views.values():
            if view.row.kind in _OF_THE_CLOCK:
                view.say()

    def focus_act(self, act: Act) -> QWidget | None:
        """Put the keyboard on the button that does this and give it; None if no row has one."""
        button = self.findChild(Button, act.value)
        if button is not None:
            button.setFocus()
        return button

    def _say_upload(self, command: str) -> None:
        for view in self._views.values():
            entry = view.row.entry
            if view.row.kind is RowKind.PENDING and entry is not None and entry.command == command:
                view.say()

    def _forget_pending(self) -> None:
        for key, view in list(self._views.items()):
            if view.row.kind is RowKind.PENDING:
                self._drop(key)

    def _settle(self, track: Track) -> None:
        rows = timeline_rows(track, self._context.wording, self._context.clock(), limit=self._limit)
        keys = {row.key for row in rows}
        for key in [key for key in self._views if key not in keys]:
            self._drop(key)
        self._column.setEnabled(False)  # else every row that is shown lays out all of them
        for at, row in enumerate(rows):
            view = self._view(row)
            item = self._column.itemAt(at)
            if item is None or item.widget() is not view:
                self._column.insertWidget(at, view)
                view.show()  # now, not with the next event: places are asked for before that
            view.set_ends(first=at == 0, last=self.is_whole and at == len(rows) - 1)
        self._show_earlier(shown=not self.is_whole)
        self._column.setEnabled(True)
        self._column.invalidate()
        self.updateGeometry()
        put_in_order(self.parts)

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The rows that are made, in order, and the button for those that are not."""
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return tuple(widget for widget in widgets if widget is not None)

    def _show_earlier(self, *, shown: bool) -> None:
        if shown and self._earlier is None:
            self._earlier = Button(self._context.theme, self.tr("Show what happened before"), self)
            self._earlier.clicked.connect(self.show_more)
            self._column.addWidget(self._earlier)
        if self._earlier is not None:
            self._earlier.setVisible(shown)

    def _view(self, row: Row) -> RowView:
        kept = self._views.get(row.key)
        if kept is not None and kept.row == row:
            return kept
        if kept is not None:
            self._drop(row.key)
        made = RowView(self._context, row, self._parts, self, online=self._online)
        self._views[row.key] = made
        return made

    def _drop(self, key: str) -> None:
        view = self._views.pop(key)
        self._column.removeWidget(view)
        view.hide()
        view.deleteLater()
