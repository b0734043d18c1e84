"""Starts the tray program on a private desktop and reads what it says."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from tests.rigs.desktop import Desktop, wait_until

ROOT = Path(__file__).parents[3]


class Running:
    """The program from start to close(); `lines` is what it has said so far."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.lines: list[str] = []
        paths = os.pathsep.join([str(ROOT), *sys.path])
        self._process = desktop.spawn(
            [sys.executable, "-m", "tests.ui.tray.tray_program"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": paths},
        )
        self._reader = threading.Thread(target=self._read, name="tray-program", daemon=True)
        self._reader.start()
        self.wait_for("started")

    def tell(self, order: str) -> None:
        """Give an order; it is done when its effect is seen."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{order}\n".encode())
        self._process.stdin.flush()

    def wait_for(self, start: str) -> str:
        """Give the first line that begins so, as soon as it has been said."""
        wait_until(
            lambda: any(line.startswith(start) for line in self.lines) or self._process.poll() is not None,
            what=f"“{start}”, said so far: {self.lines}",
        )
        return next(line for line in self.lines if line.startswith(start))

    def ask(self, question: str) -> list[str]:
        """Give the order and the words of its answer, which begins with the order's own word."""
        self.lines = [line for line in self.lines if not line.startswith(question)]
        self.tell(question)
        return self.wait_for(question).split()[1:]

    def place(self) -> tuple[int, int, int, int]:
        """Ask where the icon is on the screen: left, top, width, height."""
        left, top, width, height = self.ask("place")
        return int(left), int(top), int(width), int(height)

    def close(self) -> int:
        """End it by closing its stdin; gives its exit status."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        status = self._process.wait(10)
        self._reader.join(5)
        self._process.stdout.close()
        return status

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.lines.append(line.decode().rstrip())
