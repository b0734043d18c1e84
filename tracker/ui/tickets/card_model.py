"""The rows of the list: names of requests, each put into words when it is first looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from tracker.model.ticket import TicketId
from tracker.ui.rows import RowModel
from tracker.ui.tickets.card_look import CardLook, card_look

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tracker.model.change import Change
    from tracker.ui.ports import View
    from tracker.ui.wording import Wording

LOOK_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The role under which data() returns the CardLook, None where the request is gone."""

_PAGE = 10
_KEPT = 2_000

Index = QModelIndex | QPersistentModelIndex


class CardModel(RowModel[TicketId]):
    """Holds the names of all requests of a chip and reads a page of them when one is painted."""

    def __init__(
        self, view: View, wording: Wording, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(key=lambda ticket: ticket, text=str, parent=parent)
        self._view, self._wording, self._clock = view, wording, clock
        self._looks: dict[TicketId, CardLook | None] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the look, or its words; reads a page from the view where they are not known yet."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role == LOOK_ROLE:
            return self.look(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            look = self.look(index.row())
            return look.spoken if look else ""
        return super().data(index, role)

    def look(self, row: int) -> CardLook | None:
        """Return what the card in this row says, None if the request went away meanwhile."""
        ticket = self.row(row)
        if ticket not in self._looks:
            self._read(row)
        return self._looks.get(ticket)

    def forget(self, change: Change) -> None:
        """Read again what a commit touched when it is next painted."""
        if change.everything or change.outbox:
            self.forget_all()
            return
        for ticket in (change.tickets | change.chats) & self._looks.keys():
            del self._looks[ticket]
            at = self.find(ticket)
            if at >= 0:
                self.dataChanged.emit(self.index(at), self.index(at))

    def forget_all(self) -> None:
        """Read everything again when it is next painted: time has passed, or all may have changed."""
        self._looks.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _read(self, row: int) -> None:
        if len(self._looks) > _KEPT:
            self._looks.clear()
        first = row - row % _PAGE
        wanted = [ticket for ticket in self.rows_between(first, first + _PAGE) if ticket not in self._looks]
        self._looks.update(dict.fromkeys(wanted))
        unread = self._view.talks.all_unread()
        for track in self._view.tracks(wanted, self._clock()):
            name = track.ticket.id
            self._looks[name] = card_look(track, self._wording, unread=unread.get(name, 0))

    def rows_between(self, first: int, end: int) -> tuple[TicketId, ...]:
        """Return the names from `first` up to `end`, which is not among them."""
        return tuple(self.row(at) for at in range(max(first, 0), min(end, self.rowCount())))
