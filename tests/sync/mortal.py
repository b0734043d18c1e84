"""Programs that are killed: each a process of its own, forked from one that has loaded everything.

`python -m tests.sync.mortal` reads one job a line (JSON) and answers with how the process ended. Starting
Python for each of them would take longer than all they do.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import anyio
import msgspec

from tests.sync.recorder import Recorder
from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.frontdesk.desk import open_desk
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.command import Command
from tracker.model.health import Condition
from tracker.model.telling import NotifySettings
from tracker.store.codec import COMMANDS
from tracker.store.rescue import open_or_rebuild
from tracker.sync.engine import Engine, Surroundings
from tracker.sync.herald import Wishes
from tracker.sync.timekeeper import Timekeeper

FINISHED, STUCK, FAILED = 0, 3, 4
LIMIT = 30.0


class Job(msgspec.Struct):
    """What one process does: follow the desk and submit, until it is killed or all is in step.

    It is killed when it passes `point`, or `seconds` after it began to submit. The ids of commands whose
    submission returned are in the file `accepted` of the profile.
    """

    profile: str
    url: str
    token: str
    commands: list[tuple[str, msgspec.Raw]] = []
    point: str = ""
    seconds: float = 0.0


def die() -> None:
    """End as a power cut ends a program."""
    os.kill(os.getpid(), signal.SIGKILL)


async def _work(job: Job) -> None:
    profile = Path(job.profile)
    connection, _rescue = open_or_rebuild(profile / "tracker.db", datetime.now(UTC))

    flying = False

    def pass_by(point: str) -> None:
        nonlocal flying
        if point == job.point:
            die()
        # The echo may empty the outbox before the answer to what was sent is read.
        if point in ("send.before_mark", "send.after_receipt"):
            flying = point == "send.before_mark"

    async def secret() -> Secret:
        return Secret(SecretKind.TOKEN, job.token)

    time = Timekeeper()
    wishes = Wishes(NotifySettings(quiet=None, quiet_weekend=False), UTC, Calendar(zone=UTC), Cadence())
    engine = Engine(Surroundings(connection, profile / "outgoing", Recorder(), lambda: wishes, time, pass_by))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(engine.run)
        engine.follow(open_desk(DeskConfig("frontdesk", job.url, "jane"), secret))
        if job.seconds:
            timer = threading.Timer(job.seconds, die)
            timer.daemon = True
            timer.start()
        for kind, raw in job.commands:
            command: Command = msgspec.json.decode(raw, type=COMMANDS[kind])
            engine.letters.submit(command)
            with (profile / "accepted").open("a") as accepted:
                accepted.write(f"{command.id}\n")
            await anyio.sleep(0)
        with anyio.fail_after(LIMIT):
            while flying or engine.outbox.all() or engine.health().condition is not Condition.OK:
                await anyio.sleep(0.005)
        tasks.cancel_scope.cancel()
    connection.close()


def _live(job: Job) -> None:
    """Be the process; never returns."""
    code = FINISHED
    try:
        anyio.run(partial(_work, job))
    except BaseException as error:
        traceback.print_exc()
        stuck = isinstance(error, BaseExceptionGroup) and error.subgroup(TimeoutError) is not None
        code = STUCK if stuck else FAILED
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Answer jobs until the input ends."""
    for line in sys.stdin.buffer:
        job = msgspec.json.decode(line, type=Job)
        process = os.fork()
        if process == 0:
            _live(job)
        _pid, status = os.waitpid(process, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
