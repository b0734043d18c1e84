"""A second start with files: the first program takes them, and says what it cannot take."""

import subprocess
import sys
from pathlib import Path

from tests.stories.stage import Stage, until


def test_files_named_to_a_second_start_are_attached_to_a_new_request_in_the_first(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "photo 1.png").write_bytes(b"not really a picture")
    (tmp_path / "folder").mkdir()
    window = stage.start("--hidden")
    until(lambda: not window.state().visible, "the program to start hidden")
    command = [sys.executable, "-m", "tracker", "--profile", str(stage.profile)]
    second = subprocess.run(
        [*command, "./photo 1.png", "./folder"],
        cwd=tmp_path,
        env=stage.env | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (second.returncode, second.stderr) == (0, b"")
    until(lambda: window.state().visible, "the window to come to the front")
    window.wait_for("photo 1.png")
    window.wait_for("“folder” is a folder. Attach the files in it.")
    assert window.quit() == 0
