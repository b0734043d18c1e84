"""Looks at the arguments and starts the tray program, the command line or the demo, loading only that."""

import sys
from collections.abc import Sequence

_WINDOW_OPTIONS = ("--profile", "--hidden")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `tracker` with these arguments (those of the process by default) and give the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--secrets-helper"]:
        from tracker.host.secrets_process import main as keep_secrets

        return keep_secrets() or 0
    if given[:1] == ["--pac-helper"]:
        from tracker.desks.pac_process import main as ask_configuration

        return ask_configuration()
    if _wants_window(given):
        from tracker.app.main import main as show_window

        return show_window(given)
    if _command(given) == "demo":
        return _demo(given)
    from tracker.cli.main import main as run_command

    return run_command(given)


def _demo(given: Sequence[str]) -> int:
    """Show the demo, which the installed program does not have."""
    try:
        from tracker.demo.main import main as show_demo
    except ModuleNotFoundError as error:
        if not str(error.name).startswith("tracker."):
            raise
        sys.stderr.write("The demo comes with the source of Tracker, not with the installed program.\n")
        return 1
    return show_demo(given)


def _wants_window(given: Sequence[str]) -> bool:
    """Say whether there is nothing but the tray program's own options and what to open in it."""
    if any(word in ("-h", "--help", "--version") for word in given):
        return False
    word = _command(given)
    return word is None or word.startswith("tracker:")


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
