"""The whole way of a request from the command line at a real Request Tracker."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.schemas import answer_in
from tests.cli.story import tell
from tests.cli.terminal import Terminal
from tests.rigs.rt import JANE, RtRig
from tests.rigs.rt_fixtures import rt_rig, tess
from tests.rigs.technician import Technician

__all__ = ["rt_rig", "tess"]

pytestmark = pytest.mark.rt


class RtHelp:
    """Tess at Request Tracker."""

    def __init__(self, technician: Technician) -> None:
        self._technician = technician

    def take(self, ticket: str) -> None:
        self._technician.take(ticket)
        self._technician.status(ticket, "open")

    def reply(self, ticket: str, text: str, files: Mapping[str, bytes]) -> None:
        self._technician.reply(ticket, text, files=files)

    def resolve(self, ticket: str, text: str) -> None:
        self._technician.reply(ticket, text, status="resolved")

    def messages(self, ticket: str) -> list[str]:
        return self._technician.messages(ticket)

    def state(self, ticket: str) -> str:
        return self._technician.read(ticket, "Status")


@pytest.fixture
def jane(rt_rig: RtRig, tmp_path: Path) -> Terminal:
    """Jane, signed in with her password, as an ordinary employee."""
    terminal = Terminal(tmp_path / "profile", JANE.password, env={"TRACKER_PACE": "2"})
    words = ("sign-in", "--desk", "rt", "--url", rt_rig.url, "--user", JANE.name, "--password-stdin")
    terminal.run(*words, text=f"{JANE.password}\n")
    return terminal


@pytest.mark.timeout(300)  # some thirty commands, on a computer that may have much else to do
def test_the_short_story_at_request_tracker(jane: Terminal, tess: Technician, tmp_path: Path) -> None:
    jane.json("sync")
    shown = tell(jane, RtHelp(tess), "IT Support", tmp_path)
    assert shown["stage"] == "done"
    assert shown["ticket"]["owner"] == "Tess Tech"


def test_watch_hears_request_tracker_within_its_interval(jane: Terminal, tess: Technician) -> None:
    number = jane.deliver("new", "--service", "IT Support", "--subject", "Watched", text="Text.")
    with jane.watch("--json") as watching:
        jane.json("sync")
        tess.reply(number, "Have you tried the other dock?")
        told = answer_in("watch", watching.wait_for('"type":"notice"', "Tess Tech"))
        assert told["notice"]["ticket"] == number
    assert "Have you tried the other dock?" in watching.finish().out


def test_a_token_signs_in_as_well_as_a_password(rt_rig: RtRig, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "profile")
    words = ("sign-in", "--desk", "rt", "--url", rt_rig.url, "--user", JANE.name, "--token-stdin")
    token = rt_rig.token(JANE)
    said = terminal.run(*words, text=f"{token}\n")
    assert token not in said.out + said.err
    wrong = terminal.run(*words, text="1-14-000000000000\n", code=4)
    assert wrong.err.count("\n") == 1
