"""A shared computer: nothing of a person stays, whatever ends the program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tracker.host import secrets as secrets_module
from tracker.host.errors import DiskTrouble
from tracker.host.instance import ProfileLock
from tracker.host.kiosk import begin_anew, forgetting, kiosk_paths, leave_nothing, make_place, paths_in_force
from tracker.host.paths import prepare_folders
from tracker.host.secrets import NO_KEYRING_VARIABLE, KeyringState, Secrets


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A session on a computer whose IT wants nothing kept."""
    policy = tmp_path / "policy.d"
    policy.mkdir()
    (policy / "kiosk.toml").write_text("[privacy]\nkiosk = true\n")
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    return {"TRACKER_POLICY_DIR": str(policy), "XDG_RUNTIME_DIR": str(runtime), "XDG_SESSION_ID": "c2"}


def test_where_it_asks_for_it_the_profile_lies_in_the_session(
    environment: dict[str, str], tmp_path: Path
) -> None:
    paths, nothing_stays = paths_in_force(tmp_path / "mine", environment)
    assert nothing_stays
    assert paths.data.parent == tmp_path / "run"
    assert all(folder.is_relative_to(paths.data) for folder in paths.folders)


def test_elsewhere_the_profile_is_the_one_that_was_chosen(tmp_path: Path) -> None:
    environment = {"TRACKER_POLICY_DIR": str(tmp_path / "none")}
    paths, nothing_stays = paths_in_force(tmp_path / "mine", environment)
    assert (paths.data, nothing_stays) == (tmp_path / "mine", False)
    assert NO_KEYRING_VARIABLE not in environment


@pytest.mark.anyio
async def test_no_keyring_is_asked_there_even_if_there_is_one(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    obliging = 'for _ in open(0): print(\'{"outcome": "done", "backend": "theirs"}\', flush=True)'
    monkeypatch.setattr(secrets_module, "_command", lambda: [sys.executable, "-c", obliging])
    paths_in_force(None, environment)
    secrets = Secrets("kiosk", tmp_path / "pin", environment=environment)
    await secrets.set("desk", "hunter2")
    assert (secrets.state, secrets.session_only) == (KeyringState.NO_BACKEND, True)
    assert await secrets.get("desk") == "hunter2"
    assert await secrets.delete("desk") is True
    assert not (tmp_path / "pin").exists()
    await secrets.aclose()


def test_two_sessions_of_one_person_are_two_profiles(environment: dict[str, str]) -> None:
    other = environment | {"XDG_SESSION_ID": "c3"}
    assert kiosk_paths(environment).key != kiosk_paths(other).key


def test_what_a_killed_program_left_is_gone_at_the_next_start(environment: dict[str, str]) -> None:
    paths = kiosk_paths(environment)
    make_place(paths)
    prepare_folders(paths)
    paths.store.write_text("somebody's requests")
    (paths.received / "x.pdf").write_text("somebody's file")
    lock = ProfileLock(paths)
    assert lock.take()
    begin_anew(paths)
    assert [path for path in paths.data.rglob("*") if path.is_file()] == [paths.lock]
    leave_nothing(paths)
    lock.release()
    assert not paths.data.exists()


def test_a_command_leaves_nothing_unless_the_program_is_at_work(environment: dict[str, str]) -> None:
    paths = kiosk_paths(environment)
    with forgetting(paths):
        prepare_folders(paths)
        paths.store.write_text("somebody's requests")
    assert not paths.data.exists()
    make_place(paths)
    lock = ProfileLock(paths)
    assert lock.take()
    with forgetting(paths):
        prepare_folders(paths)
        paths.store.write_text("of the program at work")
    assert paths.store.exists()
    lock.release()


def test_a_folder_that_somebody_else_has_laid_there_is_not_used(
    environment: dict[str, str], tmp_path: Path
) -> None:
    paths = kiosk_paths(environment)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    paths.data.symlink_to(elsewhere)
    with pytest.raises(DiskTrouble, match="belongs to somebody else"):
        make_place(paths)
    paths.data.unlink()
    paths.data.mkdir(mode=0o755)
    with pytest.raises(DiskTrouble, match="open to others"):
        make_place(paths)
