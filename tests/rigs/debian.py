"""Install Debian packages for a rig, or say loudly what is missing and who can mend it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class RigUnavailable(Exception):
    """A live server could not be installed or started; the tests that need it must fail, not hide."""


def installed_version(package: str) -> str | None:
    """Give the installed version of a Debian package, None if it is not installed."""
    try:
        answer = subprocess.run(
            ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}", package],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return None
    status, version = answer.stdout[:3], answer.stdout[3:]
    return version if answer.returncode == 0 and status.strip() == "ii" else None


def ensure_packages(packages: Sequence[str], answers: str = "") -> None:
    """Install those of `packages` that are missing; `answers` is fed to debconf first.

    Raises RigUnavailable with the command to run when we may not install or apt fails.
    """
    missing = [name for name in packages if installed_version(name) is None]
    if not missing:
        return
    by_hand = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0:
        raise RigUnavailable(f"Missing: {', '.join(missing)}. Only root may install them. Run: {by_hand}")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    steps: list[tuple[list[str], str]] = [
        (["debconf-set-selections"], answers),
        (["apt-get", "update", "-qq"], ""),
        (["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], ""),
    ]
    for command, given in steps:
        try:
            done = subprocess.run(
                command, input=given, capture_output=True, text=True, check=False, env=environment
            )
        except FileNotFoundError as error:
            raise RigUnavailable(f"This is not Debian: {command[0]} is missing.") from error
        if done.returncode != 0:
            tail = (done.stdout + done.stderr)[-2000:]
            raise RigUnavailable(f"{' '.join(command)} failed:\n{tail}\nBy hand: {by_hand}")
