"""Somebody at a terminal: every command is a process of its own, and no answer is taken on trust."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.schemas import Json, answer_in
from tests.rigs.command_forks import command_forks
from tests.rigs.frontdesk_agent import Agent
from tracker.cli.wish_arguments import WISHES
from tracker.host.instance import socket_address
from tracker.host.paths import profile_paths
from tracker.host.virtual_desktop import DesktopFailed, wait_until

PATIENCE = 60.0
UNDER_TEST = "PYTEST_CURRENT_TEST"
"""Set by pytest in its own process; what a test starts elsewhere has but few commands to run."""
_SCHEMAS = dict.fromkeys(("new", "reply", "confirm", "not-fixed", *WISHES), "sent")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command said and the status it ended with."""

    code: int
    out: str
    err: str


class Terminal:
    """Runs `tracker` on one profile, with `password` in TRACKER_PASSWORD where there is one.

    No command may end in a traceback or repeat the password; each checks its exit status, 0 unless told.
    Most are forked from a process that has loaded the program (`command_forks`); `cold` starts each as a
    person does.
    """

    def __init__(
        self, profile: Path, password: str = "", *, env: Mapping[str, str] | None = None, cold: bool = False
    ) -> None:
        self.profile = profile
        self.password = password
        self._cold = cold
        given = {"TRACKER_PASSWORD": password} if password else {}
        self.env = dict(os.environ) | given | dict(env or {})

    def run(
        self, *words: str, text: str | bytes = "", code: int | None = 0, env: Mapping[str, str] = {}
    ) -> Said:
        """Run a command to its end; `text` is piped in. `code` None takes any exit status."""
        given = text.encode() if isinstance(text, str) else text
        done = self._done(words, given, self.env | dict(env))
        said = Said(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8"))
        assert "Traceback" not in said.err, said.err
        assert not self.password or self.password not in said.out + said.err
        assert code is None or said.code == code, f"{' '.join(words)}: {said}"
        return said

    def _done(
        self, words: tuple[str, ...], text: bytes, env: dict[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        if not self._cold and UNDER_TEST in os.environ and (forks := command_forks()).can_run(env):
            return forks.run(("--profile", str(self.profile), *words), text, env, timeout=PATIENCE)
        command = self.command(*words)
        return subprocess.run(
            command, input=text, env=env, capture_output=True, timeout=PATIENCE, check=False
        )

    def json(self, *words: str, text: str = "", code: int = 0) -> Json:
        """Run a command with --json and give its answer, held to its schema."""
        said = self.run(*words, "--json", text=text, code=code)
        name = "slots" if words[0] == "visit" and "slots" in words else words[0]
        return answer_in(_SCHEMAS.get(name, name), said.out)

    def deliver(self, *words: str, text: str = "") -> str:
        """Run a command that sends something, and sync until the desk has it; gives the request's number.

        For desks that may take longer than the command waits: it says then that it is kept, and ends with 3.
        """
        sent = answer_in("sent", self.run(*words, "--json", text=text, code=None).out)
        wait_until(
            lambda: sent["delivery"] == "delivered" or self._is_through(), timeout=PATIENCE, what=words[0]
        )
        number: str = sent["number"] or self.json("show", sent["reference"])["ticket"]["number"]
        return number

    def _is_through(self) -> bool:
        return self.run("sync", code=None).code == 0 and not self.json("outbox")["commands"]

    def command(self, *words: str) -> list[str]:
        """Give the words that the system starts."""
        return [sys.executable, "-m", "tracker", "--profile", str(self.profile), *words]

    def watch(self, *words: str) -> Watching:
        """Start `tracker watch` and read along; returns when it holds the profile."""
        watching = Watching(self.command("watch", *words), self.env)
        with pytest.MonkeyPatch.context() as here:
            here.setenv("XDG_RUNTIME_DIR", self.env["XDG_RUNTIME_DIR"])
            door = Path(socket_address(profile_paths(self.profile, {})))
        wait_until(lambda: door.exists() or watching.process.poll() is not None, what="the watch")
        return watching


class Watching:
    """`tracker watch` at work, from start to `stop`; `lines` is what it has printed so far."""

    def __init__(self, command: list[str], env: Mapping[str, str]) -> None:
        self.lines: list[str] = []
        self._said: Said | None = None
        self.process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self._reader = threading.Thread(target=self._read, name="watch", daemon=True)
        self._reader.start()

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, *_what: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.finish()

    def wait_for(self, *words: str, patience: float = PATIENCE) -> str:
        """Give the first line with all of these words, as soon as it has been printed."""

        def found() -> str | None:
            return next((line for line in list(self.lines) if all(word in line for word in words)), None)

        wait_until(
            lambda: found() is not None or self.process.poll() is not None,
            timeout=patience,
            what=f"{words}; so far: {self.lines}",
        )
        line = found()
        assert line is not None, f"watch ended; it had said {self.lines}"
        return line

    def stop(self, how: signal.Signals = signal.SIGTERM) -> Said:
        """Stop it as a person or a system does and give what it said."""
        self.process.send_signal(how)
        return self.finish()

    def finish(self) -> Said:
        """Wait for its end."""
        status = self.process.wait(timeout=20)
        self._reader.join()
        assert self.process.stderr is not None
        assert self.process.stdout is not None
        if self._said is None:
            self._said = Said(status, "\n".join(self.lines), self.process.stderr.read().decode())
            self.process.stdout.close()
            self.process.stderr.close()
        return self._said

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.decode().rstrip("\n"))


def talk_until_heard(
    watching: Watching, agent: Agent, number: str, *, words: str = "Do you hear me?"
) -> None:
    """Let a technician write until a watch that was started beside another program hears it."""
    for turn in range(20):
        agent.reply(number, f"{words} {turn}")
        with suppress(DesktopFailed):
            watching.wait_for(words, patience=1)
            return
    raise AssertionError(watching.lines)
