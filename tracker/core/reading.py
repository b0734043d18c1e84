"""The profile's file for reading alone, without anything of the network: what `list` and `show` load."""

from datetime import tzinfo

from tracker.host.paths import ProfilePaths
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.store.reader import Reader


def local_zone() -> tzinfo:
    """Give the reader's time zone, with its clock changes."""
    from tzlocal import get_localzone

    return get_localzone()


def usual_calendar() -> Calendar:
    """Give the hours a desk is assumed to keep: office hours in the reader's zone."""
    return Calendar(zone=local_zone())


def open_reader(paths: ProfilePaths) -> Reader | None:
    """Open the profile for reading; None when it has never been written."""
    return Reader(paths.store, usual_calendar(), Cadence()) if paths.store.exists() else None
