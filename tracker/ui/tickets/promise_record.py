"""How IT has kept its promises to the person, over all their requests, in one line."""

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from tracker.model.change import Change
from tracker.model.ledger import Ledger, ledger
from tracker.model.listing import Filter
from tracker.model.promise import LIVE
from tracker.ui.page_context import PageContext
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.promise_words import ledger_words

if TYPE_CHECKING:
    from tracker.model.ticket import TicketId

MOST = 500
"""So many requests are counted; where there are more, the line says so."""

_AT_ONCE = 20


class PromiseRecord(RunText):
    """Counts a few requests at a time, and later only those that have changed, so nothing waits for it."""

    said = Signal()
    """All is counted; `text` is the line, "" with nothing to count."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._counted: dict[TicketId, Ledger] = {}
        self._live: set[TicketId] = set()
        self._left: deque[TicketId] = deque()
        self._limited = False

    def count(self) -> None:
        """Begin to count what is not counted yet."""
        tickets = self._context.view.tickets(Filter.ALL)
        self._limited = len(tickets) > MOST
        there = dict.fromkeys(tickets[:MOST])
        self._counted = {ticket: count for ticket, count in self._counted.items() if ticket in there}
        self._live &= set(there)
        self._left = deque(ticket for ticket in there if ticket not in self._counted)
        self._count_on()

    def refresh(self, change: Change) -> None:
        """Forget what a commit touched."""
        if change.everything:
            self._counted.clear()
        for ticket in change.tickets:
            self._counted.pop(ticket, None)

    def pass_time(self) -> bool:
        """Forget those with a promise still open: the clock alone may have ended it. True if any is."""
        for ticket in self._live:
            self._counted.pop(ticket, None)
        return bool(self._live)

    def _count_on(self) -> None:
        batch = [self._left.popleft() for _ in range(min(_AT_ONCE, len(self._left)))]
        self._counted.update((ticket, Ledger()) for ticket in batch)
        for track in self._context.view.tracks(batch, self._context.clock()):
            self._counted[track.ticket.id] = ledger(track.promises)
            if any(promise.state in LIVE for promise in track.promises):
                self._live.add(track.ticket.id)
            else:
                self._live.discard(track.ticket.id)
        if self._left:
            QTimer.singleShot(0, self, self._count_on)
        else:
            self._say()

    def _say(self) -> None:
        counted = sum(self._counted.values(), start=Ledger())
        words = ledger_words(counted, self._context.wording, to_you=True)
        if words and self._limited:
            newest = self.tr("{words} (in your {count} newest requests)")
            words = newest.format(words=words, count=self._context.wording.number(MOST))
        self.show_runs((Run(words, TextStyle.SMALL, "muted"),) if words else ())
        self.said.emit()
