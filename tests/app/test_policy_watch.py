"""The folder of IT's policy is watched: it may come, change, be replaced and go."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tracker.app.policy_watch import PolicyWatch


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


def test_files_that_come_change_and_go_are_told_of(owner: QObject, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "10.toml"
    watch = PolicyWatch(tmp_path, owner)
    with qtbot.waitSignal(watch.changed):
        file.write_text("[desk]\n")
    with qtbot.waitSignal(watch.changed):
        file.write_text("[desk]\n\n")
    with qtbot.waitSignal(watch.changed):  # as tools and editors do it: another file under the name
        (tmp_path / "new").write_text("[network]\n")
        os.replace(tmp_path / "new", file)
    with qtbot.waitSignal(watch.changed):
        file.write_text("[look]\n")
    with qtbot.waitSignal(watch.changed):
        file.unlink()


def test_many_steps_are_told_of_once(owner: QObject, qtbot: QtBot, tmp_path: Path) -> None:
    told: list[bool] = []
    watch = PolicyWatch(tmp_path, owner)
    watch.changed.connect(lambda: told.append(True))
    with qtbot.waitSignal(watch.changed):
        for number in range(20):
            (tmp_path / f"{number}.toml").write_text("")
    assert told == [True]


def test_a_folder_that_is_not_there_yet_is_waited_for(owner: QObject, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "tracker" / "policy.d"
    watch = PolicyWatch(folder, owner)
    with qtbot.waitSignal(watch.changed):
        folder.mkdir(parents=True)
    with qtbot.waitSignal(watch.changed):
        (folder / "10.toml").write_text("")
    with qtbot.waitSignal(watch.changed):
        (folder / "10.toml").unlink()
        folder.rmdir()
    with qtbot.waitSignal(watch.changed):
        folder.mkdir()
