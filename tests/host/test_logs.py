"""The log is private, does not grow for ever, survives a full disk, and never tells a secret."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser
from tracker.host.errors import DiskTrouble
from tracker.host.logs import FILE_BYTES, FILE_NAME, FILES_KEPT, ProgramLog
from tracker.host.redaction import Redactor

__all__ = ["ordinary_user", "small_disk"]

SECRET = "correct-horse/battery"
say = logging.getLogger("tracker.tests")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    redactor = Redactor()
    redactor.hide(SECRET)
    with ProgramLog(tmp_path / "logs", redactor):
        yield tmp_path / "logs" / FILE_NAME


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Bearer {SECRET}",
        f"trying {SECRET}",
        "GET https://desk.example/?q=correct-horse%2Fbattery",
        "Authorization: token 1-23-0123456789abcdef",
        "authorization: Basic YW5uYTpodW50ZXIy",
        "{'Authorization': 'Basic YW5uYTpodW50ZXIy', 'Accept': 'text/html'}",
        "('authorization', 'token 1-23-0123456789abcdef')",
        "[(b'Authorization', b'token 1-23-0123456789abcdef')]",
        "sent Bearer 0123456789abcdef",
        "Cookie: RT_SID_example.443=0123456789abcdef; other=YW5uYTpodW50ZXIy",
        "Set-Cookie: sid=0123456789abcdef; HttpOnly",
        "{'set-cookie': 'sid=0123456789abcdef; HttpOnly'}",
        "GET https://desk.example/feed?token=0123456789abcdef&since=3",
        "GET https://desk.example/?a=1&access_token=0123456789abcdef",
        "POST /NoAuth/Login.html user=anna&pass=hunter2xyz&next=1",
        '{"password": "hunter2xyz", "user": "anna"}',
        '{"password":"hunter2xyz with spaces"}',
        "{'api_key': 'hunter2xyz'}",
        "X-Auth-Token: 0123456789abcdef",
        "password=hunter2xyz",
        "connecting to https://anna:hunter2xyz@desk.example/",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl",
    ],
)
def test_what_looks_like_a_secret_is_blanked(line: str) -> None:
    redactor = Redactor()
    redactor.hide(SECRET)
    cleaned = redactor.clean(line)
    leaks = ("battery", "0123456789abcdef", "hunter2", "YW5uYTpodW50ZXIy", "eyJhbGci", "with spaces")
    assert not any(leak in cleaned for leak in leaks), cleaned
    assert "[hidden]" in cleaned


@pytest.mark.parametrize(
    "line",
    [
        "3 requests synced in 40 ms",
        "The token ring printer is broken",
        "GET https://desk.example/tickets/17?since=2026-11-22 200",
        "The keyring has no password for this desk.",
    ],
)
def test_plain_lines_stay_as_they_are(line: str) -> None:
    assert Redactor().clean(line) == line


def test_a_secret_that_is_too_short_does_not_blank_the_whole_log() -> None:
    redactor = Redactor()
    redactor.hide("a")
    redactor.hide("")
    assert redactor.clean("a banana") == "a banana"


def test_a_redactor_does_not_show_what_it_hides() -> None:
    redactor = Redactor()
    redactor.hide(SECRET)
    assert repr(redactor) == "Redactor(knows secrets: True)"


def test_a_known_secret_never_reaches_the_disk(log: Path) -> None:
    say.info("trying %s", SECRET)
    try:
        raise ValueError(f"wrong: {SECRET}")
    except ValueError:
        say.info("it failed", exc_info=True)
    text = log.read_text()
    assert SECRET not in text
    assert "trying [hidden]" in text
    assert "ValueError: wrong: [hidden]" in text


def test_the_log_is_for_this_person_alone(log: Path) -> None:
    say.info("hello")
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700


def test_old_lines_go_before_the_disk_does(log: Path) -> None:
    for _line in range(FILE_BYTES // 10_000 * (FILES_KEPT + 2)):
        say.info("x" * 10_000)
    files = list(log.parent.iterdir())
    assert len(files) == FILES_KEPT + 1
    assert all(file.stat().st_size <= FILE_BYTES for file in files)
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)


def test_half_a_character_does_not_break_the_log(log: Path) -> None:
    say.info("name: %s", "\udcff")
    assert "name: \\udcff" in log.read_text()


def test_libraries_do_not_chatter_in_it(log: Path) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET /secret")
    assert log.read_text() == ""


def test_a_closed_log_is_let_go(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    ProgramLog(tmp_path, Redactor()).close()
    assert logging.getLogger().handlers == before


def a_full_disk_loses_lines_and_nothing_else(folder: str) -> None:
    with ProgramLog(Path(folder) / "logs", Redactor()):
        for _line in range(2000):
            say.info("x" * 1000)
    sys.stdout.write("still here")


def test_a_full_disk_loses_lines_and_nothing_else(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    process = ordinary_user.start(a_full_disk_loses_lines_and_nothing_else, small_disk.folder)
    said, errors = process.communicate(timeout=60)
    assert said == b"still here"
    assert errors == b"Tracker cannot write its log. The disk may be full.\n"


def a_forbidden_folder_is_said(folder: str) -> None:
    with pytest.raises(DiskTrouble, match="opening the log did not work"):
        ProgramLog(Path(folder) / "logs", Redactor())


def test_a_forbidden_folder_is_said(ordinary_user: OrdinaryUser) -> None:
    (ordinary_user.folder / "closed").mkdir(mode=0o500)
    ordinary_user.run(a_forbidden_folder_is_said, ordinary_user.folder / "closed")
