"""Where a command is carried out: here, or by the program that holds the profile already."""

import itertools
import queue
from collections.abc import AsyncGenerator, Iterator
from contextlib import AbstractContextManager
from functools import partial
from types import TracebackType
from typing import Self

from tracker.core import questions as ask
from tracker.core.answering import Answerer
from tracker.core.environment import fixed_pace
from tracker.core.program import Options, Program
from tracker.desks.registry import open_desk
from tracker.host.errors import HandoverBroken, HolderUnreachable, HostError, ProfileBusy
from tracker.host.handover import ask as hand_over
from tracker.host.instance import ProfileLock, held_elsewhere, socket_address
from tracker.host.logs import ProgramLog
from tracker.host.paths import ProfilePaths, prepare_folders
from tracker.host.redaction import Redactor
from tracker.model.change import Change
from tracker.model.chat import Typing
from tracker.model.event import Event
from tracker.model.health import Health
from tracker.model.notice import Notice, Withdrawal
from tracker.model.uploading import Uploading
from tracker.sync.checkpoint import Checkpoint, pass_by

_SILENCE = 90.0
"""Seconds in which a holder must say something."""
_DOOR_OPENS = 2.0
"""Seconds that a holder may take between its lock and its door, at either end of its life."""
_TURNS = 10
"""So many holders may end on us before we give up: scripts start many commands at once."""


class Nobody:
    """A listener for programs without a window."""

    def changed(self, change: Change) -> None:
        """Nothing is drawn."""

    def health(self, health: Health) -> None:
        """Nothing is drawn."""

    def told(self, notices: tuple[Notice | Withdrawal, ...]) -> None:
        """Nothing is shown."""

    def heard(self, events: tuple[Event, ...]) -> None:
        """Nothing is drawn."""

    def typing(self, told: tuple[Typing, ...]) -> None:
        """Nothing is drawn."""

    def uploading(self, told: Uploading) -> None:
        """Nothing is drawn."""


class Office(AbstractContextManager["Office"]):
    """Takes the profile's lock if it is free, else asks its holder; `answers` is the same either way."""

    def __init__(self, paths: ProfilePaths, checkpoint: Checkpoint = pass_by) -> None:
        self._paths = paths
        self._checkpoint = checkpoint
        self._lock: ProfileLock | None = None
        self._program: Program | None = None
        self._log: ProgramLog | None = None
        self._answerer: Answerer | None = None
        self._closed = False
        self.worked_here = False
        """Whether this process held the profile, so that what it remembered ends with it."""

    def __enter__(self) -> Self:
        prepare_folders(self._paths)
        self._take_place()
        return self

    def _take_place(self) -> bool:
        """Take the profile if nobody has it; tell whether it is ours."""
        lock = ProfileLock(self._paths)
        if self._closed or not lock.take():
            return False
        self._lock = lock
        try:
            redactor = Redactor()
            self._log = ProgramLog(self._paths.logs, redactor)
            options = Options(
                open_desk, fixed_pace(), self._checkpoint, follow_at_start=False, redactor=redactor
            )
            program = Program(self._paths, Nobody(), options)
            self._answerer = Answerer(program)
            program.start(self._answerer.answer)
        except BaseException:
            self._close()
            raise
        self._program = program
        self.worked_here = True
        return True

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._close()

    def answers(self, question: ask.Question) -> Iterator[ask.Answer]:
        """Give the answers as they come. Raises a host error when the holder does not answer.

        A holder that ends before its answer is whole is no trouble: we take its place, or ask whoever did.
        Every question may be asked twice.
        """
        line = ask.to_bytes(question)
        turns = itertools.count() if isinstance(question, ask.Endless) else range(_TURNS)
        trouble: HostError | None = None
        for _turn in turns:
            try:
                for said in self._here(line) if self._program else self._there(line, question):
                    yield ask.answer_from_bytes(said)
                return
            except (HandoverBroken, HolderUnreachable) as error:
                trouble = error
                if not self._take_place() and (elsewhere := ProfileLock(self._paths).elsewhere()):
                    raise ProfileBusy(held_elsewhere(elsewhere)) from error
        if trouble is not None:
            raise trouble

    def answer(self, question: ask.Question) -> ask.Answer:
        """Give the one answer of a question that has one."""
        return next(iter(self.answers(question)))

    def _there(self, line: bytes, question: ask.Question) -> Iterator[bytes]:
        silence = None if isinstance(question, ask.Endless) else _SILENCE
        return hand_over(socket_address(self._paths), line, silence=silence, patience=_DOOR_OPENS)

    def _here(self, line: bytes) -> Iterator[bytes]:
        if self._program is None or self._answerer is None:
            raise RuntimeError("the office is closed")
        said: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        done = self._program.service.call(partial(_pump, self._answerer.answer(line), said))
        try:
            while (answer := said.get()) is not None:
                yield answer
            done.result()
        finally:
            done.cancel()

    def _close(self) -> None:
        self._closed = True
        if self._program is not None:
            self._program.stop()
        if self._log is not None:
            self._log.close()
        if self._lock is not None:
            self._lock.release()


async def _pump(answers: AsyncGenerator[bytes, None], into: "queue.SimpleQueue[bytes | None]") -> None:
    try:
        async for answer in answers:
            into.put(answer)
    finally:
        into.put(None)
