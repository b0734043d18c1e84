"""Runs one command and gives its exit status; loads only what that command needs."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from tracker.cli.arguments import parser

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str]) -> int:
    """Run the command line; every trouble is a sentence on standard error and an exit code."""
    made = parser()
    parsed = made.parse_args(arguments)
    if parsed.command is None:
        made.print_help()
        return 0
    from tracker.core import exits
    from tracker.model.errors import TrackerError

    try:
        return _run(parsed)
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return exits.REFUSED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; writing the rest would fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(parsed: argparse.Namespace) -> int:
    if parsed.command == "frontdesk":
        from tracker.cli import front_desk

        return front_desk.run(parsed)
    from tracker.host.paths import profile_paths

    paths = profile_paths(parsed.profile, os.environ)
    if parsed.command in ("new", "reply", "confirm", "not-fixed"):
        from tracker.cli import writing

        return writing.run(parsed, paths)
    if parsed.command in ("sign-in", "sign-out"):
        from tracker.cli import account

        return (account.sign_in if parsed.command == "sign-in" else account.sign_out)(parsed, paths)
    if parsed.command in ("sync", "watch"):
        from tracker.cli import keeping_up

        return (keeping_up.sync if parsed.command == "sync" else keeping_up.watch)(parsed, paths)
    if parsed.command == "doctor":
        from tracker.cli import doctor

        return doctor.run(parsed, paths)
    from tracker.cli import looking

    look = {
        "list": looking.list_requests,
        "show": looking.show_request,
        "attachment": looking.save_attachment,
        "outbox": looking.outbox,
    }[parsed.command]
    return look(parsed, paths)
