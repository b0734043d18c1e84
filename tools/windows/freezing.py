"""The program frozen for Windows: PyInstaller under a Windows Python, in Wine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tools.environment import ROOT
from tools.windows.wine import WineTrouble

if TYPE_CHECKING:
    from pathlib import Path

    from tools.windows.wine import Wine

SPEC = ROOT / "installer" / "windows" / "tracker.spec"
_WITHIN = 3600.0


def freeze(wine: Wine, python: Path, out: Path) -> Path:
    """Freeze this checkout and give the folder with tracker.exe and tracker.com. Raises WineTrouble."""
    shutil.rmtree(out, ignore_errors=True)
    places = ["--distpath", str(out / "dist"), "--workpath", str(out / "work")]
    words = ["-m", "PyInstaller", "--noconfirm", "--clean", *places, str(SPEC)]
    status, said = wine.run(python, *words, within=_WITHIN, at=ROOT)
    out.mkdir(parents=True, exist_ok=True)
    (out / "pyinstaller.log").write_text(said, encoding="utf-8")
    folder = out / "dist" / "Tracker"
    if status or not (folder / "tracker.exe").is_file():
        raise WineTrouble(f"PyInstaller failed:\n{said[-3000:]}")
    # A console looks for .com before .exe, so that `tracker` typed there is the one that prints.
    (folder / "tracker-cli.exe").replace(folder / "tracker.com")
    return folder
