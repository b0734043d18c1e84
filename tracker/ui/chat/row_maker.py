"""Makes the rows of a conversation that are on the screen, and lets go of those that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from tracker.model.ticket import TicketId
from tracker.ui.chat.middle_row import MiddleRow
from tracker.ui.chat.rows import TalkRow, TalkRowKind
from tracker.ui.chat.said_row import SaidRow

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from tracker.ui.page_context import PageContext

RowWidget = SaidRow | MiddleRow
_MOST_SPARE = 16
"""Rows kept for what comes next: about a screen of them."""


class RowMaker(QObject):
    """`made` holds the rows by their keys; one that has changed is made anew.

    A row of words that leaves the screen is used again for the next: making one costs more than filling it.
    """

    link_asked = Signal(str)
    sending_asked = Signal(str, str)
    grown = Signal()

    def __init__(self, context: PageContext, view: QWidget) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self._shown: dict[str, TalkRow] = {}
        self._marked = ""
        self._spare: list[SaidRow] = []
        self.ticket = TicketId("")
        self.online = True
        self.made: dict[str, RowWidget] = {}
        context.uploads.told.connect(self._show_upload)

    def widget(self, row: TalkRow) -> RowWidget:
        """Give the widget of a row, made now if need be."""
        known = self._shown.get(row.key)
        if known is None or (known is not row and known != row):
            had_focus = self.has_focus(row.key)
            self._drop(row.key)
            self.made[row.key] = self._make(row)
            if had_focus:
                self.focus(row.key)
        self._shown[row.key] = row
        return self.made[row.key]

    def keep(self, wanted: Collection[str]) -> bool:
        """Let go of all others; True if the keyboard was in one of those."""
        lost = False
        kept = set(wanted)
        for key in [each for each in self.made if each not in kept]:
            lost = lost or self.has_focus(key)
            self._drop(key)
        return lost

    def clear(self) -> None:
        """Let go of all."""
        self.keep(())
        for widget in self._spare:
            widget.deleteLater()
        self._spare.clear()

    def mark(self, words: str) -> None:
        """Show where these words stand, in rows made later, too."""
        self._marked = words
        for widget in self.made.values():
            if isinstance(widget, SaidRow):
                widget.mark(words)

    def has_focus(self, key: str) -> bool:
        """Say whether the keyboard is in a row."""
        widget, focused = self.made.get(key), QApplication.focusWidget()
        return (
            widget is not None and focused is not None and (widget is focused or widget.isAncestorOf(focused))
        )

    def focus(self, key: str) -> None:
        """Give the keyboard to a row."""
        if key in self.made:
            self.made[key].setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, row: TalkRow) -> RowWidget:
        if row.kind is not TalkRowKind.SAID:
            return MiddleRow(self._context, row, self._view)
        used = self._spare.pop() if self._spare else None
        if used is not None and used.show_row(row, online=self.online):
            used.raise_()  # in the order of reading it comes after the others, as a new one would
            used.mark(self._marked)
            return used
        if used is not None:
            used.deleteLater()
        made = SaidRow(self._context, self._ticket_of(row), row, self._view, online=self.online)
        made.link_asked.connect(self.link_asked)
        made.sending_asked.connect(self.sending_asked)
        made.grown.connect(self.grown)
        if self._marked:
            made.mark(self._marked)
        made.show_percent(self._context.uploads.percent(row.command))
        return made

    def _show_upload(self, command: str) -> None:
        for key, widget in self.made.items():
            if isinstance(widget, SaidRow) and self._shown[key].command == command:
                widget.show_percent(self._context.uploads.percent(command))

    def _ticket_of(self, row: TalkRow) -> TicketId:
        return row.message.ticket if row.message is not None else self.ticket

    def _drop(self, key: str) -> None:
        self._shown.pop(key, None)
        widget = self.made.pop(key, None)
        if widget is None:
            return
        widget.hide()
        if isinstance(widget, SaidRow) and widget.is_plain and len(self._spare) < _MOST_SPARE:
            self._spare.append(widget)
        else:
            widget.deleteLater()
