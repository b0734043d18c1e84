"""The rows of a conversation against the screen: which one is at the top edge, and where each one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ui.theme.tokens import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.chat.feed import Feed
    from tracker.ui.chat.row_maker import RowMaker
    from tracker.ui.chat.rows import TalkRow

_GUESS = 64
"""How high a row is thought to be before it has been on the screen."""
_FOOT = Space.M
_MOST_HEIGHTS = 600
_MOST_ADDED_UP = 120


class Stretch:
    """The place on the screen is kept as the first row (`top`) and how much is above the edge (`offset`).

    So heights of what was never looked at do not matter. `at_end`: it follows what comes.
    """

    def __init__(self, view: QWidget, maker: RowMaker) -> None:
        self._view, self._maker = view, maker
        self._feed: Feed | None = None
        self._heights: dict[str, tuple[TalkRow, int]] = {}
        self.rows: list[TalkRow] = []
        self.top, self.offset, self.at_end = 0, 0, True

    @property
    def feed(self) -> Feed | None:
        """Where the rows come from."""
        return self._feed

    @property
    def shows_newest(self) -> bool:
        """True while the end of the conversation is on the screen."""
        return self.at_end and (self._feed is None or not self._feed.newer)

    def show_feed(self, feed: Feed) -> None:
        """Hold another conversation, at its end or where the new begins."""
        self._feed = feed
        self._heights.clear()
        self.at_end = True
        self.rows = feed.rows()
        new = self.find("new")
        if new >= 0:
            self.put(new, -Space.L)

    def put(self, top: int, offset: int) -> None:
        """Have this row at the top edge, so much of it above."""
        self.top, self.offset, self.at_end = top, offset, False

    def forget_heights(self) -> None:
        """Measure anew."""
        self._heights.clear()

    def arrange(self) -> bool:
        """Put the rows that are on the screen in their places; True if the keyboard was in one that went."""
        if not self.rows or self._view.width() < 2:
            return self._maker.keep(())
        if not self.at_end:
            self._settle()
        if self.at_end:
            self._settle_at_end()
        return self._place()

    def measure(self) -> tuple[int, int]:
        """Give about how much is above the screen's top edge, and how high all of it is."""
        older, newer = (self._feed.older, self._feed.newer) if self._feed is not None else (0, 0)
        if older or newer or len(self.rows) > _MOST_ADDED_UP:
            high = self.height(self.top) if self.rows else 1
            above = (older + self.top) * _GUESS + self.offset * _GUESS // max(high, 1)
            return above, (older + len(self.rows) + newer) * _GUESS
        heights = [self._guess(row) for row in self.rows]
        return sum(heights[: self.top]) + self.offset, sum(heights) + _FOOT

    def reveal(self, at: int) -> bool:
        """Move so that all of a row can be on the screen; False if it is already."""
        high, page = self.height(at), self._view.height()
        if at <= self.top:
            self.put(at, 0)
            return True
        below = sum(self.height(each) for each in range(self.top, at + 1)) - self.offset
        if below <= page:
            return False
        self.put(self.top, self.offset + (below - page if high < page else below - high))
        return True

    def take_rows(self) -> None:
        """Read the rows, the same one on top as before."""
        if self._feed is None:
            return
        keys = [row.key for row in self.rows[self.top :]]
        self.rows = self._feed.rows()
        self.top = self._first_of(keys)

    def _first_of(self, keys: list[str]) -> int:
        """Find the first of these that is still there: a heading may be gone with what was read before it."""
        places = {row.key: at for at, row in enumerate(self.rows)}
        if len(self._heights) > _MOST_HEIGHTS:
            self._heights = {key: known for key, known in self._heights.items() if key in places}
        return next((places[key] for key in keys if key in places), max(len(self.rows) - 1, 0))

    def find(self, key: str) -> int:
        """Return where a row is, -1 if it is not in memory."""
        return next((at for at, row in enumerate(self.rows) if row.key == key), -1)

    def _settle(self) -> None:
        """Let the first row be one that is at the top edge, reading more where the rows end."""
        while self.offset < 0 and (self.top > 0 or self._read_up()):
            self.top -= 1
            self.offset += self.height(self.top)
        if self.top == 0:
            self.offset = max(self.offset, 0)
        while self.offset >= self.height(self.top) and (self.top < len(self.rows) - 1 or self._read_down()):
            self.offset -= self.height(self.top)
            self.top += 1
        if self._bottom() - _FOOT <= self._view.height():
            self.at_end = True

    def _bottom(self) -> int:
        """Tell where the rows end on the screen, at least the screen's height if they go on below."""
        y, at = -self.offset, self.top
        while y <= self._view.height():
            if at < len(self.rows):
                y += self.height(at)
                at += 1
            elif self._read_down():
                y, at = -self.offset, self.top
            else:
                return y + _FOOT
        return y + _FOOT

    def _settle_at_end(self) -> None:
        left, at = self._view.height() - _FOOT, len(self.rows)
        while left > 0 and (at > 0 or self._read_up()):
            if at == 0:
                at = self.top  # what was read stands before
            at -= 1
            left -= self.height(at)
        self.top, self.offset = at, max(-left, 0)

    def _read_up(self) -> bool:
        if self._feed is None or not self._feed.older or not self._feed.extend_up():
            return False
        keys = [row.key for row in self.rows]
        self.rows = self._feed.rows()
        self.top = self._first_of(keys)
        return self.top > 0

    def _read_down(self) -> bool:
        if self._feed is None or not self._feed.newer or not self._feed.extend_down():
            return False
        last = self.rows[-1].key
        self.take_rows()
        return self.find(last) < len(self.rows) - 1

    def height(self, at: int) -> int:
        """Return how high a row is; it is made for that if it was not yet."""
        row = self.rows[at]
        known = self._heights.get(row.key)
        if known is None or (known[0] is not row and known[0] != row):
            high = self._maker.widget(row).heightForWidth(self._view.width())
            self._heights[row.key] = known = (row, high)
        return known[1]

    def _place(self) -> bool:
        y, at, width = -self.offset, self.top, self._view.width()
        wanted = []
        while y < self._view.height() and at < len(self.rows):
            row, high = self.rows[at], self.height(at)
            widget = self._maker.widget(row)
            widget.setGeometry(0, y, width, high)
            widget.show()
            wanted.append(row.key)
            y += high
            at += 1
        return self._maker.keep(wanted)

    def _guess(self, row: TalkRow) -> int:
        known = self._heights.get(row.key)
        return known[1] if known is not None else _GUESS
