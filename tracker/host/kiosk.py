"""Shared computers: a profile that lives for one session and leaves nothing, where IT's policy says so.

It lies where the system keeps a session's own things (in memory, on most Linux systems), is removed when the
program ends, and after a kill at the next start at the latest. Secrets stay in the program's memory.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.host.disk import plain_disk_errors
from tracker.host.instance import ProfileLock, require_private
from tracker.host.paths import ProfilePaths, prepare_folders, profile_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping

_NAME = "it-tracker-kiosk"


def paths_in_force(
    chosen: Path | None, environment: MutableMapping[str, str] | None = None
) -> tuple[ProfilePaths, bool]:
    """Give the places of the profile, and whether nothing of it may stay.

    Where IT wants nothing kept, a folder chosen by the person does not count, and `environment` (that of this
    process) is told to use no keyring.
    """
    from tracker.host.policy.reading import read_policy

    env = os.environ if environment is None else environment
    policy = read_policy(env)
    if policy.given:  # most computers have none, and do without the list of keys
        from tracker.host.policy.keys import KIOSK

        if policy.value(KIOSK):
            from tracker.host.secrets import NO_KEYRING_VARIABLE

            env[NO_KEYRING_VARIABLE] = "1"
            return kiosk_paths(env), True
    return profile_paths(chosen, env), False


def kiosk_paths(environment: Mapping[str, str]) -> ProfilePaths:
    """Give the places of this person's session."""
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    session = environment.get("XDG_SESSION_ID") or environment.get("SESSIONNAME") or ""
    name = "-".join(filter(None, (_NAME, _who(), re.sub(r"\W", "_", session)[:40])))
    place = Path(runtime if runtime and os.path.isdir(runtime) else tempfile.gettempdir()) / name
    return ProfilePaths(place, place, place / "cache", place / "logs")


def make_place(paths: ProfilePaths) -> None:
    """Make the session's folder. Raises DiskTrouble where somebody else has taken its name before us."""
    with plain_disk_errors("preparing the profile", paths.data):
        paths.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    require_private(paths.data)


@contextmanager
def forgetting(paths: ProfilePaths) -> Iterator[None]:
    """Leave nothing of the profile behind, unless another program works on it, which does that itself."""
    make_place(paths)
    try:
        yield
    finally:
        lock = ProfileLock(paths)
        if paths.data.exists() and lock.take():
            leave_nothing(paths)
            lock.release()


def begin_anew(paths: ProfilePaths) -> None:
    """Remove what a killed program has left; the caller holds the profile's lock. Raises DiskTrouble."""
    _empty(paths.data, keep=paths.lock)
    prepare_folders(paths)


def leave_nothing(paths: ProfilePaths) -> None:
    """Remove all of it; the caller holds the profile's lock until now."""
    _empty(paths.data, keep=paths.lock)
    with suppress(OSError):
        paths.lock.unlink()
        paths.data.rmdir()


def _empty(folder: Path, *, keep: Path) -> None:
    for entry in folder.glob("*"):
        if entry == keep:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with suppress(OSError):
                entry.unlink()


def _who() -> str:
    return str(os.getuid()) if hasattr(os, "getuid") else ""
