"""What unfolds under the visit: something to fill in, Send and Cancel, and what stands in their way."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.visit import Visit, VisitState
from tracker.model.wish import Wish, WishKind
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.reading_order import put_in_order
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.visit_words import window_of
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind


class VisitPanel(QWidget):
    """Hidden until `open`. Says when the visit changes meanwhile; then nothing is sent for the old one.

    A panel puts its fields into `fields`, and gives in `filled` the wish, or None with the problem shown.
    """

    closed = Signal()
    grown = Signal()
    """There is more in it than before, which wants to be seen."""

    def __init__(
        self, context: PageContext, sender: WishSender, kind: WishKind, parent: QWidget, *, title: str
    ) -> None:
        super().__init__(parent)
        self._context, self._sender, self._kind = context, sender, kind
        self._visit: Visit | None = None
        self._title = RunText(context.theme, self, runs=(Run(title, TextStyle.BODY_STRONG),))
        self._warning = RunText(context.theme, self)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(Space.S)
        self._look_again = Button(context.theme, self.tr("Go on with the new time"), self)
        self._send = Button(context.theme, self.tr("Send"), self, kind=ButtonKind.PRIMARY, icon="send")
        self._cancel = Button(context.theme, self.tr("Cancel"), self)
        ends = FlowLayout()
        for button in (self._look_again, self._send, self._cancel):
            ends.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._title)
        column.addWidget(self._warning)
        column.addLayout(self.fields)
        column.addLayout(ends)
        self.setAccessibleName(title)
        self._warning.hide()
        self._look_again.hide()
        self._look_again.clicked.connect(self._accept_change)
        self._send.clicked.connect(self.send)
        self._cancel.clicked.connect(self.close_panel)
        sender.kept.connect(self._kept)
        sender.given_back.connect(self._given_back)
        self.hide()

    def open(self, visit: Visit) -> None:
        """Show it, about this visit."""
        self._visit = visit
        self._warn("")
        self._set_blocked(blocked=False)
        self.begin(visit)
        held = (self.fields.itemAt(at) for at in range(self.fields.count()))
        fields = [part for item in held if item is not None and (part := item.widget()) is not None]
        put_in_order([self._title, self._warning, *fields, self._look_again, self._send, self._cancel])
        self.show()
        self.focus_start()

    def begin(self, visit: Visit) -> None:
        """Fill in what is known; called each time it is opened."""

    def focus_start(self) -> None:
        """Put the keyboard on the first thing to fill in."""
        self._send.setFocus(Qt.FocusReason.OtherFocusReason)

    @abstractmethod
    def filled(self) -> Callable[[Wish], Wish] | None:
        """Check what is filled in: give what completes the wish, None while something is wrong."""

    def follow(self, visit: Visit) -> None:
        """Hear of the visit as it is now; a change of its time or state is said, and nothing is sent."""
        before = self._visit
        if self.isHidden() or before is None or _same(before, visit):
            return
        self._visit = visit
        if not visit.is_ahead(self._context.clock()) or visit.state is not VisitState.SCHEDULED:
            self._warn(self._gone_words(visit))
            self._set_blocked(blocked=True)
            self._look_again.hide()
            return
        window = window_of(visit.starts, visit.ends, self._context.wording)
        words = self.tr("The visit was moved meanwhile: it is now {time}. Nothing was sent for the old time.")
        self._warn(words.format(time=window))
        self._set_blocked(blocked=True)

    def send(self) -> None:
        """Send it once, if nothing is wrong with it."""
        if not self._send.isEnabled() or self._send.isHidden() or self._visit is None:
            return
        complete = self.filled()
        if complete is None:
            return
        self._send.setEnabled(False)
        wish = complete(self._sender.wish(self._kind, about=self._visit.id))
        # Where to come is as right for another window as for the one that was seen.
        seen = None if self._kind is WishKind.VISIT_PLACE else self._visit.starts
        self._submit(replace(wish, text=wish.text.strip(), seen=seen))

    def close_panel(self) -> None:
        """Put it away; what was typed stays in it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def forget(self) -> None:
        """Forget what was typed: the outbox has it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _submit(self, wish: Wish) -> None:
        if not self._sender.send(wish):
            self._send.setEnabled(True)

    def _gone_words(self, visit: Visit) -> str:
        if visit.state is VisitState.ON_THE_WAY:
            return self.tr("The technician has set off meanwhile. Nothing was sent: write to IT below.")
        if visit.state is VisitState.CANCELLED:
            return self.tr("The visit was called off meanwhile. Nothing was sent.")
        return self.tr("The visit is not to come any more. Nothing was sent.")

    def _accept_change(self) -> None:
        if self._visit is not None:
            self.open(self._visit)

    def _set_blocked(self, *, blocked: bool) -> None:
        self._send.setVisible(not blocked)
        self._send.setEnabled(not blocked)
        self._look_again.setVisible(blocked)

    def _warn(self, sentence: str) -> None:
        self._warning.setVisible(bool(sentence))
        self._warning.show_runs((Run(sentence, TextStyle.BODY, "late"),) if sentence else ())
        announce(self, sentence, urgent=True)

    def _kept(self, wish: Wish) -> None:
        if wish.kind is self._kind and not self.isHidden():
            self.forget()
            self.close_panel()

    def _given_back(self, wish: Wish, sentence: str) -> None:
        if wish.kind is self._kind and not self.isHidden():
            self._send.setEnabled(True)
            self._warn(sentence)


def _same(before: Visit, now: Visit) -> bool:
    return (before.id, before.starts, before.ends, before.state) == (now.id, now.starts, now.ends, now.state)
