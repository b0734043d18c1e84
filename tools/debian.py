"""Debian packages: which of ours are missing here, and installing them where we may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent / "apt"


def is_debian() -> bool:
    """Tell whether packages here come from apt, as on Debian and Ubuntu."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def missing_lists(names: tuple[str, ...]) -> list[str]:
    """Give those of the package lists (`run`, `desktop`, `rt`, `browser`) that are not installed in full."""
    have = _installed()
    return [name for name in names if not set(_packages(name)) <= have]


def install(names: list[str]) -> bool:
    """Install these lists as root or by sudo without a password; False where neither works or apt fails."""
    prefix = as_root()
    if prefix is None:
        return False
    print(f"Installing Debian packages ({', '.join(names)}). This takes a minute or two.", file=sys.stderr)
    command = [*prefix, str(HERE / "install"), *names]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        print(done.stdout[-4000:], file=sys.stderr)
    return done.returncode == 0


def by_hand(names: list[str]) -> str:
    """Give the one command that installs these lists."""
    command = Path("tools", "apt", "install")
    return f"sudo {command} {' '.join(names)}"


def as_root() -> list[str] | None:
    """Give what to put before a command that root must run; None where we may not."""
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if (
        shutil.which("sudo")
        and subprocess.run([*sudo, "true"], check=False, capture_output=True).returncode == 0
    ):
        return sudo
    return None


def _packages(name: str) -> list[str]:
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _installed() -> set[str]:
    """Name what is installed and what that stands in for (newer Debians have libglib2.0-0t64)."""
    query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"]
    have = set()
    for line in subprocess.run(query, check=True, capture_output=True, text=True).stdout.splitlines():
        status, package, provides = line.split("\t")
        if status.strip() == "ii":
            have.add(package)
            have.update(entry.split()[0] for entry in provides.split(",") if entry.strip())
    return have
