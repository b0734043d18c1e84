"""`tracker report`: listed before it is saved, saved when somebody agrees, never over a file."""

from pathlib import Path

import pytest

from tracker.cli.main import main


def test_a_report_is_listed_first_and_saved_only_when_somebody_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--profile", str(tmp_path / "profile"), "report", str(tmp_path / "r.zip")]
    assert main(given) == 1
    said = capsys.readouterr()
    assert "findings.txt" in said.out
    assert "Nothing was saved" in said.err
    assert not (tmp_path / "r.zip").exists()
    assert main([*given, "--yes"]) == 0
    assert f"Saved: {tmp_path / 'r.zip'}" in capsys.readouterr().out
    assert main([*given, "--yes"]) == 1
    assert "Choose another name" in capsys.readouterr().err


def test_all_of_it_can_be_read_without_saving_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = str(tmp_path / "profile")
    assert main(["--profile", profile, "report", "--show"]) == 0
    assert "===== policy.txt\nNothing is set." in capsys.readouterr().out
    assert main(["--profile", profile, "report"]) == 2
    assert "Say where to save the report" in capsys.readouterr().err
