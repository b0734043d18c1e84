"""The card of a chat on a request: that one goes on, that nobody comes, or that one is being asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from tracker.model.chat import Chat, ChatWay
from tracker.model.command import Delivery, EndChat, StartChat, new_command_id
from tracker.model.ticket import Act
from tracker.ui.chat_start.asking import AskingForChat, Choice, Instead
from tracker.ui.chat_start.chat_words import chat_lines, is_caught, unread_words
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.widgets.buttons import ButtonKind

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from tracker.model.track import Track
    from tracker.ui.page_context import PageContext
    from tracker.ui.tickets.wish_sender import WishSender


class ChatCard(SayingCard):
    """Hidden while nothing is to be said of a chat.

    `chat_asked`: the conversation is wanted on the screen; `call_asked`, `reply_asked`: something else
    instead of a chat.
    """

    chat_asked = Signal()
    call_asked = Signal()
    reply_asked = Signal()

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="messages-square")
        self._acts: tuple[Act, ...] = ()
        self._asking = AskingForChat(
            context,
            (
                Choice(Instead.CALL, self.tr("Ask to be called back"), "phone"),
                Choice(Instead.REPLY, self.tr("Write a reply"), "reply"),
            ),
            self,
        )
        self.add_between(self._asking)
        self._open = self.add_button(self.tr("Open chat"), self.chat_asked.emit, kind=ButtonKind.PRIMARY)
        self._call = self.add_button(self.tr("Ask to be called back"), self.call_asked.emit, icon="phone")
        self._leave = self.add_button(self.tr("Leave it as a request"), self._end)
        self._asking.agreed.connect(self._start)
        self._asking.chosen.connect(self._instead)
        self._asking.ended.connect(self.hide)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Say how the chat on this request stands."""
        self._acts = track.you_can
        chat = self._context.view.talks.chat(track.ticket.id)
        if chat is not None and chat.is_active:
            self._asking.hide()
            self._say_chat(chat)
        elif self._asking.isHidden() or Act.CHAT not in self._acts:
            self.hide()

    def ask(self) -> None:
        """Take up a chat: the one that goes on is opened, else it is asked whether somebody is there."""
        talks = self._context.view.talks
        chat = talks.chat(self._sender.ticket)
        goes_on = (chat is not None and chat.is_active) or self._is_on_its_way(StartChat)
        if goes_on or talks.way() is ChatWay.REPLIES:
            self.chat_asked.emit()
            return
        self.say(self.tr("Chat with IT"), (), tone=Tone.ACCENT)
        self.offer()
        self.show()
        self._asking.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End the question with Escape."""
        if event.key() == Qt.Key.Key_Escape and not self._asking.isHidden():
            self._asking.end()
        else:
            super().keyPressEvent(event)

    def _say_chat(self, chat: Chat) -> None:
        context = self._context
        unread = unread_words(context.view.talks.unread(chat.ticket))
        title, *lines = chat_lines(chat, context.wording, context.clock())
        caught = is_caught(chat, context.clock())
        self.say(title, (unread, *lines), tone=Tone.WARN if caught else Tone.ACCENT)
        more = ((self._call,) if Act.ASK_FOR_CALL in self._acts else (), (self._leave,)) if caught else ()
        self.offer(self._open, *[button for group in more for button in group])
        self._leave.setEnabled(not self._is_on_its_way(EndChat))
        self.show()

    def _start(self) -> None:
        command = StartChat(new_command_id(), self._context.clock(), self._sender.ticket)
        self._context.actions.submit(command)
        self._asking.hide()
        self.hide()
        self.chat_asked.emit()

    def _end(self) -> None:
        self._leave.setEnabled(False)
        command = EndChat(new_command_id(), self._context.clock(), self._sender.ticket)
        self._context.actions.submit(command)

    def _is_on_its_way(self, kind: type[StartChat | EndChat]) -> bool:
        return any(
            isinstance(pending.command, kind) and pending.delivery is not Delivery.REJECTED
            for pending in self._context.view.talks.pending(self._sender.ticket)
        )

    def _instead(self, what: str) -> None:
        self.hide()
        (self.call_asked if what == Instead.CALL else self.reply_asked).emit()
