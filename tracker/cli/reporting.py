"""report: gather what IT needs to help, list or show it, and save it when the person agrees."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import anyio

from tracker.cli.doctor import examined
from tracker.cli.output import WrongUse, complain, write
from tracker.core import exits
from tracker.core.bundle import BundleFile, make_bundle
from tracker.core.bundle_saving import save_bundle
from tracker.core.secret_hiding import redactor_for

if TYPE_CHECKING:
    import argparse

    from tracker.host.paths import ProfilePaths


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """List the files of the report, then save it: after a yes on a terminal, or with `--yes`."""
    if arguments.show == (arguments.file is not None):
        raise WrongUse("Say where to save the report, or --show to read it here.")
    findings = examined(paths)
    files = make_bundle(paths, findings, anyio.run(partial(redactor_for, paths)))
    if arguments.show:
        for file in files:
            write(f"===== {file.name}\n{file.text}")
        return exits.DONE
    _list(files)
    if not (arguments.yes or _agreed()):
        complain("Nothing was saved. Say --yes to save it, or --show to read all of it first.")
        return exits.REFUSED
    write(f"Saved: {save_bundle(files, arguments.file)}")
    return exits.DONE


def _list(files: tuple[BundleFile, ...]) -> None:
    write("The report holds (--show prints all of it):")
    for file in files:
        write(f"  {file.name:<20} {len(file.text.encode()):>8} bytes")


def _agreed() -> bool:
    """Ask on the terminal; without one nobody can agree."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    sys.stdout.write("Save it? [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
