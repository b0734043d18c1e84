"""The tray program with a stopwatch inside: `python -m tests.bench.inside PROFILE NUMBER REQUESTS FILE`.

Syncs with the window open, opens a long request again and again, searches, writes what it took, and quits.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from tracker.app.main import run_profile
from tracker.app.shell import Shell
from tracker.host.instance import ProfileLock
from tracker.host.paths import profile_paths
from tracker.model.listing import Filter

TICK = 5
OPENINGS = 15
PAUSE = 400
WORDS = ("printer", "no sound 77", "case 1234", "vpn drops", "again restart", "REQ-42", "zebra", "a", "the")
FIRST_CARDS = 10
LATEST = 180.0


class Lateness(QObject):
    """A timer of 5 ms that notes how late each tick comes, and for how much of that no core was free."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.gaps: list[float] = []
        self.waits: list[float] = []
        self._last = time.monotonic()
        self._waited = waited_for_core()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK)

    def take(self) -> tuple[list[float], list[float]]:
        """Give what was noted since this was last asked."""
        taken = self.gaps, self.waits
        self.gaps, self.waits = [], []
        return taken

    def _tick(self) -> None:
        now, waited = time.monotonic(), waited_for_core()
        self.gaps.append(max(0.0, (now - self._last) * 1000 - TICK))
        self.waits.append((waited - self._waited) * 1000)
        self._last, self._waited = now, waited


class Painted(QObject):
    """Calls once, after a widget has next been painted."""

    def __init__(self, widget: QObject, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._then = widget, then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the paint; nothing is kept from the widget."""
        if event.type() is QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self, self._then)
        return super().eventFilter(watched, event)


class Stopwatch(QObject):
    """Goes through the steps on the program's own event loop."""

    def __init__(self, shell: Shell, number: str, requests: int, answer: Path) -> None:
        super().__init__(shell)
        self._shell = shell
        self._number, self._requests, self._answer = number, requests, answer
        self._told: dict[str, list[float]] = {"opening": [], "searching": []}
        self._began = time.monotonic()
        self._lateness: Lateness | None = None
        Painted(shell.window, self._watch)

    def _watch(self) -> None:
        self._lateness = Lateness(self)
        self._await_sync()

    def _await_sync(self) -> None:
        view = self._shell._parts.view
        if view.counts().all < self._requests or view.as_of() is None:
            if time.monotonic() - self._began > LATEST:
                raise TimeoutError("the first sync did not end")
            QTimer.singleShot(PAUSE, self, self._await_sync)
            return
        self._note("syncing")
        self._open()

    def _open(self) -> None:
        ticket = self._shell._parts.view.find(self._number)
        if ticket is None:
            raise LookupError(self._number)
        began = time.perf_counter()
        self._shell.pages.open_ticket(ticket)
        page = self._shell.window.pages.detail
        if page is None:
            raise LookupError("no page was opened")
        Painted(page, partial(self._opened, began))

    def _opened(self, began: float) -> None:
        self._told["opening"].append((time.perf_counter() - began) * 1000)
        if len(self._told["opening"]) < OPENINGS:
            QTimer.singleShot(PAUSE, self, self._go_back)
        else:
            QTimer.singleShot(PAUSE, self, self._search)

    def _go_back(self) -> None:
        self._shell.window.pages.back()
        QTimer.singleShot(PAUSE // 2, self, self._open)

    def _search(self) -> None:
        context = self._shell.pages.context
        for words in WORDS:
            began = time.perf_counter()
            found = context.view.tickets(Filter.ALL, words)
            context.view.tracks(found[:FIRST_CARDS], context.clock())
            self._told["searching"].append((time.perf_counter() - began) * 1000)
        self._note("using")
        self._answer.write_text(json.dumps(self._told))
        self._shell.quit_asked.emit()

    def _note(self, when: str) -> None:
        if self._lateness is not None:
            self._told[f"{when}_gaps"], self._told[f"{when}_waits"] = self._lateness.take()


def waited_for_core() -> float:
    """Give the seconds for which this thread could have run and no core was free, by the kernel's count."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def main() -> int:
    """Run the program on a profile with the stopwatch."""
    folder, number, requests, answer = sys.argv[1:]
    paths = profile_paths(Path(folder), {})
    lock = ProfileLock(paths)
    if not lock.take():
        return 1
    try:
        return run_profile(paths, then=lambda shell: Stopwatch(shell, number, int(requests), Path(answer)))
    finally:
        lock.release()


if __name__ == "__main__":
    sys.exit(main())
