"""Run every check and say at the end how each went: `python -m tools.check [--static]`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools import debian, environment, openid, synapse

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE = ("tracker", "tests", "tools", "installer")
# What the tests with these marks need beyond Python (pyproject.toml).
LIVE = {
    "desktop": "notifications, tray, key ring and windows on a real desktop",
    "rt": "a real Request Tracker",
    "matrix": "a real Matrix server",
    "openid": "a real OpenID provider",
    "browser": "the agents' pages in a real Chromium",
    "disk": "full and damaged disks",
    "installers": "the package, installed in a clean Debian",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One program of the virtual environment, which passes when it exits with 0."""

    name: str
    program: str
    arguments: tuple[str, ...] = ()

    def run(self) -> Result:
        """Run it with its output shown."""
        print(f"\n== {self.name}", flush=True)
        began = time.monotonic()
        status = subprocess.run(self._command(), check=False, cwd=environment.ROOT).returncode
        return Result(self.name, status == 0, time.monotonic() - began)

    def run_quietly(self) -> Result:
        """Run it and show its output when it has ended: others run at the same time."""
        began = time.monotonic()
        done = subprocess.run(
            self._command(),
            check=False,
            cwd=environment.ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        print(f"\n== {self.name}\n{done.stdout}", end="", flush=True)
        return Result(self.name, done.returncode == 0, time.monotonic() - began)

    def _command(self) -> list[str]:
        return [str(environment.PYTHON.parent / self.program), *self.arguments]


@dataclass(frozen=True, slots=True)
class Result:
    """How a check ended, and the seconds it took."""

    name: str
    passed: bool
    seconds: float


STYLE = (Check("format", "ruff", ("format", "--check", *CODE)), Check("style", "ruff", ("check", *CODE)))
TYPES = Check("types", "mypy")
IMPORTS = Check("imports", "lint-imports")
# Measuring makes Python twice as slow. The model has to be covered whole, and its tests are quick;
# `make coverage` measures all.
MODEL = Check(
    "model",
    "pytest",
    ("tests/model", "-q", "--cov=tracker.model", "--cov-report=term:skip-covered", "--cov-fail-under=99"),
)


def tests(left_out: list[str]) -> Check:
    """Give the run of all tests but the model's, without those that cannot run here."""
    # Most tests wait for something, so one process more than cores; a live server stays with one of them.
    split = ("--numprocesses", str(min((os.cpu_count() or 1) + 1, 4)), "--dist", "loadgroup")
    # What only a new release has to prove is left to `make installers INSTALLERS_ARGS=--prove`.
    chosen = ("-m", " and ".join(f"not {name}" for name in (*left_out, "prove")))
    return Check("tests", "pytest", (*split, "--ignore=tests/model", *chosen))


def side_by_side(*lanes: Sequence[Check]) -> list[Result]:
    """Run the checks of each lane in their order, the lanes at the same time."""
    with ThreadPoolExecutor(len(lanes)) as pool:
        ended = list(pool.map(lambda lane: [check.run_quietly() for check in lane], lanes))
    return [result for lane in ended for result in lane]


def main(arguments: list[str]) -> int:
    """Run all checks whatever fails; give 0 only if every one passed and nothing was left out."""
    began = time.monotonic()
    static = "--static" in arguments
    left_out = [] if static else _not_here()
    results = [check.run() for check in STYLE]
    results += side_by_side([TYPES], [IMPORTS] if static else [IMPORTS, MODEL])
    if not static:
        results.append(tests(left_out).run())
    _sum_up(results, left_out)
    print(f"Total: {time.monotonic() - began:.0f} s")
    return 0 if all(result.passed for result in results) and not left_out else 1


def _not_here() -> list[str]:
    if not debian.is_debian():
        return list(LIVE)
    lacking = debian.missing_lists(("desktop", "rt", "browser", "installers"))
    mounted = ["disk", *([] if "installers" in lacking else ["installers"])]
    return lacking + _missing_servers() + ([] if _may_mount() else mounted)


def _missing_servers() -> list[str]:
    matrix = [] if synapse.ENVIRONMENT.is_ready() else ["matrix"]
    return matrix + ([] if openid.ENVIRONMENT.is_ready() else ["openid"])


def _may_mount() -> bool:
    prefix, command = debian.as_root(), ["unshare", "--mount", "--propagation", "unchanged", "true"]
    return prefix is not None and subprocess.run([*prefix, *command], check=False).returncode == 0


def _sum_up(results: list[Result], left_out: list[str]) -> None:
    print("\n== summary")
    for result in results:
        print(f"{'passed' if result.passed else 'FAILED'}  {result.name:10} {result.seconds:6.1f} s")
    for name in left_out:
        print(f"LEFT OUT  {LIVE[name]}: {_remedy(name)}")
    if left_out:
        print("This run does not count as passed: tests were left out.")


_AGAIN = "to install it, run  make test  again"


def _remedy(name: str) -> str:
    if not debian.is_debian():
        return "needs Debian or Ubuntu"
    other = {"disk": "needs root, to mount one", "matrix": _AGAIN, "openid": _AGAIN}
    return other.get(name) or f"to install it, run  {debian.by_hand([name])}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
