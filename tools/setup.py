"""Set up this checkout: `python3 -m tools.setup demo|test|bench|run`. Installs only what is missing."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tools import debian, environment, openid, synapse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.rig_environment import RigEnvironment

# What each purpose cannot do without, and what it can leave out (and says so).
NEEDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "run": (("run",), ()),
    "demo": (("run", "desktop"), ()),
    "test": (("run",), ("desktop", "rt", "browser", "installers")),
    "bench": (("run", "desktop"), ("rt", "installers")),
    "windows": (("run", "windows"), ()),
}
_SERVERS = {"test": (synapse.ENVIRONMENT, openid.ENVIRONMENT), "bench": (synapse.ENVIRONMENT,)}


def main(arguments: list[str]) -> int:
    """Set up for the purpose named and give the exit status: 0 when all that is needed is there."""
    purpose = arguments[0] if arguments else "run"
    if sys.version_info < (3, 11):  # noqa: UP036  the one file that an older Python may run, to be told so
        print(
            f"Tracker needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.",
            file=sys.stderr,
        )
        print("Name another one like this: make PYTHON=python3.12 ...", file=sys.stderr)
        return 1
    if not _system(purpose):
        return 1
    return 0 if _environments(_SERVERS.get(purpose, ())) else 1


def _environments(servers: Sequence[RigEnvironment]) -> bool:
    """See to ours and the servers', at the same time; False when ours cannot be had."""
    with ThreadPoolExecutor(1 + len(servers)) as pool:
        others = [pool.submit(_ensure, server) for server in servers]
        try:
            environment.ensure()
        except environment.CannotSetUp as error:
            print(error, file=sys.stderr)
            return False
        for other in others:
            other.result()
    return True


def _ensure(server: RigEnvironment) -> None:
    """See to a server of the tests; without it they are left out, which is said at their end."""
    try:
        server.ensure()
    except environment.CannotSetUp as error:
        print(error, file=sys.stderr)


def _system(purpose: str) -> bool:
    """See to the system's packages; False when something needed is missing and cannot be installed."""
    needed, welcome = NEEDS[purpose]
    if purpose == "demo" and _has_display():
        needed = ("run",)
    if not debian.is_debian():
        return True  # docs/development.md says what to install there
    missing = debian.missing_lists(needed + welcome)
    if not missing or debian.install(missing):
        return True
    lacking = [name for name in missing if name in needed]
    print(
        "Some Debian packages are missing and could not be installed from here. Run this once:",
        file=sys.stderr,
    )
    print(f"\n    {debian.by_hand(missing)}\n", file=sys.stderr)
    return not lacking


def _has_display() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
