"""Policy in the preferences of macOS: what a management service forces, and what the computer starts from.

A profile's settings land in `/Library/Managed Preferences`, for the computer and for each person, and hold;
`/Library/Preferences` has an administrator's defaults. A setting's name is the policy key's: `desk.url`.
Read as files: the same by every tool, and seen to be root's. Written to Apple's documentation; tried on Linux
with files of that form, never on a Mac.
"""

from __future__ import annotations

import json
import os
import plistlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.host.policy.collecting import RawValue, collect
from tracker.host.policy.forms import Shape
from tracker.host.policy.keys import KEYS
from tracker.host.policy.policy import Complaint

if TYPE_CHECKING:
    from tracker.host.policy.policy import Policy

DOMAIN = "org.it-tracker.Tracker"
LIBRARY = Path("/Library")
ROOT = 0
"""The owner that such a file must have."""

_LARGEST = 1024 * 1024
_TABLES = {key.name for key in KEYS if key.form.shape is Shape.TABLE}


@dataclass(frozen=True, slots=True)
class PreferenceFile:
    """One place that is looked at, and whether what it sets holds."""

    path: Path
    locked: bool


def preference_files(person: str, library: Path = LIBRARY) -> tuple[PreferenceFile, ...]:
    """Give the files that count for this person (the account's short name), weak before strong."""
    name, managed = f"{DOMAIN}.plist", library / "Managed Preferences"
    is_name = person.strip(".") and Path(person).name == person
    theirs = managed / person / name if is_name else managed / name
    return (
        PreferenceFile(library / "Preferences" / name, locked=False),
        PreferenceFile(theirs, locked=True),
        PreferenceFile(managed / name, locked=True),
    )


def read_preferences(person: str, library: Path = LIBRARY, *, owner: int = ROOT) -> Policy:
    """Give what these files set; one that is not the owner's alone to write is complained of and left out."""
    values: list[RawValue] = []
    complaints: list[Complaint] = []
    for file in preference_files(person, library):
        try:
            found = _preferences_in(file.path, owner)
        except ValueError as error:
            complaints.append(Complaint(str(file.path), f"This file {error}. It is ignored."))
            continue
        for name, value in found.items():
            # A profile's own bookkeeping comes along with its settings.
            if not str(name).startswith("Payload"):
                meant = _meant(str(name), value)
                values.append(RawValue(str(name), meant, str(file.path), file.locked))
    return collect(values, complaints=complaints)


def _preferences_in(path: Path, owner: int) -> dict[object, object]:
    """Give what a file holds; nothing where there is none. Raises ValueError with the end of a sentence."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise ValueError(f"cannot be opened ({error.strerror})") from error
    with open(number, "rb") as file:
        status = os.fstat(number)
        others = stat.S_IWGRP | stat.S_IWOTH
        if not stat.S_ISREG(status.st_mode) or status.st_uid != owner or status.st_mode & others:
            raise ValueError("must belong to root, and nobody else may write to it")
        if status.st_size > _LARGEST:
            raise ValueError("is larger than 1 MB")
        try:
            found = plistlib.loads(file.read(_LARGEST))
        except Exception as error:  # the reader lets through whatever its parsers stumble over
            raise ValueError("is no property list") from error
    if not isinstance(found, dict):
        raise ValueError("holds no settings by name")
    return found


def _meant(name: str, value: object) -> object:
    """Give a table that a tool could only write as JSON text as the table it is."""
    if name not in _TABLES or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value  # the check of the key says what is wrong
