"""The whole way of a request from the command line, at the front desk and at a real Request Tracker."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import sign_in
from tests.cli.story import tell
from tests.cli.terminal import Terminal
from tests.rigs.frontdesk import FrontDeskRig
from tests.rigs.frontdesk_agent import Agent

EMPTY = '{"schema":1,"as_of":null,"tickets":[],"ledger":{"made":0,"moved":0,"kept":0,"missed":0}}\n'


class FrontDeskHelp:
    """Tess at the front desk."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    def take(self, ticket: str) -> None:
        self._agent.assign(ticket)

    def reply(self, ticket: str, text: str, files: Mapping[str, bytes]) -> None:
        self._agent.reply(ticket, text, files)

    def resolve(self, ticket: str, text: str) -> None:
        self._agent.resolve(ticket, text)

    def messages(self, ticket: str) -> list[str]:
        return self._agent.messages(ticket)

    def state(self, ticket: str) -> str:
        told: Any = self._agent.read(ticket)["ticket"]
        return str(told["state"])


@pytest.mark.timeout(300)  # some thirty commands, on a computer that may have much else to do
def test_at_the_front_desk(stranger: Terminal, rig: FrontDeskRig, tess: Agent, tmp_path: Path) -> None:
    sign_in(stranger, rig.url)
    stranger.json("sync")
    shown = tell(stranger, FrontDeskHelp(tess), "other", tmp_path)
    assert shown["stage"] == "done"
    assert [stage["state"] for stage in shown["stages"]] == ["done"] * 5
    kinds = [event["kind"] for event in shown["events"]]
    assert kinds[0] == "created"
    assert [kind for kind in kinds if kind in ("not_fixed", "confirmed")] == ["not_fixed", "confirmed"]
    times = [datetime.fromisoformat(event["at"]) for event in shown["events"]]
    assert times == sorted(times)
    assert all(event["delivery"] is None for event in shown["events"])


def test_of_one_request_in_words(jane: Terminal, tess: Agent) -> None:
    number = jane.json("new", "--service", "other", "--subject", "In words", text="First line.\n")["number"]
    tess.assign(number)
    jane.run("sync")
    said = jane.run("show", number).out
    assert said.startswith(f"{number}  In words\n")
    assert "[Assigned]" in said
    assert "Now:  With Tess Tech" in said
    assert "Next: " in said
    assert "First line." in said
    assert f"{number:<14}" in jane.run("list").out
    assert jane.run("list", "--filter", "fixed").out.count(number) == 0
    assert number in jane.run("list", "--search", "words").out


@pytest.mark.parametrize("flag", ["--json", "--search=x"])
def test_before_anything_was_fetched_the_list_is_empty_and_says_why(stranger: Terminal, flag: str) -> None:
    said = stranger.run("list", flag)
    assert said.out in (EMPTY, "")
    assert said.out or "tracker sync" in said.err
