"""Copy the line icons the program uses out of the lucide package, and our own drawings, into the theme.

    python tools/icons.py          copy
    python tools/icons.py --check  say what differs and exit 1

The package `lucide` is only needed here: importing it costs 50 ms and it reads a zip archive.
"""

from __future__ import annotations

import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
THEME_ICONS = HERE / "tracker" / "ui" / "theme" / "icons"
OWN_DRAWINGS = HERE / "resources" / "icons"

LINE_ICONS = (
    "arrow-left",
    "arrow-right",
    "bell",
    "bell-off",
    "book-open",
    "calendar",
    "calendar-check",
    "calendar-clock",
    "calendar-plus",
    "camera",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "chevron-up",
    "circle",
    "circle-alert",
    "circle-check",
    "circle-dot",
    "circle-plus",
    "circle-question-mark",
    "circle-x",
    "clock",
    "copy",
    "download",
    "external-link",
    "eye",
    "eye-off",
    "file",
    "folder-open",
    "history",
    "hourglass",
    "image",
    "inbox",
    "info",
    "key-round",
    "laptop",
    "link",
    "list",
    "loader-circle",
    "lock",
    "log-out",
    "map-pin",
    "merge",
    "message-circle",
    "message-square",
    "messages-square",
    "monitor",
    "package-check",
    "paperclip",
    "pause",
    "pencil",
    "phone",
    "play",
    "plus",
    "refresh-cw",
    "reply",
    "rotate-ccw",
    "save",
    "search",
    "send",
    "settings",
    "shield-check",
    "star",
    "thumbs-up",
    "trash-2",
    "triangle-alert",
    "truck",
    "user",
    "user-check",
    "users",
    "wifi-off",
    "wrench",
    "x",
)


def wanted() -> dict[str, bytes]:
    """Return every icon file the theme should hold, by file name."""
    spec = find_spec("lucide")
    if spec is None or spec.origin is None:
        raise SystemExit("The package lucide is not installed: pip install lucide")
    with zipfile.ZipFile(Path(spec.origin).with_name("lucide.zip")) as archive:
        files = {f"{name}.svg": archive.read(f"{name}.svg") for name in LINE_ICONS}
    for drawing in sorted(OWN_DRAWINGS.glob("*.svg")):
        files[drawing.name] = drawing.read_bytes()
    return files


def differences() -> list[str]:
    """Return the names of files that are missing, too many or different."""
    have = {path.name: path.read_bytes() for path in THEME_ICONS.glob("*.svg")}
    want = wanted()
    return sorted(name for name in have.keys() | want.keys() if have.get(name) != want.get(name))


def copy() -> None:
    """Make the theme's folder hold exactly the wanted files."""
    THEME_ICONS.mkdir(parents=True, exist_ok=True)
    want = wanted()
    for path in THEME_ICONS.glob("*.svg"):
        if path.name not in want:
            path.unlink()
    for name, data in want.items():
        (THEME_ICONS / name).write_bytes(data)


if __name__ == "__main__":
    if "--check" not in sys.argv[1:]:
        copy()
    if wrong := differences():
        print("These icons differ from their source; run tools/icons.py:", *wrong, sep="\n  ")
        sys.exit(1)
