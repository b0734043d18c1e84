"""Removes copies of files to send that nothing refers to any more."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

from tracker.host.errors import HostError
from tracker.host.files import drop_outgoing
from tracker.model.attachment import LocalFile
from tracker.model.command import files_of
from tracker.sync.engine import Engine

_log = logging.getLogger(__name__)

_YOUNG = 3600.0
"""Seconds."""


def sweep_outgoing(engine: Engine, folder: Path) -> None:
    """Remove copies of files that nothing refers to: their draft was dropped, or we were killed.

    Young ones stay: somebody may be attaching them just now.
    """
    kept = {file.key for file in _files_in_use(engine)}
    for copy in folder.glob("*"):
        try:
            if copy.name not in kept and time.time() - copy.stat().st_mtime > _YOUNG:
                drop_outgoing(folder, copy.name)
        except (OSError, HostError) as error:
            _log.info("A copy of a file could not be removed: %s", error)


def _files_in_use(engine: Engine) -> Iterator[LocalFile]:
    for pending in engine.outbox.all():
        yield from files_of(pending.command)
    for draft in engine.drafts.all():
        yield from draft.files
