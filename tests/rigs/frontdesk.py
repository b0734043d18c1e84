"""The real front desk in a process of its own, with people, for contract tests, stories and bench.

with FrontDeskRig(folder) as rig:
    tess = rig.agent(TESS)
    tess.assign("REQ-1001")
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.rigs.frontdesk_agent import Agent
from tests.rigs.quick_passwords import quick_passwords
from tracker.frontdesk.administration import add_user
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.settings import SETTINGS_FILE
from tracker.frontdesk.values import Role

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
STOP_LIMIT = 10.0


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in at the rig's desk."""

    login: str
    name: str
    role: Role

    @property
    def password(self) -> str:
        """A password for tests."""
        return f"{self.login}-pass-word"

    @property
    def email(self) -> str:
        """An address for tests."""
        return f"{self.login}@example.test"


JANE = Account("jane", "Jane Doe", "requester")
OMAR = Account("omar", "Omar Ali", "requester")
TESS = Account("tess", "Tess Tech", "agent")
PRIYA = Account("priya", "Priya Nair", "agent")
EVERYBODY = (JANE, OMAR, TESS, PRIYA)


class FrontDeskRig:
    """One desk: `start` (or `with`), use `url`, `stop`. Everything it writes is in `folder`.

    `settings` are lines of its desk.toml that replace those of the same name; `certificate` and its key make
    it speak TLS (then `agent` cannot come). `stop` and `start` again keep
    the data and the address, which is how a restart of the desk is tested.
    """

    def __init__(
        self,
        folder: Path,
        *,
        settings: dict[str, str] | None = None,
        certificate: tuple[Path, Path] | None = None,
    ) -> None:
        self.folder = folder
        self.url = ""
        self._port = 0
        self._settings = settings or {}
        self._certificate = certificate or ()
        self._process: subprocess.Popen[str] | None = None
        self._agents: list[Agent] = []

    def __enter__(self) -> FrontDeskRig:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Serve, unless it does; the first start makes the desk and its people."""
        if self._process is not None and self._process.poll() is None:
            return
        if not (self.folder / SETTINGS_FILE).exists():
            self._settle_in()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "tests.rigs.frontdesk_process"),
                *(str(self.folder), str(self._port), *map(str, self._certificate)),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        assert self.url, "the front desk did not start"
        self._port = int(self.url.rpartition(":")[2])

    def stop(self) -> None:
        """Stop as a desk is stopped, and wait for it."""
        for agent in self._agents:
            agent.close()
        self._agents.clear()
        process, self._process = self._process, None
        if process is None:
            return
        process.communicate(timeout=STOP_LIMIT)  # closes its input, which tells it to stop

    def kill(self) -> None:
        """Kill the desk as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self.stop()

    def agent(self, account: Account = TESS) -> Agent:
        """Sign a technician (or anybody) in, to act over the API; closed when the rig stops."""
        agent = Agent(self.url, account.login, account.password)
        self._agents.append(agent)
        return agent

    def _settle_in(self) -> None:
        with quick_passwords(), Desk(self.folder) as desk:
            for each in EVERYBODY:
                add_user(
                    desk,
                    each.login,
                    name=each.name,
                    email=each.email,
                    role=each.role,
                    password=each.password,
                )
        path = self.folder / SETTINGS_FILE
        lines = path.read_text(encoding="utf-8").splitlines()
        for name, value in self._settings.items():
            lines = [f"{name} = {value}" if line.startswith(f"{name} =") else line for line in lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
