"""Files in under safe names, never over another; files out as copies that arrive whole."""

import os
from pathlib import Path

import pytest

from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser
from tracker.host.errors import DiskTrouble, FileRefused
from tracker.host.files import ReceivedFile, drop_outgoing, keep_outgoing, size_words
from tracker.host.quarantine import mark_as_received, origin_of

__all__ = ["ordinary_user", "small_disk"]

ORIGIN = "https://desk.example/attachments/7?token=hush"
MEGABYTE = 1024 * 1024


def receive(folder: Path, name: str, *pieces: bytes, limit: int = MEGABYTE) -> Path:
    with ReceivedFile(folder, name, origin=ORIGIN, limit=limit) as file:
        for piece in pieces or (b"data",):
            file.write(piece)
        return file.finish()


def receive_half(folder: Path) -> None:
    with ReceivedFile(folder, "a.txt", origin=ORIGIN, limit=99) as file:
        file.write(b"half")
        raise ConnectionError


def test_a_received_file_arrives_whole_and_private(tmp_path: Path) -> None:
    saved = receive(tmp_path / "new", "report.pdf", b"abc" * 1000)
    assert saved == tmp_path / "new" / "report.pdf"
    assert saved.read_bytes() == b"abc" * 1000
    assert saved.stat().st_mode & 0o777 == 0o600
    assert list(saved.parent.iterdir()) == [saved]


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text("mine")
    (tmp_path / "report (2).pdf").symlink_to(tmp_path / "nowhere")
    assert receive(tmp_path, "report.pdf").name == "report (3).pdf"
    assert (tmp_path / "report.pdf").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/passwd", "..", "a/../../b", "C:\\Windows\\x", "\0", ".bashrc"]
)
def test_a_hostile_name_stays_in_its_folder_and_is_seen(tmp_path: Path, name: str) -> None:
    saved = receive(tmp_path / "in", name)
    assert saved.parent == tmp_path / "in"
    assert not saved.name.startswith(".")


def test_a_file_that_grows_over_the_limit_is_refused_and_gone(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"“video\.mp4” is larger than 1 KB"):
        receive(tmp_path, "video.mp4", *[b"x" * 500] * 3, limit=1024)
    assert list(tmp_path.iterdir()) == []


def test_a_broken_transfer_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError):
        receive_half(tmp_path)
    assert list(tmp_path.iterdir()) == []


def a_full_disk_is_said_while_receiving(folder: str) -> None:
    place = Path(folder)
    with pytest.raises(DiskTrouble, match=r"The disk is full, so saving “a\.bin” did not work"):
        receive(place, "a.bin", *[b"x" * 50_000] * 20)
    assert [entry.name for entry in place.iterdir()] == [".ballast"]


def test_a_full_disk_is_said_while_receiving(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    small_disk.fill(leave=100_000)
    ordinary_user.run(a_full_disk_is_said_while_receiving, small_disk.folder)


def marked_file_tells_its_origin(folder: str) -> None:
    saved = receive(Path(folder), "form.docm")
    assert os.getxattr(saved, "user.xdg.origin.url") == b"https://desk.example/attachments/7"


def test_a_received_file_carries_the_mark_without_secrets(ordinary_user: OrdinaryUser) -> None:
    ordinary_user.run(marked_file_tells_its_origin, ordinary_user.folder)


def test_a_disk_without_marks_is_no_obstacle(tmp_path: Path) -> None:
    assert mark_as_received(tmp_path / "not there", ORIGIN) is False


def test_the_mark_says_where_from_and_not_by_whom() -> None:
    assert origin_of("https://me:hunter2@desk.example:8443/a?b#c") == "https://desk.example:8443/a"


def test_an_attached_file_is_copied_so_that_the_original_may_go(tmp_path: Path) -> None:
    original = tmp_path / "photo.jpg"
    original.write_bytes(b"jpeg" * 1000)
    kept = keep_outgoing(original, "photo.jpg", folder=tmp_path / "outgoing", limit=MEGABYTE)
    original.unlink()
    assert (kept.name, kept.size, kept.mime) == ("photo.jpg", 4000, "image/jpeg")
    copy = tmp_path / "outgoing" / kept.key
    assert copy.read_bytes() == b"jpeg" * 1000
    assert copy.stat().st_mode & 0o777 == 0o600


def test_pasted_bytes_are_kept_like_a_file(tmp_path: Path) -> None:
    kept = keep_outgoing(b"png", "screen.png", folder=tmp_path, limit=10)
    assert (tmp_path / kept.key).read_bytes() == b"png"
    assert kept.mime == "image/png"


def test_what_was_sent_is_dropped_and_twice_is_fine(tmp_path: Path) -> None:
    kept = keep_outgoing(b"png", "screen.png", folder=tmp_path, limit=10)
    drop_outgoing(tmp_path, kept.key)
    drop_outgoing(tmp_path, kept.key)
    assert list(tmp_path.iterdir()) == []


def test_a_key_cannot_leave_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine")
    (tmp_path / "outgoing").mkdir()
    drop_outgoing(tmp_path / "outgoing", "../outside")
    assert outside.exists()


def refused(source: Path | bytes, folder: Path, limit: int = 1000) -> str:
    with pytest.raises(FileRefused) as caught:
        keep_outgoing(source, "thing", folder=folder, limit=limit)
    assert list(folder.iterdir()) == []
    return str(caught.value)


def test_what_cannot_be_attached_says_why(tmp_path: Path) -> None:
    folder = tmp_path / "outgoing"
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b"x" * 3000)
    assert refused(tmp_path / "gone", folder) == "“thing” cannot be read: No such file or directory."
    assert refused(tmp_path / "pipe", folder) == "“thing” is not a file that can be sent."
    assert refused(tmp_path, folder) == "“thing” is not a file that can be sent."
    assert refused(tmp_path / "empty", folder) == "“thing” is empty."
    assert refused(b"", folder) == "“thing” is empty."
    assert "is 2.93 KB; the desk takes files up to 1,000 bytes" in refused(tmp_path / "large", folder)
    assert "the desk takes files up to" in refused(b"x" * 3000, folder)


def a_full_disk_is_said_while_attaching(folder: str) -> None:
    place = Path(folder)
    with pytest.raises(DiskTrouble, match="The disk is full, so attaching “big” did not work"):
        keep_outgoing(b"x" * 300_000, "big", folder=place, limit=MEGABYTE)
    assert [entry.name for entry in place.iterdir()] == [".ballast"]


def test_a_full_disk_is_said_while_attaching(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    small_disk.fill(leave=100_000)
    ordinary_user.run(a_full_disk_is_said_while_attaching, small_disk.folder)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1023, "1,023 bytes"),
        (3584, "3.5 KB"),
        (25 * MEGABYTE, "25 MB"),
        (5 * 1024**3, "5 GB"),
    ],
)
def test_sizes_are_said_for_people(size: int, words: str) -> None:
    assert size_words(size) == words
