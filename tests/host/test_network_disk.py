"""Folders on a disk of the network are known by the table of mounts."""

from pathlib import Path

import pytest

from tracker.host.network_disk import network_disk

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /net rw,relatime - autofs systemd-1 rw
41 40 0:36 /jane /net/home\\040of/jane rw,relatime shared:9 - nfs4 files.example.org:/jane rw,vers=4.2
42 41 8:9 / /net/home\\040of/jane/local rw - xfs /dev/sdb1 rw
43 22 0:44 / /mnt/share rw - cifs //files.example.org/share rw
a line that is no mount
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib", ""),
        ("/net/home of/jane/.local/share/it-tracker", "nfs4"),
        ("/net/home of/jane/local/it-tracker", ""),
        ("/net/home of/janet", ""),
        ("/mnt/share", "cifs"),
        ("/mnt/shared", ""),
    ],
)
def test_the_innermost_mount_counts(folder: str, kind: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert network_disk(Path(folder), mounts) == kind


def test_where_there_is_no_table_nothing_is_claimed(tmp_path: Path) -> None:
    assert network_disk(tmp_path, tmp_path / "none") == ""
