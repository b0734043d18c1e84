"""A chat that goes on, in the few words of a card beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.chat import Chat, ChatState
from tracker.ui.chat_start.verdict import CATCH
from tracker.ui.chat_start.wait_words import wait_words
from tracker.ui.plain_text import one_line

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.ui.wording import Wording


def is_caught(chat: Chat, now: datetime) -> bool:
    """Say whether somebody has waited so long that something else should be offered."""
    return chat.state is ChatState.QUEUED and now - chat.started_at >= CATCH


def chat_lines(chat: Chat, wording: Wording, now: datetime) -> tuple[str, ...]:
    """Say how a chat that goes on stands: a headline and what is to be known beside it."""
    if chat.state is ChatState.OPEN:
        name = one_line(chat.agent.first_name, 60) if chat.agent is not None else ""
        words = (
            _tr("{name} is chatting with you").format(name=name) if name else _tr("You are in a chat with IT")
        )
        return (words,)
    place = _place(chat, wording)
    if is_caught(chat, now):
        waited = _tr("You have waited {span}.").format(span=wording.span(now - chat.started_at))
        return (_tr("Nobody has come to your chat yet"), f"{waited} {place}".strip())
    return (_tr("You are waiting for a chat"), place)


def unread_words(unread: int) -> str:
    """Say how many messages are new, "" for none."""
    if not unread:
        return ""
    return _tr("1 new message") if unread == 1 else _tr("%n new messages", unread)


def _place(chat: Chat, wording: Wording) -> str:
    wait = wait_words(chat.wait, wording)
    if chat.place is None:
        return wait[:1].upper() + wait[1:] if wait else ""
    words = _tr("Number {place} in the queue").format(place=wording.number(chat.place))
    return f"{words} · {wait}" if wait else words


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("ChatWords", text, None, count)
