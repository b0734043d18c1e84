"""Make sure of the Debian packages a rig needs, or say loudly what is missing and who can mend it."""

from __future__ import annotations

import subprocess

from tools import debian


class RigUnavailable(Exception):
    """A live server could not be installed or started; the tests that need it must fail, not hide."""


def installed_version(package: str) -> str:
    """Give the installed version of a Debian package, empty when it is not installed."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Version}", package]
    answer = subprocess.run(query, capture_output=True, text=True, check=False)
    return answer.stdout[3:] if answer.returncode == 0 and answer.stdout.startswith("ii") else ""


def ensure_installed(name: str) -> None:
    """Install what is missing of a list in tools/apt, as `make test` does before the tests.

    Raises RigUnavailable with the command to run when we may not install, or apt fails.
    """
    if not debian.is_debian():
        raise RigUnavailable("The live servers of the tests need Debian or Ubuntu.")
    if debian.missing_lists((name,)) and not debian.install([name]):
        raise RigUnavailable(f"Debian packages are missing. Run: {debian.by_hand([name])}")
