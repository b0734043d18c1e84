"""What a page of chats shows, in short names: by them it is known which of its parts are old."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlencode

from tracker.frontdesk.pages.chat_side import Side
from tracker.frontdesk.pages.chat_view import Talk
from tracker.frontdesk.pages.visitor import HOME

CHATS = f"{HOME}/chats"


@dataclass(frozen=True, slots=True)
class PageState:
    """What a page shows, and what names it in the next question."""

    side: Side
    talk: Talk | None
    feed: str
    writing: frozenset[str]

    @property
    def marks(self) -> tuple[str, str, str, str, str]:
        """Name each part that renews itself as it is now."""
        talk = self.talk
        return (
            side_mark(self.side),
            _short(repr(talk.head)) if talk is not None else "",
            talk.state if talk is not None else "",
            str(talk.read) if talk is not None else "",
            ",".join(sorted(self.writing)),
        )

    def question(self, *, day: str, last: int, composer: bool) -> str:
        """Write the address that asks for what comes after this; `day` and `last` are of what stands last."""
        side, head, state, read, writing = self.marks
        number = self.talk.ticket.number if self.talk is not None else ""
        said = {
            "chat": number,
            "feed": self.feed,
            "side": side,
            "head": head,
            "state": state,
            "read": read,
            "writing": writing,
            "day": day,
            "last": str(last),
            "composer": "yes" if composer else "",
        }
        return f"{CHATS}/news?{urlencode(said)}"


def side_mark(side: Side) -> str:
    """Name the list as it is, without what only counts for its buttons."""
    shown = [
        (one.ticket.number, one.mark, one.line, one.unread)
        for one in (*side.offered, *side.queue, *side.mine)
    ]
    return _short(repr((side.attending, shown, len(side.offered), len(side.queue), side.elsewhere)))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
