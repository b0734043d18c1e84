"""Another time for a visit: one that the desk offers, or a wish of one's own."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tracker.model.command import PostReply, new_command_id
from tracker.model.errors import TrackerError
from tracker.model.visit import Visit, VisitState
from tracker.model.window import Slot
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.request.form_fields import Question
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.call_windows import window_words
from tracker.ui.tickets.typed_window import TypedWindow
from tracker.ui.tickets.visit_panel import VisitPanel
from tracker.ui.tickets.visit_words import at_the_site
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.segments import SegmentedChips
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.ports import Cancel

_OWN = "own"
_MOST = 12


class MovePanel(VisitPanel):
    """Asks the desk for its times each time it is opened; without any, only the wish of one's own is there.

    A visit that failed cannot be moved any more: then the wish goes to IT as a message.
    """

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget) -> None:
        title = parent.tr("Which time would suit you?")
        super().__init__(context, sender, WishKind.VISIT_MOVE, parent, title=title)
        self._slots: dict[str, Slot] = {}
        self._asking: Cancel | None = None
        self._said = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._again = Button(context.theme, self.tr("Ask for the times again"), self, kind=ButtonKind.LINK)
        self._chips = SegmentedChips(self.tr("Times that IT offers"), self)
        self._own = TypedWindow(context, self)
        self._area = ComposeArea(self, lines=1, most=4)
        self._line = Question(
            self.tr("Why, or what they should know. You can leave it empty."), self._area, self
        )
        for part in (self._said, self._chips, self._own, self._line):
            self.fields.addWidget(part)
        self.fields.insertWidget(1, self._again, 0, Qt.AlignmentFlag.AlignLeading)
        self._again.clicked.connect(self._ask)
        self._chips.chosen.connect(self._show_own)
        self._area.send_asked.connect(self.send)

    def begin(self, visit: Visit) -> None:
        """Ask for the times, or say that there is only the wish."""
        if visit.state is VisitState.SCHEDULED:
            self._ask()
        else:
            self._offer((), self.tr("Write when it would suit you. It goes to IT as a message."))

    def focus_start(self) -> None:
        """Put the keyboard on the times, or into the day."""
        if self._own.isHidden():
            self._chips.focus_choice()
        else:
            self._own.focus_start()

    def filled(self) -> Callable[[Wish], Wish] | None:
        """Add the time that was chosen or typed."""
        text, slot = self._area.toPlainText(), self._slots.get(self._chips.choice)
        if not self._chips.isHidden() and slot is not None:
            if slot.window.starts <= self._context.clock():
                self._warn(self.tr("This time has passed meanwhile. Choose another one."))
                return None
            return lambda wish: replace(wish, slot=slot.id, windows=(slot.window,), text=text)
        wrong = self._own.check()
        window = self._own.value
        if wrong is None and window is None:
            self._warn(self.tr("Write a day and from when until when."))
            self._own.focus_start()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        if window is None:
            return None
        return lambda wish: replace(wish, windows=(window,), text=text)

    def close_panel(self) -> None:
        """Put it away; the desk is not asked any more."""
        self._end_asking()
        super().close_panel()

    def forget(self) -> None:
        """Forget what was typed."""
        self._own.clear()
        self._area.clear()

    def _submit(self, wish: Wish) -> None:
        if self._visit is None or self._visit.state is VisitState.SCHEDULED:
            super()._submit(wish)
            return
        reply = PostReply(new_command_id(), wish.at, wish.ticket, self._as_message(wish))
        try:
            self._context.actions.submit(reply)
        except TrackerError as error:
            self._set_blocked(blocked=False)
            self._warn(str(error))
            return
        self.close_panel()

    def _as_message(self, wish: Wish) -> str:
        wording = self._context.wording
        first = self.tr("Please book a new visit. This would suit me:")
        windows = (f"{window_words(window, wording)} ({wording.zone})" for window in wish.windows)
        return "\n\n".join(part for part in (f"{first} {', '.join(windows)}", wish.text.strip()) if part)

    # The times that the desk offers

    def _ask(self) -> None:
        self._end_asking()
        self._offer((), self.tr("Asking which times IT offers. You can write a time of your own meanwhile."))
        answered = False

        def take(answer: tuple[Slot, ...] | TrackerError) -> None:
            nonlocal answered
            answered = True
            self._asking = None
            self._take(answer)

        cancel = self._context.actions.slots(self._sender.ticket, take)
        if not answered:
            self._asking = cancel

    def _take(self, answer: tuple[Slot, ...] | TrackerError) -> None:
        if self.isHidden():
            return
        if isinstance(answer, TrackerError):
            words = self.tr("IT could not be asked for its times: {reason} You can write a time of your own.")
            self._offer((), words.format(reason=one_line(str(answer), 300)), again=True)
            return
        now = self._context.clock()
        sound = tuple(slot for slot in answer if slot.window.is_sound and slot.window.starts > now)[:_MOST]
        if not sound:
            self._offer((), self.tr("IT offers no times by itself. Write when it would suit you."))
            return
        self._offer(sound, self._zone_words())
        self.grown.emit()

    def _offer(self, slots: tuple[Slot, ...], words: str, *, again: bool = False) -> None:
        self._slots = {slot.id: slot for slot in slots}
        before = self._chips.choice
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self._again.setVisible(again)
        announce(self, words)
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self._own.isAncestorOf(focused)
        choices = [(slot.id, self._words_of(slot)) for slot in slots]
        typing = not self._own.is_empty
        self._chips.set_choices([*choices, (_OWN, self.tr("Another time"))] if slots else [])
        self._chips.choose(_OWN if typing else before if before in self._slots else "")
        self._chips.setVisible(bool(slots))
        if had_keyboard and slots and not typing:
            self._chips.focus_choice()  # before what had the keyboard goes
        self._show_own()

    def _words_of(self, slot: Slot) -> str:
        window = window_words(slot.window, self._context.wording)
        who = one_line(slot.agent, 60)
        return f"{window} · {who}" if who else window

    def _zone_words(self) -> str:
        if self._visit is None or not at_the_site(self._visit, self._context.wording):
            return ""
        return self.tr("These times are as your own clock shows them.")

    def _show_own(self) -> None:
        self._own.setVisible(self._chips.isHidden() or self._chips.choice == _OWN)

    def _end_asking(self) -> None:
        cancel, self._asking = self._asking, None
        if cancel is not None:
            cancel()
