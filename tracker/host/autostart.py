"""Start at sign-in: a file on Linux, a registry value on Windows, a launch agent on macOS.

Linux was run; the ways of Windows and macOS follow their documentation and have not been run.
"""

import os
import plistlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from tracker.host.disk import plain_disk_errors, write_whole

NAME = "it-tracker"
_SYSTEM = "/etc/xdg"
_DOING = "setting the start at sign-in"


class Autostart(Protocol):
    """Whether this person's sign-in starts the program."""

    def is_on(self) -> bool:
        """Tell whether it is set, by whomever."""
        ...

    def turn_on(self, command: Sequence[str]) -> None:
        """Start this command (full path first) at every sign-in from now on. Raises DiskTrouble."""
        ...

    def turn_off(self) -> None:
        """No longer start at sign-in; fine when it was off. Raises DiskTrouble."""
        ...


def autostart(environment: Mapping[str, str] | None = None) -> Autostart:
    """Give this system's way."""
    if sys.platform == "win32":
        return RunKey()
    if sys.platform == "darwin":
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents")
    env = os.environ if environment is None else environment
    config = env.get("XDG_CONFIG_HOME") or str(Path(env.get("HOME") or Path.home()) / ".config")
    return DesktopEntry(Path(config) / "autostart")


def company_entry(environment: Mapping[str, str] | None = None) -> bool:
    """Tell whether the package's own entry starts the program for everybody (Linux and Windows)."""
    if sys.platform == "win32":
        return RunKey.is_for_everybody()
    if sys.platform != "linux":
        return False
    env = os.environ if environment is None else environment
    folders = (env.get("XDG_CONFIG_DIRS") or _SYSTEM).split(":")
    return any(DesktopEntry(Path(folder) / "autostart").is_on() for folder in folders if folder)


class DesktopEntry:
    """https://specifications.freedesktop.org/autostart-spec: TryExec keeps it silent once uninstalled."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{NAME}.desktop"

    def is_on(self) -> bool:
        """Tell whether the file is there and not switched off by the desktop's own settings."""
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except (OSError, ValueError):
            return False
        return "Hidden=true" not in lines and "X-GNOME-Autostart-enabled=false" not in lines

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the file."""
        lines = (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Tracker",
            "Comment=Requests to IT and what becomes of them",
            f"TryExec={_escaped(command[0])}",
            f"Exec={' '.join(_quoted(word) for word in command)}",
            f"Icon={NAME}",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
            "",
        )
        with plain_disk_errors(_DOING, self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._path, "\n".join(lines).encode(), doing=_DOING, mode=0o644)

    def turn_off(self) -> None:
        """Remove the file."""
        with plain_disk_errors(_DOING, self._path):
            self._path.unlink(missing_ok=True)


class RunKey:
    """https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys."""

    _KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"

    def is_on(self) -> bool:
        """Tell whether the value is there."""
        if sys.platform == "win32":
            import winreg

            with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._KEY) as key:
                winreg.QueryValueEx(key, NAME)
                return True
        return False

    @classmethod
    def is_for_everybody(cls) -> bool:
        """Tell whether the installer has set it for the whole computer."""
        if sys.platform == "win32":
            import winreg

            rights = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, cls._KEY, 0, rights) as key:
                winreg.QueryValueEx(key, NAME)
                return True
        return False

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the value; the installer's, which asks the settings, is enough: two would start it twice."""
        if sys.platform == "win32":
            if self.is_for_everybody():
                return
            import winreg
            from subprocess import list2cmdline

            with (
                plain_disk_errors(_DOING, Path(self._KEY)),
                winreg.CreateKey(winreg.HKEY_CURRENT_USER, self._KEY) as key,
            ):
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, list2cmdline(command))

    def turn_off(self) -> None:
        """Remove the value."""
        if sys.platform == "win32":
            import winreg

            rights = winreg.KEY_SET_VALUE
            with (
                suppress(FileNotFoundError),
                winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._KEY, 0, rights) as key,
            ):
                winreg.DeleteValue(key, NAME)


class LaunchAgent:
    """launchd.plist(5), RunAtLoad, in the person's own folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{NAME}.plist"

    def is_on(self) -> bool:
        """Tell whether the agent is there."""
        return self._path.exists()

    def turn_on(self, command: Sequence[str]) -> None:
        """Write the agent."""
        agent = {
            "Label": NAME,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        with plain_disk_errors(_DOING, self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._path, plistlib.dumps(agent), doing=_DOING, mode=0o644)

    def turn_off(self) -> None:
        """Remove the agent."""
        with plain_disk_errors(_DOING, self._path):
            self._path.unlink(missing_ok=True)


def set_start(*, on: bool, environment: Mapping[str, str] | None = None) -> None:
    """Let this person's sign-in start the program, or not: by one entry, never by two. Raises DiskTrouble.

    Where a package starts it for everybody, that entry asks the settings, and an own one would only hide it.
    """
    entry = autostart(environment)
    if on and not company_entry(environment):
        entry.turn_on(start_command("--hidden"))
    else:
        entry.turn_off()


def start_command(*arguments: str) -> tuple[str, ...]:
    """Give the command that starts this very program again, with these arguments."""
    if getattr(sys, "frozen", False):
        return (sys.executable, *arguments)
    return (sys.executable, "-m", "tracker", *arguments)


def _quoted(word: str) -> str:
    """Quote by https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html."""
    inner = "".join(f"\\{c}" if c in '"`$\\' else c for c in word)
    return _escaped(f'"{inner}"'.replace("%", "%%"))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
