"""What is said of this computer: the desk that IT has set, and the disk of a profile that is new."""

from pathlib import Path

import pytest

from tracker.core.examining.computer import disk, read_chosen, settings
from tracker.host.paths import prepare_folders, profile_paths


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
