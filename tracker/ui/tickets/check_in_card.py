"""Some days after the fix: is it still fine, or did it come back?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.model.ticket import TicketId
from tracker.model.track import Track
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.card_needs import CHECK_IN_WISHES, checks_in
from tracker.ui.tickets.line_form import LineForm
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender, wish_in
from tracker.ui.widgets.buttons import ButtonKind


class CheckInCard(SayingCard):
    """ "It came back" needs one line. Where the desk opens it no more, it can be raised again with it."""

    raise_again_asked = Signal(str)
    """Raise it again as a new request, with this line of the person's."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="rotate-ccw", kinds=CHECK_IN_WISHES)
        self._ticket = TicketId("")
        self._line = LineForm(context, self.tr("What happens now? One line is enough."), self)
        self.add_between(self._line)
        self._fine = self.add_button(
            self.tr("Still fine"), self._say_fine, kind=ButtonKind.PRIMARY, icon="thumbs-up"
        )
        self._back = self.add_button(self.tr("It came back"), self._open_line)
        self._send = self.add_button(self.tr("Send"), self._say_back, kind=ButtonKind.PRIMARY, icon="send")
        self._fold = self.add_button(self.tr("Cancel"), self._fold_line)
        self._again = self.add_button(self.tr("Raise it again"), self._raise_again, kind=ButtonKind.PRIMARY)
        self._line.send_asked.connect(self._say_back)
        sender.kept.connect(self._kept)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Ask, or say what was answered and how that stands."""
        self._ticket = track.ticket.id
        self.setVisible(checks_in(track, self._sender))
        if self.isHidden():
            return
        why = self.tr("It was closed some days ago. Things sometimes come back.")
        self.say(self.tr("Is it still fine?"), (why,), tone=Tone.OK)
        answered = self._sender.on_its_way(*CHECK_IN_WISHES) is not None
        self.say_outcome(self.how_it_stands(self._said_words(), online=online), ink=self.outcome_ink)
        if answered:
            self._line.hide()
            self.offer()
        else:
            self._offer()

    def _offer(self) -> None:
        refused = wish_in(self._sender.refused(*CHECK_IN_WISHES))
        if refused is not None and refused.kind is WishKind.CAME_BACK:
            self._line.hide()
            self.offer(self._again)
        elif self._line.isHidden():
            self.offer(self._fine, self._back)
        else:
            self.offer(self._send, self._fold)

    def _said_words(self) -> str:
        wish = wish_in(self._sender.on_its_way(*CHECK_IN_WISHES) or self._sender.refused(*CHECK_IN_WISHES))
        if wish is None:
            return ""
        if wish.kind is WishKind.STILL_FINE:
            return self.tr("You said that it is still fine.")
        return self.tr("You said that it came back.")

    def _say_fine(self) -> None:
        self._sender.send(self._sender.wish(WishKind.STILL_FINE))

    def _open_line(self) -> None:
        self._line.open(f"{self._ticket}/came-back")
        self._offer()

    def _fold_line(self) -> None:
        self._line.hide()
        self._offer()
        self._back.setFocus()

    def _say_back(self) -> None:
        if not self._send.isEnabled():
            return
        if self._line.needs(self.tr("Write one line about what happens.")):
            return
        self._sender.send(self._sender.wish(WishKind.CAME_BACK, text=self._line.text))

    def _raise_again(self) -> None:
        refused = wish_in(self._sender.refused(WishKind.CAME_BACK))
        self.raise_again_asked.emit(refused.text if refused is not None else "")

    def _kept(self, wish: Wish) -> None:
        if wish.kind in CHECK_IN_WISHES:
            self._line.forget()
