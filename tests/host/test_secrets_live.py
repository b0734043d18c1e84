"""Secrets in a real gnome-keyring on a real bus: stored, locked, refused, frozen, forgotten."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from anyio.to_thread import run_sync

from tests.rigs.desktop import Desktop
from tests.rigs.keyring_service import PASSWORD, KeyringService
from tracker.host.secrets import KeyringState, Secrets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [pytest.mark.desktop, pytest.mark.anyio]

NAME = "rt|https://rt.example/|anna"
SECRET = "hunter2-only-in-the-keyring ü"


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with Desktop(display=False, keyring="unlocked") as started:
        yield started


@pytest.fixture
def prompting() -> Iterator[Desktop]:
    with Desktop(wm="openbox", keyring="locked") as started:
        assert started.keyring
        started.keyring.start_prompter()
        yield started


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path


def keyring_of(desktop: Desktop) -> KeyringService:
    assert desktop.keyring
    return desktop.keyring


@asynccontextmanager
async def open_secrets(
    desktop: Desktop,
    profile: Path,
    *,
    key: str = "p",
    told: list[KeyringState] | None = None,
    limit: float = 30,
) -> "AsyncIterator[Secrets]":
    heard = [] if told is None else told
    pin = profile / "keyring-backend"
    secrets = Secrets(
        key, pin, environment=desktop.env, changed=heard.append, say_after=0.3, give_up_after=limit
    )
    try:
        yield secrets
    finally:
        await secrets.aclose()


def secret_tool(desktop: Desktop, *words: str) -> str:
    """Ask the keyring through a program of somebody else."""
    return desktop.run("secret-tool", *words).stdout


async def test_a_secret_is_read_back_after_a_restart(desktop: Desktop, profile: Path) -> None:
    async with open_secrets(desktop, profile) as secrets:
        assert await secrets.get(NAME) is None
        assert state_of(secrets) is KeyringState.MISSING
        await secrets.set(NAME, SECRET)
        assert state_of(secrets) is KeyringState.FOUND
        assert not secrets.session_only
    async with open_secrets(desktop, profile) as again:
        assert await again.get(NAME) == SECRET
    assert secret_tool(desktop, "lookup", "service", "it-tracker:p", "username", NAME) == SECRET


async def test_the_keyring_of_the_first_sign_in_is_remembered(desktop: Desktop, profile: Path) -> None:
    async with open_secrets(desktop, profile) as secrets:
        await secrets.set(NAME, SECRET)
    assert (profile / "keyring-backend").read_text() == "keyring.backends.SecretService.Keyring"
    (profile / "keyring-backend").write_text("keyring.backends.kwallet.DBusKeyring")
    async with open_secrets(desktop, profile) as secrets:
        assert await secrets.get(NAME) is None
        assert state_of(secrets) is KeyringState.NO_BACKEND


async def test_profiles_do_not_see_each_others_secrets(desktop: Desktop, profile: Path) -> None:
    async with (
        open_secrets(desktop, profile, key="one") as one,
        open_secrets(desktop, profile, key="two") as two,
    ):
        await one.set(NAME, SECRET)
        assert await two.get(NAME) is None
        await two.set(NAME, "other secret")
        assert await two.delete(NAME)
        assert await one.get(NAME) == SECRET


async def test_signing_out_leaves_nothing_in_the_keyring(desktop: Desktop, profile: Path) -> None:
    async with open_secrets(desktop, profile) as secrets:
        await secrets.set(NAME, SECRET)
        assert await secrets.delete(NAME) is True
        assert await secrets.delete(NAME) is True
        assert await secrets.get(NAME) is None
    assert secret_tool(desktop, "search", "--all", "service", "it-tracker:p") == ""
    assert list(profile.iterdir()) == []


async def test_a_locked_keyring_without_a_display_is_not_empty(desktop: Desktop, profile: Path) -> None:
    async with open_secrets(desktop, profile) as secrets:
        await secrets.set(NAME, SECRET)
        keyring_of(desktop).lock()
        assert await secrets.get(NAME) is None
        assert state_of(secrets) is KeyringState.LOCKED
        await secrets.set(NAME, "new secret")
        assert secrets.session_only
        assert await secrets.get(NAME) == "new secret"


async def test_the_variable_serves_while_the_keyring_is_locked(desktop: Desktop, profile: Path) -> None:
    keyring_of(desktop).lock()
    desktop.env["TRACKER_PASSWORD"] = SECRET
    async with open_secrets(desktop, profile) as secrets:
        assert await secrets.get(NAME) == SECRET
        assert state_of(secrets) is KeyringState.LOCKED


async def test_a_prompt_that_is_answered_gives_the_secret(prompting: Desktop, profile: Path) -> None:
    told: list[KeyringState] = []
    async with open_secrets(prompting, profile, told=told, limit=1) as secrets:
        assert await secrets.get(NAME) is None
        assert state_of(secrets) is KeyringState.WAITING
        await run_sync(keyring_of(prompting).wait_for_prompt)
        await run_sync(lambda: keyring_of(prompting).answer_prompt("Return", text=PASSWORD))
        while await secrets.get(NAME) is None and state_of(secrets) is KeyringState.WAITING:
            continue  # each get waits for a second; the test's own time limit ends this
        assert state_of(secrets) is KeyringState.MISSING
        await secrets.set(NAME, SECRET)
        assert await secrets.get(NAME) == SECRET
    assert told[:2] == [KeyringState.WAITING, KeyringState.MISSING]


async def test_a_dismissed_prompt_is_remembered_until_the_person_asks(
    prompting: Desktop, profile: Path
) -> None:
    keyring = keyring_of(prompting)
    async with open_secrets(prompting, profile, limit=1) as secrets:
        await secrets.get(NAME)
        await run_sync(keyring.wait_for_prompt)
        await run_sync(lambda: keyring.answer_prompt("Escape"))
        while state_of(secrets) is KeyringState.WAITING:
            await secrets.get(NAME)
        assert state_of(secrets) is KeyringState.REFUSED
        before = prompting.run("xdotool", "search", "--onlyvisible", "--class", "gcr-prompter").stdout
        assert await secrets.get(NAME) is None
        assert state_of(secrets) is KeyringState.REFUSED
        assert (
            before
            == ""
            == prompting.run("xdotool", "search", "--onlyvisible", "--class", "gcr-prompter").stdout
        )
        secrets.ask_again()
        await secrets.get(NAME)
        assert state_of(secrets) is KeyringState.WAITING
        await run_sync(keyring.wait_for_prompt)


async def test_quitting_at_a_prompt_ends_the_process(prompting: Desktop, profile: Path) -> None:
    async with open_secrets(prompting, profile, limit=1) as secrets:
        await secrets.get(NAME)
        await run_sync(keyring_of(prompting).wait_for_prompt)
        assert secrets_processes(prompting)
    assert secrets_processes(prompting) == []


async def test_a_frozen_keyring_is_given_up_and_answers_later(desktop: Desktop, profile: Path) -> None:
    told: list[KeyringState] = []
    async with open_secrets(desktop, profile) as secrets:
        await secrets.set(NAME, SECRET)
    async with open_secrets(desktop, profile, told=told, limit=1) as secrets:
        keyring_of(desktop).freeze()
        assert await secrets.get(NAME) is None
        assert await secrets.get("something else") is None
        assert told == [KeyringState.WAITING]
        keyring_of(desktop).thaw()
        while state_of(secrets) is KeyringState.WAITING:
            found = await secrets.get(NAME)
        assert found == SECRET
        assert await secrets.get("something else") is None, "an answer that was owed is not taken for another"
        assert state_of(secrets) is KeyringState.MISSING


async def test_the_process_comes_and_goes_and_is_one(desktop: Desktop, profile: Path) -> None:
    async with open_secrets(desktop, profile) as secrets:
        assert secrets_processes(desktop) == []
        await secrets.set(NAME, SECRET)
        await secrets.get(NAME)
        first = secrets_processes(desktop)
        assert len(first) == 1
        os.kill(first[0], 9)  # as a memory shortage would
        assert await secrets.get(NAME) == SECRET
        assert len(secrets_processes(desktop)) == 1


async def test_a_secret_is_nowhere_but_in_the_keyring(desktop: Desktop, profile: Path) -> None:
    async with open_secrets(desktop, profile) as secrets:
        await secrets.set(NAME, SECRET)
        assert await secrets.get(NAME) == SECRET
        (process,) = secrets_processes(desktop)
        seen = [Path(f"/proc/{process}/{part}").read_bytes() for part in ("cmdline", "environ")]
        assert not any(SECRET.encode() in part for part in seen)
        assert SECRET not in repr(secrets)
    found = subprocess.run(["grep", "-rl", SECRET, profile, desktop.folder], capture_output=True, check=False)
    assert found.stdout == b""


def state_of(secrets: Secrets) -> KeyringState:
    return secrets.state


def secrets_processes(desktop: Desktop) -> list[int]:
    return [pid for pid in desktop.strays() if b"secrets_process" in command_line(pid)]


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""
