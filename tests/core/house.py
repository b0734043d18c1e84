"""A profile's program on its own thread, at a desk in memory, and somebody who asks it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from tests.fakes.desk import FakeDesk
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.network import FakeNetwork
from tests.sync.recorder import Recorder
from tracker.core import questions as ask
from tracker.core.answering import Answerer
from tracker.core.program import Options, Program
from tracker.core.signing import sign_in
from tracker.desks.base import Desk, DeskConfig, Secret, SecretKind, SecretSource
from tracker.host.paths import ProfilePaths, prepare_folders, profile_paths
from tracker.host.settings import DeskChoice
from tracker.model.command import Command
from tracker.model.errors import DeskError
from tracker.model.health import Condition, Health
from tracker.store.codec import kind_of

T = TypeVar("T")

JANE = DeskChoice("fake", "https://desk.example", "jane")
OMAR = DeskChoice("fake", "https://desk.example", "omar")
LIMIT = 20.0


class Watcher(Recorder):
    """A recorder that others can wait for, on any thread."""

    __slots__ = ("news",)

    def __init__(self) -> None:
        super().__init__()
        self.news = threading.Condition()

    def health(self, health: Health) -> None:
        with self.news:
            super().health(health)
            self.news.notify_all()

    def until(self, condition: Condition) -> Health:
        """Wait until the connection is so."""
        with self.news:
            assert self.news.wait_for(
                lambda: bool(self.healths) and self.healths[-1].condition is condition, LIMIT
            ), self.healths
            return self.healths[-1]


class Helpdesk(FakeHelpdesk):
    """A desk on the real clock: what is old is never told."""

    def clock(self) -> datetime:
        return datetime.now(UTC) + timedelta(milliseconds=len(self.facts))


class House:
    """A desk with people, and a profile that can be started any number of times."""

    def __init__(self, folder: Path) -> None:
        self.helpdesk = Helpdesk()
        self.network = FakeNetwork(self.helpdesk.bell)
        self.paths: ProfilePaths = profile_paths(folder / "profile", {})
        prepare_folders(self.paths)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        self.watcher = Watcher()
        self.follow_at_start = True

    def open_desk(self, config: DeskConfig, secret: SecretSource) -> Desk:
        """Open what the settings name; raises `DeskError` for a kind nobody knows."""
        if config.kind != "fake":
            raise DeskError(f"This program has no connector of the kind “{config.kind}”.")
        return FakeDesk(self.helpdesk, self.network, config.user, secret)

    def program(self) -> Program:
        """Build the program; it does not run yet."""
        options = Options(self.open_desk, follow_at_start=self.follow_at_start, environment=self.environment)
        return Program(self.paths, self.watcher, options)

    @contextmanager
    def running(self) -> Iterator[Program]:
        """Run the program, without a door for others, until the block ends."""
        program = self.program()
        program.start()
        try:
            yield program
        finally:
            program.stop()

    def sign_in(self, program: Program, choice: DeskChoice = JANE, password: str = "") -> str | None:
        """Sign in as a person does."""
        secret = Secret(SecretKind.PASSWORD, password or f"{choice.user}-pass")
        return program.service.call(partial(sign_in, program, choice, secret)).result(LIMIT)


def answers(program: Program, question: ask.Question | bytes) -> list[ask.Answer]:
    """Ask on the program's thread and give every answer."""
    line = question if isinstance(question, bytes) else ask.to_bytes(question)

    async def collect() -> list[ask.Answer]:
        async with aclosing(Answerer(program).answer(line)) as told:
            return [ask.answer_from_bytes(each) async for each in told]

    return program.service.call(collect).result(LIMIT)


def submit(program: Program, command: Command, wait: float = 10.0) -> ask.Sent:
    """Hand a command over as the command line does."""
    raw = msgspec.Raw(msgspec.json.encode(command))
    (answer,) = answers(program, ask.Submit(kind_of(command), raw, wait))
    assert isinstance(answer, ask.Sent), answer
    return answer


def there(program: Program, act: Callable[[], T]) -> T:
    """Do something on the program's thread."""
    return program.service.do(act).result(LIMIT)
