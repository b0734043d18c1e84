"""The clock at the place of a visit, where it shows another time than the reader's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from tracker.model.visit import Visit


def zone_named(name: str) -> ZoneInfo | None:
    """Give the time zone of an IANA name; None for one that does not exist, or is not known here."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no name at all; the name of a folder
        return None


def site_zone(visit: Visit, reader: tzinfo) -> ZoneInfo | None:
    """Give the zone of a visit's place, where its clocks show another time than the reader's at that moment.

    Two names for the same time are one: then nothing needs to be said.
    """
    zone = zone_named(visit.zone) if visit.zone else None
    if zone is None or not _differs(visit, zone, reader):
        return None
    return zone


def place_of(zone: ZoneInfo) -> str:
    """Name a zone as people do: "New York" for America/New_York."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def _differs(visit: Visit, zone: tzinfo, reader: tzinfo) -> bool:
    return any(_offset(at, zone) != _offset(at, reader) for at in (visit.starts, visit.closes) if at)


def _offset(at: datetime, zone: tzinfo) -> object:
    return at.astimezone(zone).utcoffset()
