"""The cards between the bar and the history, each made when a request first needs it, always in one order."""

from __future__ import annotations

from enum import IntEnum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.ticket import LOCAL_PREFIX, Act
from tracker.model.track import OverlayKind, Track
from tracker.ui.theme.tokens import Space
from tracker.ui.tickets import card_needs
from tracker.ui.tickets.card_needs import WAITS
from tracker.ui.tickets.said import overlay_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.page_context import PageContext
    from tracker.ui.tickets.call_card import CallCard
    from tracker.ui.tickets.call_request import CallRequestCard
    from tracker.ui.tickets.chat_card import ChatCard
    from tracker.ui.tickets.check_in_card import CheckInCard
    from tracker.ui.tickets.circles_card import CirclesCard
    from tracker.ui.tickets.farewell_card import FarewellCard
    from tracker.ui.tickets.missed_promise_card import MissedPromiseCard
    from tracker.ui.tickets.options_card import OptionsCard
    from tracker.ui.tickets.waiting_card import WaitingCard
    from tracker.ui.tickets.wish_sender import WishSender

    AnyCard = (
        ChatCard
        | MissedPromiseCard
        | OptionsCard
        | CallRequestCard
        | CallCard
        | CirclesCard
        | WaitingCard
        | CheckInCard
        | FarewellCard
    )


class Place(IntEnum):
    """Where a card stands, from the top."""

    CHAT = auto()
    MISSED = auto()
    OPTIONS = auto()
    CALL_FORM = auto()
    CALL = auto()
    CIRCLES = auto()
    WAITING = auto()
    HANDED_OVER = auto()
    QUIET = auto()
    CHECK_IN = auto()
    FAREWELL = auto()


_OVERLAYS = {
    Place.MISSED: (OverlayKind.PROMISE_MISSED,),
    Place.WAITING: WAITS,
    Place.HANDED_OVER: (OverlayKind.HANDED_OVER,),
    Place.QUIET: (OverlayKind.QUIET,),
}
_DONE_AT = {
    Act.ASK_FOR_NEWS: (Place.MISSED, Place.WAITING, Place.QUIET, Place.HANDED_OVER),
    Act.ASK_FOR_CALL: (Place.CALL,),
    Act.LET_WAIT: (Place.MISSED,),
    Act.ANSWER: (Place.WAITING,),
    Act.CHOOSE: (Place.OPTIONS,),
    Act.RATE: (Place.FAREWELL,),
    Act.THANK: (Place.FAREWELL,),
    Act.CHECK_IN: (Place.CHECK_IN,),
}


