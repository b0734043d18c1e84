"""Starts the tray program: window first, network and keyring after the first paint, and ends it in order."""

from __future__ import annotations

import gc
import getopt
import linecache
import os
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tracker import __version__
from tracker.app.first_paint import FirstPaint
from tracker.app.opening import NOTHING, TOKEN_VARIABLE, opening_of
from tracker.app.signals import QuitSignals
from tracker.host.errors import FileRefused, HandoverBroken, HolderUnreachable, HostError, ProfileBusy
from tracker.host.instance import ProfileLock, held_elsewhere, socket_address
from tracker.host.kiosk import begin_anew, leave_nothing, make_place, paths_in_force
from tracker.host.logs import ProgramLog
from tracker.host.paths import ProfilePaths, prepare_folders
from tracker.host.redaction import Redactor
from tracker.ui.theme.art import app_icon
from tracker.ui.theme.theme import FUSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.app.front_door import FrontDoor
    from tracker.app.opening import Opening
    from tracker.app.parts import Parts
    from tracker.app.shell import Shell

_COMMANDS_END = 15.0
"""Seconds to wait for a command that holds the profile; most take one."""
_IN_USE = "A command such as “tracker watch” is using this profile. Stop it, then start Tracker again."


def main(arguments: Sequence[str], then: Callable[[Shell], object] = lambda _shell: None) -> int:
    """Run the tray program and give its exit status; `then` is called with the shell once it is shown."""
    try:
        profile, hidden, opening = _parsed(arguments)
    except getopt.GetoptError as error:
        sys.stderr.write(f"tracker: {error.msg}\n")
        return 2
    except FileRefused as error:
        sys.stderr.write(f"{error}\n")
        return 2
    paths, nothing_stays = paths_in_force(profile)
    try:
        if nothing_stays:
            make_place(paths)
        prepare_folders(paths)
        lock = ProfileLock(paths)
        if not _take(lock, paths, opening):
            return 0
        try:
            if nothing_stays:
                begin_anew(paths)
            return run_profile(paths, hidden=hidden, opening=opening, then=then)
        finally:
            if nothing_stays:
                leave_nothing(paths)
            lock.release()
    except HostError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parsed(arguments: Sequence[str]) -> tuple[Path | None, bool, Opening]:
    """Give the profile's folder, whether to stay hidden, and what to open.

    All else is the command line's, where argparse may take its time. Raises GetoptError, FileRefused.
    """
    given, left = getopt.gnu_getopt(list(arguments), "", ["profile=", "hidden"])
    options = dict(given)
    profile = options.get("--profile")
    opening = opening_of(left, os.environ.get(TOKEN_VARIABLE, ""))
    return Path(profile) if profile else None, "--hidden" in options, opening


def _take(lock: ProfileLock, paths: ProfilePaths, opening: Opening) -> bool:
    """Take the profile; False when a tray program has it: its window came to the front.

    A command that is at work in the profile is waited for. Raises ProfileBusy when it does not end.
    """
    deadline = time.monotonic() + _COMMANDS_END
    while not lock.take():
        if _raise_the_first(paths, opening):
            return False
        if elsewhere := lock.elsewhere():
            raise ProfileBusy(held_elsewhere(elsewhere))
        if time.monotonic() > deadline:
            raise ProfileBusy(_IN_USE)
        time.sleep(0.1)
    return True


def _raise_the_first(paths: ProfilePaths, opening: Opening) -> bool:
    """Hand over to the program that runs already; False when it has no window, or is about to end."""
    from tracker.core import questions as ask
    from tracker.host.handover import ask as hand_over

    try:
        question = ask.Open(opening.ticket, opening.files, opening.new, opening.token)
        lines = hand_over(socket_address(paths), ask.to_bytes(question), patience=2)
        return any(isinstance(ask.answer_from_bytes(line), ask.Done) for line in lines)
    except (HandoverBroken, HolderUnreachable):
        return False


def run_profile(
    paths: ProfilePaths,
    *,
    hidden: bool = False,
    opening: Opening = NOTHING,
    then: Callable[[Shell], object] = lambda _shell: None,
) -> int:
    """Run the tray program on a profile whose lock the caller has; `then` is called with the shell."""
    redactor = Redactor()
    with ProgramLog(paths.logs, redactor):
        return _run(paths, redactor, hidden=hidden, opening=opening, then=then)


def _made_application() -> QApplication:
    """Make it; Qt asks the display much and waits for answers, in which time Python loads all the rest."""
    loading = threading.Thread(target=_load, name="tracker-load")
    loading.start()
    application = QApplication(["tracker", "-style", FUSION])
    loading.join()
    application.setApplicationName("it-tracker")
    application.setApplicationDisplayName("Tracker")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("it-tracker")
    application.setQuitOnLastWindowClosed(False)
    return application


def _load() -> None:
    from tracker.app import building, shell  # noqa: F401 - to have them in memory


def _begin(shell: Shell, parts: Parts) -> None:
    """Do what had to wait for the first paint."""
    from tracker.app.upkeep import Upkeep

    # What is there now stays: a look through it for garbage would hold the window up again and again.
    gc.freeze()
    gc.enable()
    # PySide6 has read the sources of its own start through this, and nobody shows them.
    linecache.clearcache()
    QApplication.setWindowIcon(app_icon())
    shell.begin()
    Upkeep(parts, shell.telling, shell.in_force.policy_changed, shell)
    parts.starting.start()


def _follow_open_events(application: QApplication, front: FrontDoor, shell: Shell) -> None:
    from tracker.app.open_events import OpenEvents

    handed = OpenEvents(application)
    handed.asked.connect(front.open_when_ready)
    handed.refused.connect(shell.telling.remark)


def _run(
    paths: ProfilePaths,
    redactor: Redactor,
    *,
    hidden: bool,
    opening: Opening,
    then: Callable[[Shell], object],
) -> int:
    application = _made_application()
    from tracker.app.building import make_parts
    from tracker.app.front_door import FrontDoor
    from tracker.app.shell import Shell

    parts = make_parts(application, paths, redactor)
    shell = Shell(parts)
    front = FrontDoor(shell, parts.starting)
    parts.starting.show_window = front.open
    quit_signals = QuitSignals(application)
    # Not quit(): that asks every window first, and ours answers a close by hiding.
    quit_signals.asked.connect(application.exit)
    shell.quit_asked.connect(application.exit)
    shell.start(hidden=hidden)
    then(shell)
    # The imports of the network alone would hold the first paint back.
    FirstPaint(shell.window, lambda: _begin(shell, parts))
    if opening.ticket or opening.new or opening.files:
        front.open_when_ready(opening)
    if sys.platform == "darwin":
        _follow_open_events(application, front, shell)
    try:
        return application.exec()
    finally:
        quit_signals.close()
        shell.stop()
        parts.starting.stop()
        parts.view.close()
