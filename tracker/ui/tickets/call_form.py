"""What is asked of somebody who wants to be called: when they are free, the number, and what it is about."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.window import Window
from tracker.model.wish import Wish
from tracker.ui.page_context import PageContext
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.request.form_fields import Question
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.call_windows import MOST, proposed, window_words
from tracker.ui.tickets.typed_window import TypedWindow
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.check import Check
from tracker.ui.widgets.field import LineEdit
from tracker.ui.widgets.text import Text

_PROPOSED = 4
_LEAST_DIGITS = 3
_IN_NUMBERS = frozenset("0123456789+()-/. #*xX")


class CallForm(QWidget):
    """Windows to tick or to type, at most three; `check` says under each field what is wrong with it."""

    changed = Signal()
    send_asked = Signal()
    left = Signal()
    """It is not seen any more: what is typed should be saved."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._offers: dict[Window, Check] = {}
        self._typed: list[TypedWindow] = []
        self._when = Text(self.tr("When are you free?"), self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._times = QVBoxLayout()
        self._times.setSpacing(0)
        self._own = QVBoxLayout()
        self._own.setSpacing(Space.S)
        self._another = Button(context.theme, self.tr("Write another time"), self, kind=ButtonKind.LINK)
        self._wrong = Text("", self, style=TextStyle.SMALL, ink="late", wrap=True)
        self._phone = LineEdit(self, limit=40)
        self._number = Question(self.tr("Your number"), self._phone, self)
        self._area = ComposeArea(self, lines=1, most=5)
        self._about = Question(self.tr("What should they know? You can leave this empty."), self._area, self)
        self._lay_out()
        self._phone.textChanged.connect(self._edited)
        self._area.textChanged.connect(self._edited)
        self._area.send_asked.connect(self.send_asked)
        self._phone.returnPressed.connect(self.send_asked)
        self._another.clicked.connect(self._write_another)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._when)
        column.addLayout(self._times)
        column.addLayout(self._own)
        column.addWidget(self._another, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self._wrong)
        column.addWidget(self._number)
        column.addWidget(self._about)
        self._wrong.hide()

    def propose(self, chosen: tuple[Window, ...] = ()) -> None:
        """Offer windows in which the desk is open, and those `chosen` before as far as they are to come."""
        context = self._context
        now = context.clock()
        kept = tuple(window for window in chosen if window.is_sound and window.ends > now)
        offers = sorted({*kept, *proposed(context.view.opening_hours(), now, count=_PROPOSED)}, key=_start)
        for check in self._offers.values():
            self._times.removeWidget(check)
            check.hide()
            check.deleteLater()
        self._offers = {window: Check(window_words(window, context.wording), self) for window in offers}
        for window, check in self._offers.items():
            check.tick(window in kept)
            check.toggled.connect(self._edited)
            self._times.addWidget(check)
        self._put_in_order()

    def fill(self, *, phone: str, text: str) -> None:
        """Put in what is known already."""
        self._phone.setText(phone)
        self._area.setPlainText(text)

    @property
    def phone(self) -> str:
        """The number as it is typed."""
        return " ".join(self._phone.text().split())

    @property
    def text(self) -> str:
        """What they should know."""
        return self._area.toPlainText()

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows ticked and typed, soonest first; typed ones count after `check`."""
        ticked = {window for window, check in self._offers.items() if check.ticked}
        typed = {own.value for own in self._typed if own.value is not None}
        return tuple(sorted(ticked | typed, key=_start))

    def complete(self, wish: Wish) -> Wish:
        """Give the wish with everything that is filled in here."""
        from dataclasses import replace

        return replace(wish, windows=self.windows, phone=self.phone, text=self.text.strip())

    def check(self) -> QWidget | None:
        """Say what is wrong or missing; return the first field with a problem, None if all is well."""
        wrong = next((field for own in self._typed if (field := own.check()) is not None), None)
        sentence = "" if wrong is not None else self._problem_of_windows()
        self._say(sentence)
        if sentence:
            wrong = next((check.box for check in self._offers.values()), self._another)
        number = self._problem_of_number()
        self._number.set_error(number)
        return wrong or (self._phone if number else None)

    def clear(self) -> None:
        """Forget what was filled in."""
        self.fill(phone="", text="")
        self._say("")
        self._number.set_error("")
        for own in self._typed:
            own.hide()
            own.deleteLater()
        self._typed = []
        self._another.show()

    def focus_start(self) -> None:
        """Put the keyboard on the first thing to fill in."""
        first = next((check.box for check in self._offers.values()), self._another)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that it is not seen any more."""
        super().hideEvent(event)
        self.left.emit()

    def _problem_of_windows(self) -> str:
        windows, now = self.windows, self._context.clock()
        if not windows:
            return self.tr("Choose at least one time when you are free.")
        if len(windows) > MOST:
            return self.tr("Choose three times at most.")
        if any(window.ends <= now for window in windows):
            return self.tr("One of these times is over by now. Choose another.")
        return ""

    def _problem_of_number(self) -> str:
        number = self.phone
        if not number:
            return self.tr("Write the number to call.")
        if sum(sign.isdigit() for sign in number) < _LEAST_DIGITS or not set(number) <= _IN_NUMBERS:
            return self.tr("This is not a telephone number. Write digits, such as +49 30 123456.")
        return ""

    def _write_another(self) -> None:
        own = TypedWindow(self._context, self)
        own.changed.connect(self._edited)
        self._typed.append(own)
        self._own.addWidget(own)
        self._another.setVisible(len(self._typed) < MOST)
        own.show()
        self._put_in_order()
        own.focus_start()

    def _say(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        for check in self._offers.values():
            check.box.setAccessibleDescription(sentence)

    def _edited(self) -> None:
        if self._wrong.text():
            self._say("")
        if self._number.error:
            self._number.set_error("")
        self.changed.emit()

    def _put_in_order(self) -> None:
        from tracker.ui.reading_order import put_in_order

        checks, typed = self._offers.values(), self._typed
        put_in_order([self._when, *checks, *typed, self._another, self._wrong, self._number, self._about])


def _start(window: Window) -> tuple[float, float]:
    return window.starts.timestamp(), window.ends.timestamp()
