"""What the tray program does of itself at its start and once a day, as IT has set it: little, and quietly."""

from __future__ import annotations

import logging
import os
import random
import sqlite3
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import anyio

from tracker.core.health_telling import tell_health
from tracker.host.policy import keys
from tracker.model.batch import Batch
from tracker.model.errors import StoreError, TrackerError
from tracker.store.ageing import ended_before, forget_for_good
from tracker.store.writer import Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.core.program import Program

_log = logging.getLogger(__name__)

DAY = 24 * 3600.0


def _usual_wait() -> float:
    """Wait a minute to ten: five thousand computers that start at nine must not all speak at once."""
    return random.uniform(60, 600)  # noqa: S311 - nothing secret


async def keep_house(program: Program, wait: Callable[[], float] = _usual_wait, every: float = DAY) -> None:
    """Forget what is old, keep the start at sign-in, tell the health; again every day, until cancelled.

    What goes wrong is logged and tried again the next day: it must never harm what the program is for.
    """
    while True:
        _safely(lambda: forget_ended(program))
        _safely(lambda: keep_start(program))
        await anyio.sleep(wait())
        try:
            await tell_health(program)
        except (TrackerError, OSError) as error:
            _log.info("The health was not told: %s", error)
        await anyio.sleep(every)


def forget_ended(program: Program) -> int:
    """Forget requests that ended longer ago than IT wants them kept, and received files; tell how many.

    On the sync thread. Does nothing where IT has not said so.
    """
    policy = program.policy
    if not policy.sets(keys.CACHE_DAYS):
        return 0
    age = timedelta(days=policy.value(keys.CACHE_DAYS))
    _forget_received(program.paths.received, age)
    engine = program.engine
    old = ended_before(engine.connection, program.now() - age)
    if old:
        change = engine.writer.apply(Batch(gone=tuple(sorted(old))), Told(), program.now())
        engine.publisher.add(change)
        forget_for_good(engine.connection)
    return len(old)


def keep_start(program: Program) -> None:
    """Keep the start at sign-in as IT has set it; what a person chose for themselves is left alone."""
    if program.policy.sets(keys.AUTOSTART):
        from tracker.host.autostart import set_start

        set_start(on=program.settings.autostart)


def _forget_received(folder: Path, age: timedelta) -> None:
    oldest = time.time() - age.total_seconds()
    for file in folder.glob("*"):
        try:
            if file.lstat().st_mtime < oldest and not file.is_dir():
                os.unlink(file)
        except OSError as error:
            _log.info("A received file could not be removed: %s", error)


def _safely(act: Callable[[], object]) -> None:
    try:
        act()
    except (TrackerError, StoreError, OSError, sqlite3.Error) as error:
        _log.info("Could not tidy up: %s", error)
