"""`tracker policy`: a file is checked before it is rolled out, and a computer says what counts and why."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.rigs.frontdesk import FrontDeskRig

GOOD = 'locked = ["desk"]\n\n[desk]\nkind = "rt"\nurl = "https://rt.example"\n\n[look]\ntheme = "dark"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "policy.d"
    made.mkdir(mode=0o755)
    return made


def put(folder: Path, text: str) -> Path:
    file = folder / "10.toml"
    file.write_text(text)
    file.chmod(0o644)
    return file


def test_a_good_file_is_said_to_be_good(stranger: Terminal, folder: Path) -> None:
    file = put(folder, GOOD)
    said = stranger.run("policy", "check", str(file))
    assert said.out == f"{file}: nothing is wrong. It sets 3 values, 2 of them locked.\n"
    assert said.err == ""


def test_what_is_wrong_with_a_file_is_said_line_by_line(stranger: Terminal, folder: Path) -> None:
    file = put(folder, f"{GOOD}font = 3\n\n[start]\nautostart = 'yes'\n")
    file.chmod(0o666)  # whoever drafts one
    said = stranger.run("policy", "check", str(file), code=1)
    assert said.err.splitlines() == [
        f"{file}:9: There is no “look.font”. It is ignored.",
        f"{file}:12: “start.autostart” must be true or false. It is ignored.",
    ]
    assert said.out == ""
    assert "No such file" in stranger.run("policy", "check", str(folder / "gone"), code=1).err


def test_a_computer_says_what_counts_and_why(stranger: Terminal, folder: Path) -> None:
    file = put(folder, f"{GOOD}name = 7\n")
    env = {"TRACKER_POLICY_DIR": str(folder)}
    said = stranger.run("policy", "report", env=env)
    lines = said.out.splitlines()
    assert f'desk.url = "https://rt.example"  ({file}:5, locked)' in lines
    assert f'look.theme = "dark"  ({file}:8)' in lines
    assert 'look.language = ""  (usual, counts from the next start)' in lines
    assert lines[-1].startswith(f"! {file}:9: “look.name” must be a text")
    assert said.code == 0


def test_the_report_for_programs_keeps_to_its_schema(stranger: Terminal, folder: Path) -> None:
    put(folder, GOOD)
    stranger.env["TRACKER_POLICY_DIR"] = str(folder)
    told = {key["name"]: key for key in stranger.json("policy", "report")["keys"]}
    assert told["desk.kind"]["value"] == "rt"
    assert told["desk.kind"]["locked"] is True
    assert told["network.proxy"]["source"] == "usual"


def test_one_signs_in_at_the_desk_that_it_has_set(
    stranger: Terminal, rig: FrontDeskRig, folder: Path
) -> None:
    put(folder, f'locked = ["desk"]\n[desk]\nkind = "frontdesk"\nurl = "{rig.url}"\n')
    stranger.env["TRACKER_POLICY_DIR"] = str(folder)
    elsewhere = (
        "sign-in",
        "--desk",
        "rt",
        "--url",
        "https://rt.example",
        "--user",
        "jane",
        "--password-stdin",
    )
    refused = stranger.run(*elsewhere, text=f"{stranger.password}\n", code=1)
    assert refused.err == f"IT has set your service desk: {rig.url}. Sign in there.\n"
    stranger.run("sign-in", "--user", "jane", "--password-stdin", text=f"{stranger.password}\n")
    told = {key["name"]: key for key in stranger.json("policy", "report")["keys"]}
    assert told["desk.url"]["source"] == f"{folder / '10.toml'}:4"
    assert stranger.json("list")["tickets"] == []
