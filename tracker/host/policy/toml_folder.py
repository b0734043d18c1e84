"""Policy in TOML files: `/etc/tracker/policy.d/*.toml`, read in the order of their names, the last one wins.

locked = ["desk.url", "network.proxy"]

[desk]
kind = "rt"
url = "https://rt.example.org"
"""

from __future__ import annotations

import tomllib
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.host.policy.keys import KEYS
from tracker.host.policy.policy import Complaint, Given, Policy

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1024 * 1024
_BY_NAME = {key.name: key for key in KEYS}


def read_folder(folder: Path) -> Policy:
    """Give what the files of this folder set."""
    given: dict[str, Given] = {}
    locks: dict[str, str] = {}
    complaints: list[Complaint] = []
    for path in sorted(folder.glob("*.toml")):
        _read_file(path, given, locks, complaints)
    for name, where in locks.items():
        if name in given:
            given[name] = Given(given[name].value, given[name].source, locked=True)
        else:
            complaints.append(Complaint(where, f"“{name}” is locked, but nothing sets it."))
    return Policy(MappingProxyType(given), tuple(complaints))


def _read_file(
    path: Path, given: dict[str, Given], locks: dict[str, str], complaints: list[Complaint]
) -> None:
    where = str(path)
    try:
        with path.open("rb") as file:
            raw = tomllib.loads(file.read(_LARGEST).decode())
    except (OSError, ValueError) as error:
        complaints.append(Complaint(where, f"This file cannot be read: {error}."))
        return
    for name in raw.pop("locked", ()):
        locks[str(name)] = where
    for section, values in raw.items():
        for word, value in values.items() if isinstance(values, dict) else ():
            name = f"{section}.{word}"
            key = _BY_NAME.get(name)
            if key is None:
                complaints.append(Complaint(where, f"There is no “{name}”."))
                continue
            try:
                given[name] = Given(key.form.parse(value), where, locked=False)
            except ValueError as error:
                complaints.append(Complaint(where, f"“{name}” {error}."))
