"""What can be typed: every command with its options."""

import argparse
from pathlib import Path
from typing import NoReturn

from tracker import __version__
from tracker.cli.wish_arguments import add_wishes
from tracker.core import exits

_DESKS = ("frontdesk", "rt")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage()
        self.exit(exits.WRONG_USE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Give the parser of the command line; the parsed `command` names what was asked."""
    top = _Parser(
        prog="tracker",
        description="Raise a request with IT, follow it, be told. Without a command: the tray program.",
    )
    top.add_argument("--version", action="version", version=f"tracker {__version__}")
    top.add_argument("--profile", type=Path, metavar="DIR", help="keep all of one's state in DIR")
    top.add_argument("--hidden", action="store_true", help="start the tray program without its window")
    wanted = "start it so where the settings and IT's policy want it at sign-in; the package's own entry does"
    top.add_argument("--autostart", action="store_true", help=wanted)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _account(commands)
    _requests(commands)
    _chat(commands)
    add_wishes(lambda name, words: _add(commands, name, words))
    _keeping(commands)
    _policy(commands)
    _frontdesk(commands)
    commands.add_parser("demo", help="see it at work on an embedded desk")
    return top


def _add(commands: "argparse._SubParsersAction[_Parser]", name: str, words: str) -> argparse.ArgumentParser:
    # `--profile` is understood behind the command too.
    made = commands.add_parser(name, help=words, description=words)
    made.add_argument(
        "--profile", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )
    return made


def _json(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help="answer in JSON (see docs/schemas)")


def _account(commands: "argparse._SubParsersAction[_Parser]") -> None:
    made = _add(commands, "sign-in", "Sign in at the desk, or at a chat server beside it.")
    made.add_argument("--desk", choices=_DESKS)
    made.add_argument("--url")
    made.add_argument("--user", default="")
    made.add_argument(
        "--chat", metavar="SERVER", help="a Matrix server: its address, its name or your user id"
    )
    made.add_argument(
        "--browser", action="store_true", help="sign in with the browser, at the chat server or the desk"
    )
    made.add_argument(
        "--device", action="store_true", help="at the desk: sign in with a code, on a device with a browser"
    )
    made.add_argument(
        "--provider", default="", metavar="ID", help="with --chat and --browser: where you are known"
    )
    made.add_argument(
        "--option", action="append", default=[], metavar="KEY=VALUE", help="one of the desk's own"
    )
    secret = made.add_mutually_exclusive_group()
    secret.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    secret.add_argument("--token-stdin", action="store_true", help="read a token from standard input")
    made = _add(commands, "sign-out", "Sign out and leave nothing of yours on this computer.")
    made.add_argument("--chat", action="store_true", help="only of the chat server")
    made = _add(commands, "proxy", "Say who you are at your company's proxy, or let that be forgotten.")
    made.add_argument("do", choices=("sign-in", "sign-out"))
    made.add_argument("--proxy", default="", metavar="HOST:PORT", help="else the one on the way to the desk")
    made.add_argument("--user", default="", metavar="NAME", help="your name there")
    made.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def _requests(commands: "argparse._SubParsersAction[_Parser]") -> None:
    made = _add(commands, "list", "List your requests, as of the last word from the desk.")
    made.add_argument("--filter", choices=("open", "waiting_for_me", "fixed", "all"), default="all")
    made.add_argument("--search", default="", metavar="WORDS")
    _json(made)
    made = _add(commands, "show", "Show one request.")
    made.add_argument("ref", metavar="REF", help="the desk's number, or the local reference")
    made.add_argument("--conversation", action="store_true", help="all that was said in its chats instead")
    _json(made)
    made = _add(commands, "new", "Raise a request; its text is read from standard input.")
    made.add_argument("--service", required=True, metavar="S")
    made.add_argument("--subject", required=True, metavar="T")
    made.add_argument("--field", action="append", default=[], metavar="K=V")
    made.add_argument("--priority", choices=("low", "normal", "high", "urgent"), default="normal")
    made.add_argument("--attach", action="append", default=[], type=Path, metavar="F")
    _json(made)
    made = _add(commands, "reply", "Write on a request; the text is read from standard input.")
    made.add_argument("ref", metavar="REF")
    made.add_argument("--attach", action="append", default=[], type=Path, metavar="F")
    _json(made)
    made = _add(commands, "attachment", "Save a file of a request.")
    made.add_argument("ref", metavar="REF")
    made.add_argument("number", type=int, metavar="N", help="its number in `show`")
    made.add_argument("--to", type=Path, required=True, metavar="FILE")
    for name, words in (
        ("confirm", "Say “Yes, it works”."),
        ("not-fixed", "Say “Not yet”; the one line that is needed is read from standard input."),
    ):
        made = _add(commands, name, words)
        made.add_argument("ref", metavar="REF")
        _json(made)


def _chat(commands: "argparse._SubParsersAction[_Parser]") -> None:
    made = _add(
        commands,
        "chat",
        "Chat with IT on a request; each line from standard input is a message. Ctrl+C leaves it going.",
    )
    made.add_argument("words", nargs="*", metavar="[REF] TEXT", help="on which request, and the first words")
    made.add_argument("--new", metavar="SERVICE/SUBJECT", help="raise a request with TEXT and chat on that")
    made.add_argument("--end", action="store_true", help="end the chat on REF, or leave the queue")
    made.add_argument(
        "--request",
        action="store_true",
        help="where nobody is there to chat: send TEXT as a request, or as a reply on REF",
    )
    _json(made)


def _keeping(commands: "argparse._SubParsersAction[_Parser]") -> None:
    made = _add(commands, "sync", "Catch up once; print what changed and what you would be told.")
    _json(made)
    made = _add(commands, "watch", "Print a line for everything new, until stopped.")
    _json(made)
    made = _add(commands, "outbox", "List what the desk does not have yet; send it again or discard it.")
    _json(made)
    made.add_argument("do", nargs="?", choices=("retry", "discard"))
    made.add_argument("id", nargs="?", metavar="ID")
    made = _add(commands, "doctor", "Examine what Tracker needs and say in plain words what is wrong.")
    made.add_argument("--send-test", action="store_true", help="show a real notification, and say by whom")
    _json(made)
    made = _add(commands, "report", "Gather what IT needs to help you; it is listed before it is saved.")
    made.add_argument("file", nargs="?", type=Path, metavar="FILE.zip", help="where to save it")
    made.add_argument("--yes", action="store_true", help="save it without being asked")
    made.add_argument("--show", action="store_true", help="print all of it and save nothing")


def _policy(commands: "argparse._SubParsersAction[_Parser]") -> None:
    made = _add(commands, "policy", "Check what IT has written down, or tell what counts of it here and why.")
    does = made.add_subparsers(dest="do", required=True, metavar="check|report")
    check = does.add_parser("check", help="say by file and line what in a file cannot be used")
    check.add_argument("file", type=Path, metavar="FILE")
    report = does.add_parser("report", help="each key with its value, and where that comes from")
    _json(report)


def _frontdesk(commands: "argparse._SubParsersAction[_Parser]") -> None:
    made = commands.add_parser("frontdesk", help="Run and look after the embedded desk.")
    made.add_argument(
        "--folder", type=Path, required=True, metavar="DIR", help="where the desk keeps everything"
    )
    does = made.add_subparsers(dest="do", required=True, metavar="serve|user|backup")
    serve = does.add_parser("serve", help="serve the desk until stopped")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8710)
    serve.add_argument(
        "--certificate", type=Path, metavar="FILE", help="needed for any but a loopback address"
    )
    serve.add_argument("--key", type=Path, metavar="FILE")
    user = does.add_parser(
        "user", help="add, list, disable, enable people; reset a password (read from stdin)"
    )
    user.add_argument("action", choices=("add", "list", "disable", "enable", "reset-password"))
    user.add_argument("login", nargs="?")
    user.add_argument("--name", default="")
    user.add_argument("--email", default="")
    user.add_argument("--agent", action="store_true", help="works at the desk")
    backup = does.add_parser("backup", help="copy the desk, also while it runs")
    backup.add_argument("to", type=Path)
