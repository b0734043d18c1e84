"""What goes into the frozen program of Linux: what may, and what is left to the system's packages."""

from __future__ import annotations

import functools
import os
import pkgutil
import re
import subprocess
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tracker
from tools.environment import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

# By kind; everything else stays out, so that a new Qt brings nothing along by itself. None: all of the kind.
QT_PLUGINS: dict[str, frozenset[str] | None] = {
    "iconengines": frozenset({"libqsvgicon.so"}),
    "imageformats": frozenset({"libqgif.so", "libqico.so", "libqjpeg.so", "libqsvg.so", "libqwebp.so"}),
    "platforminputcontexts": frozenset(
        {"libcomposeplatforminputcontextplugin.so", "libibusplatforminputcontextplugin.so"}
    ),
    "platforms": frozenset({"libqoffscreen.so", "libqwayland.so", "libqxcb.so"}),
    "platformthemes": frozenset({"libqxdgdesktopportal.so"}),
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": frozenset({"libqt-plugin-wayland-egl.so"}),
    "wayland-shell-integration": frozenset({"libxdg-shell.so"}),
    "xcbglintegrations": None,
}

NAMED = ("tracker", "keyring", "PySide6_Essentials", "httpx", "msgspec")
"""Distributions whose metadata goes along: `tracker doctor` names them, keyring finds its backends by it."""

# The front desk is a server for pilots, the demo is played on it; both belong to a checkout.
_NOT_ON_DESKTOPS = ("tracker.frontdesk", "tracker.demo")
_FOR_TESTS = ("tracker.demo.hands", "tracker.demo", "PySide6.QtTest")
_FILES_FOR_TESTS = re.compile(r"QtTest\.abi3\.so$|libQt6Test\.so")

_NOT_IMPORTED = (
    *(
        "tkinter",
        "unittest",
        "pydoc",
        "doctest",
        "pdb",
        "lib2to3",
        "ensurepip",
        "distutils",
        "curses",
        "readline",
    ),
    *("turtle", "gi", "multiprocessing", "pycparser", "tzdata", "holidays", "tracker.frontdesk"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtSql", "PySide6.QtPrintSupport"),
    *("PySide6.QtXml", "PySide6.QtDesigner", "PySide6.QtUiTools", "PySide6.QtNetwork", "PySide6.QtDBus"),
)
LEFT_OUT_FILES = ["frontdesk/**", "**/__pycache__/**"]

_THEIRS = ("anyio._backends._asyncio", "keyring.backends.SecretService", "keyring.backends.kwallet")
_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
_OF_THIS_COMPUTER = re.compile(r"\.dist-info/(direct_url\.json|RECORD|REQUESTED|INSTALLER)$")
_QT_LIBRARY = re.compile(r"/Qt/lib/")

Entry = tuple[str, str, str]
"""How PyInstaller lists a file: its place in the bundle, where it is now, and of what kind it is."""


def left_out() -> list[str]:
    """Name the modules that PyInstaller is to leave out: whatever is not for the run time."""
    wanted = runtime_distributions()
    others = [
        module
        for module, owners in metadata.packages_distributions().items()
        if module.isidentifier() and not any(canonicalize_name(owner) in wanted for owner in owners)
    ]
    return sorted([*others, *_NOT_IMPORTED])


def runtime_distributions() -> frozenset[str]:
    """Name what requirements/run.txt installs on this system, and ourselves."""
    lines = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line.partition("\\")[0]) for line in lines if line[:1].isalpha()]
    here = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    return frozenset(canonicalize_name(pin.name) for pin in here) | {"tracker"}


def modules() -> frozenset[str]:
    """Name every module of Tracker that the installed program has, as Python imports them."""
    found = pkgutil.walk_packages(tracker.__path__, "tracker.", onerror=lambda _name: None)
    return frozenset(module.name for module in found if is_shipped(module.name)) | {"tracker"}


def loaded_by_name() -> list[str]:
    """List what PyInstaller would not find by reading the code: our own in full, and others' plug-ins."""
    return [*sorted(modules()), *_THEIRS]


def is_shipped(module: str) -> bool:
    """Tell whether a Python module goes into the package."""
    return not module.startswith(_NOT_ON_DESKTOPS) and module not in _FOR_TESTS


def is_for_tests(place: str) -> bool:
    """Tell whether a library is there only for the hands that tests lay beside the installed program."""
    return _FILES_FOR_TESTS.search(place) is not None


def is_kept(place: str, source: str, kind: str) -> bool:
    """Tell whether a file that PyInstaller has found for this place goes along.

    Libraries of the build computer stay out: the package depends on them, so that their security updates come
    as ever. Python's own is the exception, since no two releases of Debian have the same one.
    """
    if plugin := re.search(r"/plugins/([^/]+)/([^/]+)$", place):
        wanted = QT_PLUGINS.get(plugin[1], frozenset())
        return wanted is None or plugin[2] in wanted
    if _OF_THIS_COMPUTER.search(place):
        return False
    if "/translations/" in place:
        return re.search(r"/qtbase_(de|fr|es|it|nl|pl|pt_BR)\.qm$", place) is not None
    if kind == "BINARY" and source.startswith(_SYSTEM):
        return Path(place).name.startswith("libpython")
    return True


def without_unused_libraries(entries: Iterable[Entry]) -> list[Entry]:
    """Leave out the libraries of Qt that nothing else in the list needs, and links to what is not there."""
    kept = list(entries)
    while True:
        needed = {name for entry in kept if entry[2] != "SYMLINK" for name in needed_in(header(entry[1]))}
        places = {place for place, _source, _kind in kept}
        fewer = [
            (place, source, kind)
            for place, source, kind in kept
            if (not _QT_LIBRARY.search(place) or Path(place).name in needed)
            and (kind != "SYMLINK" or os.path.normpath(Path(place).parent / source) in places)
        ]
        if len(fewer) == len(kept):
            return kept
        kept = fewer


def needed_in(told: str) -> frozenset[str]:
    """Name the libraries that a program or library asks for, of what `header` tells of it."""
    return frozenset(re.findall(r"^\s+NEEDED\s+(\S+)$", told, re.MULTILINE))


@functools.cache
def header(file: str) -> str:
    """Give what objdump tells of a program's or a library's head; nothing for other files."""
    with Path(file).open("rb") as opened:
        if opened.read(4) != b"\x7fELF":
            return ""
    return subprocess.run(["objdump", "-p", file], check=True, capture_output=True, text=True).stdout
