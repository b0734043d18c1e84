"""The file that keeps the settings: replaced in one step, set aside when damaged, newer names kept.

It holds what the person chose; what is read from it has IT's policy laid over.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.host.disk import plain_disk_errors, write_whole
from tracker.host.errors import HostError
from tracker.host.overlay import chosen_in, flat, overlaid, to_write, with_changes, without_locked
from tracker.host.policy.policy import NO_POLICY
from tracker.host.settings import Settings, read_settings, write_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.host.policy.policy import Policy

LARGEST = 1024 * 1024


class SettingsRefused(HostError):
    """A setting is outside its limits; nothing was changed."""


class SettingsFile:
    """Reads once with load() and replaces with save(); `complaints` are sentences for the person.

    `own` is what the person chose, without the policy: what other computers of theirs may know.
    """

    def __init__(
        self, path: Path, policy: Policy = NO_POLICY, *, now: Callable[[], datetime] = datetime.now
    ) -> None:
        self._path = path
        self._policy = policy
        self._now = now
        self._chosen: dict[str, object] = {}
        self.own = Settings()
        self.complaints: tuple[str, ...] = ()

    def load(self) -> Settings:
        """Give what counts: the file's with the policy laid over, or the usual settings without a file.

        A damaged file is kept under another name. Raises DiskTrouble when it can't be read at all, since
        saving would then throw it away.
        """
        self.complaints = ()
        with plain_disk_errors("reading the settings", self._path):
            try:
                with self._path.open("rb") as file:
                    data = file.read(LARGEST + 1)
            except FileNotFoundError:
                return self._settled({})
        raw = _decoded(data)
        if raw is None:
            self.complaints = (self._set_aside(),)
            return self._settled({})
        _settings, self.complaints = read_settings(raw)
        chosen = chosen_in(raw)
        if self.complaints:  # what cannot be used was not chosen
            chosen = {name: value for name, value in chosen.items() if not read_settings({name: value})[1]}
        return self._settled(chosen)

    @property
    def chosen(self) -> dict[str, object]:
        """What the person chose, by the names of the settings and of their parts ("theme", "telling.now")."""
        return flat(self._chosen)

    def use_policy(self, policy: Policy) -> Settings:
        """Lay another policy over what the person chose, and give what counts now."""
        self._policy = policy
        return self._settled(self._chosen)

    def save(self, settings: Settings) -> Settings:
        """Keep what differs from what counted until now, and give what counts from now on.

        What IT locks stays as it is, without a word: nobody is offered a change of it. Names that a newer
        version wrote stay in the file.

        Raises SettingsRefused for a value outside its limits and DiskTrouble when the disk refuses.
        """
        before = self._effective(self._chosen)
        after = _checked(without_locked(settings, before, self._policy))
        return self._keep(with_changes(self._chosen, before, after))

    def save_own(self, settings: Settings) -> Settings:
        """Keep what the person chose elsewhere; it waits below what IT locks. Raises as save()."""
        return self._keep(with_changes(self._chosen, self.own, _checked(write_settings(settings))))

    def _keep(self, chosen: dict[str, object]) -> Settings:
        data = json.dumps(to_write(chosen), indent=2, ensure_ascii=False) + "\n"
        write_whole(self._path, data.encode(), doing="saving the settings")
        return self._settled(chosen)

    def _settled(self, chosen: dict[str, object]) -> Settings:
        self._chosen = chosen
        self.own, _complaints = read_settings(chosen)
        return self._effective(chosen)

    def _effective(self, chosen: dict[str, object]) -> Settings:
        if not self._policy.given:
            return self.own
        settings, _complaints = read_settings(overlaid(chosen, self._policy))
        return settings

    def _set_aside(self) -> str:
        aside = self._path.with_name(f"settings.damaged-{self._now():%Y%m%d-%H%M%S}.json")
        kept = ""
        with suppress(OSError):
            self._path.rename(aside)
            kept = f" The damaged file is kept as {aside}."
        return f"The settings were damaged, so the usual ones are used.{kept} You may have to sign in again."


def _checked(raw: dict[str, object]) -> Settings:
    settings, complaints = read_settings(json.loads(json.dumps(raw)))
    if complaints:
        raise SettingsRefused(complaints[0].removesuffix(" Its usual value is used."))
    return settings


def _decoded(data: bytes) -> dict[str, object] | None:
    """Give the JSON object in the data, None when it is none, or far too large to be ours."""
    if len(data) > LARGEST:
        return None
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) else None
