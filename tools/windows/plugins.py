"""What of Qt and of the libraries goes into the frozen program of Windows: a list of what may."""

from __future__ import annotations

import pkgutil
import re

import tracker

QT_PLUGINS = {
    "iconengines": {"qsvgicon.dll"},
    "imageformats": {"qgif.dll", "qico.dll", "qjpeg.dll", "qsvg.dll", "qwebp.dll"},
    "platforms": {"qoffscreen.dll", "qwindows.dll"},
}
"""By kind. Everything else stays out, so that a new Qt brings nothing along by itself."""

# The front desk is a server for pilots, the demo is played on it: both are for a checkout.
_NOT_ON_DESKTOPS = ("tracker.frontdesk", "tracker.demo")

LOADED_BY_NAME = [
    "anyio._backends._asyncio",
    "desktop_notifier.resources",
    "keyring.backends.Windows",
    "plyer.platforms.win.notification",
    "win32ctypes.core",
]
IN_FULL = ("winrt",)
"""Packages whose parts load each other by name."""

LEFT_OUT = [
    *(
        "tkinter",
        "unittest",
        "pydoc",
        "doctest",
        "pdb",
        "lib2to3",
        "ensurepip",
        "setuptools",
        "pkg_resources",
    ),
    *("uvicorn", "starlette", "jinja2", "argon2", "pytest", "PIL", "numpy", "gi"),
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtTest", "PySide6.QtSql"),
    *("PySide6.QtPrintSupport", "PySide6.QtXml", "PySide6.QtDesigner", "PySide6.QtUiTools"),
    *_NOT_ON_DESKTOPS,
]
FILES_LEFT_OUT = ["frontdesk/**", "demo/**", "**/__pycache__/**"]

_NO_NEED = re.compile(r"(?i)^(opengl32sw|Qt6(Qml|Quick|OpenGL|Pdf|VirtualKeyboard|Sql|Test)\w*)\.dll$")


def our_modules() -> list[str]:
    """List every module of ours that goes along: many are loaded only when they are needed."""
    found = pkgutil.walk_packages(tracker.__path__, "tracker.", onerror=lambda _name: None)
    return [module.name for module in found if not module.name.startswith(_NOT_ON_DESKTOPS)]


def is_kept(place: str) -> bool:
    """Tell whether a file that PyInstaller has found for this place in the folder goes along."""
    path = place.replace("\\", "/")
    if plugin := re.search(r"/plugins/([^/]+)/([^/]+)$", path):
        return plugin[2] in QT_PLUGINS.get(plugin[1], set())
    if "PySide6/translations/" in path:
        return re.search(r"/qtbase_(de|fr|es|it|nl|pl|pt_BR)\.qm$", path) is not None
    return _NO_NEED.match(path.rpartition("/")[2]) is None
