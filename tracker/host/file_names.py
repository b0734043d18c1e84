"""A safe file name from one that a stranger chose."""

import re
import unicodedata

# Leaves room for " (2)" and for the ".part" of a download inside the 255 bytes that file systems allow.
LONGEST = 180
LONGEST_ENDING = 16

# Names that Windows gives to devices, with any ending:
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def safe_name(name: str, *, otherwise: str = "attachment") -> str:
    """Give a name that stays in its folder on every system, starts no device and shows its true ending.

    Folders in the name are dropped, invisible and direction-changing characters too; it is at most 180
    bytes long, never empty, never hidden.
    """
    visible = "".join(
        c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in _INVISIBLE
    )
    last = re.split(r"[/\\]", visible)[-1]
    plain = " ".join(_FORBIDDEN.sub("_", last).split()).lstrip(". ").rstrip(". ")
    if not plain:
        return otherwise
    if _DEVICES.match(plain):
        plain = f"_{plain}"
    return _shortened(plain)


def numbered(name: str, number: int) -> str:
    """Give "report (2).pdf" for the second "report.pdf"."""
    stem, ending = split_ending(name)
    return f"{stem} ({number}){ending}"


def split_ending(name: str) -> tuple[str, str]:
    """Split "report.pdf" into "report" and ".pdf"; what is too long for an ending is none."""
    stem, dot, ending = name.rpartition(".")
    if not stem or not dot or len(ending.encode()) >= LONGEST_ENDING:
        return name, ""
    return stem, f".{ending}"


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST:
        return name
    stem, ending = split_ending(name)
    room = LONGEST - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + ending
