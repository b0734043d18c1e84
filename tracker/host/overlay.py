"""Lays IT's policy over what a person has chosen, and keeps the two apart in what is written down.

Both work on the settings' JSON object (`raw`). The person's holds only the names that they chose, so that
IT's defaults count for all the rest; a policy's values never get into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from tracker.host.settings import Settings, write_settings

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy

FORMAT = "format"
_CHOSEN_ALONE = 2
"""Since then a file holds what was chosen alone; before, it held every name."""

_PARTED = ("telling", "hours", "cadence")
"""Settings of several parts, each of which is chosen, and set by IT, for itself."""

_COUNTRY, _REGION = "hours.country", "hours.region"
"""A policy names both with one value, such as DE-BY."""

KEY_OF = {
    "language": "look.language",
    "theme": "look.theme",
    "privacy": "notifications.privacy",
    "telling.now": "notifications.now",
    "telling.needs_you": "notifications.needs_you",
    "telling.promise": "notifications.promise",
    "telling.progress": "notifications.progress",
    "telling.digest": "notifications.digest",
    "quiet_hours": "notifications.quiet_hours",
    "quiet_from": "notifications.quiet_from",
    "quiet_to": "notifications.quiet_to",
    "quiet_weekend": "notifications.quiet_weekend",
    "digest_at": "notifications.digest_at",
    "autostart": "start.autostart",
    "hours.zone": "hours.zone",
    "hours.week": "hours.week",
    "hours.country": "hours.holidays",
    "hours.days_off": "hours.days_off",
    "cadence.urgent": "cadence.urgent",
    "cadence.high": "cadence.high",
    "cadence.normal": "cadence.normal",
    "cadence.low": "cadence.low",
}
"""By which key of the policy IT sets a setting; the settings that are not here are the person's alone."""


def chosen_in(raw: Mapping[str, object]) -> dict[str, object]:
    """Give what the person chose, of a settings file's object.

    An older file holds every name: there, what has its usual value counts as not chosen.
    """
    kept = {name: value for name, value in raw.items() if name != FORMAT}
    usual = write_settings(Settings())
    if FORMAT in raw or not usual.keys() <= raw.keys():
        return kept
    plain, by_default = flat(kept), flat(usual)
    return _nested({name: value for name, value in plain.items() if by_default.get(name, plain) != value})


def to_write(chosen: Mapping[str, object]) -> dict[str, object]:
    """Give the object for the file, which chosen_in() reads back."""
    return {FORMAT: _CHOSEN_ALONE, **chosen}


def overlaid(chosen: Mapping[str, object], policy: Policy) -> dict[str, object]:
    """Give the object that counts: what IT locks, else what the person chose, else IT's default."""
    named = flat(chosen)
    for name, key in KEY_OF.items():
        given = policy.given.get(key)
        if given is not None and (given.locked or name not in named):
            named[name] = _as_json(given.value)
            if name == _COUNTRY:
                named[_COUNTRY], _dash, named[_REGION] = str(given.value).partition("-")
    return _nested(named)


def with_changes(chosen: Mapping[str, object], before: Settings, after: Settings) -> dict[str, object]:
    """Note what somebody has changed as chosen; what is the same before and after stays as it was."""
    named, old, new = flat(chosen), flat(write_settings(before)), flat(write_settings(after))
    for name in old.keys() - new.keys():
        named.pop(name, None)
    named.update((name, value) for name, value in new.items() if name not in old or old[name] != value)
    return _nested(named)


def without_locked(after: Settings, before: Settings, policy: Policy) -> dict[str, object]:
    """Give `after` as an object in which everything that IT locks is as it was."""
    old, new = flat(write_settings(before)), flat(write_settings(after))
    locked = {name for name, key in KEY_OF.items() if key in policy.given and policy.given[key].locked}
    kept = {name: value for name, value in new.items() if name not in locked}
    return _nested(kept | {name: old[name] for name in locked if name in old})


def locked_settings(policy: Policy) -> frozenset[str]:
    """Name the settings that the person cannot change, since IT has set them."""
    given = ((name, policy.given[key]) for name, key in KEY_OF.items() if key in policy.given)
    # The program offers no choice of a language: whoever has set it has decided.
    return frozenset(name for name, value in given if value.locked or name == "language")


def flat(raw: Mapping[str, object]) -> dict[str, object]:
    """Name the parts of what has parts, such as `telling.now`."""
    named: dict[str, object] = {}
    for name, value in raw.items():
        if name in _PARTED and isinstance(value, Mapping):
            named.update((f"{name}.{part}", inner) for part, inner in value.items())
        elif name not in _PARTED or value is not None:
            named[name] = value
    return named


def _nested(named: Mapping[str, object]) -> dict[str, object]:
    raw: dict[str, object] = {}
    parts: dict[str, dict[str, object]] = {}
    for name, value in named.items():
        whole, _dot, part = name.partition(".")
        if part and whole in _PARTED:
            parts.setdefault(whole, {})[part] = value
        else:
            raw[name] = value
    return raw | parts


def _as_json(value: object) -> object:
    """Write a policy's value as the settings file would."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return value // timedelta(minutes=1)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset):
        return [_as_json(entry) for entry in value]
    return value
