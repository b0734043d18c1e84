"""What IT has set and what counts of it: a line for each key, with where its value comes from."""

from pathlib import Path

import msgspec

from tracker.core.policy_desk import other_desk
from tracker.core.shapes import SCHEMA
from tracker.host.overlay import KEY_OF
from tracker.host.policy import keys
from tracker.host.policy.policy import Key, Policy
from tracker.host.policy.writing import written
from tracker.host.settings_file import SettingsFile

YOURS, USUAL = "your choice", "usual"

_SETTING_OF = {key: name for name, key in KEY_OF.items()}


class KeyReport(msgspec.Struct):
    """One key: the value that counts, where that comes from, and whether the person can choose otherwise.

    `source` is a file with its line, a place of the registry or of a profile, "your choice", or "usual".
    """

    name: str
    value: str | int | bool | list[str] | dict[str, str]
    source: str
    locked: bool
    next_start: bool


class PolicyReport(msgspec.Struct):
    """`tracker policy report --json`: every key, and a sentence for each thing that could not be used."""

    schema: int
    keys: tuple[KeyReport, ...]
    complaints: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def policy_report(policy: Policy, settings: Path) -> PolicyReport:
    """Tell what counts for the person with this file of settings. Raises `HostError`."""
    file = SettingsFile(settings, policy)
    kept = file.load()
    chosen = file.chosen
    own: dict[str, object] = {}
    if kept.desk is not None:
        own = {keys.DESK_KIND.name: kept.desk.kind, keys.DESK_URL.name: kept.desk.url}
    for key in keys.KEYS:
        if _SETTING_OF.get(key.name) in chosen:
            own[key.name] = chosen[_SETTING_OF[key.name]]
    moved = other_desk(kept.desk, policy)
    return PolicyReport(
        SCHEMA,
        tuple(_reported(key, policy, own) for key in keys.KEYS),
        tuple(str(complaint) for complaint in policy.complaints),
        (f"Signed in at another desk than IT's: sign in anew at {moved}.",) if moved else (),
    )


def _reported(key: Key[object], policy: Policy, own: dict[str, object]) -> KeyReport:
    locked = policy.locks(key)
    if key.name in own and not locked:
        return KeyReport(key.name, _as_text(own[key.name]), YOURS, locked, key.next_start)
    source = policy.given[key.name].source if policy.sets(key) else USUAL
    return KeyReport(key.name, written(key, policy.value(key)), source, locked, key.next_start)


def _as_text(value: object) -> str | int | bool | list[str]:
    """Give a value of the settings' file as the policy writes it."""
    if isinstance(value, bool | int | str):
        return value
    return [str(entry) for entry in value] if isinstance(value, list) else str(value)
