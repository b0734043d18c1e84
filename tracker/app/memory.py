"""Remembers small things of the window; the disk is touched on the sync thread alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tracker.host.window_state import load_window_state, save_window_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.app.starting import Starting
    from tracker.host.paths import ProfilePaths
    from tracker.host.settings import Settings
    from tracker.host.window_state import WindowState


class KeptMemory:
    """The window's memory of one profile. `settings` and `save` are the owner's."""

    def __init__(
        self,
        paths: ProfilePaths,
        starting: Starting,
        settings: Callable[[], Settings],
        save: Callable[[Settings], None],
    ) -> None:
        self._path = paths.window_state
        self._starting = starting
        self._settings = settings
        self._save = save
        self._place = load_window_state(self._path)

    def place(self) -> WindowState | None:
        """Return where the window was."""
        return self._place

    def keep_place(self, place: WindowState) -> None:
        """Remember where the window is."""
        if place != self._place:
            self._place = place
            write = partial(save_window_state, self._path, place)
            self._starting.when_ready(lambda program: program.service.do(write))

    def closing_explained(self) -> bool:
        """Tell whether the person has read what closing means."""
        return self._settings().closing_explained

    def keep_closing_explained(self) -> None:
        """Remember that they have."""
        self._save(replace(self._settings(), closing_explained=True))
