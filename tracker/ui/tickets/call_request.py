"""The card on which a person asks IT to call them; nothing of it is lost when it can't be sent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tracker.model.draft import Draft
from tracker.model.ticket import Act, TicketId
from tracker.model.track import Track
from tracker.model.window import Window
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.request.draft_keeper import DraftKeeper
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.call_form import CallForm
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender, wish_in
from tracker.ui.widgets.buttons import ButtonKind

PHONE = "my/phone"
"""The key under which the number is remembered on this computer, with the drafts."""


class CallRequestCard(SayingCard):
    """Hidden until `open`. What is typed is a draft of this request until the outbox has the wish."""

    closed = Signal()
    """It was put away, or what it asked is in the outbox."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="phone", kinds=(WishKind.CALL,))
        self._ticket = TicketId("")
        self._form = CallForm(context, self)
        self._keeper = DraftKeeper(context.actions, self._gather, self)
        self.add_between(self._form)
        self._send = self.add_button(
            self.tr("Ask for the call"), self._ask, kind=ButtonKind.PRIMARY, icon="send"
        )
        self._back = self.add_button(self.tr("Cancel"), self.close_form)
        self._form.changed.connect(self._keeper.touch)
        self._form.left.connect(self._keeper.flush)
        self._form.send_asked.connect(self._ask)
        sender.kept.connect(self._kept)
        sender.given_back.connect(self._given_back)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Know which request this is about; it goes where a call can't be asked for any more."""
        self._ticket = track.ticket.id
        if Act.ASK_FOR_CALL not in track.you_can:
            self.close_form()

    def open(self, track: Track) -> None:
        """Show the form, filled with what is known: the number, what was refused, what was typed before."""
        self._ticket = track.ticket.id
        if not self.isHidden():
            self._form.focus_start()
            return
        self.say(
            self.tr("When can IT call you?"),
            (self.tr("Choose up to three times. IT takes one of them, and you see here which."),),
            tone=Tone.ACCENT,
        )
        self._fill_in(track)
        self.say_outcome("")
        self.offer(self._send, self._back)
        self.show()
        self._form.focus_start()

    def close_form(self) -> None:
        """Put it away; what is typed stays a draft."""
        if self.isHidden():
            return
        self._keeper.flush()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _fill_in(self, track: Track) -> None:
        refused = wish_in(self._sender.refused(WishKind.CALL))
        draft = self._context.view.draft(self._key)
        known = self._context.view.draft(PHONE)
        before = refused or None
        phone = (before.phone if before else "") or (known.text if known else "")
        text = draft.text if draft is not None else before.text if before else ""
        self._keeper.take(draft or Draft(self._key, ""))
        self._form.clear()
        self._form.fill(phone=phone, text=text)
        self._form.propose(before.windows if before else _asked_before(track))

    def _ask(self) -> None:
        if not self._send.isEnabled():
            return
        wrong = self._form.check()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wish = self._form.complete(self._sender.wish(WishKind.CALL))
        self._context.actions.save_draft(Draft(PHONE, wish.phone, saved_at=self._context.clock()))
        self._sender.send(wish)

    def _kept(self, wish: Wish) -> None:
        if wish.kind is not WishKind.CALL:
            return
        self._keeper.take(Draft(self._key, ""))
        self._form.clear()
        self._keeper.take(Draft(self._key, ""))
        self._context.actions.drop_draft(self._key)
        self.hide()
        self.closed.emit()

    def _given_back(self, wish: Wish, sentence: str) -> None:
        if wish.kind is WishKind.CALL:
            self.lock(locked=False)
            self.say_outcome(sentence, ink="late")

    @property
    def _key(self) -> str:
        return f"{self._ticket}/call"

    def _gather(self) -> Draft:
        return Draft(self._key, self._form.text, saved_at=self._context.clock())


def _asked_before(track: Track) -> tuple[Window, ...]:
    """Give the windows of the latest call: they are offered again as far as they are to come."""
    return track.call.windows if track.call is not None else ()
