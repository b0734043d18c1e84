"""Runs a test's body as an ordinary user, since root writes through every permission.

    def body(folder: Path) -> None: ...

    def test_a_read_only_folder_is_said(ordinary_user: OrdinaryUser) -> None:
        ordinary_user.run(body, ordinary_user.folder)

The body is a function of a test module; its arguments are texts or paths. It runs in a process of its own
that fails the test with its own traceback. When the tests are not run as root, it is simply that process.
"""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


class OrdinaryUser:
    """Somebody without special rights, and a folder of theirs."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tracker-user-"))
        self.uid = NOBODY if os.geteuid() == 0 else os.geteuid()
        os.chown(self.folder, self.uid, -1)

    def command(self, *words: str) -> list[str]:
        """Give the words that run this command as the ordinary user."""
        if os.geteuid() != 0:
            return list(words)
        drop = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        if _reaches_python():
            return [*drop, "--inh-caps=-all", "--bounding-set=-all", *words]
        # A Python in root's home: reading everything is the one right that is left, writing is not.
        kept = "-all,+dac_read_search"
        return [*drop, f"--inh-caps={kept}", f"--ambient-caps={kept}", f"--bounding-set={kept}", *words]

    @property
    def env(self) -> dict[str, str]:
        """The environment of a process of theirs: their own home, nothing of ours."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
        runtime = self.folder / "run"
        homes = {"HOME": str(self.folder), "TMPDIR": str(self.folder), "XDG_RUNTIME_DIR": str(runtime)}
        return kept | homes | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

    def start(self, body: Callable[..., None], *arguments: str | Path) -> "subprocess.Popen[bytes]":
        """Start the body in a process of its own."""
        name = f"{body.__module__}:{body.__qualname__}"
        words = [sys.executable, "-m", "tests.rigs.unprivileged", name, *map(str, arguments)]
        return subprocess.Popen(
            self.command(*words), env=self.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, body: Callable[..., None], *arguments: str | Path, timeout: float = 60) -> str:
        """Run the body to its end and give what it printed; AssertionError if it failed."""
        process = self.start(body, *arguments)
        said, errors = process.communicate(timeout=timeout)
        assert process.returncode == 0, errors.decode(errors="replace")
        return said.decode()

    def close(self) -> None:
        """Remove the folder, whatever rights were taken from it."""
        for folder, _folders, _files in os.walk(self.folder):
            os.chmod(folder, 0o700)
        shutil.rmtree(self.folder)


def _reaches_python() -> bool:
    """Tell whether somebody else may enter every folder above our interpreter."""
    real = Path(sys.executable).resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (*real.parents, *Path(sys.executable).parents))


def _run_body(name: str, arguments: list[str]) -> None:
    module, _colon, function = name.partition(":")
    getattr(importlib.import_module(module), function)(*arguments)


if __name__ == "__main__":
    _run_body(sys.argv[1], sys.argv[2:])
