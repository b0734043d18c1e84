"""The manual page, written from the command line's own help, so that the two say the same."""

# ruff: noqa: SLF001 - argparse shows its commands and options nowhere else
from __future__ import annotations

import argparse
from datetime import UTC, datetime

from tracker import __version__
from tracker.cli.arguments import parser


def manual_page(moment: int) -> str:
    """Give tracker(1) in roff, dated with this Unix time."""
    made = parser()
    day = datetime.fromtimestamp(moment, UTC).date().isoformat()
    lines = [
        f'.TH TRACKER 1 "{day}" "Tracker {__version__}" "User Commands"',
        *(".SH NAME", r"tracker \- raise a request with IT and follow it like a parcel"),
        *(".SH SYNOPSIS", r".B tracker", r"[\fIoptions\fR] [\fBtracker://ticket/\fINUMBER\fR]", ".br"),
        *(r".B tracker", r"[\fIoptions\fR] \fICOMMAND\fR ..."),
        *(".SH DESCRIPTION", _text(made.description or ""), ".SH OPTIONS", *_options(made)),
        ".SH COMMANDS",
    ]
    for name, words, command in _commands(made):
        lines += [f".SS {name}", _text(words)]
        lines += _options(command)
    return "\n".join([*lines, *_END]) + "\n"


_END = (
    *(".SH FILES", ".TP", ".I /etc/tracker/policy.d/*.toml", "What IT has set for everybody."),
    *(".TP", ".I ~/.local/share/it-tracker, ~/.config/it-tracker", "What Tracker keeps of one person."),
    *(".SH SEE ALSO", r"The administrator's guide in \fI/usr/share/doc/it\-tracker\fR."),
)

Command = tuple[str, str, argparse.ArgumentParser]


def _commands(made: argparse.ArgumentParser) -> list[Command]:
    """List the commands with their words, and beneath each its own."""
    found: list[Command] = []
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            words = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in action.choices.items():
                found.append((f"{made.prog} {name}".removeprefix("tracker "), words.get(name, ""), command))
                found += _commands(command)
    return found


def _options(made: argparse.ArgumentParser) -> list[str]:
    formatter = made._get_formatter()
    lines = []
    for action in made._actions:
        if action.help == argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction):
            continue
        head = formatter._format_action_invocation(action)
        lines += [
            ".TP",
            rf"\fB{_text(head)}\fR",
            _text(formatter._expand_help(action) if action.help else ""),
        ]
    return lines


def _text(words: str) -> str:
    """Write words so that roff takes none of them for an order."""
    return r"\&" + words.replace("\\", r"\e").replace("-", r"\-").replace("\n", " ")
