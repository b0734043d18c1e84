"""Two programs on one profile: the second hands over; when the first is killed, the next takes its place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from tests.core.house import House, there
from tests.rigs.unprivileged import ROOT
from tests.store.samples import create
from tracker.core import questions as ask
from tracker.host.handover import ask as hand_over
from tracker.host.instance import ProfileLock, socket_address


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold the profile."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.core.holder", str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    try:
        yield process
    finally:
        if process.poll() is None:
            process.communicate(timeout=20)
        elif process.stdin is not None:
            process.stdin.close()
        process.stdout.close()


def asked(house: House, question: ask.Question) -> list[ask.Answer]:
    lines = hand_over(socket_address(house.paths), ask.to_bytes(question))
    return [ask.answer_from_bytes(line) for line in lines]


def test_the_second_hands_over_and_the_first_keeps_it(house: House, tmp_path: Path) -> None:
    raw = msgspec.Raw(msgspec.json.encode(create(service="network")))
    with holder(tmp_path):
        lock = ProfileLock(house.paths)
        assert not lock.take()
        (sent,) = asked(house, ask.Submit("create", raw, 0.0))
        assert isinstance(sent, ask.Sent)
        assert (sent.delivery, sent.reference, sent.sign_in_needed) == ("queued", create().ticket, True)
        assert asked(house, ask.Submit("create", raw, 0.0)) == [sent], "the same question twice is one"
        assert asked(house, ask.Open("T-1")) == [ask.Done()]
        (refused,) = asked(house, ask.Open("T-2"))
        assert isinstance(refused, ask.Failed)
    assert lock.take()
    with house.running() as program:
        assert there(program, lambda: [p.command.id for p in program.engine.outbox.all()]) == [create().id]
    lock.release()


def test_when_the_holder_is_killed_the_next_takes_its_place(house: House, tmp_path: Path) -> None:
    raw = msgspec.Raw(msgspec.json.encode(create(service="network")))
    with holder(tmp_path) as process:
        asked(house, ask.Submit("create", raw, 0.0))
        process.kill()
        process.wait()
    lock = ProfileLock(house.paths)
    assert lock.take()
    with house.running() as program:
        assert there(program, lambda: len(program.engine.outbox.all())) == 1
    lock.release()
    with holder(tmp_path):
        assert asked(house, ask.Open("T-1")) == [ask.Done()], "a socket left behind is in nobody's way"
