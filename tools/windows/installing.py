"""An installer put to the proof: silently in, over an older version, and out again, by files and registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tools.windows.package_source import KEPT, RUN
from tools.windows.wine import Wine, WineTrouble, wait_until, windows_path

if TYPE_CHECKING:
    from pathlib import Path

    from tools.windows.steps import Steps

_POLICY = r"HKLM\Software\Policies\Tracker"
_UNINSTALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
PLACE = r"C:\Program Files\Tracker"


class Installer(Protocol):
    """One kind of installer, as an administrator uses it."""

    kind: str

    def install(self, package: Path, properties: dict[str, str]) -> int:
        """Install or upgrade; gives the exit status."""
        ...

    def remove(self, package: Path, *, purge: bool) -> int:
        """Remove; gives the exit status."""
        ...


@dataclass(frozen=True, slots=True)
class Msi:
    """By msiexec."""

    wine: Wine
    kind = "MSI"

    def install(self, package: Path, properties: dict[str, str]) -> int:
        """`msiexec /i`, without a word."""
        given = [f"{name}={value}" for name, value in properties.items()]
        return self.wine.run("msiexec.exe", "/i", windows_path(package), "/qn", "/norestart", *given)[0]

    def remove(self, package: Path, *, purge: bool) -> int:
        """`msiexec /x`, without a word."""
        given = ["PURGE=1"] if purge else []
        return self.wine.run("msiexec.exe", "/x", windows_path(package), "/qn", "/norestart", *given)[0]


@dataclass(frozen=True, slots=True)
class Setup:
    """By the setup and its uninstaller."""

    wine: Wine
    kind = "setup"

    def install(self, package: Path, properties: dict[str, str]) -> int:
        """`/S`, and each value in quotes."""
        given = " ".join(f'/{name}="{value}"' for name, value in properties.items())
        return self.wine.run_line(f'"{windows_path(package)}" /S {given}')

    def remove(self, package: Path, *, purge: bool) -> int:
        """Run the uninstaller, which goes on by itself in another place."""
        status = self.wine.run_line(rf'"{PLACE}\uninstall.exe" /S {"/PURGE=1" if purge else ""}')
        wait_until(lambda: not files_of(self.wine), "the uninstaller is through")
        return status


def files_of(wine: Wine) -> set[str]:
    """Name every installed file, from the program's folder on."""
    top = wine.drive / "Program Files" / "Tracker"
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}


def links_of(wine: Wine) -> set[str]:
    """Tell which of the links are there: in the Start menu, on the desktop."""
    places = [wine.drive / "ProgramData", wine.drive / "users", wine.drive.parents[1] / "home"]
    found = [path for place in places for path in place.rglob("Tracker.lnk")]
    return {"menu" if "Start Menu" in str(path) else "desktop" for path in found}


def settings_of(wine: Wine) -> dict[str, str]:
    """Give what the installer has written into the registry, by the last part of each name."""
    keys = (_POLICY, rf"HKLM\{KEPT}", rf"HKLM\{RUN}", r"HKLM\Software\Classes\tracker\shell\open\command")
    found = {name.rpartition("\\")[2]: data for key in keys for name, data in wine.registry(key).items()}
    entries = wine.registry(_UNINSTALL)
    names = [name for name, data in entries.items() if name.endswith(r"\displayname") and data == "Tracker"]
    versions = [entries.get(name.replace("displayname", "displayversion"), "") for name in names]
    return {**found, "entries": " ".join(versions)} if versions else found


def data_of(wine: Wine) -> Path:
    """Give the folder with the person's own data."""
    (person,) = (folder for folder in (wine.drive / "users").iterdir() if folder.name != "Public")
    return person / "AppData" / "Local" / "it-tracker"


@dataclass(frozen=True, slots=True)
class Packages:
    """What is installed: an older and a newer package of the same kind, and what the newer one holds."""

    older: Path
    newer: Path
    older_version: str
    version: str
    files: frozenset[str]


def prove_install(installer: Installer, wine: Wine, packages: Packages, steps: Steps, url: str) -> None:
    """Install the older version with every property and look at all it has left. Raises WineTrouble."""
    wanted = {"SERVER_URL": url, "DESK_KIND": "frontdesk", "AUTOSTART": "1", "DESKTOP_SHORTCUT": "1"}
    with steps.timed(f"{installer.kind}: installed silently"):
        _agree(installer.install(packages.older, wanted), 0, "exit status")
    _agree(packages.files - files_of(wine), set(), "files missing")
    _agree(links_of(wine), {"menu", "desktop"}, "links")
    found = settings_of(wine)
    expected = {
        "desk.url": url,
        "desk.kind": "frontdesk",
        "start.autostart": "0x1",
        "it-tracker": rf'"{PLACE}\tracker.exe" --autostart',
        "(default)": rf'"{PLACE}\tracker.exe" "%1"',
        "entries": packages.older_version,
    }
    _agree({name: found.get(name, "") for name in expected}, expected, "registry")
    steps.say(f"{installer.kind}: files, links, registry and the entry for removal are right")


def prove_upgrade(installer: Installer, wine: Wine, packages: Packages, steps: Steps, url: str) -> None:
    """Install the newer version with one property alone: the others are remembered. Raises WineTrouble."""
    with steps.timed(f"{installer.kind}: upgraded silently, AUTOSTART=0 given alone"):
        _agree(installer.install(packages.newer, {"AUTOSTART": "0"}), 0, "exit status")
    _agree(files_of(wine) - packages.files - {"uninstall.exe"}, set(), "files of the older version")
    _agree(packages.files - files_of(wine), set(), "files missing")
    found = settings_of(wine)
    expected = {
        "desk.url": url,
        "desk.kind": "frontdesk",
        "start.autostart": "",
        "autostart": "0",
        "desktopshortcut": "1",
        "entries": packages.version,
    }
    _agree({name: found.get(name, "") for name in expected}, expected, "registry")
    steps.say(f"{installer.kind}: what was given is remembered, one entry for removal, no old file left")


def prove_removal(installer: Installer, wine: Wine, packages: Packages, steps: Steps, *, purge: bool) -> None:
    """Remove it, with or without what the person has. Raises WineTrouble."""
    data = data_of(wine)
    data.mkdir(parents=True, exist_ok=True)
    said = f"{installer.kind}: removed silently{', with PURGE=1' if purge else ''}"
    with steps.timed(said):
        _agree(installer.remove(packages.newer, purge=purge), 0, "exit status")
    _agree(files_of(wine), set(), "files left")
    _agree(links_of(wine), set(), "links left")
    _agree(settings_of(wine), {}, "registry left")
    wait_until(lambda: data.exists() is not purge, "the person's data", within=20)
    steps.say(f"{installer.kind}: nothing is left{'' if purge else ' but what the person has'}")


def _agree(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise WineTrouble(f"{what}: {found!r}, not {wanted!r}")
