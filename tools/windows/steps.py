"""Says each step of the job as it is done, with its time, and writes all of it into one file."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Steps:
    """What has been done until now."""

    def __init__(self, record: Path) -> None:
        self._record = record
        record.write_text("", encoding="utf-8")

    def say(self, line: str) -> None:
        """Tell of something that is so."""
        print(line, flush=True)
        with self._record.open("a", encoding="utf-8") as record:
            record.write(f"{line}\n")

    @contextmanager
    def timed(self, line: str) -> Iterator[None]:
        """Tell of something once it is done, with the seconds it took."""
        began = time.monotonic()
        yield
        self.say(f"{line} ({time.monotonic() - began:.1f} s)")

    def size(self, path: Path) -> None:
        """Tell how large a file, or all of a folder, is."""
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        count = "" if path.is_file() else f", {len(files)} files"
        self.say(f"{path.name}: {sum(file.stat().st_size for file in files) / 1e6:.1f} MB{count}")
