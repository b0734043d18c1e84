"""The page of chats: who waits, one's own chats, and one conversation open."""

from dataclasses import dataclass

from starlette.responses import Response

from tracker.frontdesk import chatting, reading
from tracker.frontdesk.pages.chat_side import Side, read_side
from tracker.frontdesk.pages.chat_state import CHATS, PageState
from tracker.frontdesk.pages.chat_view import MOST_SHOWN, SHOWN, Talk, read_talk
from tracker.frontdesk.pages.framing import framed_page
from tracker.frontdesk.pages.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form that was not carried out leaves on the page: why not, and what was typed."""

    said: str = ""
    status: int = 200
    text: str = ""


def show_chats(visitor: Visitor) -> Response:
    """Show who waits and one's own chats, with one of them open where the address names it."""
    return chats_page(visitor, visitor.request.path_params.get("number", ""), Kept())


def chats_page(visitor: Visitor, number: str, kept: Kept) -> Response:
    """Make the page; raises `Refused` (not found)."""
    pulse = reading.feed_end(visitor.desk)
    asked = visitor.asked("shown")
    shown = min(int(asked), MOST_SHOWN) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else SHOWN
    talk = read_talk(visitor, number, shown=max(shown, 1)) if number else None
    if talk is not None:
        note_read(visitor, talk)
    side = read_side(visitor)
    waiting = f"({side.waiting}) " if side.waiting else ""
    about = f"{number} {talk.ticket.subject}" if talk is not None else "Chats"
    return framed_page(
        visitor,
        "chats.html",
        title=f"{waiting}{about}",
        here=f"{CHATS}/{number}" if number else CHATS,
        status=kept.status,
        side=side,
        talk=talk,
        kept=kept,
        question=_question(visitor, pulse, side, talk),
        canned=chatting.canned(visitor.desk).answers,
    )


def note_read(visitor: Visitor, talk: Talk) -> None:
    """Note that the agent who is in a chat has read what their page shows of it."""
    said = [item for item in talk.items if not item.note]
    if talk.is_mine and said:
        chatting.mark_read(visitor.desk, visitor.session.user, talk.ticket.number, said[-1].id)


def _question(visitor: Visitor, feed: str, side: Side, talk: Talk | None) -> str:
    """Write the address that the page asks for what is new."""
    last = talk.items[-1] if talk is not None and talk.items else None
    day = last.at.astimezone(visitor.time.zone).date().isoformat() if last is not None else ""
    state = PageState(side, talk, feed, frozenset())
    composer = talk is not None and talk.is_mine
    return state.question(day=day, last=last.seq if last is not None else 0, composer=composer)
