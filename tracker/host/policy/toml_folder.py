"""Policy in TOML files: `/etc/tracker/policy.d/*.toml`, read in the order of their names, the last one wins.

locked = ["desk", "network.proxy"]

[desk]
kind = "rt"
url = "https://rt.example.org"

Only files count that nobody but IT can have written: what a normal user could have put there is refused.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.host.policy.collecting import Lock, RawValue, collect, values_of
from tracker.host.policy.policy import Complaint, Policy
from tracker.host.policy.toml_lines import lines_of

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1024 * 1024
_MOST_FILES = 200
_ROOT = 0
_SAFELY = (
    os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
)
_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_TWICE = re.compile(r"Cannot overwrite a value|Cannot declare \((.*?),?\) twice")


class _RefusedError(Exception):
    """A folder or file that does not count, with the sentence on it."""


@dataclass(slots=True)
class _Found:
    """What the files have given until now."""

    values: list[RawValue] = field(default_factory=list)
    locks: list[Lock] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def policy(self) -> Policy:
        return collect(self.values, self.locks, self.complaints)


def read_folder(folder: Path, owners: frozenset[int] = frozenset({_ROOT})) -> Policy:
    """Give what the files of this folder set; they and the folder must belong to one of the `owners`.

    Never raises: what is wrong is in `complaints`, with file and line.
    """
    found = _Found()
    try:
        names = _names_in(folder, owners)
    except (OSError, _RefusedError) as error:
        return Policy(complaints=(Complaint(str(folder), _sentence("This folder", error)),))
    for name in names:
        path = folder / name
        try:
            _take_text(_text_of(_trusted_bytes(path, owners)), str(path), found)
        except (OSError, _RefusedError) as error:
            found.complaints.append(Complaint(str(path), _sentence("This file", error)))
    return found.policy()


def check_file(path: Path, folder: Path | None = None, owners: frozenset[int] = frozenset({_ROOT})) -> Policy:
    """Give what one file would set, whoever wrote it and wherever it lies. Never raises.

    Where it lies in the `folder` whose files count already, it is also said why it would not.
    """
    found = _Found()
    try:
        if folder is not None and path.absolute().parent == folder.absolute():
            _trust_for_all(path, owners)
        with path.open("rb") as file:
            _take_text(_text_of(file.read(_LARGEST + 1)), str(path), found)
    except (OSError, _RefusedError) as error:
        found.complaints.append(Complaint(str(path), _sentence("This file", error)))
    return found.policy()


def _trust_for_all(path: Path, owners: frozenset[int]) -> None:
    """Refuse a file of the folder that does not count, or not for everybody."""
    if not _counts_by_name(path.name):
        raise _RefusedError("has a name that does not count: it must end in .toml and not be hidden")
    _trusted_bytes(path, owners)
    if not path.stat().st_mode & stat.S_IROTH:
        raise _RefusedError("cannot be read by everybody: set its mode to 644")


def _counts_by_name(name: str) -> bool:
    return name.endswith(".toml") and name[0] not in ".#"


def _names_in(folder: Path, owners: frozenset[int]) -> list[str]:
    """List the files that count by their names: no hidden ones, and nothing that an editor left behind."""
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode):
        raise _RefusedError("is no folder of its own, or a link to one")
    _trust(about, owners)
    names = sorted(name for name in os.listdir(folder) if _counts_by_name(name))
    if len(names) > _MOST_FILES:
        raise _RefusedError(f"holds more than {_MOST_FILES} files")
    return names


def _trusted_bytes(path: Path, owners: frozenset[int]) -> bytes:
    """Read a file once it is certain whose it is: what is checked is what is read, not what had its name."""
    if path.is_symlink():
        raise _RefusedError("is a link; the file itself must lie here")
    handle = os.open(path, _SAFELY)
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise _RefusedError("is no ordinary file")
        _trust(about, owners)
        return os.read(handle, _LARGEST + 1)
    finally:
        os.close(handle)


def _trust(about: os.stat_result, owners: frozenset[int]) -> None:
    if about.st_uid not in owners:
        raise _RefusedError("belongs to a normal user, not to root")
    if about.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise _RefusedError("can be written by others than its owner")


def _text_of(data: bytes) -> str:
    if len(data) > _LARGEST:
        raise _RefusedError("is larger than 1 MB")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _RefusedError("is not written in UTF-8") from None


def _take_text(text: str, path: str, found: _Found) -> None:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"{path}:{line[1]}" if line else path
        why = _plain(_LINE.sub("", str(error)).removesuffix(" (at end of document)"))
        found.complaints.append(Complaint(where, f"This is not TOML: {why}. The whole file is ignored."))
        return
    except RecursionError:
        raise _RefusedError("has values nested too deeply") from None
    places = {name: f"{path}:{line}" for name, line in lines_of(text).items()}
    _take_locks(raw.pop("locked", []), places.get("locked", path), found)
    _take_misplaced_locks(raw, places, found)
    values, wrong = values_of(raw, places, path)
    found.values += values
    found.complaints += wrong


def _plain(why: str) -> str:
    """Say in plain words what people do most often: they give a section or a value twice."""
    twice = _TWICE.fullmatch(why)
    if twice is None:
        return why
    section = (twice[1] or "").replace("'", "").replace(", ", ".")
    return f"The section “{section}” stands there twice" if section else "A value is given twice"


def _take_locks(locked: object, where: str, found: _Found) -> None:
    if isinstance(locked, list) and all(isinstance(name, str) for name in locked):
        found.locks += [Lock(name, where) for name in locked]
    else:
        sentence = '“locked” must be a list of names such as ["desk", "network.proxy"]. It is ignored.'
        found.complaints.append(Complaint(where, sentence))


def _take_misplaced_locks(raw: dict[str, object], where: dict[str, str], found: _Found) -> None:
    """Say of a list of locks below a section that it belongs above: in TOML it is part of that section."""
    for section, words in raw.items():
        if isinstance(words, dict) and "locked" in words:
            del words["locked"]
            name = f"{section}.locked"
            sentence = "“locked” must stand above the first section. It is ignored."
            found.complaints.append(Complaint(where.get(name, where.get(section, section)), sentence))


def _sentence(what: str, error: OSError | _RefusedError) -> str:
    why = f"cannot be read ({error.strerror})" if isinstance(error, OSError) else str(error)
    return f"{what} {why}. It is ignored."
