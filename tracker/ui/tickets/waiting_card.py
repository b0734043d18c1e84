"""Why nothing seems to happen: since when, why, who can end it, until when, what one can do meanwhile."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from tracker.model.event import EventKind
from tracker.model.ticket import Act
from tracker.model.track import Overlay, OverlayKind, Track
from tracker.model.wish import WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.card_needs import NEWS_OVERLAYS, WAITS
from tracker.ui.tickets.said import overlay_of, told
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender, wish_in

_TITLES = {
    OverlayKind.WAITING_FOR_YOU: "It waits for your answer",
    OverlayKind.WAITING_FOR_APPROVAL: "It waits for an approval",
    OverlayKind.WAITING_FOR_SUPPLIER: "It waits for a supplier",
    OverlayKind.WAITING_FOR_PARTS: "It waits for parts",
    OverlayKind.WAITING_FOR_CHANGE: "It waits for a planned change",
    OverlayKind.HANDED_OVER: "It was handed over",
    OverlayKind.QUIET: "You have heard nothing for a while",
}
_ICONS = {
    OverlayKind.WAITING_FOR_YOU: "circle-question-mark",
    OverlayKind.HANDED_OVER: "users",
    OverlayKind.QUIET: "bell-off",
}
_TONES = {OverlayKind.WAITING_FOR_YOU: Tone.WAIT, OverlayKind.QUIET: Tone.WARN}


class WaitingCard(SayingCard):
    """Explains the first of `kinds` that holds; nothing is shown that nobody has said."""

    answer_asked = Signal()
    """The person wants to write the answer that is waited for."""

    def __init__(
        self,
        context: PageContext,
        sender: WishSender,
        parent: QWidget | None = None,
        *,
        explains: tuple[OverlayKind, ...],
    ) -> None:
        super().__init__(context, sender, parent, icon="hourglass", kinds=(WishKind.NEWS,))
        self._explains = explains
        self._answer = self.add_button(self.tr("Write the answer"), self.answer_asked.emit, icon="reply")
        self._news = self.add_button(self.tr("Ask for news"), self._ask)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Explain what this request waits for, if it does."""
        overlay = overlay_of(track, *self._explains)
        self.setVisible(overlay is not None)
        if overlay is None:
            return
        self.say(
            _tr(_TITLES[overlay.kind]),
            self._lines_of(overlay),
            tone=_TONES.get(overlay.kind, Tone.NEUTRAL),
            icon=_ICONS.get(overlay.kind, "hourglass"),
        )
        foremost = overlay_of(track, *NEWS_OVERLAYS) is overlay  # only one card offers to ask for news
        self.say_outcome(self._asked(overlay, track, online=online) if foremost else "", ink=self.outcome_ink)
        goes = self._sender.on_its_way(WishKind.NEWS) is not None
        answers = overlay.kind is OverlayKind.WAITING_FOR_YOU and Act.ANSWER in track.you_can
        asks = foremost and Act.ASK_FOR_NEWS in track.you_can and not goes
        self.offer(*([self._answer] if answers else []), *([self._news] if asks else []))

    def focus_act(self, act: Act) -> None:
        """Put the keyboard on the button."""
        (self._answer if act is Act.ANSWER else self._news).setFocus()

    def _lines_of(self, overlay: Overlay) -> tuple[str, ...]:
        wording = self._context.wording
        until = overlay.until
        handed = overlay.kind is OverlayKind.HANDED_OVER and overlay.detail is not None
        meanwhile = one_line(overlay.meanwhile, 600)
        return (
            wording.text(overlay.detail) if handed and overlay.detail is not None else "",
            self._since(overlay),
            self._why(overlay),
            self.tr("Until about {time}").format(time=wording.when(until)) if until is not None else "",
            self._who(overlay),
            self.tr("Meanwhile you can: {what}").format(what=meanwhile) if meanwhile else "",
        )

    def _since(self, overlay: Overlay) -> str:
        if overlay.since is None:
            return ""
        wording = self._context.wording
        span = wording.span(self._context.clock() - overlay.since)
        return self.tr("Since {time}, for {span}").format(time=wording.when(overlay.since), span=span)

    def _why(self, overlay: Overlay) -> str:
        reason = one_line(overlay.reason or "", 600)
        if reason:
            return self.tr("Why: {reason}").format(reason=reason)
        return self.tr("No reason was given.") if overlay.kind in WAITS else ""

    def _who(self, overlay: Overlay) -> str:
        who = self._context.wording.text(overlay.who_ends) if overlay.who_ends is not None else ""
        return self.tr("Who can end it: {who}").format(who=who) if who else ""

    def _asked(self, overlay: Overlay, track: Track, *, online: bool) -> str:
        wording = self._context.wording
        words = self.tr("You asked for news ({time}).")
        wish = wish_in(self._sender.on_its_way(WishKind.NEWS) or self._sender.refused(WishKind.NEWS))
        if wish is not None:
            return self.how_it_stands(words.format(time=wording.when(wish.at)), online=online)
        since = overlay.since or track.ticket.created_at
        asked = told(track, EventKind.NEWS_ASKED, after=since)
        return words.format(time=wording.when(asked.at)) if asked is not None else ""

    def _ask(self) -> None:
        self._sender.send(self._sender.wish(WishKind.NEWS))


def _tr(text: str) -> str:
    return QCoreApplication.translate("WaitingCard", text)
