"""The honest choice where the desk can do nothing now: wait, a loan device, a way around it, cancel."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.option import Option, OptionKind
from tracker.model.ticket import Act
from tracker.model.track import OverlayKind, Track
from tracker.model.wish import WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.card_needs import offers_options
from tracker.ui.tickets.said import overlay_of
from tracker.ui.tickets.saying_card import SayingCard
from tracker.ui.tickets.wish_sender import WishSender, wish_in
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.sheet import Sheet, SheetAnswer


class OptionsCard(SayingCard):
    """One row per way out, in the desk's words; to cancel is asked about first."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context, sender, parent, icon="list", kinds=(WishKind.OPTION,))
        self._rows: list[_OptionRow] = []
        self._options: tuple[Option, ...] = ()
        holder = QWidget(self)
        self._place = QVBoxLayout(holder)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(Space.S)
        self.add_between(holder)

    def show_track(self, track: Track, *, online: bool) -> None:
        """Show the ways out of this request, and the one that was chosen."""
        self.setVisible(offers_options(track))
        if self.isHidden():
            return
        overlay = overlay_of(track, OverlayKind.POWERLESS)
        reason = one_line(overlay.reason or "", 600) if overlay is not None else ""
        choose = self.tr("Choose how it goes on. IT does what you choose.")
        self.say(self.tr("IT can do nothing about it now"), (reason, choose), tone=Tone.WARN)
        self._show_options(track.ticket.options)
        chosen = wish_in(self._sender.on_its_way(*self._kinds) or self._sender.refused(*self._kinds))
        label = next((o.label for o in self._options if chosen is not None and o.id == chosen.about), "")
        words = self.tr("You chose: {option}.").format(option=one_line(label, 120)) if label else ""
        self.say_outcome(self.how_it_stands(words, online=online), ink=self.outcome_ink)
        self.lock(locked=self._sender.on_its_way(*self._kinds) is not None)

    def focus_act(self, act: Act) -> None:
        """Put the keyboard on the first way out."""
        if self._rows:
            self._rows[0].button.setFocus()

    def _show_options(self, options: tuple[Option, ...]) -> None:
        if options == self._options:
            return
        self._options = options
        for row in self._rows:
            self._place.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_OptionRow(self._context, option, self) for option in options]
        for option, row in zip(options, self._rows, strict=True):
            row.button.clicked.connect(partial(self._choose, option))
            self._place.addWidget(row)
            row.show()

    def _choose(self, option: Option) -> None:
        if option.kind is OptionKind.CANCEL:
            self._ask_first(option)
        else:
            self._send(option)

    def _ask_first(self, option: Option) -> None:
        sheet = Sheet(
            self._context.theme,
            self.window(),
            title=self.tr("Cancel this request?"),
            text=self.tr("Nobody works on it any more. You can raise it again at any time."),
            answers=(
                SheetAnswer("cancel", self.tr("Cancel the request"), ButtonKind.DANGER),
                SheetAnswer("", self.tr("Keep it"), ButtonKind.PRIMARY),
            ),
        )

        def answered(answer: str) -> None:
            if answer == "cancel":
                self._send(option)

        sheet.answered.connect(answered)

    def _send(self, option: Option) -> None:
        self._sender.send(self._sender.wish(WishKind.OPTION, about=option.id))


class _OptionRow(QWidget):
    """What it is called, what it means, and the button."""

    def __init__(self, context: PageContext, option: Option, parent: QWidget) -> None:
        super().__init__(parent)
        label, text = one_line(option.label, 120) or option.kind.value, one_line(option.text, 600)
        words = RunText(context.theme, self, runs=(Run(label, TextStyle.BODY_STRONG),))
        more = RunText(context.theme, self, runs=(Run(text, TextStyle.SMALL, "muted"),) if text else ())
        more.setVisible(bool(text))
        kind = ButtonKind.DANGER if option.kind is OptionKind.CANCEL else ButtonKind.SECONDARY
        self.button = Button(context.theme, self.tr("Choose"), self, kind=kind)
        self.button.setAccessibleName(self.tr("Choose: {option}").format(option=label))
        self.button.setAccessibleDescription(text)
        self.setAccessibleName(label)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(more)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addLayout(column, 1)
        row.addWidget(self.button)
