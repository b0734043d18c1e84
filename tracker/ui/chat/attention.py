"""What the person has really seen: when a message counts as read, where the new begins, what is read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.person import ActorKind
from tracker.ui.chat.words import read_out
from tracker.ui.widgets.announce import announce

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.chat.feed import Feed
    from tracker.ui.chat.known import Known
    from tracker.ui.chat.transcript import Transcript
    from tracker.ui.page_context import PageContext


class Attention:
    """Of one page; `begin` with each conversation. Read is what was on the screen in an active window."""

    def __init__(self, context: PageContext, page: QWidget, transcript: Transcript) -> None:
        self._context, self._page, self._transcript = context, page, transcript
        self._read, self._newest = "", ""
        self.unread = 0

    def begin(self, known: Known, feed: Feed) -> None:
        """Take a conversation that is about to be shown."""
        self._read, self._newest, self.unread = "", feed.newest, 0
        self.note_new(known, feed)

    def note_new(self, known: Known, feed: Feed) -> None:
        """Remember after which message all is new, from the first that comes unseen."""
        before, self.unread = self.unread, known.unread
        seen = self._is_looked_at and self._transcript.at_end and bool(self._read)
        if self.unread and not before and not seen:
            feed.new_after = known.source.read_to(ActorKind.YOU)

    def read_aloud(self, feed: Feed) -> None:
        """Have a new message read, after whatever is being read."""
        newest = feed.newest
        if newest and newest != self._newest:
            row = next((each for each in self._transcript.rows if each.key == newest), None)
            if row is not None:
                announce(self._page, read_out(row, self._context.wording))
        self._newest = newest

    def look(self, known: Known, feed: Feed) -> None:
        """Tell the desk if the newest message is seen now and was not before."""
        if not self._transcript.at_end or not self._is_looked_at:
            return
        newest = feed.newest
        if not newest or newest == self._read:
            return
        self._read = newest
        if known.is_replies:
            self._context.actions.read(known.ticket)
        else:
            self._context.actions.chat.read(known.ticket, newest)

    @property
    def _is_looked_at(self) -> bool:
        return self._page.isVisible() and self._page.window().isActiveWindow()
