"""One profile, one writer: of two programs exactly one wins, and a killed one blocks nobody."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user
from tests.rigs.unprivileged import ROOT, OrdinaryUser
from tracker.host.errors import DiskTrouble
from tracker.host.instance import ProfileLock, held_elsewhere, socket_address
from tracker.host.paths import ProfilePaths, prepare_folders, profile_paths

__all__ = ["ordinary_user"]

# Takes the lock when told to, says whether it got it, and holds it until it is told to end.
RACER = """
import sys
from pathlib import Path
from tracker.host.instance import ProfileLock
from tracker.host.paths import profile_paths
lock = ProfileLock(profile_paths(Path(sys.argv[1]), {}))
print("ready", flush=True)
sys.stdin.readline()
print(lock.take(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def profile(tmp_path: Path) -> ProfilePaths:
    paths = profile_paths(tmp_path / "profile", {})
    prepare_folders(paths)
    return paths


@pytest.fixture
def racers(profile: ProfilePaths) -> Iterator[list["subprocess.Popen[str]"]]:
    command = [sys.executable, "-c", RACER, str(profile.data)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _racer in range(6)
    ]
    yield started
    for racer in started:
        racer.kill()
        racer.communicate()


def line_of(racer: "subprocess.Popen[str]") -> str:
    assert racer.stdout
    return racer.stdout.readline().strip()


def go(racer: "subprocess.Popen[str]") -> None:
    assert racer.stdin
    racer.stdin.write("\n")
    racer.stdin.flush()


def test_of_many_programs_exactly_one_wins(
    profile: ProfilePaths, racers: list["subprocess.Popen[str]"]
) -> None:
    assert {line_of(racer) for racer in racers} == {"ready"}
    for racer in racers:
        go(racer)
    won = [line_of(racer) for racer in racers]
    assert sorted(won) == ["False"] * 5 + ["True"]
    assert ProfileLock(profile).take() is False


def test_a_killed_program_blocks_nobody(profile: ProfilePaths, racers: list["subprocess.Popen[str]"]) -> None:
    holder = racers[0]
    line_of(holder)
    go(holder)
    assert line_of(holder) == "True"
    lock = ProfileLock(profile)
    assert (lock.take(), lock.held) == (False, False)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    assert (lock.take(), lock.held) == (True, True)
    lock.release()
    lock.release()
    assert (lock.held, ProfileLock(profile).take()) == (False, True)


def test_a_lock_given_up_can_be_taken(profile: ProfilePaths) -> None:
    first, second = ProfileLock(profile), ProfileLock(profile)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


def test_two_profiles_do_not_know_each_other(profile: ProfilePaths, tmp_path: Path) -> None:
    other = profile_paths(tmp_path / "other", {})
    prepare_folders(other)
    locks = ProfileLock(profile), ProfileLock(other)
    assert [lock.take() for lock in locks] == [True, True]
    for lock in locks:
        lock.release()
    assert socket_address(profile) != socket_address(other)


def test_the_lock_file_is_private(profile: ProfilePaths) -> None:
    lock = ProfileLock(profile)
    lock.take()
    assert profile.lock.stat().st_mode & 0o777 == 0o600
    lock.release()


def a_read_only_profile_is_said(folder: str) -> None:
    with pytest.raises(DiskTrouble, match="so opening the profile did not work"):
        ProfileLock(profile_paths(Path(folder), {})).take()


def test_a_read_only_profile_is_said(ordinary_user: OrdinaryUser) -> None:
    (ordinary_user.folder / "profile").mkdir(mode=0o555)
    ordinary_user.run(a_read_only_profile_is_said, ordinary_user.folder / "profile")


def test_the_address_is_short_whatever_the_profile(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / ("deep/" * 40), {})
    assert len(os.fsencode(socket_address(paths))) <= 100
    assert str(tmp_path) not in socket_address(paths)


def test_the_runtime_folder_is_preferred(profile: ProfilePaths) -> None:
    runtime = Path(os.environ["XDG_RUNTIME_DIR"])
    runtime.chmod(0o700)
    assert Path(socket_address(profile)).parent == runtime


@pytest.mark.parametrize("runtime", ["", "/nowhere", "long", "open"])
def test_without_a_usable_runtime_folder_there_is_one_of_our_own(
    profile: ProfilePaths, monkeypatch: pytest.MonkeyPatch, runtime: str
) -> None:
    with tempfile.TemporaryDirectory(prefix="t-") as place:
        if runtime == "long":
            runtime = f"{place}/{'x' * 100}"
            Path(runtime).mkdir(mode=0o700)
        elif runtime == "open":
            runtime = f"{place}/open"
            Path(runtime).mkdir()
            Path(runtime).chmod(0o777)
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        monkeypatch.setattr(tempfile, "tempdir", place)
        folder = Path(socket_address(profile)).parent
        assert folder == Path(place) / f"it-tracker-{os.getuid()}"
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_somebody_else_laid_out_is_not_used(
    profile: ProfilePaths, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"it-tracker-{os.getuid()}").mkdir()
    (tmp_path / f"it-tracker-{os.getuid()}").chmod(0o777)
    with pytest.raises(DiskTrouble, match="belongs to somebody else or is open to others"):
        socket_address(profile)


def test_a_program_on_another_computer_is_named(profile: ProfilePaths) -> None:
    here, there = ProfileLock(profile), ProfileLock(profile)
    assert here.take()
    assert there.elsewhere() == ""
    profile.lock.write_text("pc-0815")
    assert there.elsewhere() == "pc-0815"
    assert "on the computer pc-0815" in held_elsewhere(there.elsewhere())
    profile.lock.write_bytes(b"\xff\x00\n" * 1000)
    assert there.elsewhere() == ""
    here.release()
