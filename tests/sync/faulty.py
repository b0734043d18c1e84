"""Desks and disks that fail once, at a step of one's choice."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing
from pathlib import Path
from typing import Any, cast

from tests.fakes.desk import FakeDesk
from tracker.desks.base import DeskInfo, FileSource
from tracker.desks.polling import Pace
from tracker.model.batch import Batch, Cursor
from tracker.model.catalogue import Service
from tracker.model.command import Command, Receipt


class Bug(Exception):
    """A fault of ours that nobody thought of."""


class Countdown:
    """Raises at the step after `steps` more, once; `passed` counts all."""

    def __init__(self, error: Exception, steps: int | None = None) -> None:
        self.error = error
        self.left = steps
        self.passed = 0

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0

    def step(self) -> None:
        self.passed += 1
        if self.left is not None and self.left >= 0:
            self.left -= 1
            if self.left < 0:
                raise self.error


class FaultyDesk(FakeDesk):
    """A desk whose connector fails once with something it should never raise."""

    countdown: Countdown

    async def check(self) -> DeskInfo:
        self.countdown.step()
        return await super().check()

    async def news(self, since: Cursor | None, pace: Pace) -> AsyncIterator[Batch]:
        self.countdown.step()
        async with aclosing(cast("Any", super().news(since, pace))) as batches:
            async for batch in batches:
                yield batch
                self.countdown.step()

    async def catalogue(self) -> tuple[Service, ...]:
        self.countdown.step()
        return await super().catalogue()

    async def send(self, command: Command, files: FileSource) -> Receipt:
        self.countdown.step()
        receipt = await super().send(command, files)
        self.countdown.step()
        return receipt

    async def find(self, command: Command) -> Receipt | None:
        self.countdown.step()
        return await super().find(command)

    async def aclose(self) -> None:
        await super().aclose()
        self.countdown.step()


class FaultyConnection(sqlite3.Connection):
    """A disk that fails once: at any statement, reading or writing. It is quick: nobody cuts its power."""

    countdown: Countdown | None = None

    def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
        if sql.startswith("pragma synchronous"):
            return super().execute("pragma synchronous = off")
        self._step(sql)
        return super().execute(sql, *args)

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        self._step(sql)
        return super().executemany(sql, rows)

    def _step(self, sql: str) -> None:
        # A disk that fails while a failed write is undone is a damaged one: another story.
        if self.countdown is not None and sql != "rollback" and not sql.startswith("pragma"):
            self.countdown.step()


def open_faulty(path: Path, empty: Path) -> FaultyConnection:
    """Open a store on such a disk, a copy of the `empty` one where there is none; sound until told."""
    if not path.exists():
        shutil.copyfile(empty, path)
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, factory=FaultyConnection
    )
    connection.execute("pragma synchronous = off")
    return connection
