"""Above the field: who writes, that silence will end the chat, that it is over, what this page really is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.chat import ChatState
from tracker.ui.chat.words import how_it_ended
from tracker.ui.flow import FlowLayout
from tracker.ui.plain_text import one_line
from tracker.ui.theme.tokens import Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.banner import Banner
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.model.chat import Chat, Typing
    from tracker.ui.page_context import PageContext


class WritingLine(QWidget):
    """ "Dmitri is writing", as long as that holds."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = context.clock
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.timeout.connect(self.stop)
        self._text = Text("", self, style=TextStyle.SMALL, ink="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(26, 0, 24, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(Glyph(context.theme, "pencil", self, ink="muted", size=Size.SMALL_ICON))
        row.addWidget(self._text, 1)
        self.hide()

    @property
    def words(self) -> str:
        """What it says, "" while nobody writes."""
        return self._text.text() if not self.isHidden() else ""

    def show_typing(self, typing: Typing) -> None:
        """Take who writes, or has stopped."""
        left = (typing.until - self._clock()).total_seconds() if typing.until is not None else 0
        if left <= 0:
            self.stop()
            return
        name = one_line(typing.person.first_name, 60) or self.tr("Somebody")
        words = self.tr("{name} is writing").format(name=name)
        if words != self.words:
            self._text.setText(words)
            self.setAccessibleName(words)
            self.show()
            announce(self, words)
        self._until.start(round(left * 1000))

    def stop(self) -> None:
        """Nobody writes."""
        self._until.stop()
        self.hide()


class ChatFoot(QWidget):
    """Hidden parts, each shown when it has something to say."""

    still_here = Signal()
    continue_asked = Signal()
    reply_asked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._warning = Banner(context.theme, self)
        self._warning.action_pressed.connect(self.still_here)
        self._note = Banner(context.theme, self)
        self._ended = QWidget(self)
        self._ended_text = Text("", self._ended, style=TextStyle.BODY_STRONG, wrap=True)
        self._again = Button(context.theme, self.tr("Continue"), self._ended, kind=ButtonKind.PRIMARY)
        self._reply = Button(context.theme, self.tr("Write a reply on the request instead"), self._ended)
        again, reply = self._again, self._reply
        again.clicked.connect(self.continue_asked)
        reply.clicked.connect(self.reply_asked)
        place = QWidget(self._ended)
        choices = FlowLayout(place)
        choices.addWidget(again)
        choices.addWidget(reply)
        ended = QVBoxLayout(self._ended)
        ended.setContentsMargins(0, Space.S, 0, Space.S)
        ended.setSpacing(Space.S)
        ended.addWidget(self._ended_text)
        ended.addWidget(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, Space.S)
        column.setSpacing(Space.S)
        for part in (self._warning, self._note, self._ended):
            column.addWidget(part)
        self._ended.hide()
        self._put_away = ""
        self._note.dismissed.connect(self._remember)

    @property
    def said(self) -> tuple[str, ...]:
        """Everything it says now, from the top."""
        ended = self._ended_text.text() if not self._ended.isHidden() else ""
        return tuple(words for words in (self._warning.message, self._note.message, ended) if words)

    def show_chat(self, chat: Chat | None, *, starting: bool, can_continue: bool, can_reply: bool) -> None:
        """Say what is to be said about a chat, and what can be done once it is over."""
        self._again.setVisible(can_continue)
        self._reply.setVisible(can_reply)
        self._warn(chat)
        encrypted = chat is not None and chat.encrypted and chat.is_active
        words = self.tr("This room is encrypted. What is written there cannot be read or written here.")
        self._say(words if encrypted else "", Tone.WARN)
        over = chat is not None and chat.state is ChatState.ENDED and not starting
        self._ended.setVisible(over)
        if over and chat is not None:
            self._ended_text.setText(how_it_ended(chat, self._context.wording))

    def show_replies(self) -> None:
        """Say that this is no chat."""
        self._warn(None)
        self._ended.hide()
        self._say(
            self.tr(
                "Your service desk has no live chat: these are replies on the request; we look for answers"
                " every few seconds while this page is open."
            ),
            Tone.NEUTRAL,
        )

    def _warn(self, chat: Chat | None) -> None:
        words = ""
        if chat is not None and chat.warned and chat.ends_at is not None and chat.is_active:
            until = self._context.wording.time(chat.ends_at)
            words = self.tr("This chat ends at {time} unless somebody writes.").format(time=until)
        if words != self._warning.message:
            self._warning.show_message(words, Tone.WARN, action=self.tr("I’m still here") if words else "")

    def _say(self, words: str, tone: Tone) -> None:
        if words != self._note.message and (not words or words != self._put_away):
            self._note.show_message(words, tone)

    def _remember(self) -> None:
        self._put_away = self._note.accessibleName()
