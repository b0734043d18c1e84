"""Going in circles: much is written both ways and nothing moves, so a call is offered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.model.track import Track
from tracker.ui.page_context import PageContext
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.card_needs import offers_call
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.widgets.buttons import ButtonKind


class CirclesCard(SayingCard):
    """Offers the call; "Not now" puts the offer away until the page is opened again."""

    call_asked = Signal()

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="phone")
        self._put_away = False
        self._call = self.add_button(
            self.tr("Book a call"), self.call_asked.emit, kind=ButtonKind.PRIMARY, icon="phone"
        )
        self._not_now = self.add_button(self.tr("Not now"), self._later)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Offer a call where writing goes on and nothing moves."""
        self.setVisible(offers_call(track, self._sender) and not self._put_away)
        self.say(
            self.tr("Would a call be quicker?"),
            (self._context.wording.text(track.hint) if track.hint is not None else "",),
            tone=Tone.ACCENT,
        )
        self.offer(self._call, self._not_now)

    def _later(self) -> None:
        self._put_away = True
        self.hide()
