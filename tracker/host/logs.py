"""The program's own log: rotating, for this person alone, secrets blanked."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from tracker.host.disk import plain_disk_errors

if TYPE_CHECKING:
    from io import TextIOWrapper
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
            self._handler = _PrivateRotatingFile(folder / FILE_NAME)
        self._handler.setFormatter(_BlankingFormatter(redactor))
        root = logging.getLogger()
        self._level_before = root.level
        root.setLevel(level)
        root.addHandler(self._handler)
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(max(level, logging.WARNING))

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


class _BlankingFormatter(logging.Formatter):
    """Blanks the finished line, so tracebacks and arguments are covered as well."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(_LINE, "%Y-%m-%d %H:%M:%S")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.clean(super().format(record))


class _PrivateRotatingFile(logging.handlers.RotatingFileHandler):
    def __init__(self, path: Path) -> None:
        self._failed = False
        super().__init__(path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        def private(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(self.baseFilename, "a", encoding="utf-8", errors="backslashreplace", opener=private)

    def close(self) -> None:
        with suppress(OSError):  # a full disk may refuse what is still in the buffer
            super().close()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Go on without the log: a full disk must not end the program, nor fill the terminal."""
        if not self._failed and sys.stderr is not None:
            self._failed = True
            sys.stderr.write("Tracker cannot write its log. The disk may be full.\n")
