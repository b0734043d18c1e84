"""Secrets where there is no keyring: kept for this session, said, and never written anywhere."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rigs.unprivileged import ROOT
from tracker.host import secrets as module
from tracker.host.secrets import LONGEST, KeyringState, SecretRefused, Secrets

pytestmark = pytest.mark.anyio

SECRET = "hunter2-never-on-disk"
NO_BUS = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}


@pytest.fixture
def pin(tmp_path: Path) -> Path:
    return tmp_path / "keyring-backend"


@pytest.fixture
async def secrets(pin: Path) -> AsyncIterator[Secrets]:
    kept = Secrets("profile", pin, environment=NO_BUS)
    yield kept
    await kept.aclose()


async def test_without_a_keyring_a_secret_lasts_for_this_session(secrets: Secrets, tmp_path: Path) -> None:
    assert await secrets.get("anna") is None
    assert secrets.state is KeyringState.NO_BACKEND
    before = secrets.session_only
    await secrets.set("anna", SECRET)
    assert (before, secrets.session_only) == (False, True)
    assert await secrets.get("anna") == SECRET
    assert list(tmp_path.iterdir()) == []
    assert SECRET not in repr(secrets)
    assert SECRET not in repr(vars(secrets)["_keeper"])


async def test_signing_out_forgets_it(secrets: Secrets) -> None:
    await secrets.set("anna", SECRET)
    assert await secrets.delete("anna") is True
    assert await secrets.get("anna") is None
    assert not secrets.session_only


async def test_a_keyring_that_was_used_and_is_away_may_still_hold_it(secrets: Secrets, pin: Path) -> None:
    pin.write_text("keyring.backends.SecretService.Keyring")
    assert await secrets.delete("anna") is False
    assert secrets.state is KeyringState.NO_BACKEND
    assert pin.exists()


async def test_the_variable_serves_where_there_is_no_keyring(pin: Path) -> None:
    secrets = Secrets("profile", pin, environment={**NO_BUS, "TRACKER_PASSWORD": SECRET})
    assert await secrets.get("anna") == SECRET
    assert secrets.state is KeyringState.NO_BACKEND
    await secrets.aclose()


async def test_what_is_no_secret_is_refused(secrets: Secrets) -> None:
    for text in ("", "x" * (LONGEST + 1)):
        with pytest.raises(SecretRefused, match="1 to 1200 characters"):
            await secrets.set("anna", text)
    assert not secrets.session_only


async def test_states_are_told_once(pin: Path) -> None:
    told: list[KeyringState] = []
    secrets = Secrets("profile", pin, environment=NO_BUS, changed=told.append)
    await secrets.get("anna")
    await secrets.get("anna")
    assert told == [KeyringState.NO_BACKEND]
    await secrets.aclose()


async def test_a_process_that_ends_at_once_is_a_failure_and_not_a_hang(
    pin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_command", lambda: [sys.executable, "-c", "pass"])
    secrets = Secrets("profile", pin, environment=NO_BUS)
    assert await secrets.get("anna") is None
    assert secrets.state is KeyringState.FAILED
    await secrets.aclose()


async def test_a_process_that_cannot_start_is_a_failure(pin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_command", lambda: ["/nowhere/tracker"])
    secrets = Secrets("profile", pin, environment=NO_BUS)
    await secrets.set("anna", SECRET)
    assert secrets.state is KeyringState.FAILED
    assert await secrets.get("anna") == SECRET
    await secrets.aclose()


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert module._command() == [sys.executable, "--secrets-helper"]


def start_process(**extra: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        module._command(),
        env={**module._helper_environment(NO_BUS), **extra},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )


def test_the_process_ends_by_itself_when_nothing_is_asked() -> None:
    process = start_process()
    assert process.wait(30) == 0
    process.communicate()


def test_the_process_ends_with_the_program() -> None:
    process = start_process()
    said, errors = process.communicate(timeout=30)
    assert (process.returncode, said, errors) == (0, "", "")


def test_plain_text_backends_are_never_asked() -> None:
    """A keyring of another kind that is installed, and even asked for by name, is left alone."""
    process = start_process(PYTHON_KEYRING_BACKEND="keyrings.alt.file.PlaintextKeyring")
    said, _errors = process.communicate(
        '{"do": "get", "service": "s", "name": "n", "backend": ""}\n', timeout=30
    )
    assert said in ("", '{"outcome": "no_backend"}\n')  # it may end before it has answered


def test_nothing_heavy_is_loaded_before_something_is_asked() -> None:
    loaded = (
        "import sys, tracker.host.secrets; print(sorted({'keyring', 'anyio', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
