"""The file that keeps the settings: replaced in one step, set aside when damaged, newer names kept."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.host.disk import plain_disk_errors, write_whole
from tracker.host.errors import HostError
from tracker.host.settings import Settings, read_settings, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST = 1024 * 1024


class SettingsRefused(HostError):
    """A setting is outside its limits; nothing was changed."""


class SettingsFile:
    """Reads once with load() and replaces with save(); `complaints` are sentences for the person."""

    def __init__(self, path: Path, *, now: Callable[[], datetime] = datetime.now) -> None:
        self._path = path
        self._now = now
        self._unknown: dict[str, object] = {}
        self.complaints: tuple[str, ...] = ()

    def load(self) -> Settings:
        """Give what the file says, or the usual settings where there is none.

        A damaged file is kept under another name. Raises DiskTrouble when it can't be read at all, since
        saving would then throw it away.
        """
        self.complaints = ()
        with plain_disk_errors("reading the settings", self._path):
            try:
                with self._path.open("rb") as file:
                    data = file.read(LARGEST + 1)
            except FileNotFoundError:
                return Settings()
        raw = _decoded(data)
        if raw is None:
            self.complaints = (self._set_aside(),)
            return Settings()
        settings, self.complaints = read_settings(raw)
        known = write_settings(settings)
        self._unknown = {name: value for name, value in raw.items() if name not in known}
        return settings

    def save(self, settings: Settings) -> None:
        """Replace the file; names that a newer version wrote stay in it.

        Raises SettingsRefused for a value outside its limits and DiskTrouble when the disk refuses.
        """
        raw = json.loads(json.dumps(write_settings(settings)))
        checked, complaints = read_settings(raw)
        if complaints:
            raise SettingsRefused(complaints[0].removesuffix(" Its usual value is used."))
        data = json.dumps(self._unknown | write_settings(checked), indent=2, ensure_ascii=False) + "\n"
        write_whole(self._path, data.encode(), doing="saving the settings")

    def _set_aside(self) -> str:
        aside = self._path.with_name(f"settings.damaged-{self._now():%Y%m%d-%H%M%S}.json")
        kept = ""
        with suppress(OSError):
            self._path.rename(aside)
            kept = f" The damaged file is kept as {aside}."
        return f"The settings were damaged, so the usual ones are used.{kept} You may have to sign in again."


def _decoded(data: bytes) -> dict[str, object] | None:
    """Give the JSON object in the data, None when it is none, or far too large to be ours."""
    if len(data) > LARGEST:
        return None
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) else None
