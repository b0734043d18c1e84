"""Signing in at a chat server from a terminal, while the tray program holds the profile or not."""

from __future__ import annotations

import json
import subprocess

import anyio
import pytest

from tests.cli.terminal import Terminal
from tests.rigs.surfing import Surfer
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_fixtures import company_synapse, synapse_rig
from tests.rigs.synapse_site import JANE

__all__ = ["company_synapse", "synapse_rig"]

pytestmark = pytest.mark.matrix


def chat_of(terminal: Terminal) -> dict[str, object] | None:
    settings = json.loads((terminal.profile / "settings.json").read_text("utf-8"))
    found: dict[str, object] | None = settings.get("chat")
    return found


def test_a_password_signs_in_and_out_again(jane: Terminal, synapse_rig: SynapseRig) -> None:
    words = ("sign-in", "--chat", synapse_rig.url, "--user", "jane", "--password-stdin")
    said = jane.run(*words, text=f"{JANE.password}\n")
    assert said.out == "Signed in as jane.\n"
    chat = chat_of(jane)
    assert chat is not None
    assert (chat["kind"], chat["url"], chat["user"]) == ("matrix", synapse_rig.url, JANE.id)
    assert jane.run("sign-out", "--chat").out == "Signed out of the chat server.\n"
    assert chat_of(jane) is None
    assert "REQ" in jane.run("list").out, "the requests stay"


def test_a_wrong_password_is_said(jane: Terminal, synapse_rig: SynapseRig) -> None:
    words = ("sign-in", "--chat", synapse_rig.url, "--user", "jane", "--password-stdin")
    said = jane.run(*words, text="wrong\n", code=4)
    assert "does not know this name with this password" in said.err
    assert chat_of(jane) is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "wants --desk"),
        (("--chat", "x"), "wants --user, or --browser"),
        (("--chat", "x", "--url", "y"), "two commands"),
        (("--browser",), "wants --desk"),
        (("--desk", "rt", "--url", "x", "--browser", "--device"), "Choose"),
        (("--chat", "x", "--device"), "no sign-in with a code"),
        (("--desk", "rt", "--url", "x", "--user", "y", "--provider", "z"), "name it with --chat"),
        (("--chat", "x", "--browser", "--token-stdin"), "nothing is read"),
    ],
)
def test_what_does_not_go_together_is_said(jane: Terminal, words: tuple[str, ...], why: str) -> None:
    assert why in jane.run("sign-in", *words, code=2).err


def test_the_browser_signs_in(jane: Terminal, company_synapse: SynapseRig) -> None:
    words = ("sign-in", "--chat", company_synapse.url, "--browser", "--provider", "oidc-company")
    with subprocess.Popen(
        jane.command(*words), env=jane.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        try:
            assert program.stdout is not None
            address = program.stdout.readline().strip()
            assert "/login/sso/redirect/oidc-company?" in address
            anyio.run(surf, address)
            assert program.stdout.readline() == f"Signed in as {JANE.id}.\n"
            assert program.wait(30) == 0
        finally:
            program.kill()
    chat = chat_of(jane)
    assert chat is not None
    assert chat["user"] == JANE.id


async def surf(address: str) -> None:
    async with Surfer() as surfer:
        await surfer.go(address)
        await surfer.submit(sub="jane")
        await surfer.press_link()
        assert "close this page" in surfer.page.text
