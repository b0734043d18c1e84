"""The live demo on a display: the request moves by itself, and it ends in order however it is ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.desktop import BusWatch, Desktop, wait_until
from tracker.demo import live
from tracker.demo.stage_set import TECHNICIAN, run_tracker, stage_set
from tracker.demo.technician import Technician

pytestmark = pytest.mark.desktop


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop(wm="openbox", notifier="dunst") as started:
        yield started


def start(desktop: Desktop, pause: str) -> "subprocess.Popen[bytes]":
    return desktop.spawn(
        [sys.executable, "-m", "tracker", "demo", "--pause", pause], env={"TMPDIR": str(desktop.folder)}
    )


def leftovers(desktop: Desktop) -> list[Path]:
    return list(desktop.folder.glob("tracker-demo-*"))


@pytest.mark.timeout(120)
def test_the_technician_moves_a_request_until_it_is_the_persons_turn(desktop: Desktop) -> None:
    watch: BusWatch = desktop.watch()
    demo = start(desktop, "0.5")
    for words in ("Assigned to Priya Nair", "Priya asks:"):
        watch.wait_for(lambda seen, words=words: words in seen.body, timeout=60)  # type: ignore[misc]
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(timeout=20) == 0
    said = desktop.log_of(Path(sys.executable).name)
    assert "You are Jane" in said or "you are Jane" in said
    assert "Traceback" not in said
    assert leftovers(desktop) == []


def test_a_request_that_came_with_its_chat_moves_on_as_well() -> None:
    with stage_set() as made, Technician(made.url, TECHNICIAN, made.technician_password) as technician:
        fields = ("--service", "hardware", "--field", "room=4.112", "--subject", "Dock")
        run_tracker(made, "new", *fields, text="Dark.")
        ((ticket, _state),) = technician.tickets().items()
        technician.take(ticket)  # as joining its chat does
        done = 0
        for _act in range(2):
            done = live._next_act(technician, ticket, technician.tickets()[ticket], done)
        assert "question" in [kind for kind, _text in technician.events(ticket)]


def test_ctrl_c_ends_it_in_order(desktop: Desktop) -> None:
    demo = start(desktop, "30")
    shown = ["xdotool", "search", "--onlyvisible", "--name", "."]
    wait_until(lambda: bool(desktop.run(*shown).stdout), timeout=40, what="the window")
    os.killpg(demo.pid, signal.SIGINT)  # in a terminal, every process of the group hears Ctrl+C
    assert demo.wait(timeout=20) == 0
    assert "Traceback" not in desktop.log_of(Path(sys.executable).name)
    assert leftovers(desktop) == []
