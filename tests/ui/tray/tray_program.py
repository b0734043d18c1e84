"""A program that is nothing but our tray icon: says a line for all that happens, obeys lines on stdin."""

import os
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale, QObject, QRect, QSocketNotifier
from PySide6.QtWidgets import QApplication

from tracker.model.health import Condition, Health
from tracker.model.line import line
from tracker.model.listing import Counts
from tracker.model.ticket import TicketId
from tracker.ui.bus.session_bus import SessionBus
from tracker.ui.tray.host import TrayHost
from tracker.ui.tray.tray import Tray
from tracker.ui.tray.words import TrayRequest, TrayState
from tracker.ui.wording import Wording

NOW = datetime(2025, 11, 21, 13, 5, tzinfo=UTC)
REQUESTS = (
    TrayRequest(TicketId("4711"), "Printer & scanner", line("Fixed?")),
    TrayRequest(TicketId("4712"), "Laptop", line("With {who}", who="Priya")),
)


def say(*words: object) -> None:
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def words_of(place: QRect) -> tuple[int, int, int, int]:
    return place.x(), place.y(), place.width(), place.height()


class Program(QObject):
    """Puts the tray together and connects everything to the two streams."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._bus = SessionBus(self)
        wording = Wording(QLocale(), ZoneInfo("Europe/Berlin"), lambda: NOW + timedelta(minutes=1))
        self._tray = Tray(wording, program="Tracker", parent=self)
        self._tray.toggled.connect(lambda place: say("toggled", *words_of(place)))
        self._tray.new_request_asked.connect(lambda: say("new request by middle click"))
        self._tray.there_changed.connect(lambda there: say("there", there))
        menu = self._tray.menu
        menu.open_asked.connect(lambda: say("open"))
        menu.new_request_asked.connect(lambda: say("new request"))
        menu.ticket_asked.connect(lambda ticket: say("ticket", ticket))
        menu.quit_asked.connect(lambda: say("quit"))
        menu.aboutToShow.connect(lambda: say("menu shown"))
        self._stdin = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._stdin.activated.connect(self._read)
        self._tray.start()
        self._tray.follow(TrayHost(self._bus, self))
        self._news(0)
        say("started", self._tray.is_there)

    def _read(self) -> None:
        orders = os.read(sys.stdin.fileno(), 4_096).decode()
        if not orders:
            self._tray.stop()
            self._bus.close()
            self._application.quit()
        for order in orders.splitlines():
            self._obey(order.split())

    def _obey(self, order: list[str]) -> None:
        if order[0] == "news":
            self._news(int(order[1]))
        elif order[0] == "place":
            say("place", *words_of(self._tray.place))
        elif order[0] == "message":
            self._tray.show_message("Printer", "Fixed.", lambda: say("message clicked"))
        elif order[0] == "chats":
            self._tray.menu.offer_chat(offered=True)
        elif order[0] == "seen":
            say("seen", self._tray.is_there, self._tray.draws_messages)

    def _news(self, unread: int) -> None:
        health = Health(Condition.OK, as_of=NOW)
        self._tray.show_state(TrayState(health, Counts(open=2, all=2, unread=unread), REQUESTS))


def main() -> int:
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    program = Program(application)
    status = application.exec()
    del program
    return status


if __name__ == "__main__":
    sys.exit(main())
