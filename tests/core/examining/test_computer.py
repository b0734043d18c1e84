"""What is said of the settings: the desk that is signed in to, the one that IT has set, or none yet."""

from pathlib import Path

import pytest

from tracker.core.examining.computer import read_chosen, settings
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
