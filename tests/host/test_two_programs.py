"""Two programs on one profile at the same time: nothing is half, nothing is lost, nothing overwrites."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.rigs.unprivileged import ROOT
from tracker.host.settings import Settings, ThemeChoice
from tracker.host.settings_file import SettingsFile

SAVES = """
import sys
from dataclasses import replace
from pathlib import Path
from tracker.host.settings import Settings, ThemeChoice
from tracker.host.settings_file import SettingsFile
file = SettingsFile(Path(sys.argv[1]))
for turn in range(60):
    file.save(replace(Settings(), theme=ThemeChoice(sys.argv[2])))
"""

RECEIVES = """
import sys
from pathlib import Path
from tracker.host.files import ReceivedFile
for turn in range(20):
    text = f"{sys.argv[2]} {turn}".encode()
    with ReceivedFile(Path(sys.argv[1]), "report.pdf", origin="https://desk.example/", limit=99) as file:
        file.write(text)
        file.finish()
"""

KEEPS = """
import sys
from pathlib import Path
from tracker.host.files import keep_outgoing
for turn in range(20):
    keep_outgoing(f"{sys.argv[2]} {turn}".encode(), "photo.jpg", folder=Path(sys.argv[1]), limit=99)
"""


def start(program: str, *words: str | Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", program, *map(str, words)], cwd=ROOT)


def run_both(program: str, place: Path, words: Sequence[str]) -> None:
    started = [start(program, place, word) for word in words]
    assert [process.wait(60) for process in started] == [0, 0]


def test_settings_are_whole_at_every_moment(tmp_path: Path) -> None:
    place = tmp_path / "settings.json"
    SettingsFile(place).save(Settings(theme=ThemeChoice.DARK))
    writers = [start(SAVES, place, theme) for theme in ("light", "dark")]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        file = SettingsFile(place)
        seen.add(file.load().theme)
        assert file.complaints == ()
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {ThemeChoice.LIGHT, ThemeChoice.DARK}
    assert list(tmp_path.iterdir()) == [place]


def test_files_of_one_name_are_all_kept(tmp_path: Path) -> None:
    run_both(RECEIVES, tmp_path, ("one", "two"))
    texts = sorted(entry.read_text() for entry in tmp_path.iterdir())
    assert texts == sorted(f"{who} {turn}" for who in ("one", "two") for turn in range(20))


def test_outgoing_copies_do_not_meet(tmp_path: Path) -> None:
    run_both(KEEPS, tmp_path, ("one", "two"))
    texts = sorted(entry.read_text() for entry in tmp_path.iterdir())
    assert texts == sorted(f"{who} {turn}" for who in ("one", "two") for turn in range(20))
