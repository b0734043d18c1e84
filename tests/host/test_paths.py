"""Where a profile lives, who may read it, and what is said when it can't be had."""

import os
from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser
from tracker.host.errors import DiskTrouble
from tracker.host.paths import prepare_folders, profile_paths
from tracker.host.settings import DeskChoice, Settings
from tracker.host.settings_file import SettingsFile
from tracker.model.ticket import TicketId

__all__ = ["ordinary_user", "small_disk"]


def test_a_chosen_folder_holds_everything(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "mine", {"TRACKER_PROFILE": "/elsewhere"})
    every = (
        *paths.folders,
        paths.settings,
        paths.window_state,
        paths.store,
        paths.lock,
        paths.keyring_backend,
    )
    assert all(place.is_relative_to(tmp_path / "mine") for place in every)


def test_the_variable_chooses_when_nothing_else_does(tmp_path: Path) -> None:
    assert profile_paths(None, {"TRACKER_PROFILE": str(tmp_path)}).data == tmp_path


def test_without_a_choice_the_systems_folders_are_used(home: Path) -> None:
    paths = profile_paths(None, {})
    assert paths.data == home / ".local/share/it-tracker"
    assert paths.settings == home / ".config/it-tracker/settings.json"
    assert paths.cache == home / ".cache/it-tracker"
    assert paths.logs.is_relative_to(home)


def test_two_profiles_have_two_keys_and_one_profile_one(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "a")
    key = profile_paths(tmp_path / "a", {}).key
    assert key == profile_paths(link, {}).key == profile_paths(tmp_path / "b" / ".." / "a", {}).key
    assert key != profile_paths(tmp_path / "b", {}).key
    assert str(tmp_path) not in key


def test_folders_are_this_persons_alone(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "mine", {})
    prepare_folders(paths)
    prepare_folders(paths)
    assert {folder.stat().st_mode & 0o777 for folder in paths.folders} == {0o700}


def test_a_profile_made_by_hand_is_closed_to_others(tmp_path: Path) -> None:
    place = tmp_path / "mine"
    place.mkdir(mode=0o755)
    prepare_folders(profile_paths(place, {}))
    assert place.stat().st_mode & 0o777 == 0o700


def test_a_folder_with_other_things_keeps_its_rights(tmp_path: Path) -> None:
    place = tmp_path / "home"
    place.mkdir(mode=0o755)
    (place / "thesis.odt").write_text("")
    prepare_folders(profile_paths(place, {}))
    assert place.stat().st_mode & 0o777 == 0o755


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    with pytest.raises(DiskTrouble, match="There is a file where a folder is needed"):
        prepare_folders(profile_paths(tmp_path / "mine", {}))


def read_only_is_said(folder: str) -> None:
    with pytest.raises(DiskTrouble, match=r"cannot write to its own folder|You may not write here"):
        prepare_folders(profile_paths(Path(folder), {}))


def test_a_read_only_profile_is_said(ordinary_user: OrdinaryUser) -> None:
    place = ordinary_user.folder / "profile"
    place.mkdir()
    os.chown(place, ordinary_user.uid, -1)
    place.chmod(0o500)
    ordinary_user.run(read_only_is_said, place)


def a_disk_that_can_only_be_read_is_said(folder: str) -> None:
    with pytest.raises(DiskTrouble, match="can only be read"):
        prepare_folders(profile_paths(Path(folder) / "profile", {}))


def test_a_read_only_disk_is_said(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    small_disk.make_read_only()
    ordinary_user.run(a_disk_that_can_only_be_read_is_said, small_disk.folder)


def test_what_roams_with_a_person_is_small(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "mine", {})
    prepare_folders(paths)
    muted = frozenset(TicketId(f"REQ-{number}") for number in range(1000))
    desk = DeskChoice("rt", "https://rt.example.org", "jane", (("queue", "IT"),))
    SettingsFile(paths.settings).save(Settings(desk=desk, muted=muted))
    assert paths.settings.stat().st_size < 20 * 1024
