"""The chat server beside a service desk without a chat: where it is, how one signs in, who one is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from tracker.ui.flow import FlowLayout
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.settings.name_and_password import NameAndPassword
from tracker.ui.settings.section import Section, set_by_it
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.field import Field, LineEdit
from tracker.ui.widgets.sheet import Sheet, SheetAnswer
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from tracker.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class SignInWays:
    """How one can sign in at a server: `browsers` are (id, name) of the places where one proves who one is
    in the browser; one with an empty id where the server asks which."""

    password: bool
    browsers: tuple[tuple[str, str], ...] = ()


class ChatServerSection(Section):
    """Asks one thing after the other. Whoever owns it answers each signal with one of the `show_` methods.

    `ways_asked` carries an address; `password_given` a user and a password; `browser_asked` the id of the
    place to prove it; `page_asked`: the page is to be opened in the browser again; `cancelled`: what is
    waited for is not wanted any more; `sign_out_asked`.
    """

    ways_asked = Signal(str)
    password_given = Signal(str, str)
    browser_asked = Signal(str)
    page_asked = Signal()
    cancelled = Signal()
    sign_out_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Chat"))
        self._theme = theme
        self._said = Text("", self, wrap=True)
        self._more = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._wrong = Text("", self, style=TextStyle.SMALL, ink="late", wrap=True)
        self._address = LineEdit(self, placeholder="chat.example.org", limit=2000)
        self._address.returnPressed.connect(self._ask_ways)
        self._where = Field(self.tr("Address of the chat server"), self._address, self)
        self._proof = NameAndPassword(self)
        self._proof.entered.connect(self._give_password)
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row)
        self._next = self._button(self.tr("Continue"), self._ask_ways, kind=ButtonKind.PRIMARY)
        self._sign_in = self._button(self.tr("Sign in"), self._give_password, kind=ButtonKind.PRIMARY)
        self._browsers: list[Button] = []
        self._sheet: Sheet | None = None
        self._from_it, self._fixed = "", False
        self._question: tuple[str, str, tuple[QWidget, ...]] = ("", "", ())
        self._again = self._button(self.tr("Open the page again"), self.page_asked.emit)
        self._other = self._button(self.tr("Use another server"), self._go_back)
        self._cancel = self._button(self.tr("Cancel"), self._give_up)
        self._sign_out = self._button(
            self.tr("Sign out of the chat…"), self._confirm_sign_out, icon="log-out"
        )
        for part in (self._said, self._more, self._where, self._proof, self._wrong, self._row):
            self.body.addWidget(part)
        self.show_none()

    # What the owner shows

    def show_own_chat(self) -> None:
        """Say that the desk has a chat of its own: nothing is needed here."""
        self._say(self.tr("Your service desk has a chat of its own. Nothing needs to be set up."))
        self._show()

    def suggest(self, address: str, *, fixed: bool) -> None:
        """Fill in the chat server that IT has set; `fixed`: nobody may take another."""
        untouched = self._address.text() in ("", self._from_it)
        self._from_it, self._fixed = address, fixed and bool(address)
        if self._fixed or untouched:
            self._address.setText(address)
        self._address.setReadOnly(self._fixed)
        if self._next in self._shown:
            self.show_none()
        self._where.set_hint(set_by_it() if self._fixed else "")

    def show_none(self) -> None:
        """Ask for the address of a chat server."""
        if self._from_it:
            self._say(self.tr("IT chats over a server beside your service desk. Sign in there to chat."))
        else:
            self._say(
                self.tr("Your service desk has no chat of its own."),
                self.tr("If IT chats over a Matrix server, sign in to it here. IT can tell you its address."),
            )
        self._show(self._where, self._next)
        self._remember_question()

    def show_ways(self, server: str, ways: SignInWays) -> None:
        """Offer the ways in which one can sign in at this server."""
        self._say(self.tr("Sign in at {server}").format(server=breakable(one_line(server, 200))))
        self._make_browsers(ways.browsers, alone=not ways.password)
        password = (self._proof, self._sign_in) if ways.password else ()
        self._show(*password, *self._browsers, *(() if self._fixed else (self._other,)))
        self._remember_question()
        if ways.password:
            self._proof.focus_start()
        else:
            next(iter(self._browsers), self._other).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, words: str, *, can_cancel: bool = True) -> None:
        """Say what is waited for."""
        self._say(words)
        self._show(*((self._cancel,) if can_cancel else ()))
        announce(self, words)

    def show_browser(self) -> None:
        """Say what to do in the browser, which has just been asked to open the page."""
        words = self.tr("Your browser shows the sign-in page. Sign in there, then come back here.")
        self._say(words, self.tr("This waits for five minutes."))
        self._show(self._again, self._cancel)
        announce(self, words)

    def show_error(self, sentence: str) -> None:
        """Say why it did not work, where one was asked last; what is typed stays."""
        self._ask_again()
        self._wrong.setText(sentence)
        self._wrong.show()
        announce(self, sentence, urgent=True)

    def show_signed_in(self, user: str, server: str, trouble: str = "") -> None:
        """Say who one is at which server, and why it cannot be used now, if so."""
        self._proof.forget_password()
        words = self.tr("You chat with IT as {user}").format(user=breakable(one_line(user, 200)))
        self._say(words, breakable(one_line(server, 200)))
        self._show(self._sign_out)
        self._wrong.setText(trouble)
        self._wrong.setVisible(bool(trouble))

    # Parts

    def _button(
        self,
        words: str,
        press: Callable[[], object],
        *,
        kind: ButtonKind = ButtonKind.SECONDARY,
        icon: str = "",
    ) -> Button:
        made = Button(self._theme, words, self._row, kind=kind, icon=icon)
        made.clicked.connect(press)
        self._flow.addWidget(made)
        return made

    def _make_browsers(self, browsers: tuple[tuple[str, str], ...], *, alone: bool) -> None:
        for before in self._browsers:
            self._flow.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._browsers = []
        for key, name in browsers:
            kind = ButtonKind.PRIMARY if alone and not self._browsers else ButtonKind.SECONDARY
            press = partial(self.browser_asked.emit, key)
            self._browsers.append(self._button(_sign_in_with(name), press, kind=kind, icon="external-link"))

    def _say(self, words: str, more: str = "") -> None:
        self._said.setText(words)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self._wrong.hide()

    def _show(self, *parts: QWidget) -> None:
        self._shown = parts
        buttons = self._row.findChildren(Button)
        for part in (self._where, self._proof, *buttons):
            part.setVisible(part in parts)
        self._row.setVisible(any(button in parts for button in buttons))
        self._flow.invalidate()
        self.updateGeometry()

    def _remember_question(self) -> None:
        self._question = (self._said.text(), self._more.text(), self._shown)

    def _ask_again(self) -> None:
        words, more, parts = self._question
        self._say(words, more)
        self._show(*parts)

    # What the person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up with Escape what is waited for."""
        if event.key() == Qt.Key.Key_Escape and self._cancel in self._shown:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def _ask_ways(self) -> None:
        address = self._address.text().strip()
        self._where.set_error("" if address else self.tr("Write the address. IT can tell you."))
        if address and self._next in self._shown:
            self.show_busy(self.tr("Asking the chat server…"))
            self.ways_asked.emit(address)

    def _give_password(self) -> None:
        if self._proof.check() and self._sign_in in self._shown:
            self.show_busy(self.tr("Signing in…"))
            self.password_given.emit(self._proof.user, self._proof.password)

    def _give_up(self) -> None:
        self._ask_again()
        self.cancelled.emit()

    def _confirm_sign_out(self) -> None:
        if self._sheet is None:
            self._sheet = _leaving(self._theme, self.window())
            self._sheet.answered.connect(self._confirmed)

    def _confirmed(self, answer: str) -> None:
        self._sheet = None
        if answer:
            self.sign_out_asked.emit()

    def _go_back(self) -> None:
        self._proof.forget_password()
        self.show_none()
        self._address.setFocus(Qt.FocusReason.OtherFocusReason)


def _sign_in_with(name: str) -> str:
    shown = one_line(name, 60)
    if not shown:
        return QCoreApplication.translate("ChatServerSection", "Sign in with the browser")
    return QCoreApplication.translate("ChatServerSection", "Sign in with {name}").format(name=shown)


def _leaving(theme: Theme, window: QWidget) -> Sheet:
    """Ask whether the person means it."""
    words = QCoreApplication.translate(
        "ChatServerSection",
        "This removes from this computer: your sign-in at the chat server, the copy of your chats, "
        "and what has not been sent yet. Your requests stay.",
    )
    title = QCoreApplication.translate("ChatServerSection", "Sign out of the chat?")
    out = QCoreApplication.translate("ChatServerSection", "Sign &out")
    stay = QCoreApplication.translate("ChatServerSection", "&Stay signed in")
    answers = (SheetAnswer("out", out, ButtonKind.DANGER), SheetAnswer("", stay, ButtonKind.PRIMARY))
    return Sheet(theme, window, title=title, text=words, answers=answers)
