"""The profile's file for reading alone, without anything of the network: what `list` and `show` load."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

from tracker.host.desk_hours import calendar_for
from tracker.host.paths import ProfilePaths
from tracker.host.policy.policy import Policy
from tracker.host.policy.reading import read_policy
from tracker.host.settings import Settings
from tracker.host.settings_file import SettingsFile
from tracker.model.calendar import Calendar
from tracker.model.ticket import Act
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


def refused_acts(policy: Policy) -> frozenset[Act]:
    """Give what IT does not offer, whatever the desk could do."""
    if not policy.given:  # as on most computers: the list of all keys is not even loaded
        return frozenset()
    from tracker.host.policy import keys

    offered = {
        Act.CHAT: policy.value(keys.CHANNEL_CHAT),
        Act.ASK_FOR_CALL: policy.value(keys.CHANNEL_CALL),
        Act.RAISE_AGAIN: policy.value(keys.CHANNEL_REQUEST),
    }
    return frozenset(act for act, is_offered in offered.items() if not is_offered)


def open_reader(paths: ProfilePaths) -> Reader | None:
    """Open the profile for reading; None when it has never been written. Raises `HostError`, `StoreError`."""
    if not paths.store.exists():
        return None
    policy, here = read_policy(), local_zone()
    settings = SettingsFile(paths.settings, policy).load()
    return Reader(
        paths.store,
        Calendar(zone=here),
        settings.cadence,
        choose_hours=hours_chooser(settings, here),
        refused=refused_acts(policy),
    )
