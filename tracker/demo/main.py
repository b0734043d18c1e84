"""Chooses the demo: live where there is a display, else the tour on a virtual one."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tracker.host.virtual_desktop import DesktopFailed
from tracker.model.errors import TrackerError


def main(arguments: Sequence[str]) -> int:
    """Run `tracker demo` and give the exit status: of the tour 0 only if every step was seen."""
    parser = argparse.ArgumentParser(
        prog="tracker demo", description="See Tracker at work on an embedded desk."
    )
    parser.add_argument("demo", choices=["demo"], help=argparse.SUPPRESS)
    # Understood as everywhere, and not needed: the demo keeps to a profile of its own, gone at its end.
    parser.add_argument("--profile", type=Path, help=argparse.SUPPRESS)
    parser.add_argument(
        "--tour", action="store_true", help="the tour on a virtual display, also with a real one"
    )
    parser.add_argument("--to", type=Path, default=Path("build/tour"), help="where the tour's pictures go")
    parser.add_argument(
        "--pause", type=float, default=5.0, metavar="S", help="seconds between two acts of the technician"
    )
    wanted = parser.parse_args(arguments)
    try:
        if wanted.tour or not _has_display():
            from tracker.demo.tour import run as take_tour

            return take_tour(wanted.to)
        from tracker.demo.live import run as show_live

        return show_live(max(wanted.pause, 0.1))
    except (TrackerError, DesktopFailed, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
