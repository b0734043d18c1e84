"""What stands under a button that starts a chat: the question, and what to do where nobody is there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.chat_start.question import OfferQuestion
from tracker.ui.chat_start.verdict import Verdict, no_answer, refusal, start_words, verdict_on
from tracker.ui.flow import FlowLayout
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent

    from tracker.model.chat import ChatOffer
    from tracker.ui.page_context import PageContext


class Instead(StrEnum):
    """What can be done where no chat begins."""

    REQUEST = "request"
    CALL = "call"
    REPLY = "reply"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of them, in the words of its button."""

    instead: Instead
    words: str
    icon: str = ""


class AskingForChat(QWidget):
    """Hidden until `ask`. The first of `choices` is offered as the main one.

    `told` carries each ChatOffer, `agreed` one with which a chat may begin. `chosen` carries an Instead;
    `ended` tells that the person has put the question away, with Escape, too.
    """

    told = Signal(object)
    agreed = Signal(object)
    chosen = Signal(str)
    ended = Signal()

    def __init__(
        self, context: PageContext, choices: tuple[Choice, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._offer: ChatOffer | None = None
        self._promise = ""
        self._question = OfferQuestion(context.actions.chat, self)
        self._said = Text("", self, wrap=True)
        self._kept = Text("", self, wrap=True, ink="muted")
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row)
        theme = context.theme
        self._choices = {
            choice.instead: self._button(
                Button(
                    theme,
                    choice.words,
                    self._row,
                    kind=ButtonKind.SECONDARY if at else ButtonKind.PRIMARY,
                    icon=choice.icon,
                )
            )
            for at, choice in enumerate(choices)
        }
        self._queue = self._button(Button(theme, self.tr("Wait in the queue all the same"), self._row))
        self._again = self._button(Button(theme, self.tr("Ask again"), self._row))
        self._stop = self._button(Button(theme, self.tr("Cancel"), self._row))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for part in (self._said, self._kept, self._row):
            column.addWidget(part)
        self._connect()
        self.hide()

    def _button(self, made: Button) -> Button:
        self._flow.addWidget(made)
        made.hide()
        return made

    def _connect(self) -> None:
        self._question.answered.connect(self._answered)
        self._question.failed.connect(self._failed)
        self._queue.clicked.connect(self._agree)
        self._again.clicked.connect(self.ask)
        self._stop.clicked.connect(self.end)
        for instead, button in self._choices.items():
            button.setObjectName(instead.value)
            button.clicked.connect(self._choose)

    @property
    def is_asking(self) -> bool:
        """Whether an answer is waited for."""
        return self._question.is_asking

    @property
    def said(self) -> str:
        """What it says, "" while it is put away."""
        return "" if self.isHidden() else self._said.text()

    def ask(self) -> None:
        """Ask whether somebody is there; while it is being asked, nothing happens."""
        if self.is_asking:
            return
        self._offer = None
        self._say(self.tr("Asking whether somebody is there…"))
        self._show(self._stop)
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._question.ask()

    def end(self) -> None:
        """Put it away; an answer that is on its way counts no more."""
        self._question.cancel()
        if not self.isHidden():
            self.hide()
            self.ended.emit()

    def show_promise(self, promise: str) -> None:
        """Say with a refusal what is promised instead."""
        self._promise = promise

    def say(self, words: str, *, ink: str = "text") -> None:
        """Say what has become of it, with nothing to choose."""
        self._say(words, ink)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End it with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask no longer where nobody would see the answer."""
        super().hideEvent(event)
        self._question.cancel()

    def _answered(self, offer: ChatOffer) -> None:
        self._offer = offer
        self.told.emit(offer)
        verdict = verdict_on(offer)
        if verdict is Verdict.GO:
            self._agree()
            return
        self._refuse(
            refusal(offer, self._context.wording), *((self._queue,) if verdict is Verdict.TOO_LONG else ())
        )

    def _agree(self) -> None:
        if self._offer is not None:
            self.say(start_words(self._offer, self._context.wording))
            self.agreed.emit(self._offer)

    def _failed(self, sentence: str) -> None:
        self._refuse(sentence or no_answer(), self._again)

    def _refuse(self, sentence: str, *more: Button) -> None:
        self._say(sentence, "warn")
        self._kept.setText(self._promise)
        self._kept.setVisible(bool(self._promise))
        self._show(*self._choices.values(), *more)
        first = next(iter(self._choices.values()), self._again)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        instead = self.sender().objectName()
        self.hide()
        self.chosen.emit(instead)

    def _say(self, words: str, ink: str = "text") -> None:
        self._said.setText(words)
        self._said.set_ink(ink)
        self._kept.hide()
        self.show()
        announce(self, words)

    def _show(self, *buttons: Button) -> None:
        for button in self._row.findChildren(Button):
            button.setVisible(button in buttons)
        self._row.setVisible(bool(buttons))
        self._flow.invalidate()
        self.updateGeometry()
