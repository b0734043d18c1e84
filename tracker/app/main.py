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
from tracker.app.signals import QuitSignals
from tracker.host.errors import HandoverBroken, HolderUnreachable, HostError, ProfileBusy
from tracker.host.instance import ProfileLock, socket_address
from tracker.host.logs import ProgramLog
from tracker.host.paths import ProfilePaths, prepare_folders, profile_paths
from tracker.host.redaction import Redactor
from tracker.ui.theme.art import app_icon
from tracker.ui.theme.theme import FUSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.app.parts import Parts
    from tracker.app.shell import Shell

SCHEME = "tracker:"

_COMMANDS_END = 15.0
"""Seconds to wait for a command that holds the profile; most take one."""
_IN_USE = "A command such as “tracker watch” is using this profile. Stop it, then start Tracker again."


def main(arguments: Sequence[str], then: Callable[[Shell], object] = lambda _shell: None) -> int:
    """Run the tray program and give its exit status; `then` is called with the shell once it is shown."""
    try:
        profile, hidden, address = _parsed(arguments)
    except getopt.GetoptError as error:
        sys.stderr.write(f"tracker: {error.msg}\n")
        return 2
    paths = profile_paths(profile, os.environ)
    try:
        prepare_folders(paths)
        lock = ProfileLock(paths)
        if not _take(lock, paths, _ticket_of(address)):
            return 0
        try:
            return run_profile(paths, hidden=hidden, ticket=_ticket_of(address), then=then)
        finally:
            lock.release()
    except HostError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parsed(arguments: Sequence[str]) -> tuple[Path | None, bool, str]:
    """Give the profile's folder, whether to stay hidden, and what to open.

    All else is the command line's, where argparse may take its time. Raises GetoptError.
    """
    given, left = getopt.gnu_getopt(list(arguments), "", ["profile=", "hidden"])
    if len(left) > 1:
        raise getopt.GetoptError(f"only one thing can be opened, not {left[1]} as well")
    options = dict(given)
    profile = options.get("--profile")
    return Path(profile) if profile else None, "--hidden" in options, left[0] if left else ""


def _ticket_of(address: str) -> str:
    """Give the request that `tracker://ticket/REF` names; nothing for any other address."""
    prefix = f"{SCHEME}//ticket/"
    reference = address.removeprefix(prefix).strip("/") if address.startswith(prefix) else ""
    return reference if len(reference) <= 100 and reference.isprintable() else ""


def _take(lock: ProfileLock, paths: ProfilePaths, ticket: str) -> bool:
    """Take the profile; False when a tray program has it: its window came to the front.

    A command that is at work in the profile is waited for. Raises ProfileBusy when it does not end.
    """
    deadline = time.monotonic() + _COMMANDS_END
    while not lock.take():
        if _raise_the_first(paths, ticket):
            return False
        if time.monotonic() > deadline:
            raise ProfileBusy(_IN_USE)
        time.sleep(0.1)
    return True


def _raise_the_first(paths: ProfilePaths, ticket: str) -> bool:
    """Hand over to the program that runs already; False when it has no window, or is about to end."""
    from tracker.core import questions as ask
    from tracker.host.handover import ask as hand_over

    try:
        lines = hand_over(socket_address(paths), ask.to_bytes(ask.Open(ticket)), patience=2)
        return any(isinstance(ask.answer_from_bytes(line), ask.Done) for line in lines)
    except (HandoverBroken, HolderUnreachable):
        return False


def run_profile(
    paths: ProfilePaths,
    *,
    hidden: bool = False,
    ticket: str = "",
    then: Callable[[Shell], object] = lambda _shell: None,
) -> int:
    """Run the tray program on a profile whose lock the caller has; `then` is called with the shell."""
    redactor = Redactor()
    with ProgramLog(paths.logs, redactor):
        return _run(paths, redactor, hidden=hidden, ticket=ticket, then=then)


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
    # What is there now stays: a look through it for garbage would hold the window up again and again.
    gc.freeze()
    gc.enable()
    # PySide6 has read the sources of its own start through this, and nobody shows them.
    linecache.clearcache()
    QApplication.setWindowIcon(app_icon())
    shell.begin()
    parts.starting.start()


def _run(
    paths: ProfilePaths,
    redactor: Redactor,
    *,
    hidden: bool,
    ticket: str,
    then: Callable[[Shell], object],
) -> int:
    application = _made_application()
    from tracker.app.building import make_parts
    from tracker.app.shell import Shell

    parts = make_parts(application, paths, redactor)
    shell = Shell(parts)
    parts.starting.show_window = shell.show_window
    quit_signals = QuitSignals(application)
    # Not quit(): that asks every window first, and ours answers a close by hiding.
    quit_signals.asked.connect(application.exit)
    shell.quit_asked.connect(application.exit)
    shell.start(hidden=hidden)
    then(shell)
    # The imports of the network alone would hold the first paint back.
    FirstPaint(shell.window, lambda: _begin(shell, parts))
    if ticket:
        parts.starting.when_ready(lambda _program: shell.show_window(ticket))
    try:
        return application.exec()
    finally:
        quit_signals.close()
        shell.stop()
        parts.starting.stop()
        parts.view.close()
