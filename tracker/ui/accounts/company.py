"""The company's sign-in on the sign-in page: its buttons, the wait, the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.ui.flow import FlowLayout
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from tracker.ui.theme.theme import Theme


class CompanyPart(QWidget):
    """Hidden until something is offered. Whoever owns it answers each signal with one of the `show_` methods.

    `browser_asked`, `code_asked`: the person wants to sign in so; `page_asked`: the page is to be opened in
    the browser (again); `cancelled`: what is waited for is not wanted any more. `waiting` is true meanwhile.
    """

    browser_asked = Signal()
    code_asked = Signal()
    page_asked = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.waiting = False
        self._offered: tuple[Button, ...] = ()
        self._said = Text("", self, wrap=True)
        self._code = Text("", self, style=TextStyle.BIG_DATE, wrap=True)
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row)
        primary = ButtonKind.PRIMARY
        words = self.tr("Sign in with your &browser")
        self._browser = self._button(words, self.browser_asked.emit, primary)
        self._beside = self._button(words, self.browser_asked.emit)
        self._device = self._button(self.tr("Sign in with a &code"), self.code_asked.emit)
        self._copy = self._button(self.tr("Co&py the code"), self._copy_code, primary, icon="copy")
        self._again = self._button(
            self.tr("&Open the page again"), self.page_asked.emit, icon="external-link"
        )
        self._here = self._button(self.tr("&Open the page here"), self.page_asked.emit, icon="external-link")
        self._cancel = self._button(self.tr("C&ancel"), self._give_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for part in (self._said, self._code, self._more, self._row):
            column.addWidget(part)
        self.show_offer(browser=False, code=False, alone=False)

    def show_offer(self, *, browser: bool, code: bool, alone: bool) -> None:
        """Offer the ways there are; none of them: nothing is shown. `alone`: there is no password to type."""
        ways = ((self._browser if alone else self._beside, browser), (self._device, code))
        self._offered = tuple(button for button, there in ways if there)
        self._show_offered()

    def show_busy(self, words: str) -> None:
        """Say what is waited for."""
        self._show(words, "", self._cancel)

    def show_browser(self) -> None:
        """Say what to do in the browser, which has just been asked to open the page."""
        words = self.tr("Your browser shows the sign-in page. Sign in there, then come back here.")
        self._show(words, self.tr("This waits for five minutes."), self._again, self._cancel)
        self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_code(self, code: str, address: str, minutes: int) -> None:
        """Say where to type which code, on any device."""
        shown = breakable(one_line(address, 200))
        words = self.tr("On any device, open {address} and type this code:").format(address=shown)
        more = self.tr("The code is good for {minutes} min.").format(minutes=minutes)
        self._show(words, more, self._copy, self._here, self._cancel)
        self._code.setText(one_line(code, 100))
        self._code.show()
        self._copy.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{words} {self._code.text()}")

    def show_over(self) -> None:
        """Offer the ways again: nothing is waited for any more."""
        self._show_offered()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Escape what is waited for."""
        if event.key() == Qt.Key.Key_Escape and self.waiting:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def _show_offered(self) -> None:
        self.waiting = False
        self._said.hide()
        self._code.clear()
        self._code.hide()
        self._more.hide()
        self._show_buttons(*self._offered)
        self.setVisible(bool(self._offered))

    def _show(self, words: str, more: str, *buttons: Button) -> None:
        self.waiting = True
        self._said.setText(words)
        self._said.show()
        self._code.hide()
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._show_buttons(*buttons)
        self.show()
        announce(self, words)

    def _show_buttons(self, *shown: Button) -> None:
        for button in self._row.findChildren(Button):
            button.setVisible(button in shown)
        self._flow.invalidate()
        self.updateGeometry()

    def _button(
        self,
        words: str,
        press: Callable[[], object],
        kind: ButtonKind = ButtonKind.SECONDARY,
        *,
        icon: str = "",
    ) -> Button:
        made = Button(self._theme, words, self._row, kind=kind, icon=icon)
        made.clicked.connect(press)
        self._flow.addWidget(made)
        return made

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self._code.text())
        announce(self, self.tr("The code is copied."))

    def _give_up(self) -> None:
        self._show_offered()
        self.cancelled.emit()
