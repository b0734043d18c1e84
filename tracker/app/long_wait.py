"""The notice of a chat that nobody has come to: told on this computer at once, whatever is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.line import line
from tracker.model.notice import Button, Notice, NoticeClass

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.model.chat import Chat


def long_wait_notice(chat: Chat, subject: str, now: datetime) -> Notice:
    """Say that nobody has come, and that IT can call instead."""
    return Notice(
        id=f"chat-wait:{chat.session}",
        at=now,
        notice_class=NoticeClass.NOW,
        title=line("{subject}", subject=subject),
        body=line("Nobody has come to your chat yet"),
        detail=line("IT can call you instead. If you leave the queue, it stays a request."),
        ticket=chat.ticket,
        buttons=(Button.CALL_ME,),
    )
