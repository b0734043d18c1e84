"""After it is closed: thanks that reopens nothing, and one rating with a line if one likes. Then silence."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tracker.model.ticket import Act, TicketId
from tracker.model.track import Track
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.tickets.card_needs import FAREWELL_WISHES, may_rate, may_thank, says_farewell
from tracker.ui.tickets.line_form import LineForm
from tracker.ui.tickets.rating_row import BEST, RatingRow
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender, wish_in
from tracker.ui.widgets.buttons import ButtonKind


class FarewellCard(SayingCard):
    """Sends a rating at the first tap, with the line if one was written before."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="star", kinds=FAREWELL_WISHES)
        self._ticket = TicketId("")
        self._row = RatingRow(context, self)
        self._line = LineForm(context, self.tr("Your line goes along with the rating"), self)
        self.add_between(self._line, self._row)
        self._write = self.add_button(self.tr("Add a line first"), self._open_line, kind=ButtonKind.LINK)
        self._thanks = self.add_button(self.tr("Say thanks"), self._thank, icon="thumbs-up")
        self._row.rated.connect(self._rate)
        sender.kept.connect(self._kept)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Ask how it went, as long as nothing was said about it."""
        self._ticket = track.ticket.id
        self.setVisible(says_farewell(track, self._sender))
        if self.isHidden():
            return
        rates = may_rate(track, self._sender)
        title = self.tr("How did it go?") if rates else self.tr("It is closed")
        reopens = self.tr("Neither thanks nor a rating opens it again.")
        self.say(title, (reopens,))
        self.say_outcome(self.how_it_stands(self._given(), online=online), ink=self.outcome_ink)
        self._row.setVisible(rates)
        self._row.setEnabled(True)
        if not rates:
            self._line.hide()
        offers = (
            (self._write, rates and self._line.isHidden()),
            (self._thanks, may_thank(track, self._sender)),
        )
        self.lock(locked=False)
        self.offer(*[button for button, shown in offers if shown])

    def focus_act(self, act: Act) -> None:
        """Put the keyboard on the first button of the rating, or on thanks."""
        if act is Act.THANK or self._row.isHidden():
            self._thanks.setFocus()
        else:
            self._row.focus_start()

    def _given(self) -> str:
        wish = wish_in(self._sender.on_its_way(*FAREWELL_WISHES) or self._sender.refused(*FAREWELL_WISHES))
        if wish is None:
            return ""
        if wish.score is None:
            return self.tr("You said thanks.")
        number = self._context.wording.number
        return self.tr("You gave {score} of {best}.").format(score=number(wish.score), best=number(BEST))

    def _open_line(self) -> None:
        self._write.hide()
        self._line.open(f"{self._ticket}/rating")

    def _rate(self, score: int) -> None:
        wish = self._sender.wish(WishKind.RATE, text=self._line.text)
        self._sender.send(replace(wish, score=score))

    def _thank(self) -> None:
        self._sender.send(self._sender.wish(WishKind.THANKS))

    def _kept(self, wish: Wish) -> None:
        if wish.kind is WishKind.RATE:
            self._line.forget()
