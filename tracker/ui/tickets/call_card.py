"""A call-back as it stands: asked for, booked, tried, missed and offered again, done."""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.model.call import Call, CallState
from tracker.model.event import EventKind
from tracker.model.ticket import Act
from tracker.model.track import Overlay, OverlayKind, Track
from tracker.model.window import Window
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.call_windows import window_words, windows_words
from tracker.ui.tickets.card_needs import CALL_WISHES, shows_call
from tracker.ui.tickets.said import overlay_of, told
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender, wish_in

DONE_FOR = timedelta(days=1)
"""So long a call that took place is worth a card."""

_TONES = {
    CallState.BOOKED: Tone.ACCENT,
    CallState.TRIED: Tone.WARN,
    CallState.DONE: Tone.OK,
}


class CallCard(SayingCard):
    """Says when the call comes and on which number, and takes "I don't need it any more"."""

    call_asked = Signal()
    """Another call, or other times for this one, are wanted: whoever shows this opens the form."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="phone", kinds=CALL_WISHES)
        self._call: Call | None = None
        self._again = self.add_button(self.tr("Choose other times"), self.call_asked.emit)
        self._off = self.add_button(self.tr("I don't need the call any more"), self._call_off)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Show the latest call of this request, and what was asked about it meanwhile."""
        self._call = track.call
        asked = wish_in(self._sender.on_its_way(*CALL_WISHES) or self._sender.refused(*CALL_WISHES))
        self.setVisible(shows_call(track, self._sender) and not self._is_old(track, asked))
        if self.isHidden():
            return
        if asked is not None:
            self._show_wish(asked, online=online)
        elif self._call is not None:
            self._show_call(self._call, track)

    def _is_old(self, track: Track, asked: Wish | None) -> bool:
        call = track.call
        if asked is not None or call is None or call.state is not CallState.DONE:
            return False
        done = told(track, EventKind.CALLBACK_DONE)
        return done is None or self._context.clock() - done.at >= DONE_FOR

    def _show_wish(self, wish: Wish, *, online: bool) -> None:
        if wish.kind is WishKind.CALL_OFF:
            self.say(self.tr("You don't need the call any more"))
        else:
            self.say(self.tr("You asked for a call"), self._free(wish.windows, wish.phone))
        self.say_outcome(self.how_it_stands("", online=online).strip(), ink=self.outcome_ink)
        refused = self._sender.refused(*CALL_WISHES) is not None
        self.offer(*([self._again] if refused else []))

    def _show_call(self, call: Call, track: Track) -> None:
        missed = overlay_of(track, OverlayKind.CALLBACK_MISSED)
        if missed is not None:
            self._show_missed(missed, call)
        else:
            self.say(self._title_of(call), self._lines_of(call), tone=_TONES.get(call.state, Tone.NEUTRAL))
        self.say_outcome("")
        may = Act.ASK_FOR_CALL in track.you_can
        offers = [self._again] if may and call.state is not CallState.DONE else []
        over = call.state is CallState.DONE
        self.offer(*offers, *([] if over else [self._off]))

    def _show_missed(self, missed: Overlay, call: Call) -> None:
        booked, why = self._booked(call), one_line(missed.reason or "", 300)
        lines = (
            self.tr("It was to come: {time}.").format(time=booked) if booked else "",
            self.tr("Why: {reason}").format(reason=why) if why else "",
            self.tr("Choose new times, and IT calls you then."),
        )
        self.say(self._context.wording.text(missed.chip), lines, tone=Tone.LATE)

    def _title_of(self, call: Call) -> str:
        if call.state is CallState.DONE:
            return self.tr("IT has called you")
        if call.state is CallState.TRIED:
            return self.tr("IT rang and did not reach you")
        booked = self._booked(call)
        if call.state is CallState.BOOKED and booked:
            return self.tr("Call: {time}").format(time=booked)
        return self.tr("You asked for a call")

    def _lines_of(self, call: Call) -> tuple[str, ...]:
        if call.state is CallState.DONE:
            return ()
        if call.state is CallState.TRIED:
            tries = self._tries(call)
            booked = self._booked(call)
            next_one = self.tr("The call is booked for {time}.").format(time=booked) if booked else ""
            return (tries, next_one, *self._free(call.windows, call.phone))
        if call.state is CallState.BOOKED and self._booked(call):
            return (self._by_whom(call),)
        waits = self.tr("IT has not chosen a time yet. You see it here as soon as they do.")
        return (*self._free(call.windows, call.phone), waits)

    def _booked(self, call: Call) -> str:
        if call.starts is None:
            return ""
        ends = call.ends if call.ends is not None and call.ends > call.starts else None
        if ends is None:
            return self._context.wording.date_that_matters(call.starts)
        return window_words(Window(call.starts, ends), self._context.wording)

    def _by_whom(self, call: Call) -> str:
        who, phone = one_line(call.agent, 80), one_line(call.phone, 60)
        if who and phone:
            return self.tr("{name} calls {number}").format(name=who, number=phone)
        if phone:
            return self.tr("On {number}").format(number=phone)
        return self.tr("{name} calls").format(name=who) if who else ""

    def _tries(self, call: Call) -> str:
        if call.tries <= 1:
            return self.tr("They rang once.")
        return self.tr("They rang {count} times.").format(count=self._context.wording.number(call.tries))

    def _free(self, windows: tuple[Window, ...], phone: str) -> tuple[str, ...]:
        sound = [window for window in windows if window.is_sound]
        free = windows_words(sound, self._context.wording)
        number = one_line(phone, 60)
        return (
            self.tr("You are free: {times}").format(times=free) if free else "",
            self.tr("On {number}").format(number=number) if number else "",
        )

    def _call_off(self) -> None:
        if self._call is not None:
            self._sender.send(self._sender.wish(WishKind.CALL_OFF, about=self._call.id))
