"""A Windows of its own under Wine: a private prefix, a private screen, and a home folder that is nobody's."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Self

from tools.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_WINE = "/usr/lib/wine/wine64"
_SERVER = "/usr/lib/wine/wineserver64"
_LACKING = {"icuuc": (), "bcryptprimitives": ("-ladvapi32",)}
"""Libraries of Windows 10 that Wine 8 lacks, and what our stand-ins for them need."""


class WineTrouble(Exception):
    """Something that ran under Wine went on for too long, or did not do what it was to do."""


class Wine:
    """Runs Windows programs. What they say comes through a pipe: they accept no file as standard output."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.drive = folder / "prefix" / "drive_c"
        self._screen: subprocess.Popen[bytes] | None = None
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Start the screen and make the prefix."""
        shutil.rmtree(self._folder, ignore_errors=True)
        home = self._folder / "home"  # Wine links the person's folders to it
        home.mkdir(parents=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "DISPLAY": self._opened_screen(),
            "WINEPREFIX": str(self._folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self.run("wineboot.exe", "-i", within=300)
        for name, libraries in _LACKING.items():
            out = self.drive / "windows" / "system32" / f"{name}.dll"
            source = ROOT / "tools" / "windows" / f"{name}.c"
            compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-O1", "-s", "-o", str(out), str(source)]
            subprocess.run([*compiler, *libraries], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        """End what runs in this prefix, and the screen."""
        subprocess.run([_SERVER, "-k"], env=self.environment, check=False, capture_output=True)
        if self._screen is not None:
            self._screen.terminate()
            self._screen.wait()

    def _opened_screen(self) -> str:
        ours, theirs = os.pipe()
        command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
        self._screen = subprocess.Popen(command, pass_fds=(theirs,), stderr=subprocess.DEVNULL)
        os.close(theirs)
        with open(ours, encoding="ascii") as number:
            return f":{number.readline().strip()}"

    def start(self, *command: str | Path) -> subprocess.Popen[str]:
        """Start a program and leave it running; its words are thrown away."""
        return subprocess.Popen(
            [_WINE, *map(str, command)],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def run(
        self, *command: str | Path, within: float = 240, typed: str = "", at: Path | None = None
    ) -> tuple[int, str]:
        """Run a program to its end; gives its exit status (its last eight bits) and what it said.

        Raises WineTrouble when it takes longer than `within` seconds.
        """
        try:
            done = subprocess.run(
                [_WINE, *map(str, command)],
                env=self.environment,
                cwd=at,
                input=typed,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=within,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise WineTrouble(f"{command[0]} went on for more than {within:.0f} s") from error
        return done.returncode, done.stdout.replace("\r\n", "\n")

    def run_line(self, line: str) -> int:
        """Run a line as a person types it at the prompt, quotes and all; gives the exit status in full."""
        script = self._folder / "line.bat"
        script.write_text(f"@echo off\r\n{line}\r\necho status %ERRORLEVEL%\r\n", encoding="ascii")
        _status, said = self.run("cmd.exe", "/c", script)
        return int(said.rpartition("status ")[2])

    def registry(self, key: str) -> dict[str, str]:
        """Give every value below a key, `path\\name` in lower case to its text; none without the key."""
        _status, said = self.run("reg.exe", "query", key, "/s", "/reg:64")
        return registry_values(said)

    def put(self, key: str, name: str, kind: str, data: str) -> None:
        """Write a value as Group Policy would."""
        words = ("/v", name, "/t", kind, "/d", data, "/f", "/reg:64")
        status, said = self.run("reg.exe", "add", key, *words)
        if status:
            raise WineTrouble(said)


def registry_values(said: str) -> dict[str, str]:
    """Read what `reg query /s` prints."""
    values, key = {}, ""
    for line in said.splitlines():
        if line.startswith("HKEY_"):
            key = line.strip()
        elif line.startswith("    "):
            name, _kind, data = [*line.strip().split("    ", 2), "", ""][:3]
            values[f"{key}\\{name}".lower()] = data
    return values


def wait_until(true: Callable[[], bool], what: str, *, within: float = 120) -> float:
    """Wait for something to be so; gives the seconds it took. Raises WineTrouble when it never is."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > within:
            raise WineTrouble(f"{what}: not so after {within:.0f} s")
        time.sleep(0.2)
    return time.monotonic() - began


def windows_path(path: Path) -> str:
    """Give a file of this computer as Wine's programs see it."""
    return "Z:" + str(path).replace("/", "\\")


def is_shown(program: str, environment: dict[str, str]) -> bool:
    """Tell whether a window whose title ends in the program's name is on the screen."""
    tree: Sequence[str] = subprocess.run(
        ["xwininfo", "-root", "-tree"], env=environment, check=False, capture_output=True, text=True
    ).stdout.splitlines()
    return any(f' - {program}": (' in line for line in tree)
