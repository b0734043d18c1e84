"""Runs one command and gives its exit status; loads only what that command needs."""

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.cli.arguments import parser
from tracker.cli.wish_arguments import WISHES

if TYPE_CHECKING:
    from tracker.host.paths import ProfilePaths

INTERRUPTED = 130
"""What shells expect of a program that Ctrl+C has ended."""


def main(arguments: Sequence[str]) -> int:
    """Run the command line; every trouble is a sentence on standard error and an exit code."""
    _speak_every_encoding()
    made = parser()
    parsed = made.parse_args(arguments)
    if parsed.command is None:
        made.print_help()
        return 0
    if any(_is_no_text(value) for value in vars(parsed).values()):
        made.error("what was typed is not text in this terminal's encoding")
    try:
        return _run_in_sentences(parsed)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough; writing the rest would fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _speak_every_encoding() -> None:
    """Let a terminal that cannot show a character show its number, instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Windows would write a pipe or a file in the encoding of the country; JSON is read as UTF-8.
            into_file = sys.platform == "win32" and not stream.isatty()
            stream.reconfigure(encoding="utf-8" if into_file else None, errors="backslashreplace")


def _is_no_text(value: object) -> bool:
    """Tell whether a typed value holds bytes that are no text: nothing that travels to a desk can."""
    if isinstance(value, list):
        return any(_is_no_text(one) for one in value)
    return isinstance(value, str) and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)


def _run_in_sentences(parsed: argparse.Namespace) -> int:
    from tracker.cli.output import WrongUse
    from tracker.core import exits
    from tracker.host.disk import sentence_for
    from tracker.model.errors import TrackerError

    try:
        return _run(parsed)
    except WrongUse as error:
        sys.stderr.write(f"{error}\n")
        return exits.WRONG_USE
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return exits.REFUSED
    except BrokenPipeError:
        raise
    except OSError as error:
        place = Path(str(error.filename or "this computer"))
        sys.stderr.write(sentence_for(error, f"“{parsed.command}”", place) + "\n")
        return exits.REFUSED


def _run(parsed: argparse.Namespace) -> int:
    if parsed.command == "frontdesk":  # the one command that installed programs do not have
        from tracker.cli import front_desk

        return front_desk.run(parsed)
    from contextlib import nullcontext

    from tracker.host.kiosk import forgetting, paths_in_force

    paths, nothing_stays = paths_in_force(parsed.profile)
    with forgetting(paths) if nothing_stays else nullcontext():
        return _run_on(parsed, paths)


def _run_on(parsed: argparse.Namespace, paths: "ProfilePaths") -> int:
    if parsed.command in ("new", "reply", "confirm", "not-fixed", "chat") or parsed.command in WISHES:
        return _say(parsed, paths)
    if parsed.command in ("sign-in", "sign-out"):
        from tracker.cli import account

        return (account.sign_in if parsed.command == "sign-in" else account.sign_out)(parsed, paths)
    if parsed.command == "proxy":
        from tracker.cli import proxy

        return proxy.run(parsed, paths)
    if parsed.command in ("sync", "watch"):
        from tracker.cli import keeping_up

        return (keeping_up.sync if parsed.command == "sync" else keeping_up.watch)(parsed, paths)
    if parsed.command in ("doctor", "report", "policy"):
        return _support(parsed, paths)
    if parsed.command == "attachment" or (parsed.command == "outbox" and parsed.do):
        from tracker.cli import fetching

        return (fetching.change_outbox if parsed.command == "outbox" else fetching.save_attachment)(
            parsed, paths
        )
    from tracker.cli import looking

    look = {
        "list": looking.list_requests,
        "show": looking.show_request,
        "outbox": looking.list_outbox,
    }[parsed.command]
    return look(parsed, paths)


def _support(parsed: argparse.Namespace, paths: "ProfilePaths") -> int:
    """Run one of the commands that tell IT how things stand."""
    if parsed.command == "policy":
        from tracker.cli import policy

        return policy.check(parsed) if parsed.do == "check" else policy.report(parsed, paths)
    from tracker.cli import doctor, reporting

    return (doctor.run if parsed.command == "doctor" else reporting.run)(parsed, paths)


def _say(parsed: argparse.Namespace, paths: "ProfilePaths") -> int:
    """Run one of the commands that say something to the desk."""
    if parsed.command in WISHES:
        from tracker.cli import wishing

        return wishing.run(parsed, paths)
    if parsed.command == "chat":
        from tracker.cli import chatting

        return chatting.run(parsed, paths)
    from tracker.cli import writing

    return writing.run(parsed, paths)
