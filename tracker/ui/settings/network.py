"""The network in the settings: who the person is at a proxy that wants to know it; hidden where none does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from tracker.ui.plain_text import breakable, one_line
from tracker.ui.settings.name_and_password import NameAndPassword
from tracker.ui.settings.section import Section
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.theme.theme import Theme


class NetworkSection(Section):
    """`login_given` carries a name and a password; its owner answers with `show_kept` or `show_wrong`."""

    login_given = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "", parent)
        self.set_title(self.tr("Network"))
        self._proxy = ""
        self._said = Text("", self, wrap=True)
        hint = self.tr("It is the company's proxy that asks, not your service desk. IT can tell you which.")
        self._hint = Text(hint, self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._proof = NameAndPassword(
            self, user=self.tr("User name at the proxy"), password=self.tr("Password at the proxy")
        )
        self._proof.entered.connect(self._give)
        self._wrong = Text("", self, style=TextStyle.SMALL, ink="late", wrap=True)
        self._use = Button(theme, self.tr("Use them"), self, kind=ButtonKind.PRIMARY)
        self._use.clicked.connect(self._give)
        for part in (self._said, self._hint, self._proof, self._wrong):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self._use)
        row.addStretch(1)
        self.body.addLayout(row)
        self._wrong.hide()
        self.hide()

    def show_proxy(self, proxy: str) -> None:
        """Ask for the name and the password for this proxy (`host:port`); "" asks for nothing any more."""
        if proxy == self._proxy:
            return
        self._proxy = proxy
        words = self.tr("The proxy {proxy} wants your name and password.")
        self._said.setText(words.format(proxy=breakable(one_line(proxy, 200))))
        self._wrong.hide()
        self._use.setEnabled(True)
        self.setVisible(bool(proxy))

    def take_focus(self) -> None:
        """Let the person type at once."""
        self._proof.focus_start()

    def show_kept(self) -> None:
        """Say that it is being tried; the section goes once nothing is asked any more."""
        self._proof.forget_password()
        self._use.setEnabled(True)

    def show_wrong(self, sentence: str) -> None:
        """Say why it could not be kept."""
        self._use.setEnabled(True)
        self._wrong.setText(sentence)
        self._wrong.show()
        announce(self, sentence)

    def _give(self) -> None:
        if self._use.isEnabled() and self._proof.check():
            self._use.setEnabled(False)
            self._wrong.hide()
            self.login_given.emit(self._proof.user, self._proof.password)
