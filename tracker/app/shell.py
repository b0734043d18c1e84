"""The window, its pages, the tray and the toasts of one profile, wired together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication

from tracker.app.connection import connection_words
from tracker.app.health_strip import HealthStrip
from tracker.app.memory import KeptMemory
from tracker.app.pages import REQUESTS, Pages
from tracker.app.panel_door import PanelDoor
from tracker.app.parts import HEADING, PROGRAM
from tracker.app.settings_door import SETTINGS
from tracker.app.settings_in_force import SettingsInForce
from tracker.app.signing import Signing
from tracker.app.support_door import SupportDoor
from tracker.app.telling import Telling
from tracker.app.toast_answers import ToastAnswers
from tracker.app.tray_doors import TrayDoors
from tracker.app.tray_news import TrayNews
from tracker.model.health import Health
from tracker.ui.main_window import MainWindow
from tracker.ui.notify.here import follow_panels
from tracker.ui.tray.tray import Tray

if TYPE_CHECKING:
    from tracker.app.parts import Parts
    from tracker.core.program import Program
    from tracker.host.settings import DeskChoice, Settings
    from tracker.model.change import Change
    from tracker.model.ticket import Act


class Shell(QObject):
    """Everything a person sees. `quit_asked` when they want the program to end."""

    quit_asked = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.bridge)
        self._parts = parts
        self._health = Health(as_of=parts.view.as_of())
        memory = KeptMemory(parts.paths, parts.starting, lambda: parts.settings, self.save_settings)
        self.pages = Pages(parts, self)
        self.window = MainWindow(parts.theme, self.pages.entries(), memory, heading=HEADING)
        self.pages.join(self.window)
        self.tray = Tray(parts.wording, program=PROGRAM, parent=self)
        self.telling = Telling(parts, self.tray, self.window)
        self.in_force = SettingsInForce(parts, self.window, self.tray, self.pages, self.telling)
        self._tray_news = TrayNews(parts, self.tray, self.window, save=self.save_settings)
        self._panel = PanelDoor(lambda: self.pages.make_panel(self.window.windowTitle()), self)
        self._answers = ToastAnswers(parts.actions, parts.view.talks)
        self.support = SupportDoor(parts, self.window, self.telling)
        self.pages.settings.check_asked.connect(self.support.open)
        self.signing = Signing(self.window, parts.theme, parts.actions, lambda: parts.policy)
        look = self.support.open
        self._strip = HealthStrip(parts, self.window, self.signing, self.telling, look=look)
        self._connect()
        self.window.set_connection(*connection_words(self._health, parts.wording))
        self._tray_news.show_counts(self._health)

    def start(self, *, hidden: bool) -> None:
        """Show the window, or the tray icon alone; `begin` when it has been painted."""
        self.tray.start()
        self.window.show_page(REQUESTS)
        if self._parts.settings.desk is None:
            self.signing.ask(self._parts.settings)
        if not (hidden and self.in_force.hides_at_sign_in):
            self.window.wake()

    def begin(self) -> None:
        """Speak with the desktop and fill the icon's menu, which had to wait for the first paint."""
        self._tray_news.show(self._health)
        follow_panels(self._parts.bus(), self.tray)
        self.telling.begin()
        self.in_force.begin()

    def stop(self) -> None:
        """Take icon, toasts and window away."""
        self.telling.stop()
        self.tray.stop()
        self.window.hide()
        bus = self._parts.bus()
        if bus is not None:
            bus.close()

    def show_window(self, ticket: str = "") -> None:
        """Bring the window to the front, at a request if one is named by number, id or local reference."""
        self.window.wake()
        found = self._parts.view.find(ticket) if ticket else None
        if found is not None:
            self.pages.open_ticket(found)

    def save_settings(self, settings: Settings) -> None:
        """Keep what the person has changed, and act on it at once."""
        self.in_force.save(settings)

    def _connect(self) -> None:
        bridge, window = self._parts.bridge, self.window
        bridge.changed.connect(self._changed)
        bridge.health_changed.connect(self._show_health)
        bridge.noticed.connect(self.telling.take)
        self.pages.chat.follow(bridge)
        bridge.trouble.connect(self._say_trouble)
        bridge.fault.connect(self.telling.say_fault)
        window.new_request_asked.connect(self._new_request)
        window.search_asked.connect(self.pages.focus_search)
        window.check_asked.connect(self._parts.actions.check_now)
        window.quit_asked.connect(self.quit_asked)
        window.pages.page_shown.connect(self._look)
        window.hidden.connect(self._look)
        self.pages.chat.looked.connect(self._look)
        self.pages.chat.noticed.connect(self.telling.take)
        settings = self.pages.settings
        settings.changed.connect(self.save_settings)
        settings.sign_out_asked.connect(self.signing.leave)
        settings.remark.connect(self.telling.remark)
        self._connect_tray()
        self.telling.opened.connect(self._open)
        self.telling.confirmed.connect(self._answers.confirm)
        self.telling.replied.connect(self._answers.reply)
        self.signing.signed_in.connect(self._signed_in)
        self.signing.signed_out.connect(self._signed_out)
        self.signing.remark.connect(self.telling.remark)
        self.pages.remark.connect(self.telling.remark)
        self._follow_focus()

    def _follow_focus(self) -> None:
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._look)
            application.focusWindowChanged.connect(self._look)  # it may come from the panel

    def _connect_tray(self) -> None:
        window, menu, doors = self.window, self.tray.menu, TrayDoors(self.tray, self._panel)
        doors.window_asked.connect(lambda: self.show_window())
        doors.new_request_asked.connect(self._new_request)
        doors.chat_asked.connect(self._open_chat)
        doors.opened.connect(self._open)
        doors.toggled.connect(self._toggle_panel)
        menu.check_asked.connect(self._parts.actions.check_now)
        menu.settings_asked.connect(self._open_settings)
        menu.quit_asked.connect(self.quit_asked)
        self.tray.there_changed.connect(window.set_tray_there)
        # Asked at that moment as well: a desktop that never had a tray never tells of a change.
        window.close_asked.connect(lambda: window.set_tray_there(self.tray.is_there))

    # What the sync thread says

    def _changed(self, change: Change) -> None:
        if change.everything or not self._parts.view.is_there:
            self._parts.view.reopen()
        if change.everything:
            self._parts.starting.when_ready(self._follow_sign_in)
        self.pages.refresh(change)
        self._panel.refresh(change)
        self._tray_news.show(self._health)

    def _follow_sign_in(self, program: Program) -> None:
        """Somebody may have been signed in or out beside this window, or have settled more elsewhere."""
        self.in_force.follow(program)
        kept, shown = program.settings, self._parts.settings
        self.signing.follow(shown.desk, kept.desk)
        self.pages.settings.follow_chat(kept.chat)
        earliest = datetime.min.replace(tzinfo=UTC)
        if (kept.notify_changed_at or earliest) > (shown.notify_changed_at or earliest):
            self._parts.settings = replace(kept, desk=self._parts.settings.desk)
            self.pages.show_settings()

    def _show_health(self, health: Health) -> None:
        self._health = health
        self._parts.starting.when_ready(self._follow_sign_in)
        if not self._parts.view.is_there:
            self._parts.view.reopen()
        self.window.set_connection(*connection_words(health, self._parts.wording))
        self.pages.show_health(health)
        self._panel.show_health(health)
        self._strip.say(health)
        self._tray_news.show(self._health)

    def _say_trouble(self, sentence: str) -> None:
        self.telling.say_trouble(sentence)
        self.pages.refused(sentence)

    # What the person does

    def _new_request(self, words: str = "") -> None:
        self.window.wake()
        self.pages.new_request(words)

    def _open(self, ticket: str, act: Act | None = None) -> None:
        self.window.wake()
        self.pages.open_ticket(ticket, act)

    def _open_chat(self, words: str = "") -> None:
        self.window.wake()
        self.pages.chat.go_on_or_start(words)

    def _open_settings(self) -> None:
        self.window.wake()
        self.window.show_page(SETTINGS)

    def _toggle_panel(self, place: QRect) -> None:
        if self.signing.is_shown:
            self.window.wake()
        else:
            self._panel.toggle(place, self._health)

    def _signed_in(self, choice: DeskChoice) -> None:
        self._parts.settings = replace(self._parts.settings, desk=choice)
        self.pages.show_settings()
        self.window.show_page(REQUESTS)

    def _signed_out(self) -> None:
        self._parts.settings = replace(self._parts.settings, desk=None, chat=None, muted=frozenset())
        self.pages.show_settings()
        self.window.show_page(REQUESTS)
        self.signing.ask(self._parts.settings)

    def _look(self, *_what: object) -> None:
        """Tell the sync thread what is on the screen: it sets how often the desk is asked."""
        visible = self.window.isVisible() and not self.window.isMinimized()
        focus = self.pages.focus(visible=visible)
        self._parts.actions.attend(focus)
        if focus.ticket is not None:
            self._parts.actions.read(focus.ticket)
