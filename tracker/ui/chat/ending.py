"""The question before a chat is ended, or the queue is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.chat import ChatState
from tracker.ui.chat.words import end_words
from tracker.ui.widgets.buttons import ButtonKind
from tracker.ui.widgets.sheet import Sheet, SheetAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from tracker.model.chat import Chat
    from tracker.ui.page_context import PageContext


def ask_to_end(context: PageContext, over: QWidget, chat: Chat, then: Callable[[], None]) -> None:
    """Ask, and do `then` if the person means it."""
    queued = chat.state is ChatState.QUEUED
    kept = _tr("What was written stays on the request, and you can continue later.")
    sheet = Sheet(
        context.theme,
        over.window(),
        title=_tr("Leave the queue?") if queued else _tr("End this chat?"),
        text=_tr("You lose your place. Your request stays with the service desk.") if queued else kept,
        answers=(
            SheetAnswer("", _tr("Stay")),
            SheetAnswer("end", end_words(chat), ButtonKind.PRIMARY),
        ),
    )

    def answered(answer: str) -> None:
        if answer == "end":
            then()

    sheet.answered.connect(answered)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Chat", text)
