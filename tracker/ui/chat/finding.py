"""What is searched in the conversation that is shown, marked there and gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from tracker.ui.chat.feed import Feed
    from tracker.ui.chat.search_bar import ChatSearch
    from tracker.ui.chat.source import Source
    from tracker.ui.chat.transcript import Transcript


class Finding(QObject):
    """Joins the search field to the drawing; `take` a conversation before."""

    def __init__(self, search: ChatSearch, transcript: Transcript) -> None:
        super().__init__(transcript)
        self._search, self._transcript = search, transcript
        self._source: Source | None = None
        self._feed: Feed | None = None
        search.searched.connect(self._find)
        search.went.connect(self._go_to_place)

    def take(self, source: Source, feed: Feed) -> None:
        """Search in this conversation from now on."""
        self._source, self._feed = source, feed

    def _find(self, words: str) -> None:
        self._transcript.mark(words)
        self._search.show_found(self._source.found(words) if self._source is not None and words else ())

    def _go_to_place(self, place: int) -> None:
        if self._feed is not None:
            self._transcript.go_to(self._feed.show_place(place))
