"""A promise that was missed, said before anybody asks, with three things to do about it."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from tracker.model.event import EventKind
from tracker.model.promise import Promise, PromiseKind
from tracker.model.ticket import Act
from tracker.model.track import OverlayKind, Track
from tracker.model.wish import WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.said import first_of, missed_promise, overlay_of, told, you_wrote
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender, wish_in
from tracker.ui.widgets.buttons import ButtonKind

_TITLES = {
    PromiseKind.FIRST_REPLY: "The first reply promised for {time} did not come",
    PromiseKind.NEXT_UPDATE: "The update promised for {time} did not come",
    PromiseKind.FIX: "It was to be fixed by {time}, and is not",
    PromiseKind.VISIT: "The visit promised for {time} did not happen",
    PromiseKind.CALLBACK: "The call promised for {time} did not come",
}
_ASKED = (WishKind.NEWS, WishKind.CAN_WAIT)


class MissedPromiseCard(SayingCard):
    """Says what was promised, when that passed, and what the person has asked since."""

    call_asked = Signal()
    """A call is wanted: whoever shows this opens the form for it."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="clock", kinds=_ASKED)
        self._promise: Promise | None = None
        self._news = self.add_button(self.tr("Ask for news"), self._ask, kind=ButtonKind.PRIMARY)
        self._call = self.add_button(self.tr("Book a call"), self.call_asked.emit, icon="phone")
        self._wait = self.add_button(self.tr("It can wait"), self._let_wait)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Show the missed promise of this request, if one stands."""
        promise = self._promise = missed_promise(track)
        self.setVisible(promise is not None)
        if promise is None:
            return
        wording = self._context.wording
        overlay = overlay_of(track, OverlayKind.PROMISE_MISSED)
        calm = overlay is not None and overlay.calm
        self.say(
            _tr(_TITLES[promise.kind]).format(time=wording.when(promise.latest)),
            (self._history(promise, track.promises), self._passed(promise)),
            tone=Tone.NEUTRAL if calm else Tone.LATE,
        )
        self.say_outcome(self._outcome_of(track, promise, online=online), ink=self.outcome_ink)
        offers = (
            (self._news, Act.ASK_FOR_NEWS in track.you_can and not self._was_asked(track, promise)),
            (self._call, Act.ASK_FOR_CALL in track.you_can),
            (self._wait, Act.LET_WAIT in track.you_can and not calm),
        )
        self.offer(*[button for button, shown in offers if shown])

    def focus_act(self, act: Act) -> None:
        """Put the keyboard on the button that does this."""
        button = {Act.ASK_FOR_CALL: self._call, Act.LET_WAIT: self._wait}.get(act, self._news)
        button.setFocus()

    def _ask(self) -> None:
        self._say_to_desk(WishKind.NEWS)

    def _let_wait(self) -> None:
        self._say_to_desk(WishKind.CAN_WAIT)

    def _say_to_desk(self, kind: WishKind) -> None:
        if self._promise is not None:
            self._sender.send(self._sender.wish(kind, about=self._promise.id))

    def _was_asked(self, track: Track, promise: Promise) -> bool:
        """Say whether news was asked for in words: the way of a desk that has no place for the question."""
        if self._sender.on_its_way(WishKind.NEWS) is not None:
            return True
        in_its_place = told(track, EventKind.NEWS_ASKED, after=promise.latest) is not None
        return not in_its_place and you_wrote(track, promise.latest) is not None

    def _history(self, promise: Promise, promises: tuple[Promise, ...]) -> str:
        wording = self._context.wording
        first = first_of(promise, promises)
        if first is not promise:
            moved = self.tr("First promised for {first}, then moved to {time}.").format(
                first=wording.when(first.latest), time=wording.when(promise.latest)
            )
            why = one_line(promise.reason or "", 300)
            told_why = self.tr("Why: {reason}").format(reason=why) if why else self.tr("No reason was given.")
            return f"{moved} {told_why}"
        made, by = wording.when(promise.made_at), one_line(promise.made_by, 80)
        if by:
            return self.tr("Promised {time} by {name}.").format(time=made, name=by)
        return self.tr("Promised {time}.").format(time=made)

    def _passed(self, promise: Promise) -> str:
        late = self._context.clock() - promise.latest
        return self.tr("That was {span} ago.").format(span=self._context.wording.span(late))

    def _outcome_of(self, track: Track, promise: Promise, *, online: bool) -> str:
        """Say what was asked last and how that stands."""
        wording = self._context.wording
        wish = wish_in(self._sender.on_its_way(*_ASKED) or self._sender.refused(*_ASKED))
        if wish is not None:
            words = self._asked_words(wish.kind).format(time=wording.when(wish.at))
            return self.how_it_stands(words, online=online)
        done = told(track, EventKind.NEWS_ASKED, EventKind.CAN_WAIT, after=promise.latest)
        then = self.tr("You are told as soon as there is news.")
        if done is not None:
            kind = WishKind.CAN_WAIT if done.event is EventKind.CAN_WAIT else WishKind.NEWS
            return f"{self._asked_words(kind).format(time=wording.when(done.at))} {then}"
        wrote = you_wrote(track, promise.latest)
        if wrote is not None:
            return f"{self.tr('You wrote to IT ({time}).').format(time=wording.when(wrote.at))} {then}"
        return ""

    def _asked_words(self, kind: WishKind) -> str:
        if kind is WishKind.NEWS:
            return self.tr("You asked for news ({time}).")
        return self.tr("You said that it can wait ({time}).")


def _tr(text: str) -> str:
    return QCoreApplication.translate("MissedPromiseCard", text)
