"""The tour, as `make demo` takes it without a display: every step seen, a picture of each."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.desktop

STEPS = 16


@pytest.mark.timeout(180)
def test_the_tour_sees_every_step_and_leaves_pictures(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tracker", "demo", "--tour", "--to", str(tmp_path / "tour")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=150, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Every step was seen." in done.stdout
    assert done.stderr == ""
    pictures = sorted((tmp_path / "tour").iterdir())
    assert len(pictures) == 2 * STEPS
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)
    for words in (
        "Received",
        "Priya asks:",
        "May I try another dock",
        "Visit booked",
        "is with you",
        "thinks it is fixed",
    ):
        assert any("notification" in line and words in line for line in done.stdout.splitlines()), words
