"""What is left behind and what is told: no secret in any file, list of processes, log or answer."""

import os
from pathlib import Path

from tests.cli.conftest import sign_in
from tests.cli.terminal import Terminal
from tests.rigs.flaky_proxy import Fault, FlakyProxy
from tests.rigs.frontdesk import JANE, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent

SUBJECT = "Something quite private"


def holding(folder: Path, *words: str) -> dict[str, str]:
    """Name the files below a folder that hold one of these words, and the word."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            if word.encode() in content or word in path.name:
                found[str(path.relative_to(folder))] = word
    return found


def test_signing_out_leaves_nothing_of_the_person(
    stranger: Terminal, rig: FrontDeskRig, tess: Agent, tmp_path: Path
) -> None:
    sign_in(stranger, rig.url)
    (tmp_path / "diary.txt").write_text("dear diary")
    words = ("new", "--service", "other", "--subject", SUBJECT, "--attach", str(tmp_path / "diary.txt"))
    number = stranger.json(*words, text="Nobody else should read this.")["number"]
    tess.reply(number, "I will not tell anybody.")
    stranger.run("sync")
    secrets = (SUBJECT, "Nobody else", "not tell anybody", "dear diary", number)
    assert holding(stranger.profile, *secrets), "nothing was saved, so nothing is proved"
    said = stranger.run("sign-out")
    assert said.out == "Signed out. Nothing of yours is left here.\n"
    person = (JANE.name, JANE.email, f'"{JANE.login}"', rig.url)
    assert holding(stranger.profile, *secrets, *person, JANE.password) == {}
    assert stranger.run("list", "--search", "private").out == "The desk has not been heard yet.\n"
    stranger.run("show", number, code=1)
    stranger.run("sign-out")  # once more changes nothing


def test_what_was_never_sent_is_removed_too(far_jane: Terminal, network: FlakyProxy, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")
    network.fail(Fault.SIGN_IN)
    words = ("new", "--service", "other", "--subject", SUBJECT, "--attach", str(tmp_path / "diary.txt"))
    far_jane.run(*words, text="Not sent.", code=4)
    assert set(holding(far_jane.profile, "dear diary").values()) == {"dear diary"}
    far_jane.run("sign-out")
    assert holding(far_jane.profile, SUBJECT, "dear diary", "Not sent") == {}


def test_no_secret_is_in_files_logs_or_the_list_of_processes(
    far_jane: Terminal, network: FlakyProxy, number: str
) -> None:
    sign_in(far_jane, network.url)
    with far_jane.watch("--json") as watching:
        far_jane.json("sync")
        for process in (watching.process.pid, *_children(watching.process.pid)):
            command = Path(f"/proc/{process}/cmdline").read_bytes()
            assert JANE.password.encode() not in command
        network.fail(Fault.BROKEN)  # what goes wrong is logged
        far_jane.run("reply", number, text="Hello.", code=3)
        network.restore()
    said = watching.finish()
    assert JANE.password not in said.out + said.err
    log = far_jane.profile / "logs" / "tracker.log"
    assert "A command waits" in log.read_text("utf-8")
    assert holding(far_jane.profile, JANE.password) == {}
    for file in ("settings.json", "tracker.db", "logs/tracker.log"):
        assert (far_jane.profile / file).stat().st_mode & 0o077 == 0


def _children(parent: int) -> list[int]:
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii")
    return [int(pid) for pid in told.split() if os.path.exists(f"/proc/{pid}")]
