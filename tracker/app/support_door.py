"""Is everything all right? The page that says so, the test notification and the report for IT, at work."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QKeySequence, QShortcut

from tracker.model.errors import TrackerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.app.parts import Parts
    from tracker.app.telling import Telling
    from tracker.core.bundle import BundleFile
    from tracker.core.shapes import Finding
    from tracker.ui.main_window import MainWindow
    from tracker.ui.support.check_page import CheckPage
    from tracker.ui.support.report_page import ReportPage

_START_LIMIT = 20.0
"""Seconds that the program may take to start before that is a finding itself."""

_log = logging.getLogger(__name__)


class SupportDoor(QObject):
    """Opens the pages on top of the present one; all that waits runs on a thread of its own."""

    def __init__(self, parts: Parts, window: MainWindow, telling: Telling) -> None:
        super().__init__(window)
        self._parts, self._window, self._telling = parts, window, telling
        self._page: CheckPage | None = None
        self._report: ReportPage | None = None
        self._found: tuple[Finding, ...] = ()
        self._done = 0
        self._is_looking = False
        # The one way that the sign-in page has too, where things go wrong first.
        QShortcut(QKeySequence("F1"), window).activated.connect(self.open)

    def open(self) -> None:
        """Show the page and look at everything; asked twice, there is one page."""
        self._window.wake()
        if self._page is not None:
            self._check()
            return
        from tracker.ui.support.check_page import CheckPage

        page = CheckPage(self._parts.theme, self._came_from(), self._window)
        page.check_asked.connect(self._check)
        page.test_asked.connect(self._test)
        page.report_asked.connect(self._make_report)
        page.destroyed.connect(self._page_gone)
        self._page = page
        self._window.open(page)
        self._check()

    def _came_from(self) -> str:
        say = QCoreApplication.translate
        if self._window.pages.detail is not None:
            return say("Support", "the page before")
        names = {"settings": say("Pages", "Settings"), "requests": say("Pages", "My requests")}
        return names.get(self._window.pages.page, say("Support", "the page before"))

    def _check(self) -> None:
        """Look at everything, once at a time."""
        if self._is_looking:
            return
        self._is_looking, self._done = True, 0
        self._run(self._look)

    def _look(self) -> None:
        """Run on a thread of its own."""
        from tracker.core.examining.everything import ask_program, everything
        from tracker.core.examining.running import examine

        starting = self._parts.starting
        examinations = everything(
            self._parts.paths, lambda: ask_program(starting.await_program(_START_LIMIT), starting.failed)
        )
        of = len(examinations)
        self._there(partial(self._show_progress, of))

        def tell(*_one: object) -> None:
            self._there(partial(self._show_progress, of, 1))

        found = examine(examinations, tell)
        self._there(partial(self._show_found, found))

    def _show_progress(self, of: int, more: int = 0) -> None:
        self._done += more
        if self._page is not None:
            self._page.show_busy(self._done, of)

    def _show_found(self, found: tuple[Finding, ...]) -> None:
        from tracker.ui.support.values import Checked, State

        self._is_looking, self._found = False, found
        if self._page is not None:
            self._page.show_found(
                tuple(Checked(one.about, State(one.state), one.sentence, one.advice) for one in found)
            )

    def _test(self) -> None:
        """Show a real notification the way that notices take, and say which that was."""
        from tracker.core.examining.desktop import TEST_TEXT, TEST_TITLE
        from tracker.model.line import Line
        from tracker.model.notice import Notice, NoticeClass

        now = datetime.now(UTC)
        key, title, body = f"test-{now.timestamp():.3f}", Line(TEST_TITLE), Line(TEST_TEXT)
        notice = Notice(key, now, NoticeClass.PROGRESS, title, body)
        if self._page is not None:
            self._page.say(QCoreApplication.translate("Support", "Sending…"))
        self._telling.show_test(notice, self._tested)

    def _tested(self, way: str) -> None:
        if self._page is None:
            return
        say = QCoreApplication.translate
        shown = next(
            (one.sentence for one in self._found if one.about == "notifications" and way == "dbus"), ""
        )
        ways = {
            "dbus": shown or say("Support", "Shown by the desktop."),
            "in the window": say(
                "Support",
                "Nothing on this desktop shows notifications: it is in the strip above. Notices are under "
                "Updates as well.",
            ),
        }
        words = ways.get(way) or say("Support", "Shown by {way}.").format(way=way)
        missed = say("Support", "If you did not see it, look whether “Do not disturb” is on.")
        self._page.say(words if way == "in the window" else f"{words} {missed}")

    def _make_report(self) -> None:
        self._run(self._gather)

    def _gather(self) -> None:
        """Run on a thread of its own."""
        from tracker.core.bundle import make_bundle

        files = make_bundle(self._parts.paths, self._found, self._parts.starting.redactor)
        self._there(partial(self._show_report, files))

    def _show_report(self, files: tuple[BundleFile, ...]) -> None:
        from tracker.ui.support.report_page import ReportPage
        from tracker.ui.support.values import ReportFile

        if self._page is None or self._report is not None:
            return
        here = self._page.accessibleName()
        shown = tuple(ReportFile(file.name, file.text) for file in files)
        page = ReportPage(self._parts.theme, here, shown, self._window)
        page.save_asked.connect(lambda path: self._run(partial(self._save, files, path)))
        page.destroyed.connect(self._report_gone)
        self._report = page
        self._window.open(page)

    def _save(self, files: tuple[BundleFile, ...], path: Path) -> None:
        """Run on a thread of its own: a disk of the network may take its time."""
        from tracker.core.bundle_saving import save_bundle

        try:
            saved = save_bundle(files, path)
        except TrackerError as error:
            self._there(partial(self._say_saved, None, str(error)))
        else:
            self._there(partial(self._say_saved, saved, ""))

    def _say_saved(self, path: Path | None, sentence: str) -> None:
        if self._report is None:
            return
        if path is not None:
            self._report.show_saved(path)
        else:
            self._report.show_refused(sentence)

    def _run(self, work: Callable[[], None]) -> None:
        """Run it beside the window; a fault of ours is told as any other."""

        def run() -> None:
            try:
                work()
            except Exception as error:
                _log.debug("Told in the window", exc_info=error)
                self._there(partial(self._give_up, error))

        threading.Thread(target=run, name="tracker-support", daemon=True).start()

    def _give_up(self, error: Exception) -> None:
        self._show_found(self._found)  # so that it can be asked again
        self._parts.bridge.fault.emit(error)

    def _there(self, act: Callable[[], None]) -> None:
        self._parts.bridge.call(act)

    def _page_gone(self) -> None:
        self._page = None

    def _report_gone(self) -> None:
        self._report = None
