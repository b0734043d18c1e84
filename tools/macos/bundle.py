"""The macOS bundle: what of Qt goes along, what Info.plist says, and what the hardened runtime must allow.

Written to Apple's and PyInstaller's documentation; nothing of it has run on a Mac.
"""

from __future__ import annotations

import plistlib
import re
import sys
from pathlib import Path

from tracker.host.policy.managed_preferences import DOMAIN

QT_PLUGINS = {
    "iconengines": {"libqsvgicon.dylib"},
    "imageformats": {"libqgif.dylib", "libqico.dylib", "libqjpeg.dylib", "libqsvg.dylib", "libqwebp.dylib"},
    "platforms": {"libqcocoa.dylib", "libqoffscreen.dylib"},
}
"""By kind. Everything else stays out, so that a new Qt brings nothing along by itself."""

LOADED_BY_NAME = ["anyio._backends._asyncio", "desktop_notifier.resources", "keyring.backends.macOS"]

ENTITLEMENTS = {
    # ctypes makes its callbacks at run time; the notification centre is spoken to through it.
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
}

_NO_NEED = re.compile(r"^Qt(Qml|Quick|OpenGL|Pdf|VirtualKeyboard|Sql|Test|Designer)\w*$")


def is_kept(place: str) -> bool:
    """Tell whether a file that PyInstaller has found for this place in the bundle goes along."""
    if plugin := re.search(r"/plugins/([^/]+)/([^/]+)$", place):
        return plugin[2] in QT_PLUGINS.get(plugin[1], set())
    if "/translations/" in place and "PySide6" in place:
        return re.search(r"/qtbase_(de|fr|es|it|nl|pl|pt_BR)\.qm$", place) is not None
    return _NO_NEED.match(place.rpartition("/")[2]) is None


def info_plist(version: str) -> dict[str, object]:
    """Give what the bundle says of itself.

    It stands in the Dock while its window is open: an agent (LSUIElement) could not be switched to.
    """
    return {
        "CFBundleIdentifier": DOMAIN,
        "CFBundleName": "Tracker",
        "CFBundleDisplayName": "Tracker",
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleURLTypes": [{"CFBundleURLName": DOMAIN, "CFBundleURLSchemes": ["tracker"]}],
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": "13.0",
        "LSUIElement": False,
        "NSHighResolutionCapable": True,
        "NSSupportsAutomaticTermination": False,
    }


if __name__ == "__main__":
    # `python -m tools.macos.bundle FILE` writes the entitlements for codesign.
    Path(sys.argv[1]).write_bytes(plistlib.dumps(ENTITLEMENTS))
