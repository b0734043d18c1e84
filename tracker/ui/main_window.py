"""The window: the rail at the side, one page at a time, detail pages on top, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tracker.host.window_state import WindowState
from tracker.ui.navigation import Navigation
from tracker.ui.page_stack import PageEntry, PageStack
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.widgets.banner import Banner
from tracker.ui.widgets.focus_ring import FocusRing
from tracker.ui.window_place import SMALLEST, WindowMemory, clamped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.theme.theme import Theme
    from tracker.ui.widgets.page import DetailPage
    from tracker.ui.widgets.sheet import Sheet

_FIRST_SIZE = WindowState(left=0, top=0, width=1080, height=760)


class MainWindow(QWidget):
    """The one window. It shows pages and passes on what was asked; it knows nothing of requests.

    `pages` says which page is shown. `hidden` is emitted when the person has closed the window,
    `close_asked` just before: whoever knows says then whether the tray icon is there.
    """

    new_request_asked = Signal()
    search_asked = Signal()
    check_asked = Signal()
    quit_asked = Signal()
    hidden = Signal()
    close_asked = Signal()
    banner_dismissed = Signal()

    def __init__(
        self, theme: Theme, entries: tuple[PageEntry, ...], memory: WindowMemory, *, heading: str = "Tracker"
    ) -> None:
        super().__init__()
        self._theme, self._memory = theme, memory
        self._sheet: Sheet | None = None
        self._tray_there = True
        self._banner_acts: tuple[Callable[[], None], ...] = ()
        self.setWindowTitle(heading)
        self.setMinimumSize(*SMALLEST)
        # Made in the order a screen reader meets them.
        self._navigation = Navigation(theme, heading, self)
        self._banner_room = QWidget(self)
        self._banner = Banner(theme, self._banner_room)
        self.pages = PageStack(entries, self)
        self._fill_rail(entries)
        self._lay_out()
        self._bind_keys(entries)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._ring = FocusRing(theme, self, application)
        self._restore_place()

    def show_page(self, name: str) -> None:
        """Show a page of the rail; detail pages on top of it are left. KeyError if there is no such page."""
        self.pages.show_page(name)

    def open(self, page: DetailPage) -> None:
        """Show a page on top of the present one until its `back_asked`, Alt+Left or another page."""
        self.pages.open(page)

    def set_connection(self, text: str, level: Tone) -> None:
        """Say at the bottom of the rail how the connection is."""
        self._navigation.set_connection(text, level)

    def set_rail_visible(self, visible: bool) -> None:
        """Show or hide the rail: before anybody has signed in there is nowhere to go."""
        self._navigation.setVisible(visible)

    def offer_page(self, page: str, *, offered: bool) -> None:
        """Offer a page in the rail and by Ctrl and its number there, or do so no longer: then it is left."""
        self._navigation.offer(page, offered=offered)
        if not offered and self.pages.page == page:
            self.show_page(self._navigation.offered[0])

    def set_badge(self, page: str, count: int) -> None:
        """Show a number at a page of the rail; 0 shows none."""
        self._navigation.set_count(page, count)

    def set_heading(self, text: str) -> None:
        """Call the window and the rail something else, such as the organisation's name for its help."""
        self.setWindowTitle(text)
        self._navigation.set_heading(text)

    def banner(
        self,
        text: str,
        level: Tone = Tone.NEUTRAL,
        *acts: tuple[str, Callable[[], None]],
    ) -> None:
        """Say something above every page, with one thing to do and a way to more. "" hides it.

        Each of `acts` is its words and what it calls.
        """
        words = (*(act[0] for act in acts), "", "")
        self._banner_acts = tuple(act[1] for act in acts)
        self._banner.show_message(text, level, action=words[0], more=words[1])
        self._banner_room.setVisible(bool(text))

    def set_tray_there(self, there: bool) -> None:
        """Say whether the desktop shows the tray icon: it changes what closing the window means."""
        self._tray_there = there

    def wake(self) -> None:
        """Show the window in front, as it was."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide instead of closing, and the first time say what that means."""
        event.ignore()
        self.close_asked.emit()
        if self._memory.closing_explained():
            self._put_away()
        elif self._sheet is None:
            # Needed once in the program's life, so not loaded with the window.
            from tracker.ui.closing import closing_sheet

            self._sheet = closing_sheet(
                self._theme, self, name=self.windowTitle(), tray_there=self._tray_there
            )
            self._sheet.answered.connect(self._closing_answered)

    def _closing_answered(self, answer: str) -> None:
        from tracker.ui.closing import HIDE, QUIT

        self._sheet = None
        if answer == QUIT:
            self._memory.keep_closing_explained()
            self._keep_place()
            self.quit_asked.emit()
        elif answer == HIDE:
            self._memory.keep_closing_explained()
            self._put_away()

    def _put_away(self) -> None:
        self._keep_place()
        self.hide()
        # Its picture, 3 MB that the display keeps as well, is drawn anew when the window comes back.
        self.backingStore().resize(QSize(1, 1))
        self.hidden.emit()

    def _fill_rail(self, entries: tuple[PageEntry, ...]) -> None:
        for entry in entries:
            self._navigation.add_page(entry.name, entry.icon, entry.title)
            self._navigation.set_count(entry.name, entry.badge)
            self._navigation.offer(entry.name, offered=entry.offered)
        self._navigation.asked.connect(self.pages.show_page)
        self.pages.page_shown.connect(self._navigation.mark)

    def _lay_out(self) -> None:
        above = QVBoxLayout(self._banner_room)
        above.setContentsMargins(Space.PAGE, Space.M, Space.PAGE, 0)
        above.addWidget(self._banner)
        self._banner_room.hide()
        content = QVBoxLayout()
        content.setSpacing(0)
        content.addWidget(self._banner_room)
        content.addWidget(self.pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._navigation)
        row.addLayout(content, 1)
        self._banner.action_pressed.connect(partial(self._act_on_banner, 0))
        self._banner.more_pressed.connect(partial(self._act_on_banner, 1))
        self._banner.dismissed.connect(self._banner_room.hide)
        self._banner.dismissed.connect(self.banner_dismissed)

    def _bind_keys(self, entries: tuple[PageEntry, ...]) -> None:
        for keys, slot in (
            ("Ctrl+N", self.new_request_asked.emit),
            ("Ctrl+F", self.search_asked.emit),
            ("Alt+Left", self.pages.back),
            ("F5", self.check_asked.emit),
            ("Ctrl+Q", self.quit_asked.emit),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        for at in range(min(len(entries), 9)):
            QShortcut(QKeySequence(f"Ctrl+{at + 1}"), self).activated.connect(partial(self._show_nth, at))

    def _show_nth(self, at: int) -> None:
        offered = self._navigation.offered
        if at < len(offered):
            self.pages.show_page(offered[at])

    def _act_on_banner(self, which: int) -> None:
        self._banner_acts[which]()

    def _restore_place(self) -> None:
        wanted = self._memory.place()
        areas = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        place = clamped(wanted or _FIRST_SIZE, areas)
        if wanted is None and areas:
            place.moveCenter(areas[0].center())
        self.setGeometry(place)
        if wanted is not None and wanted.maximised:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _keep_place(self) -> None:
        rect = self.normalGeometry()
        self._memory.keep_place(
            WindowState(rect.left(), rect.top(), rect.width(), rect.height(), maximised=self.isMaximized())
        )
