"""Run every check and say at the end how each went: `python -m tools.check [--static]`."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass

from tools import debian, environment, openid, synapse

CODE = ("tracker", "tests", "tools")
# What the tests with these marks need beyond Python (pyproject.toml).
LIVE = {
    "desktop": "notifications, tray, key ring and windows on a real desktop",
    "rt": "a real Request Tracker",
    "matrix": "a real Matrix server",
    "openid": "a real OpenID provider",
    "browser": "the agents' pages in a real Chromium",
    "disk": "full and damaged disks",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One program of the virtual environment, which passes when it exits with 0."""

    name: str
    program: str
    arguments: tuple[str, ...] = ()

    def passes(self) -> bool:
        """Run it with its output shown, and tell whether it passed."""
        command = [str(environment.PYTHON.parent / self.program), *self.arguments]
        return subprocess.run(command, check=False, cwd=environment.ROOT).returncode == 0


STATIC = (
    Check("format", "ruff", ("format", "--check", *CODE)),
    Check("style", "ruff", ("check", *CODE)),
    Check("types", "mypy"),
    Check("imports", "lint-imports"),
)


def tests(left_out: list[str]) -> Check:
    """Give the test run, without the tests that cannot run here."""
    # Most tests wait for something, so several at a time; those that share a live server stay together.
    split = ("--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadgroup")
    measured = ("--cov", "--cov-report", "term:skip-covered")
    chosen = ("-m", " and ".join(f"not {name}" for name in left_out)) if left_out else ()
    return Check("tests", "pytest", (*split, *measured, *chosen))


def main(arguments: list[str]) -> int:
    """Run all checks whatever fails; give 0 only if every one passed and nothing was left out."""
    began = time.monotonic()
    static = "--static" in arguments
    left_out = [] if static else _not_here()
    results = []
    for check in STATIC if static else (*STATIC, tests(left_out)):
        print(f"\n== {check.name}", flush=True)
        start = time.monotonic()
        results.append((check.passes(), check.name, time.monotonic() - start))
    _sum_up(results, left_out)
    print(f"Total: {time.monotonic() - began:.0f} s")
    return 0 if all(passed for passed, _, _ in results) and not left_out else 1


def _not_here() -> list[str]:
    if not debian.is_debian():
        return list(LIVE)
    lacking = debian.missing_lists(("desktop", "rt", "browser"))
    return lacking + _missing_servers() + ([] if _may_mount() else ["disk"])


def _missing_servers() -> list[str]:
    matrix = [] if synapse.is_ready() else ["matrix"]
    return matrix + ([] if openid.ENVIRONMENT.is_ready() else ["openid"])


def _may_mount() -> bool:
    prefix, command = debian.as_root(), ["unshare", "--mount", "--propagation", "unchanged", "true"]
    return prefix is not None and subprocess.run([*prefix, *command], check=False).returncode == 0


def _sum_up(results: list[tuple[bool, str, float]], left_out: list[str]) -> None:
    print("\n== summary")
    for passed, name, seconds in results:
        print(f"{'passed' if passed else 'FAILED'}  {name:10} {seconds:6.1f} s")
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
