"""What the conversation's drawing is fed with: rows of the stretch in memory, and more of them on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.person import ActorKind
from tracker.ui.chat.rows import TalkRow, Told, talk_rows, told_rows
from tracker.ui.chat.span import PAGE, Span

if TYPE_CHECKING:
    from tracker.model.track import Track
    from tracker.ui.chat.source import Source
    from tracker.ui.wording import Wording


class Feed:
    """One conversation. `new_after`: the place after which all is new to the person, None for nothing."""

    def __init__(self, source: Source, wording: Wording) -> None:
        self._source, self._wording = source, wording
        self._track: Track | None = None
        self._told: tuple[Told, ...] = ()
        self._span = Span(source)
        self.new_after: int | None = None

    @property
    def older(self) -> int:
        """About how many messages come before the rows."""
        return self._span.older

    @property
    def newer(self) -> int:
        """About how many messages come after the rows."""
        return self._span.newer

    @property
    def newest(self) -> str:
        """The id of the newest message that is not the person's own, "" if there is none in memory."""
        if not self._span.has_newest:
            return ""
        said = (each for each in reversed(self._span.messages) if each.sender.kind is not ActorKind.YOU)
        return next((each.id for each in said), "")

    def know(self, track: Track | None, told: tuple[Told, ...]) -> None:
        """Take what is said between the messages."""
        self._track, self._told = track, told

    def refresh(self, source: Source) -> None:
        """Read again."""
        self._source = source
        self._span.refresh(source)

    def rows(self) -> list[TalkRow]:
        """Give the rows of what is in memory."""
        span = self._span
        first = span.messages[0].at if span.older else None
        last = span.messages[-1].at if span.newer else None
        return talk_rows(
            span.messages,
            pending=self._source.pending() if span.has_newest else (),
            told=told_rows(self._track, self._told, since=first, until=last),
            read_by_desk=self._source.read_to(ActorKind.AGENT),
            new_after=self.new_after if self._new_begins_here else None,
            wording=self._wording,
        )

    @property
    def _new_begins_here(self) -> bool:
        """True if where the new begins is in memory, not somewhere before it."""
        span = self._span
        if self.new_after is None or not span.messages:
            return False
        return not span.older or span.messages[0].place <= self.new_after

    def extend_up(self) -> bool:
        """Read older messages; False if there are none."""
        return self._span.extend_up() > 0

    def extend_down(self) -> bool:
        """Read newer messages; False if there are none."""
        return self._span.extend_down() > 0

    def show_newest(self) -> None:
        """Go to the end."""
        if not self._span.has_newest:
            self._span.show_newest()

    def show_place(self, place: int) -> str:
        """Go to the message at a place; give its id, "" if it is gone."""
        self._span.show_around(place)
        return next((each.id for each in self._span.messages if each.place >= place), "")

    def show_share(self, share: float) -> str:
        """Go to a share (0 to 1) of the conversation; give the id of the message there."""
        return self.show_place(self._span.show_share(share))

    def show_new(self) -> None:
        """Have where the new messages begin in memory."""
        if (
            (
                self.new_after is not None
                and self._span.messages
                and self._span.messages[0].place > self.new_after
            )
            and self._span.older
            and len(self._span.messages) >= PAGE
        ):
            self._span.show_around(self.new_after + 1)
