"""The menu at the tray icon: the program's doors, a snooze, and up to five open requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tracker.model.snoozing import Snooze
from tracker.ui.tray.words import menu_words

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from tracker.ui.tray.words import TrayRequest
    from tracker.ui.wording import Wording


class TrayMenu(QMenu):
    """What it asks for comes as signals; `ticket_asked` carries the request's id."""

    open_asked = Signal()
    new_request_asked = Signal()
    chat_asked = Signal()
    ticket_asked = Signal(str)
    check_asked = Signal()
    snooze_asked = Signal(str)
    """How long to be left alone, as a Snooze says it."""
    settings_asked = Signal()
    quit_asked = Signal()

    def __init__(self, program: str) -> None:
        super().__init__()
        self._program = program
        self._shown: tuple[tuple[str, str], ...] = ()
        self._requests: list[QAction] = []
        self.setAccessibleName(program)
        say = QCoreApplication.translate
        self._add(say("TrayMenu", "&Open {program}").format(program=program), self.open_asked)
        self._add(say("TrayMenu", "&New request"), self.new_request_asked)
        self._chat = self._add(say("TrayMenu", "&Chat with IT"), self.chat_asked)
        self._chat.setVisible(False)
        self._before_requests = self.addSeparator()
        self._after_requests = self.addSeparator()
        self._add(say("TrayMenu", "&Check now"), self.check_asked)
        self._snoozes = [
            self._snooze(say("TrayMenu", "Quiet for 1 &hour"), Snooze.HOUR),
            self._snooze(say("TrayMenu", "Quiet until &tomorrow"), Snooze.TOMORROW),
        ]
        self._end = self._snooze("", Snooze.END)
        self._end.setVisible(False)
        self._add(say("TrayMenu", "&Settings"), self.settings_asked)
        self.addSeparator()
        self._add(say("TrayMenu", "&Quit"), self.quit_asked)

    def show_requests(self, requests: tuple[TrayRequest, ...], wording: Wording) -> None:
        """List these; nothing is touched when they read the same, so that an open menu stays as it is."""
        rows = tuple((str(request.ticket), menu_words(request, wording)) for request in requests)
        if rows == self._shown:
            return
        self._shown = rows
        for action in self._requests:
            self.removeAction(action)
            action.deleteLater()
        self._requests = [self._request(ticket, words) for ticket, words in rows]

    def offer_chat(self, *, offered: bool) -> None:
        """Offer a chat where one can chat."""
        self._chat.setVisible(offered)

    def show_snooze(self, words: str) -> None:
        """Offer to end the snooze that goes on, in these words; "" offers to start one."""
        self._end.setText(words.replace("&", "&&"))
        self._end.setVisible(bool(words))
        for action in self._snoozes:
            action.setVisible(not words)

    def _snooze(self, words: str, snooze: Snooze) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(lambda: self.snooze_asked.emit(snooze.value))
        return action

    def _request(self, ticket: str, words: str) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda: self.ticket_asked.emit(ticket))
        self.insertAction(self._after_requests, action)
        return action

    def _add(self, words: str, asked: SignalInstance) -> QAction:
        action = self.addAction(words)
        # The signal of an action carries "checked", which nobody here wants.
        action.triggered.connect(lambda: asked.emit())
        return action
