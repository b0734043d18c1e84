"""A program on one profile that can be killed: forked from a process that has everything imported.

Run as `python -m tests.stories.mortal PROFILE`. One JSON order per line: what to submit, and where to die.
The answer tells how the child ended and what it had said.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec

from tracker.cli.office import Nobody
from tracker.core.program import Options, Program
from tracker.desks.base import Desk, DeskConfig, Secret, SecretKind, SecretSource
from tracker.desks.frontdesk.desk import open_desk
from tracker.host.instance import ProfileLock
from tracker.host.paths import ProfilePaths, prepare_folders, profile_paths
from tracker.model.change import Change
from tracker.model.command import Command
from tracker.store.codec import COMMANDS

LIMIT = 30.0


class Order(msgspec.Struct):
    """What one life is for: submit this, die at the `nth` passing of `point` or after `moment` seconds."""

    token: str
    kind: str = ""
    command: msgspec.Raw = msgspec.Raw(b"null")
    point: str = ""
    nth: int = 1
    moment: float | None = None


class Ended(msgspec.Struct):
    """How a life ended: killed or not, and whether the command was on disk before that."""

    killed: bool
    stored: bool
    points: tuple[str, ...]


@dataclass
class Scythe:
    """Kills this process at a point, and notes on a pipe what was passed before."""

    order: Order
    notes: int

    def __post_init__(self) -> None:
        self._passed: Counter[str] = Counter()

    def __call__(self, point: str) -> None:
        self._passed[point] += 1
        os.write(self.notes, f"{point}\n".encode())
        if point == self.order.point and self._passed[point] == self.order.nth:
            os.kill(os.getpid(), signal.SIGKILL)


class Listening(Nobody):
    """Sets an event whenever something was written."""

    def __init__(self) -> None:
        self.something = threading.Event()

    def changed(self, change: Change) -> None:
        self.something.set()


def live(paths: ProfilePaths, order: Order, notes: int) -> None:
    """Submit, and deliver until nothing waits any more."""
    lock = ProfileLock(paths)
    if not lock.take():
        raise SystemExit("somebody holds the profile")
    listening = Listening()

    def make(config: DeskConfig, _source: SecretSource) -> Desk:
        async def token() -> Secret:
            return Secret(SecretKind.TOKEN, order.token)

        return open_desk(config, token)

    program = Program(paths, listening, Options(make, checkpoint=Scythe(order, notes)))
    if order.moment is not None:
        threading.Timer(order.moment, partial(os.kill, os.getpid(), signal.SIGKILL)).start()
    program.start()
    if order.kind:
        command: Command = msgspec.json.decode(order.command, type=COMMANDS[order.kind])
        program.service.do(partial(program.engine.letters.submit, command)).result()
        os.write(notes, b"stored\n")
    _deliver_all(program, listening)
    if order.moment is None:
        program.stop()
        lock.release()


def _deliver_all(program: Program, listening: Listening) -> None:
    deadline = datetime.now(UTC).timestamp() + LIMIT
    while program.service.do(program.engine.outbox.all).result():
        if datetime.now(UTC).timestamp() > deadline:
            raise SystemExit("the outbox was never empty")
        program.service.do(program.engine.check_now).result()
        listening.something.wait(0.2)
        listening.something.clear()


def serve(profile: Path) -> None:
    """Give each order a life of its own."""
    paths = profile_paths(profile, os.environ)
    prepare_folders(paths)
    for line in sys.stdin:
        order = msgspec.json.decode(line, type=Order)
        here, there = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(here)
            status = 1
            try:
                live(paths, order, there)
                status = 0
            finally:
                sys.stderr.flush()
                os._exit(status)
        os.close(there)
        with os.fdopen(here, "rb") as notes:
            said = notes.read().decode().split()
        _, ended = os.waitpid(child, 0)
        if not os.WIFSIGNALED(ended) and os.WEXITSTATUS(ended):
            raise SystemExit("a life failed")
        points = tuple(word for word in said if word != "stored")
        answer = Ended(os.WIFSIGNALED(ended), "stored" in said, points)
        sys.stdout.write(json.dumps(msgspec.to_builtins(answer)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
