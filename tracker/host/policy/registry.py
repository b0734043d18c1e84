"""Policy in the registry of Windows, as Group Policy and Intune write it: read by key, weak before strong.

`HKLM\\Software\\Policies\\Tracker` holds what people cannot change, its subkey `Recommended` what they start
from; the same under HKCU for a policy of one person. The computer's goes before the person's. A value's name
is the policy key's: `desk.url`. A list is a REG_MULTI_SZ; a table is one JSON object, as a REG_SZ.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.host.policy.collecting import RawValue, collect
from tracker.host.policy.forms import Shape
from tracker.host.policy.keys import KEYS
from tracker.host.policy.policy import Complaint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.host.policy.policy import Policy

PLACE = r"Software\Policies\Tracker"
RECOMMENDED = rf"{PLACE}\Recommended"
WEAK_TO_STRONG = (("HKCU", RECOMMENDED), ("HKLM", RECOMMENDED), ("HKCU", PLACE), ("HKLM", PLACE))

# https://learn.microsoft.com/windows/win32/sysinfo/registry-value-types
REG_SZ, REG_EXPAND_SZ, REG_DWORD, REG_MULTI_SZ = 1, 2, 4, 7
_MOST_VALUES = 1000
_SHAPES = {key.name: key.form.shape for key in KEYS}


@dataclass(frozen=True, slots=True)
class RegistryValue:
    """One value as the registry gives it: text, a whole number, a list of texts, bytes, or nothing."""

    hive: str  # "HKLM" or "HKCU"
    path: str
    name: str
    kind: int
    data: object

    @property
    def place(self) -> str:
        """Say where it stands, for people."""
        return rf"{self.hive}\{self.path}\{self.name}"


def policy_in(values: Iterable[RegistryValue]) -> Policy:
    """Give the policy that these values make, those that come later going before the others."""
    found: list[RawValue] = []
    complaints: list[Complaint] = []
    for value in values:
        name = value.name.lower()  # names have no case there
        if not name:
            continue  # the key's own nameless value
        try:
            meant = _meant(_SHAPES.get(name, Shape.TEXT), value)
        except ValueError as error:
            complaints.append(Complaint(value.place, f"“{name}” {error}. It is ignored."))
            continue
        found.append(RawValue(name, meant, value.place, locked=value.path == PLACE))
    return collect(found, complaints=complaints)


def _meant(shape: Shape, value: RegistryValue) -> object:
    """Give a value as TOML would have given it. Raises ValueError with the end of a sentence."""
    match shape:
        case Shape.YES_OR_NO:
            if value.kind != REG_DWORD or value.data not in (0, 1):
                raise ValueError("must be a REG_DWORD of 0 or 1")
            return bool(value.data)
        case Shape.NUMBER:
            if value.kind != REG_DWORD:
                raise ValueError("must be a REG_DWORD")
            return value.data
        case Shape.LIST:
            return _lines(value)
        case Shape.TABLE:
            return _json("\n".join(_lines(value)) if value.kind == REG_MULTI_SZ else _text(value))
        case _:
            return _text(value)


def _text(value: RegistryValue) -> str:
    if value.kind not in (REG_SZ, REG_EXPAND_SZ) or not isinstance(value.data, str):
        raise ValueError("must be a REG_SZ")
    return value.data


def _lines(value: RegistryValue) -> list[str]:
    if value.kind != REG_MULTI_SZ or not isinstance(value.data, list):
        raise ValueError("must be a REG_MULTI_SZ")
    return [line for line in map(str, value.data) if line]


def _json(written: str) -> object:
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        raise ValueError("must be a JSON object") from error


def read_registry() -> Policy:
    """Give what this computer's registry sets; without any of these keys, nothing."""
    return policy_in(_all_values())


def _all_values() -> Iterator[RegistryValue]:
    for hive, path in WEAK_TO_STRONG:
        yield from _values_of(hive, path)


if sys.platform == "win32":
    import winreg

    def _values_of(hive: str, path: str) -> Iterator[RegistryValue]:
        root = winreg.HKEY_LOCAL_MACHINE if hive == "HKLM" else winreg.HKEY_CURRENT_USER
        try:
            # A 32-bit program would be shown another place.
            with winreg.OpenKey(root, path, access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
                count = min(winreg.QueryInfoKey(key)[1], _MOST_VALUES)
                found = [winreg.EnumValue(key, index) for index in range(count)]
        except OSError:  # no such key, or it changes this very moment: the notification comes
            return
        for name, data, kind in found:
            text = winreg.ExpandEnvironmentStrings(data) if kind == REG_EXPAND_SZ else data
            yield RegistryValue(hive, path, name, kind, text)

else:

    def _values_of(hive: str, path: str) -> Iterator[RegistryValue]:
        """There is no registry here."""
        yield from ()
