"""Looks at the arguments and starts the tray program, the command line or the demo, loading only that."""

import os
import sys
from collections.abc import Sequence

_WINDOW_OPTIONS = ("--profile", "--hidden")
COMMANDS = frozenset(
    (
        *(
            "attachment",
            "ask-news",
            "call",
            "can-wait",
            "chat",
            "check-in",
            "choose",
            "confirm",
            "demo",
            "doctor",
        ),
        *(
            "frontdesk",
            "list",
            "new",
            "not-fixed",
            "outbox",
            "policy",
            "proxy",
            "rate",
            "reply",
            "report",
            "show",
        ),
        *("sign-in", "sign-out", "sync", "thank", "visit", "watch"),
    )
)
"""What the command line takes; a file of such a name is attached by its path (./list)."""
_IN_THE_SOURCE = ("tracker.demo", "tracker.frontdesk")
"""Packages that installers leave out: the demo, and the desk that it is played on."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `tracker` with these arguments (those of the process by default) and give the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--secrets-helper"]:
        from tracker.host.secrets_process import main as keep_secrets

        return keep_secrets() or 0
    if given[:1] == ["--pac-helper"]:
        from tracker.desks.pac_process import main as ask_configuration

        return ask_configuration()
    if "--autostart" in given:
        from tracker.host.at_sign_in import wanted_at_sign_in

        if not wanted_at_sign_in(os.environ):
            return 0
        given[given.index("--autostart")] = "--hidden"
    if _wants_window(given):
        from tracker.app.main import main as show_window

        return show_window(given)
    try:
        return _run(given)
    except ModuleNotFoundError as error:
        if not str(error.name).startswith(_IN_THE_SOURCE):
            raise
        sys.stderr.write(f"“{_command(given)}” comes with the source of Tracker, not with this program.\n")
        return 1


def _run(given: Sequence[str]) -> int:
    if _command(given) == "demo":
        from tracker.demo.main import main as show_demo

        return show_demo(given)
    from tracker.cli.main import main as run_command

    return run_command(given)


def _wants_window(given: Sequence[str]) -> bool:
    """Say whether there is nothing but the tray program's own options and what to open in it."""
    if any(word in ("-h", "--help", "--version") for word in given):
        return False
    word = _command(given)
    return word is None or word.startswith(("tracker:", "file:")) or _is_file(word)


def _is_file(word: str) -> bool:
    """Say whether a word means a file to attach: a path, or the bare name of one that is no command."""
    separators = (os.sep, os.altsep or os.sep)
    return any(mark in word for mark in separators) or (word not in COMMANDS and os.path.isfile(word))


def _command(given: Sequence[str]) -> str | None:
    """Give the first word that is no option and no option's value."""
    skip = False
    for word in given:
        if skip:
            skip = False
        elif word == "--profile":
            skip = True
        elif not word.startswith("-"):
            return word
    return None


if __name__ == "__main__":
    sys.exit(main())
