"""The program's own log: rotating, for this person alone, secrets blanked."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Self

from tracker.host.disk import open_private, plain_disk_errors

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.host.redaction import Redactor

FILE_NAME = "tracker.log"
FILE_BYTES = 1024 * 1024
FILES_KEPT = 4

_LINE = "%(asctime)s.%(msecs)03d %(levelname)s %(threadName)s %(name)s: %(message)s"

# These tell every connection and request at INFO; ours tell what matters.
_TALKATIVE = ("httpx", "httpcore", "asyncio", "keyring")


class ProgramLog:
    """Writes what the program says to a file from construction to close().

    A disk that gets full loses lines, never the program: that is said once on stderr.
    """

    def __init__(self, folder: Path, redactor: Redactor, *, level: int = logging.INFO) -> None:
        """Raises DiskTrouble when the folder refuses."""
        with plain_disk_errors("opening the log", folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(open_private(str(folder / FILE_NAME), os.O_WRONLY | os.O_APPEND | os.O_CREAT))
        self._handler = _LateFile(folder / FILE_NAME)
        self._handler.setFormatter(_BlankingFormatter(redactor))
        root = logging.getLogger()
        self._level_before = root.level
        set_level(level)
        root.addHandler(self._handler)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is left and let go of the file."""
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._level_before)
        self._handler.close()
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.NOTSET)


def set_level(level: int) -> None:
    """Let the log say this much from now on."""
    logging.getLogger().setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


class _BlankingFormatter(logging.Formatter):
    """Blanks the finished line, so tracebacks and arguments are covered as well."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(_LINE, "%Y-%m-%d %H:%M:%S")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.clean(super().format(record))


class _LateFile(logging.Handler):
    """The file, made with the first line: to load what rotates files takes a hundredth of the start."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from tracker.host.rotating_file import PrivateRotatingFile

            self._file = PrivateRotatingFile(self._path, most_bytes=FILE_BYTES, kept=FILES_KEPT)
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        super().close()
        if self._file is not None:
            self._file.close()
