"""Tells how far a command's files have got, a few times a second at most; nothing of it is stored."""

from pathlib import Path

import anyio

from tracker.desks.base import FileSource
from tracker.model.attachment import LocalFile
from tracker.model.command import Command, files_of
from tracker.model.uploading import Uploading
from tracker.sync.listener import Listener

EVERY = 0.25
"""Seconds between two words about one command."""


class Upload:
    """Where the files of one command lie, for a connector, which says how much of each it has handed over.

    What was read again from the start, after a connection broke, counts anew.
    """

    def __init__(self, command: Command, files: FileSource, listener: Listener) -> None:
        self._command = command
        self._files = files
        self._listener = listener
        self._size = sum(file.size for file in files_of(command))
        self._sent = {file.key: 0 for file in files_of(command)}
        self._told_at = float("-inf")
        self._told = 0

    def __call__(self, file: LocalFile) -> Path:
        """Give where the copy of a file lies."""
        return self._files(file)

    def handed(self, file: LocalFile, sent: int) -> None:
        """Note that so many bytes of a file have been handed to the network."""
        self._sent[file.key] = min(sent, file.size)
        now = anyio.current_time()
        if now - self._told_at >= EVERY:
            self._told_at = now
            self._tell(sum(self._sent.values()))

    def over(self) -> None:
        """Say that nothing goes any more, whether it arrived or not."""
        if self._told:
            self._tell(0)

    def _tell(self, sent: int) -> None:
        self._told = sent
        self._listener.uploading(
            Uploading(self._command.id, self._command.ticket, sent=sent, size=self._size)
        )
