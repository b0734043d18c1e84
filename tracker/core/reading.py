"""The profile's file for reading alone, without anything of the network: what `list` and `show` load."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from tracker.host.desk_hours import calendar_for
from tracker.host.paths import ProfilePaths
from tracker.host.policy.reading import read_policy
from tracker.host.settings import Settings
from tracker.host.settings_file import SettingsFile
from tracker.model.calendar import Calendar
from tracker.store.reader import Reader


def local_zone() -> tzinfo:
    """Give the reader's time zone, with its clock changes."""
    from tzlocal import get_localzone

    return get_localzone()


def hours_chooser(settings: Settings, here: tzinfo) -> Callable[[Calendar | None], Calendar]:
    """Give what makes the hours to count with: of those chosen here, those the desk tells, and the usual."""

    def choose(told: Calendar | None) -> Calendar:
        return calendar_for(settings.hours, told, here=here, today=datetime.now(UTC).date())

    return choose


def open_reader(paths: ProfilePaths) -> Reader | None:
    """Open the profile for reading; None when it has never been written. Raises `HostError`, `StoreError`."""
    if not paths.store.exists():
        return None
    settings, here = SettingsFile(paths.settings, read_policy()).load(), local_zone()
    chosen = hours_chooser(settings, here)
    return Reader(paths.store, Calendar(zone=here), settings.cadence, choose_hours=chosen)