class TicketCards(QObject):
    """Makes, shows and orders them; what leads elsewhere is told by signals."""

    answer_asked = Signal()
    """The reply field is wanted, for the answer that is waited for."""
    chat_asked = Signal()
    """The conversation on the request is wanted."""
    raise_again_asked = Signal(str)
    """Raise the request again, with this line of the person's."""
    opened = Signal(QWidget)
    """This was opened and wants to be seen."""
    changed = Signal()
    """Something was opened or put away here."""

    def __init__(self, context: PageContext, sender: WishSender, inside: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._sender, self._inside = context, sender, inside
        self._made: dict[Place, AnyCard] = {}
        self._form: CallRequestCard | None = None
        self._chat: ChatCard | None = None
        self._call_wanted = False
        self._track: Track | None = None
        self.layout = QVBoxLayout()
        self.layout.setSpacing(Space.BETWEEN_CARDS)
        self._makers: dict[Place, Callable[[], AnyCard]] = {
            Place.CHAT: self._make_chat,
            Place.MISSED: self._make_missed,
            Place.OPTIONS: self._make_options,
            Place.CALL: self._make_call,
            Place.CIRCLES: self._make_circles,
            Place.WAITING: partial(self._make_waiting, Place.WAITING),
            Place.HANDED_OVER: partial(self._make_waiting, Place.HANDED_OVER),
            Place.QUIET: partial(self._make_waiting, Place.QUIET),
            Place.CHECK_IN: self._make_check_in,
            Place.FAREWELL: self._make_farewell,
        }

    def show_track(self, track: Track, *, online: bool) -> None:
        """Show the cards that this request needs."""
        self._track = track
        for place, make in self._makers.items():
            if place not in self._made and self._needs(place, track):
                self._put(place, make())
        for card in self._made.values():
            card.show_track(track, online=online)
        if self._call_wanted and Act.ASK_FOR_CALL in track.you_can:
            self.open_call_form()

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The cards there are, from the top."""
        return tuple(self._made[place] for place in sorted(self._made))

    @property
    def is_asking_for_call(self) -> bool:
        """True while the form for a call is open."""
        return self._form is not None and not self._form.isHidden()

    def takes_news(self, track: Track) -> bool:
        """Say whether one of the cards offers to ask for news, or says that it was asked."""
        return overlay_of(track, *card_needs.NEWS_OVERLAYS) is not None

    def open_at(self, act: Act) -> QWidget | None:
        """Put the keyboard where this is done; give what is to be seen, None if no card is for it."""
        if act is Act.ASK_FOR_CALL and (form := self.open_call_form()) is not None:
            return form
        for place in _DONE_AT.get(act, ()):
            card = self._made.get(place)
            if card is not None and not card.isHidden():
                card.focus_act(act)
                return card
        return None

    def open_call_form(self) -> QWidget | None:
        """Open the form for a call, if one can be asked for; else as soon as the desk has the request."""
        if self._track is None or Act.ASK_FOR_CALL not in self._track.you_can:
            self._call_wanted = self._track is not None and self._track.ticket.id.startswith(LOCAL_PREFIX)
            return None
        self._call_wanted = False
        if self._form is None:
            from tracker.ui.tickets.call_request import CallRequestCard

            self._form = CallRequestCard(self._context, self._sender, self._inside)
            self._form.closed.connect(self.changed)
            self._put(Place.CALL_FORM, self._form)
        self._form.open(self._track)
        self.changed.emit()
        self.opened.emit(self._form)
        return self._form

    def ask_for_chat(self) -> None:
        """Take up a chat on the request, or open the one that goes on."""
        if self._chat is None:
            self._put(Place.CHAT, chat := self._make_chat())
            self.changed.emit()
        else:
            chat = self._chat
        chat.ask()
        self.opened.emit(chat)

    def _needs(self, place: Place, track: Track) -> bool:
        if place is Place.CHAT:
            return card_needs.shows_chat(track, self._context.view.talks)
        if place in _OVERLAYS:
            return overlay_of(track, *_OVERLAYS[place]) is not None
        if place is Place.OPTIONS:
            return card_needs.offers_options(track)
        needs = {
            Place.CALL: card_needs.shows_call,
            Place.CIRCLES: card_needs.offers_call,
            Place.CHECK_IN: card_needs.checks_in,
            Place.FAREWELL: card_needs.says_farewell,
        }
        return needs[place](track, self._sender)

    def _put(self, place: Place, card: AnyCard) -> None:
        above = sum(other < place for other in self._made)
        self._made[place] = card
        self.layout.insertWidget(above, card)

    # Making them: their modules are loaded with the first request that needs them

    def _make_chat(self) -> ChatCard:
        from tracker.ui.tickets.chat_card import ChatCard

        self._chat = made = ChatCard(self._context, self._sender, self._inside)
        made.chat_asked.connect(self.chat_asked)
        made.reply_asked.connect(self.answer_asked)
        made.call_asked.connect(self.open_call_form)
        return made

    def _make_missed(self) -> MissedPromiseCard:
        from tracker.ui.tickets.missed_promise_card import MissedPromiseCard

        made = MissedPromiseCard(self._context, self._sender, self._inside)
        made.call_asked.connect(self.open_call_form)
        return made

    def _make_options(self) -> OptionsCard:
        from tracker.ui.tickets.options_card import OptionsCard

        return OptionsCard(self._context, self._sender, self._inside)

    def _make_call(self) -> CallCard:
        from tracker.ui.tickets.call_card import CallCard

        made = CallCard(self._context, self._sender, self._inside)
        made.call_asked.connect(self.open_call_form)
        return made

    def _make_circles(self) -> CirclesCard:
        from tracker.ui.tickets.circles_card import CirclesCard

        made = CirclesCard(self._context, self._sender, self._inside)
        made.call_asked.connect(self.open_call_form)
        return made

    def _make_waiting(self, place: Place) -> WaitingCard:
        from tracker.ui.tickets.waiting_card import WaitingCard

        made = WaitingCard(self._context, self._sender, self._inside, explains=_OVERLAYS[place])
        made.answer_asked.connect(self.answer_asked)
        return made

    def _make_check_in(self) -> CheckInCard:
        from tracker.ui.tickets.check_in_card import CheckInCard

        made = CheckInCard(self._context, self._sender, self._inside)
        made.raise_again_asked.connect(self.raise_again_asked)
        return made

    def _make_farewell(self) -> FarewellCard:
        from tracker.ui.tickets.farewell_card import FarewellCard

        return FarewellCard(self._context, self._sender, self._inside)
