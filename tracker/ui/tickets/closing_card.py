"""The question after the fix: does it work? "Not yet" needs one line."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.draft import Draft
from tracker.model.event import EventKind
from tracker.model.stage import Stage
from tracker.model.ticket import Act, TicketId
from tracker.model.track import OverlayKind, Track
from tracker.model.wish import WishKind
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.request.draft_keeper import DraftKeeper
from tracker.ui.request.form_fields import Question
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.card_needs import asks, has_thanked, may_thank
from tracker.ui.tickets.said import overlay_of
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card


class ClosingCard(Card):
    """Hidden while there is nothing to say yes or no to. It asks; the page sends the answer."""

    works_said = Signal()
    not_yet_said = Signal(str)
    """What does not work, in the person's words."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, tone=Tone.OK)
        self._context, self._sender = context, sender
        self._ticket = TicketId("")
        self._unheard, self._thanked = RunText(context.theme, self), RunText(context.theme, self)
        self._headline = RunText(context.theme, self)
        self._when = RunText(context.theme, self)
        self._yes = Button(
            context.theme, self.tr("Yes, it works"), self, kind=ButtonKind.PRIMARY, icon="thumbs-up"
        )
        self._no = Button(context.theme, self.tr("Not yet"), self)
        self._thanks = Button(context.theme, self.tr("Say thanks"), self)
        self._area = ComposeArea(self, lines=2, most=6)
        self._field = Question(self.tr("What does not work yet? One line is enough."), self._area, self)
        self._send = Button(context.theme, self.tr("Send"), self, kind=ButtonKind.PRIMARY, icon="send")
        self._back = Button(context.theme, self.tr("Cancel"), self)
        self._keeper = DraftKeeper(context.actions, self._gather, self)
        self._lay_out()
        self._yes.clicked.connect(self.works_said)
        self._no.clicked.connect(self.ask_what)
        self._thanks.clicked.connect(self._thank)
        self._send.clicked.connect(self._say_not_yet)
        self._back.clicked.connect(self._fold)
        self._area.send_asked.connect(self._say_not_yet)
        self._area.textChanged.connect(self._edited)
        self.hide()

    def _lay_out(self) -> None:
        self._question = QWidget(self)
        answers = FlowLayout(self._question)
        answers.addWidget(self._yes)
        answers.addWidget(self._no)
        answers.addWidget(self._thanks)
        self._form = QWidget(self)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Space.S)
        form.addWidget(self._field)
        ends = FlowLayout()
        ends.addWidget(self._send)
        ends.addWidget(self._back)
        form.addLayout(ends)
        for part in (self._unheard, self._headline, self._when, self._question, self._form, self._thanked):
            self.body.addWidget(part)
        self._form.hide()

    def show_track(self, track: Track, *, answered: bool) -> None:
        """Ask about this request, if there is something to ask. `answered`: an answer is on its way."""
        self._ticket = track.ticket.id
        self.setVisible(asks(track) and not answered)
        if self.isHidden():
            self._fold()
            return
        fixed = track.stage is Stage.FIXED
        unheard = self._say_unheard(track, fixed=fixed)
        self._say_thanked(track)
        title = self._asked(track, fixed=fixed)
        when = self._countdown(track)
        self._headline.show_runs((Run(title, TextStyle.CARD_TITLE),))
        self._when.show_runs((Run(when, TextStyle.SMALL, "muted"),))
        self._when.setVisible(bool(when))
        self._yes.setVisible(Act.CONFIRM in track.you_can)
        self._no.setVisible(Act.NOT_FIXED in track.you_can)
        self._no.setText(self.tr("Not yet") if fixed else self.tr("It is not fixed"))
        self._no.setAccessibleName(self._no.text())
        for button in (self._yes, self._no, self._send):
            button.setEnabled(True)
        self.set_tone(Tone.WARN if unheard else Tone.OK if fixed else Tone.NEUTRAL)
        self.setAccessibleName(f"{unheard} {title}".strip())

    def ask_what(self) -> None:
        """Open the field for the one line and put the keyboard into it."""
        if self.isHidden() or self._no.isHidden():
            return
        draft = self._context.view.draft(self._key)
        if draft is not None and not self._area.toPlainText():
            self._keeper.take(draft)
            self._area.setPlainText(draft.text)
        self._question.hide()
        self._form.show()
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def form(self) -> QWidget:
        """What is opened by `ask_what`: it wants to be seen whole."""
        return self._form

    def focus_yes(self) -> None:
        """Put the keyboard on "Yes, it works"."""
        self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self) -> None:
        """Take no second answer while the first is on its way."""
        for button in (self._yes, self._no, self._send):
            button.setEnabled(False)

    def say_refusal(self, sentence: str) -> None:
        """Say why the answer could not be taken; nothing of it is lost."""
        for button in (self._yes, self._no, self._send):
            button.setEnabled(True)
        self._when.show_runs((Run(sentence, TextStyle.SMALL, "late"),))
        self._when.show()

    def forget_line(self) -> None:
        """Forget the one line: the outbox has it."""
        self._keeper.take(Draft(self._key, ""))
        self._area.clear()
        self._context.actions.drop_draft(self._key)
        self._fold()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page goes."""
        super().hideEvent(event)
        self._keeper.flush()

    def _asked(self, track: Track, *, fixed: bool) -> str:
        if fixed:
            return self.tr("We think it is fixed. Does it work?")
        if any(entry.event is EventKind.CONFIRMED for entry in track.entries):
            return self.tr("Does it not work after all?")
        return self.tr("Does it work?")

    def _say_unheard(self, track: Track, *, fixed: bool) -> str:
        """Say first that nobody has answered: who asks whether it works should have listened before."""
        words = ""
        if overlay_of(track, OverlayKind.CLOSED_UNHEARD) is not None:
            since = self.tr("It was set to fixed with no human word since your last message.")
            words = since if fixed else self.tr("It was closed with no human word since your last message.")
        self._unheard.show_runs((Run(words, TextStyle.BODY_STRONG, "warn"),))
        self._unheard.setVisible(bool(words))
        return words

    def _say_thanked(self, track: Track) -> None:
        may = may_thank(track, self._sender) and track.stage is Stage.FIXED
        self._thanks.setVisible(may)
        self._thanks.setEnabled(True)
        said = track.stage is Stage.FIXED and has_thanked(track, self._sender)
        words = self.tr("You said thanks. Whether it works is still open.") if said else ""
        self._thanked.show_runs((Run(words, TextStyle.SMALL, "muted"),))
        self._thanked.setVisible(said)

    def _thank(self) -> None:
        self._thanks.setEnabled(False)
        self._sender.send(self._sender.wish(WishKind.THANKS))

    @property
    def _key(self) -> str:
        return f"{self._ticket}/not-fixed"

    def _countdown(self, track: Track) -> str:
        closes = track.ticket.auto_close_at
        if track.stage is not Stage.FIXED or closes is None:
            return ""
        wording = self._context.wording
        left = closes - self._context.clock()
        if left.total_seconds() <= 0:
            return self.tr("It closes by itself very soon unless you say no.")
        words = self.tr("It closes by itself in {span}, on {time}, unless you say no.")
        return words.format(span=wording.span(left), time=wording.when(closes))

    def _say_not_yet(self) -> None:
        text = self._area.toPlainText().strip()
        if not self._send.isEnabled():
            return
        if not text:
            self._field.set_error(self.tr("Write one line about what does not work."))
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.not_yet_said.emit(text)

    def _fold(self) -> None:
        self._field.set_error("")
        self._form.hide()
        self._question.show()

    def _edited(self) -> None:
        if self._field.error:
            self._field.set_error("")
        self._keeper.touch()

    def _gather(self) -> Draft:
        return Draft(self._key, self._area.toPlainText(), saved_at=self._context.clock())
