"""Reads the policy of this computer from the carrier that its system has."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.host.policy.policy import NO_POLICY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.host.policy.policy import Policy

FOLDER = Path("/etc/tracker/policy.d")
FOLDER_VARIABLE = "TRACKER_POLICY_DIR"
"""Another folder, to try a policy out. It counts only where FOLDER does not exist: nobody gets round IT."""


def read_policy(environment: Mapping[str, str] | None = None) -> Policy:
    """Give what IT has set on this computer; never raises: what is wrong stands in `complaints`.

    Fast enough for the way to the first paint, and free of any import where there is no policy.
    """
    if sys.platform == "win32":
        from tracker.host.policy.registry import read_registry

        return read_registry()
    if sys.platform == "darwin":
        import pwd

        from tracker.host.policy.managed_preferences import read_preferences

        return read_preferences(pwd.getpwuid(os.getuid()).pw_name)
    folder = policy_folder(os.environ if environment is None else environment)
    if not _has_files(folder):
        return NO_POLICY
    from tracker.host.policy.toml_folder import read_folder

    return read_folder(folder, owners_in(folder))


def owners_in(folder: Path) -> frozenset[int]:
    """Give whose files count there: root's, and one's own in a folder to try a policy out."""
    return frozenset({0} if folder == FOLDER or sys.platform == "win32" else {0, os.getuid()})


def policy_folder(environment: Mapping[str, str]) -> Path:
    """Give the folder whose files count."""
    named = environment.get(FOLDER_VARIABLE, "")
    return Path(named) if named and not FOLDER.exists() else FOLDER


def _has_files(folder: Path) -> bool:
    """Tell whether there may be something to read: the package brings an empty folder."""
    try:
        return folder.is_symlink() or any(name.endswith(".toml") for name in os.listdir(folder))
    except FileNotFoundError:
        return False
    except OSError:
        return True  # it is said why it cannot be read
