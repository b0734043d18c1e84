"""What is said of this computer: the desk that IT has set, and the disk of a profile that is new."""

import time
from pathlib import Path

import pytest

import tracker.core.examining.computer as examined
from tracker.core.examining.computer import disk, read_chosen, saved, settings
from tracker.host.paths import prepare_folders, profile_paths
from tracker.store.database import open_reader, open_writer
from tracker.store.errors import NotReady


def test_before_the_first_sign_in_the_desk_that_it_has_set_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policies = tmp_path / "policy.d"
    policies.mkdir(mode=0o755)
    file = policies / "10.toml"
    file.write_text('[desk]\nkind = "rt"\nurl = "https://rt.example.org"\n')
    file.chmod(0o644)
    monkeypatch.setenv("TRACKER_POLICY_DIR", str(policies))
    paths = profile_paths(tmp_path / "profile", {})
    prepare_folders(paths)
    (said,) = settings(read_chosen(paths))
    assert said.sentence == "IT has set the desk at https://rt.example.org; nobody has signed in yet."


def test_the_disk_of_a_profile_that_is_not_made_yet_is_measured(tmp_path: Path) -> None:
    (said,) = disk(profile_paths(tmp_path / "not" / "yet", {}))
    assert said.state == "ok"
    assert said.sentence.endswith(" are free.")


def test_saved_requests_that_are_being_made_are_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = profile_paths(tmp_path, {})
    prepare_folders(paths)
    paths.store.touch()
    with pytest.raises(NotReady):
        open_reader(paths.store)
    monkeypatch.setattr(time, "sleep", lambda _seconds: open_writer(paths.store).close())
    (said,) = saved(paths)
    assert (said.state, said.sentence) == (
        "ok",
        "0 requests saved here, nothing still on the way to the desk.",
    )


def test_saved_requests_that_nobody_makes_ready_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = profile_paths(tmp_path, {})
    prepare_folders(paths)
    paths.store.touch()
    monkeypatch.setattr(examined, "_PAUSE", 0.0)
    with pytest.raises(NotReady, match="not ready yet"):
        list(saved(paths))
