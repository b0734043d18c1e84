"""The stretch of a conversation that is in memory: a few pages around what is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.model.chat import Message
    from tracker.ui.chat.source import Source

PAGE = 30
"""Messages read at a time."""
_MOST = 90
"""Messages kept; what is farther away is read again when it is wanted."""


class Span:
    """Consecutive messages of one conversation; `older` and `newer` count about what is beyond either end."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.messages: list[Message] = []
        self.older = self.newer = 0
        self.show_newest()

    @property
    def has_newest(self) -> bool:
        """True while the end of the conversation is in it."""
        return self.newer == 0

    def show_newest(self) -> None:
        """Hold the last page."""
        self.messages = list(self._source.before(None, PAGE))
        self.newer = 0
        self.older = self._source.count() - len(self.messages) if len(self.messages) == PAGE else 0

    def show_around(self, place: int) -> None:
        """Hold the page around a place, unless it is held already."""
        if self.messages and self.messages[0].place <= place <= self.messages[-1].place:
            return
        before = self._source.before(place, PAGE // 2)
        after = self._source.since(place, PAGE)
        total = self._source.count()
        ahead = self._ahead_of(before[0].place if before else place, total)
        self.messages = [*before, *after]
        self.older = max(ahead, 1) if len(before) == PAGE // 2 else 0
        self.newer = max(total - self.older - len(self.messages), 1) if len(after) == PAGE else 0

    def show_share(self, share: float) -> int:
        """Hold the page at a share (0 to 1) of the conversation, as its places tell; give the place."""
        first, last = self._ends()
        place = round(first + (last - first) * min(max(share, 0.0), 1.0))
        self.show_around(place)
        return place

    def refresh(self, source: Source) -> None:
        """Read again from where it begins, with what has come since; the end stays in it if it was."""
        self._source = source
        if not self.messages:
            self.show_newest()
            return
        had_end, first = self.has_newest, self.messages[0].place
        held = len(self.messages)
        read = source.since(first, _MOST if had_end else held)
        if had_end and len(read) == _MOST:
            self.show_newest()
            return
        self.messages = list(read)
        if not had_end:
            self.newer = max(source.count() - self.older - len(self.messages), 1)
        if not self.messages:
            self.show_newest()

    def extend_up(self) -> int:
        """Read the page before the first one; give how many messages came."""
        if not self.messages or not self.older:
            return 0
        page = self._source.before(self.messages[0].place, PAGE)
        self.messages[:0] = page
        self.older = max(self.older - len(page), 1) if len(page) == PAGE else 0
        beyond = len(self.messages) - _MOST
        if beyond > 0:
            del self.messages[-beyond:]
            self.newer += beyond
        return len(page)

    def extend_down(self) -> int:
        """Read the page after the last one; give how many messages came."""
        if not self.messages or not self.newer:
            return 0
        page = self._source.since(self.messages[-1].place + 1, PAGE)
        self.messages.extend(page)
        self.newer = max(self.newer - len(page), 1) if len(page) == PAGE else 0
        beyond = len(self.messages) - _MOST
        if beyond > 0:
            del self.messages[:beyond]
            self.older += beyond
        return len(page)

    def _ends(self) -> tuple[int, int]:
        first = self._source.since(-1, 1)
        last = self._source.before(None, 1)
        return (first[0].place, last[0].place) if first and last else (0, 0)

    def _ahead_of(self, place: int, total: int) -> int:
        first, last = self._ends()
        return round(total * (place - first) / (last - first)) if last > first else 0
