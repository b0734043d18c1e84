"""`tracker frontdesk`: a desk for a pilot, from its first person to its backup, with a request in between."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal


class OwnDesk:
    """A desk in a folder, looked after from the command line."""

    def __init__(self, terminal: Terminal, folder: Path) -> None:
        self._terminal = terminal
        self._folder = folder

    def run(self, *words: str, text: str = "", code: int = 0) -> str:
        """Run `tracker frontdesk` and give what it said."""
        said = self._terminal.run("frontdesk", "--folder", str(self._folder), *words, text=text, code=code)
        return said.out if code == 0 else said.err

    def serve(self) -> "tuple[subprocess.Popen[str], str]":
        """Serve it on a free port; gives the process and the address."""
        command = self._terminal.command("frontdesk", "--folder", str(self._folder), "serve", "--port", "0")
        process = subprocess.Popen(command, env=self._terminal.env, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("The desk is at "), line
        return process, line.removeprefix("The desk is at ").strip()


@pytest.mark.timeout(300)  # some thirty commands, on a computer that may have much else to do
def test_a_desk_of_ones_own_from_first_sign_in_to_backup(tmp_path: Path) -> None:
    admin = Terminal(tmp_path / "admin")
    desk = OwnDesk(admin, tmp_path / "desk")
    assert desk.run("user", "add", "ann", "--name", "Ann Example", text="ann-pass-word\n") == (
        "ann can sign in.\n"
    )
    invented = desk.run("user", "add", "tim", "--agent").split()[-1]
    assert len(invented) >= 12
    assert "tim                  agent" in desk.run("user", "list")
    assert "exists already" in desk.run("user", "add", "ann", text="ann-pass-word\n", code=1)
    assert "nobody called “eve”" in desk.run("user", "disable", "eve", code=1)
    assert desk.run("user", "reset-password", code=2)
    process, url = desk.serve()
    try:
        ann = Terminal(tmp_path / "ann", "ann-pass-word")
        words = ("sign-in", "--desk", "frontdesk", "--url", url, "--user", "ann", "--password-stdin")
        ann.run(*words, text="ann-pass-word\n")
        assert ann.run("new", "--service", "other", "--subject", "First", text="Hello.").out == "REQ-1001\n"
        assert "copy is in" in desk.run("backup", str(tmp_path / "copy"))
        assert desk.run("user", "disable", "ann") == "ann is disabled.\n"
        ann.run("sync", code=4)
        assert desk.run("user", "enable", "ann") == "ann is enabled.\n"
        ann.run("sync")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert process.stdout is not None
        process.stdout.close()
    copy = OwnDesk(admin, tmp_path / "copy")
    assert "Ann Example" in copy.run("user", "list")


def test_serving_others_without_encryption_is_refused(tmp_path: Path) -> None:
    desk = OwnDesk(Terminal(tmp_path / "admin"), tmp_path / "desk")
    assert "only with TLS" in desk.run("serve", "--host", "0.0.0.0", code=1)  # noqa: S104
