"""A package starts the program at everybody's sign-in; it goes away again where nobody wants that."""

import os
from pathlib import Path

import pytest

from tracker.__main__ import main
from tracker.host.at_sign_in import wanted_at_sign_in
from tracker.host.paths import profile_paths
from tracker.host.settings import Settings
from tracker.host.settings_file import SettingsFile


def chosen(home: Path, *, autostart: bool) -> dict[str, str]:
    home.mkdir()
    env = {"HOME": str(home)}
    paths = profile_paths(None, env)
    paths.settings.parent.mkdir(parents=True, exist_ok=True)
    SettingsFile(paths.settings).save(Settings(autostart=autostart))
    return env


def test_it_is_wanted_where_the_person_chose_it(tmp_path: Path) -> None:
    assert wanted_at_sign_in(chosen(tmp_path / "jane", autostart=True))
    assert not wanted_at_sign_in(chosen(tmp_path / "omar", autostart=False))


def test_it_is_wanted_where_it_says_so_and_the_person_nothing(tmp_path: Path) -> None:
    policy = tmp_path / "policy.d"
    policy.mkdir()
    (policy / "10-start.toml").write_text("[start]\nautostart = true\n", "utf-8")
    if os.geteuid() == 0:  # only root's files count as policy
        assert wanted_at_sign_in({"HOME": str(tmp_path), "TRACKER_POLICY_DIR": str(policy)})
    assert not wanted_at_sign_in({"HOME": str(tmp_path)})


def test_settings_that_cannot_be_read_start_nothing(tmp_path: Path) -> None:
    profile_paths(None, {"HOME": str(tmp_path)}).settings.mkdir(parents=True)
    assert not wanted_at_sign_in({"HOME": str(tmp_path)})


def test_nothing_is_started_nor_said_where_it_is_not_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--autostart"]) == 0
    assert capsys.readouterr() == ("", "")
