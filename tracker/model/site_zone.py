"""The zone of a site by its name, which a desk may have wrong."""

from zoneinfo import ZoneInfo


def zone_of(name: str) -> ZoneInfo | None:
    """Give the IANA zone of this name; None for no name, and for one that no zone has."""
    try:
        return ZoneInfo(name) if name else None
    except (
        KeyError,
        ValueError,
        OSError,
    ):  # unknown; no name at all, such as "../x"; a folder, such as "Europe"
        return None
