"""What counts of a profile's settings now, under IT's policy; each change is kept in the file first."""

import logging
import sqlite3
from dataclasses import fields, replace
from datetime import datetime

from tracker.core.preferring import adopted, stamped
from tracker.core.reading import hours_chooser, local_zone
from tracker.host.paths import ProfilePaths
from tracker.host.policy.policy import Policy
from tracker.host.settings import DeskChoice, Settings
from tracker.host.settings_file import SettingsFile
from tracker.model.telling import NotifySettings
from tracker.store.desk_facts import HoursInForce
from tracker.sync.herald import Wishes

_log = logging.getLogger(__name__)


class KeptSettings:
    """Holds the settings that count (`now`), the policy over them, and the hours that follow from both.

    Raises `HostError` when made and the file cannot be read. Used on one thread.
    """

    def __init__(self, paths: ProfilePaths, policy: Policy) -> None:
        self.policy = policy
        self.zone = local_zone()
        self._file = SettingsFile(paths.settings, policy)
        self.now: Settings = self._file.load()
        self.hours = HoursInForce(hours_chooser(self.now, self.zone))
        _log_complaints(policy)

    @property
    def complaints(self) -> tuple[str, ...]:
        """What could not be used of the file, in sentences for the person."""
        return self._file.complaints

    @property
    def to_share(self) -> NotifySettings:
        """How the person chose to be told, whatever IT has set on this computer: what the desk may keep."""
        return self._file.own.notify

    def wishes(self, connection: sqlite3.Connection) -> Wishes:
        """Give how the person wants to be told, and the hours to count with."""
        return Wishes(self.now.notify, self.zone, self.hours.look_up(connection), self.now.cadence)

    def save(self, settings: Settings, shown: Settings, at: datetime) -> bool:
        """Keep what differs from what was `shown`; the desks stay. Tell whether it is about being told."""
        before = self.now
        wanted = replace(_changed(before, shown, settings), desk=before.desk, chat=before.chat)
        self._take(self._file.save(stamped(wanted, before, at)))
        return self.now.notify_changed_at != before.notify_changed_at

    def save_desk(self, choice: DeskChoice | None) -> None:
        """Note who is signed in from now on; with nobody, nothing is muted."""
        settings = replace(self.now, desk=choice)
        if choice is None:  # what is muted goes, and whoever comes next starts with the desk's copy
            settings = replace(settings, chat=None, muted=frozenset(), notify_changed_at=None)
        self._take(self._file.save(settings))

    def save_chat(self, choice: DeskChoice | None) -> None:
        """Note which chat server is used from now on beside the desk."""
        self._take(self._file.save(replace(self.now, chat=choice)))

    def adopt(self, told: NotifySettings) -> None:
        """Keep what the person chose on another computer."""
        self._take(self._file.save_own(adopted(self._file.own, told)))

    def use_policy(self, policy: Policy) -> None:
        """Let another policy count from now on; what the person chose stays as it is below it."""
        self._take(self._file.use_policy(policy))
        self.policy = policy  # last: whoever sees it sees the settings under it
        _log_complaints(policy)

    def _take(self, settings: Settings) -> None:
        if settings.hours != self.now.hours:
            self.hours = HoursInForce(hours_chooser(settings, self.zone))
        self.now = settings


def _log_complaints(policy: Policy) -> None:
    for complaint in policy.complaints:
        _log.warning("Policy: %s", complaint)


def _changed(now: Settings, shown: Settings, settings: Settings) -> Settings:
    """Take over what the person changed, and nothing that only was older in front of them."""
    names = [field.name for field in fields(Settings)]
    new = {name: getattr(settings, name) for name in names if getattr(settings, name) != getattr(shown, name)}
    return replace(now, **new)
