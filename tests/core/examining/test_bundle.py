"""The report for IT: what is in it, and above all what is never in it."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.house import House, submit
from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tests.store.samples import create
from tracker.core.bundle import LOG_BYTES, BundleFile, make_bundle
from tracker.core.bundle_saving import save_bundle
from tracker.core.shapes import Finding
from tracker.host.errors import DiskTrouble, FileRefused
from tracker.host.paths import ProfilePaths, prepare_folders, profile_paths
from tracker.host.redaction import Redactor

__all__ = ["ordinary_user", "small_disk"]

SECRETS = (
    "correct-horse-battery",
    "tok-9f8e7d6c5b4a",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl",
    "Zm9vOmJhcmJheg==",
    "cookie-value-77",
    "proxy-pass-88",
    "option-secret-99",
    "known-only-by-value",
    "policy-pass-11",
    "no-scheme-22",
    "the-end-33",
)
LOG = f"""2026-11-22 10:00:00 INFO x: Authorization: Basic {SECRETS[3]}
2026-11-22 10:00:01 INFO x: {{'Authorization': 'Bearer {SECRETS[2]}'}}
2026-11-22 10:00:02 INFO x: GET https://jane:{SECRETS[0]}@desk.example/?token={SECRETS[1]}
2026-11-22 10:00:03 INFO x: Set-Cookie: RT_SID={SECRETS[4]}; path=/
2026-11-22 10:00:04 INFO x: password={SECRETS[0]} and {SECRETS[7]}
2026-11-22 10:00:05 INFO x: GET http://jane:p@{SECRETS[10]}@desk.example/
2026-11-22 10:00:06 INFO x: all went well
"""


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProfilePaths:
    """A profile with secrets in every place that somebody could have put them."""
    made = profile_paths(tmp_path / "profile", {})
    prepare_folders(made)
    (made.logs / "tracker.log").write_text(LOG)
    (made.logs / "tracker.log.1").write_text(LOG)
    options = {"queue": "IT", "api_token": SECRETS[6], "note": f"https://x:{SECRETS[0]}@h.example"}
    desk = {"kind": "rt", "url": "https://rt.example", "user": "jane", "options": options}
    made.settings.write_text(json.dumps({"desk": desk, "muted": ["T-4711"]}))
    monkeypatch.setenv("HTTPS_PROXY", f"http://jane:{SECRETS[5]}@proxy.example:3128")
    monkeypatch.setenv("http_proxy", f"jane:{SECRETS[9]}@proxy.example:3128")
    monkeypatch.setenv("MY_PASSWORD", SECRETS[0])
    policy = tmp_path / "policy.d"
    policy.mkdir()
    (policy / "a.toml").write_text(
        f'[desk.options]\nsecret = "{SECRETS[8]}"\n[network]\npac_url = "http://u:{SECRETS[8]}@pac.example/x"\n'
    )
    monkeypatch.setenv("TRACKER_POLICY_DIR", str(policy))
    return made


def made(paths: ProfilePaths) -> tuple[BundleFile, ...]:
    redactor = Redactor()
    redactor.hide(SECRETS[7])
    said = f"The proxy http://jane:{SECRETS[5]}@proxy.example:3128 asks for a password."
    return make_bundle(paths, (Finding("proxy", "bad", said),), redactor)


def test_no_secret_is_anywhere_in_the_saved_file(paths: ProfilePaths, tmp_path: Path) -> None:
    saved = save_bundle(made(paths), tmp_path / "report.zip")
    with zipfile.ZipFile(saved) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()) + saved.read_bytes()
    for secret in SECRETS:
        assert secret.encode() not in everything, secret
    assert b"all went well" in everything
    assert b"rt.example" in everything
    assert b"T-4711" not in everything


def test_what_was_shown_is_what_is_saved(paths: ProfilePaths, tmp_path: Path) -> None:
    shown = made(paths)
    with zipfile.ZipFile(save_bundle(shown, tmp_path / "report.zip")) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {
            file.name: file.text for file in shown
        }


def test_subjects_of_requests_and_names_of_people_are_blanked_in_the_log(house: House) -> None:
    with house.running() as program:
        house.sign_in(program)
        submit(program, replace(create(), subject="My salary slip is wrong"))
    (house.paths.logs / "tracker.log").write_text("fault in 'My salary slip is wrong'\n")
    (log,) = [file for file in make_bundle(house.paths, (), Redactor()) if file.name == "log/tracker.log"]
    assert log.text == "fault in '[hidden]'\n"


def test_only_the_end_of_a_long_log_is_taken_and_no_line_is_cut(paths: ProfilePaths) -> None:
    line = f"2026-11-22 10:00:00 INFO x: password={SECRETS[0]}\n"
    (paths.logs / "tracker.log").write_text(line * (LOG_BYTES // len(line) + 100))
    (log,) = [file for file in made(paths) if file.name == "log/tracker.log"]
    assert set(log.text.splitlines()) == {"2026-11-22 10:00:00 INFO x: password=[hidden]"}


def test_a_part_that_cannot_be_read_is_said_in_its_place(paths: ProfilePaths) -> None:
    (paths.logs / "tracker.log").unlink()
    (paths.logs / "tracker.log").mkdir()
    (log,) = [file for file in made(paths) if file.name == "log/tracker.log"]
    assert log.text == "This could not be read: IsADirectoryError.\n"


def test_settings_that_cannot_be_read_are_said_and_the_rest_is_there(paths: ProfilePaths) -> None:
    paths.settings.unlink()
    paths.settings.mkdir()
    (settings,) = [file for file in made(paths) if file.name == "settings.json"]
    assert settings.text.startswith("This could not be read. There is a folder where a file is needed")


def test_a_file_that_is_there_is_never_replaced(paths: ProfilePaths, tmp_path: Path) -> None:
    there = tmp_path / "report.zip"
    there.write_text("mine")
    with pytest.raises(FileRefused, match="already something called"):
        save_bundle(made(paths), there)
    assert there.read_text() == "mine"


def test_the_report_is_for_this_person_alone(paths: ProfilePaths, tmp_path: Path) -> None:
    saved = save_bundle(made(paths), tmp_path / "report.zip")
    assert saved.is_absolute()
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def test_a_place_that_does_not_exist_is_said(paths: ProfilePaths, tmp_path: Path) -> None:
    with pytest.raises(DiskTrouble, match="does not exist"):
        save_bundle(made(paths), tmp_path / "nowhere" / "report.zip")


def test_a_full_disk_is_said_and_nothing_is_left(paths: ProfilePaths, small_disk: SmallDisk) -> None:
    noise = BundleFile("noise.txt", os.urandom(3_000_000).hex())
    with pytest.raises(DiskTrouble, match="disk is full"):
        save_bundle((noise,), small_disk.folder / "report.zip")
    assert list(small_disk.folder.glob("report*")) == []
