"""What `pip install .` brings is the whole program: code, migrations, icons, styles."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tools.filemap import ROOT


def files_below(folder: Path) -> set[str]:
    files = (file for file in (folder / "tracker").rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix() for file in files if "__pycache__" not in file.parts}


def test_the_wheel_has_every_file_of_the_program(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tracker", tmp_path / "tracker", ignore=shutil.ignore_patterns("__pycache__"))
    build = "import setuptools.build_meta as backend; backend.build_wheel('dist')"
    done = subprocess.run(
        [sys.executable, "-c", build], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("tracker/")}
    assert files_below(tmp_path) - packed == set()
