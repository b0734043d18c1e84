"""Sets the stage: an embedded desk with people, and a profile that is signed in to it."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tracker.frontdesk import commands
from tracker.frontdesk.server import ServeConfig, serving
from tracker.host.paths import prepare_folders, profile_paths
from tracker.host.policy.reading import read_policy
from tracker.host.secrets import PASSWORD_VARIABLE
from tracker.host.settings_file import SettingsFile

EMPLOYEE, TECHNICIAN = "jane", "priya"


@dataclass(frozen=True, slots=True)
class StageSet:
    """Where everything is. The passwords are made anew each time and known to nobody else."""

    url: str
    profile: Path
    employee_password: str = field(repr=False)
    technician_password: str = field(repr=False)

    def environment(self, base: Mapping[str, str] | None = None) -> dict[str, str]:
        """Give the environment in which the employee's programs run; their keyring is left alone."""
        env = dict(os.environ if base is None else base)
        return env | {PASSWORD_VARIABLE: self.employee_password, "TRACKER_PROFILE": str(self.profile)}


@contextmanager
def stage_set() -> Iterator[StageSet]:
    """Serve a new desk with two people and sign one of them in; everything is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="tracker-demo-") as folder:
        desk, profile = Path(folder) / "desk", Path(folder) / "profile"
        passwords = {login: secrets.token_urlsafe(12) for login in (EMPLOYEE, TECHNICIAN)}
        commands.add_user(
            desk,
            EMPLOYEE,
            name="Jane Doe",
            email="jane@example.test",
            role="requester",
            password=passwords[EMPLOYEE],
        )
        commands.add_user(
            desk,
            TECHNICIAN,
            name="Priya Nair",
            email="priya@example.test",
            role="agent",
            password=passwords[TECHNICIAN],
        )
        with serving(ServeConfig(desk)) as url:
            made = StageSet(url, profile, passwords[EMPLOYEE], passwords[TECHNICIAN])
            _sign_in(made)
            yield made


def run_tracker(made: StageSet, *arguments: str, text: str = "") -> str:
    """Run the employee's command line and give what it printed; raises `RuntimeError` when it refuses."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tracker", *arguments],
        input=text,
        env=made.environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"tracker {arguments[0]} failed ({done.returncode}): {done.stderr.strip()}")
    return done.stdout


def _sign_in(made: StageSet) -> None:
    words = ("sign-in", "--desk", "frontdesk", "--url", made.url, "--user", EMPLOYEE, "--password-stdin")
    run_tracker(made, *words, text=made.employee_password + "\n")
    paths = profile_paths(made.profile, os.environ)
    prepare_folders(paths)
    file = SettingsFile(paths.settings, read_policy())
    # A demo may run at night, and its requests see more in a minute than others in a week.
    file.save(replace(file.load(), quiet_hours=False, quiet_weekend=False))
