"""The card beside the form that offers a chat about what is being written, and a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.chat import ChatOffer, ChatWay
from tracker.ui.chat_start.asking import AskingForChat, Choice, Instead
from tracker.ui.chat_start.question import OfferQuestion
from tracker.ui.chat_start.verdict import Verdict, offer_words, verdict_on
from tracker.ui.flow import FlowLayout
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.glyph import Glyph

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from tracker.ui.page_context import PageContext


class ChatOfferCard(Card):
    """Hidden where nobody can chat. It says what one would get when it is seen, and asks again at the click.

    `start_asked` comes at the click; whoever checks what is written calls `ask`. `start_agreed`: a chat may
    begin; `request_asked` and `call_asked` are for the same words.
    """

    start_asked = Signal()
    start_agreed = Signal()
    request_asked = Signal()
    call_asked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._look = OfferQuestion(context.actions.chat, self)
        self._glyph = Glyph(context.theme, "messages-square", self, size=context.theme.type.scaled(Size.ICON))
        self._headline = RunText(context.theme, self)
        self._hint = RunText(context.theme, self)
        self._row = QWidget(self)
        self._start = Button(context.theme, self.tr("Start chat"), self._row)
        self._call = Button(context.theme, self.tr("Ask to be called"), self._row)
        self._asking = AskingForChat(
            context,
            (
                Choice(Instead.REQUEST, self.tr("Send it as a request"), "send"),
                Choice(Instead.CALL, self.tr("Ask to be called"), "phone"),
            ),
            self,
        )
        self._lay_out()
        self._start.clicked.connect(self.start_asked)
        self._call.clicked.connect(self.call_asked)
        self._look.answered.connect(self._tell)
        self._look.failed.connect(lambda: self._say(""))
        self._asking.told.connect(self._tell)
        self._asking.agreed.connect(self.start_agreed)
        self._asking.chosen.connect(self._instead)
        self._asking.ended.connect(self._offer_again)
        self._say("")
        self.show_way()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        words.addWidget(self._headline)
        words.addWidget(self._hint)
        head.addLayout(words, 1)
        row = FlowLayout(self._row)
        row.addWidget(self._start)
        row.addWidget(self._call)
        self.body.addLayout(head)
        self.body.addWidget(self._row)
        self.body.addWidget(self._asking)

    def show_way(self) -> None:
        """Show or hide it as one can chat now, and ask what one would get."""
        offered = self._context.view.talks.way() is ChatWay.LIVE
        self.setVisible(offered)
        if not offered:
            self._asking.end()

    def ask(self) -> None:
        """Ask now, at the click, whether somebody is there."""
        self._row.hide()
        self._asking.ask()

    def show_promise(self, promise: str) -> None:
        """Say with a refusal what the desk promises for a request."""
        self._asking.show_promise(promise)

    def reset(self) -> None:
        """Go back to the offer: what was asked is done, or could not be kept."""
        self._asking.hide()
        self._row.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Find out what one would get."""
        super().showEvent(event)
        self._look.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End the question with Escape."""
        if event.key() == Qt.Key.Key_Escape and not self._asking.isHidden():
            self._asking.end()
        else:
            super().keyPressEvent(event)

    def _tell(self, offer: ChatOffer) -> None:
        is_open = verdict_on(offer) is Verdict.GO
        self._say(offer_words(offer, self._context.wording), is_open=is_open)

    def _say(self, words: str, *, is_open: bool = False) -> None:
        self.set_title(self.tr("Best way for this") if is_open else self.tr("Another way"))
        self.set_tone(Tone.ACCENT if is_open else Tone.NEUTRAL)
        self._start.show_kind(ButtonKind.PRIMARY if is_open else ButtonKind.SECONDARY)
        lead = self.tr("Chat now") if is_open else self.tr("Chat")
        rest = QCoreApplication.translate("ChatOfferCard", "— {words}").format(words=words) if words else ""
        self._headline.show_runs((Run(lead, TextStyle.BODY_STRONG), Run(rest, TextStyle.BODY)))
        hint = self.tr("It begins with what you have written here, and is kept on your request.")
        self._hint.show_runs((Run(hint, TextStyle.SMALL, "muted"),))

    def _instead(self, what: str) -> None:
        self._offer_again()
        (self.request_asked if what == Instead.REQUEST else self.call_asked).emit()

    def _offer_again(self) -> None:
        self._row.show()
        self._look.ask()
