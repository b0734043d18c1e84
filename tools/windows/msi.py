"""The MSI package for IT, made on Linux by wixl; what wixl cannot say is written into its tables by msibuild.

Columns and numbers by https://learn.microsoft.com/windows/win32/msi/database-tables.
"""

# ruff: noqa: S608 - the tables of our own package; nothing in these statements comes from outside

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tools.windows.package_source import APP_ID, CONDITIONS, PROPERTIES, package_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SET_PROPERTY = 51
# An executable by its folder and arguments, run late and as the system; what it answers does not matter.
_RUN_AS_SYSTEM = 34 + 1024 + 2048 + 64
_AFTER_SEARCH = 110
"""AppSearch stands at 50, LaunchConditions at 100, the costing that looks at conditions at 800."""
_BEFORE_FILES_GO = 3499
_IN_64_BITS = 16

FORGET = (
    '"[System64Folder]cmd.exe" /c for /d %u in ([WindowsVolume]Users\\*) do '
    'rmdir /s /q "%u\\AppData\\Local\\it-tracker"'
)
"""What PURGE=1 does with the folders of all people."""


def build(folder: Path, out: Path, *, version: str, icon: Path) -> None:
    """Make the package of the frozen program in this folder. Raises CalledProcessError."""
    source = out.with_suffix(".wxs")
    source.write_text(package_source(folder, version=version, icon=icon), encoding="utf-8")
    subprocess.run(["wixl", "-a", "x64", "-o", str(out), str(source)], check=True, cwd=folder)
    source.unlink()
    for statement in _statements(_secure_properties(out)):
        subprocess.run(["msibuild", str(out), "-q", statement], check=True)


def _secure_properties(package: Path) -> str:
    """Give the properties that may be handed to the elevated part of the installation."""
    return ";".join((_property(package, "SecureCustomProperties"), *PROPERTIES, "PURGE")).strip(";")


def _property(package: Path, name: str) -> str:
    table = subprocess.run(
        ["msiinfo", "export", str(package), "Property"], check=True, capture_output=True, text=True
    )
    rows = (line.split("\t") for line in table.stdout.splitlines())
    return next((row[1] for row in rows if row[0] == name), "")


def _statements(secure: str) -> Iterator[str]:
    """Say in the package's own query language what wixl has no words for."""
    for component, condition in CONDITIONS.items():
        yield f"UPDATE `Component` SET `Condition`='{condition}' WHERE `Component`='{component}'"
    yield f"UPDATE `Property` SET `Value`='{secure}' WHERE `Property`='SecureCustomProperties'"
    yield f"UPDATE `RegLocator` SET `Type`={_IN_64_BITS + 2} WHERE `Root`=2"
    yield (
        "CREATE TABLE `MsiShortcutProperty` (`MsiShortcutProperty` CHAR(72) NOT NULL, "
        "`Shortcut_` CHAR(72) NOT NULL, `PropertyKey` CHAR(255) NOT NULL LOCALIZABLE, "
        "`PropVariantValue` CHAR(255) NOT NULL LOCALIZABLE PRIMARY KEY `MsiShortcutProperty`)"
    )
    for shortcut in ("cMenu", "cDesktop"):
        yield (
            "INSERT INTO `MsiShortcutProperty` (`MsiShortcutProperty`, `Shortcut_`, `PropertyKey`, "
            f"`PropVariantValue`) VALUES ('p{shortcut}', 'l{shortcut}', 'System.AppUserModel.ID', '{APP_ID}')"
        )
    for place, (name, value, condition) in enumerate(_settled()):
        action = f"Settle{place}"
        yield _action(action, _SET_PROPERTY, name, value)
        for sequence in ("InstallExecuteSequence", "InstallUISequence"):
            yield _step(sequence, action, condition, _AFTER_SEARCH + place)
    yield _action("Forget", _RUN_AS_SYSTEM, "INSTALLDIR", FORGET)
    forgetting = 'REMOVE="ALL" AND PURGE="1" AND NOT UPGRADINGPRODUCTCODE'
    yield _step("InstallExecuteSequence", "Forget", forgetting, _BEFORE_FILES_GO)


def _settled() -> Iterator[tuple[str, str, str]]:
    """Give what a property becomes, and when: what was given now, else what was kept, else the usual."""
    for name in PROPERTIES:
        yield name, f"[KEPT_{name}]", f"NOT {name} AND KEPT_{name}"
    yield "AUTOSTART", "1", "NOT AUTOSTART"
    yield "DESKTOP_SHORTCUT", "0", "NOT DESKTOP_SHORTCUT"


def _action(name: str, kind: int, source: str, target: str) -> str:
    columns = "`Action`, `Type`, `Source`, `Target`"
    return f"INSERT INTO `CustomAction` ({columns}) VALUES ('{name}', {kind}, '{source}', '{target}')"


def _step(sequence: str, action: str, condition: str, place: int) -> str:
    columns = "`Action`, `Condition`, `Sequence`"
    return f"INSERT INTO `{sequence}` ({columns}) VALUES ('{action}', '{condition}', {place})"
