"""Puts settings and policy into force in what is on the screen, at the start and whenever they change."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.app.sign_in_start import autostart_change
from tracker.ui.theme.theme import Look

if TYPE_CHECKING:
    from tracker.app.pages import Pages
    from tracker.app.parts import Parts
    from tracker.app.telling import Telling
    from tracker.core.program import Program
    from tracker.host.policy.policy import Policy
    from tracker.host.settings import Settings
    from tracker.ui.main_window import MainWindow
    from tracker.ui.tray.tray import Tray


class SettingsInForce(QObject):
    """`policy_changed` after another policy has been put into force."""

    policy_changed = Signal()

    def __init__(self, parts: Parts, window: MainWindow, tray: Tray, pages: Pages, telling: Telling) -> None:
        super().__init__(window)
        self._parts, self._window, self._tray = parts, window, tray
        self._pages, self._telling = pages, telling
        if parts.policy.given:
            self._show_brand(parts.policy)

    @property
    def hides_at_sign_in(self) -> bool:
        """Whether a start at sign-in shows the tray icon alone."""
        policy = self._parts.policy
        if not policy.given:
            return True
        from tracker.host.policy import keys

        return policy.value(keys.START_HIDDEN)

    def begin(self) -> None:
        """Follow the policy from now on; the first paint did not need it."""
        if sys.platform == "win32":
            from tracker.app.registry_watch import RegistryWatch

            RegistryWatch(self).changed.connect(self.read_again)
            return
        if sys.platform == "darwin":
            return  # a profile counts from the next start
        from tracker.app.policy_watch import PolicyWatch
        from tracker.host.policy.reading import policy_folder

        PolicyWatch(policy_folder(os.environ), self).changed.connect(self.read_again)

    def read_again(self) -> None:
        """Let the program read the policy again; `follow` takes over what it finds."""
        from tracker.host.policy.reading import read_policy

        self._parts.starting.when_ready(
            lambda program: program.service.do(lambda: program.use_policy(read_policy()))
        )

    def save(self, settings: Settings) -> None:
        """Keep what the person has changed, and act on it at once."""
        before = self._parts.settings
        self._parts.actions.save_settings(settings, before)
        self._put_into_force(settings, before)
        self._pages.show_settings()

    def follow(self, program: Program) -> None:
        """Take over another policy that the program has read."""
        parts, policy = self._parts, program.policy
        if policy == parts.policy:
            return
        before, parts.policy = parts.settings, policy
        # Who is signed in where is followed for itself.
        now = replace(program.settings, desk=before.desk, chat=before.chat)
        self._put_into_force(now, before)
        self._show_brand(policy)
        parts.view.open_with(parts.opener(now, policy))
        self._pages.show_policy()
        self.policy_changed.emit()

    def _put_into_force(self, settings: Settings, before: Settings) -> None:
        self._parts.settings = settings
        if settings.theme is not before.theme:
            self._parts.theme.choose(Look(settings.theme.value))
        if settings.autostart is not before.autostart:
            self._parts.actions.run(autostart_change(on=settings.autostart))
        self._telling.set_privacy(settings.privacy)

    def _show_brand(self, policy: Policy) -> None:
        # Most computers have no policy, so most starts do not load this.
        from tracker.app.branding import show_name, wear_brand

        wear_brand(policy, self._parts.theme)
        show_name(policy, self._window, self._tray)
