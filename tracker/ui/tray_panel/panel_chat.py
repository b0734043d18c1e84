"""What the tray panel has of the chat: its button, how long one would wait, and the chat that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.chat import Chat, ChatOffer, ChatWay
from tracker.ui.chat_start.chat_words import chat_lines, unread_words
from tracker.ui.chat_start.question import OfferQuestion
from tracker.ui.chat_start.verdict import offer_words
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.page_context import PageContext


class PanelChat(QObject):
    """The parts `button`, `line` and `card`, for the panel to place; each is hidden where it has no use.

    `asked`: the chat that goes on is wanted, or one is to be started; `grown` tells that a part has come
    that was not there.
    """

    asked = Signal()
    grown = Signal()

    def __init__(self, context: PageContext, panel: QWidget) -> None:
        super().__init__(panel)
        self._context = context
        self._chat: Chat | None = None
        self._question = OfferQuestion(context.actions.chat, self)
        self.button = Button(context.theme, self.tr("Chat"), panel, icon="messages-square")
        self.line = Text("", panel, style=TextStyle.SMALL, ink="muted", wrap=True)
        self.card = ActiveChatCard(context, panel)
        self.button.clicked.connect(self.asked)
        self.card.opened.connect(self.asked)
        self._question.answered.connect(self._tell)
        self.line.hide()
        self.refresh()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The parts in the order in which they are read."""
        return self.button, self.line, self.card

    def ask_wait(self) -> None:
        """Find out how long one would wait now: the panel has been opened."""
        self.line.hide()
        if self._can_start and self._chat is None:
            self._question.ask()

    def refresh(self) -> None:
        """Read again whether one can chat, and which chat goes on."""
        chats = self._context.view.talks.chats()
        self._chat = next((chat for chat in chats if chat.is_active), None)
        self.button.setVisible(self._can_start)
        self.card.show_chat(self._chat)
        if self._chat is not None:
            self.line.hide()

    @property
    def _can_start(self) -> bool:
        return self._context.view.talks.way() is ChatWay.LIVE

    def _tell(self, offer: ChatOffer) -> None:
        words = offer_words(offer, self._context.wording)
        self.line.setText(self.tr("Chat: {words}").format(words=words))
        self.line.setVisible(self._can_start and self._chat is None)
        self.grown.emit()


class ActiveChatCard(Card):
    """A slim card: who is in the chat that goes on, what is new in it, and the way to it."""

    opened = Signal()

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, tone=Tone.ACCENT)
        self._context = context
        self._headline, self._more = RunText(context.theme, self), RunText(context.theme, self)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._headline)
        words.addWidget(self._more)
        self._open = Button(context.theme, self.tr("Open chat"), self, kind=ButtonKind.LINK)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        side = context.theme.type.scaled(Size.ICON)
        glyph = Glyph(context.theme, "messages-square", self, ink="accent", size=side)
        row.addWidget(glyph, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self._open)
        self.body.addLayout(row)
        self._open.clicked.connect(self.opened)
        self.hide()

    def show_chat(self, chat: Chat | None) -> None:
        """Show this chat; None shows nothing."""
        self.setVisible(chat is not None)
        if chat is None:
            return
        title, *lines = chat_lines(chat, self._context.wording, self._context.clock())
        unread = unread_words(self._context.view.talks.unread(chat.ticket))
        said = [words for words in (unread, *lines) if words]
        self._headline.show_runs((Run(title, TextStyle.BODY_STRONG),))
        self._more.show_runs((Run(" · ".join(said), TextStyle.SMALL, "muted"),) if said else ())
        self._more.setVisible(bool(said))
        self.setAccessibleName(". ".join((title, *said)))
