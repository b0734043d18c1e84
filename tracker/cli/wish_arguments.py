"""What can be typed to ask something on a request under way."""

import argparse
from collections.abc import Callable

WISHES = ("ask-news", "can-wait", "call", "visit", "thank", "rate", "check-in", "choose")
"""The names of these commands."""

Add = Callable[[str, str], argparse.ArgumentParser]


def add_wishes(add: Add) -> None:
    """Add the commands; a line of one's own may be piped in to each."""
    for name, words in (
        ("ask-news", "Ask for news."),
        ("can-wait", "Say that it can wait."),
        ("thank", "Say thank you; nothing is re-opened."),
    ):
        _with_ref(add, name, words)
    made = _with_ref(add, "rate", "Rate the help, from 1 (bad) to 5 (good).")
    made.add_argument("score", type=int, choices=range(1, 6), metavar="SCORE")
    made = _with_ref(add, "check-in", "Say some days later whether it is still fine, or came back.")
    made.add_argument("how", choices=("fine", "back"))
    made = _with_ref(add, "choose", "Take one of the ways out that the desk offers.")
    made.add_argument("option", metavar="N", help="its number or id in `show`")
    _call(add)
    _visit(add)


def _call(add: Add) -> None:
    made = _with_ref(add, "call", "Ask to be called back, or say that no call is needed any more.")
    made.add_argument("--phone", default="", metavar="P")
    made.add_argument(
        "--window", action="append", default=[], metavar="START/END", help="when you are free (ISO 8601)"
    )
    made.add_argument("--off", action="store_true", help="no call is needed any more")


def _visit(add: Add) -> None:
    made = _with_ref(add, "visit", "Answer on the visit: it suits, another time, not there, where to come.")
    made.add_argument("do", choices=("slots", "confirm", "move", "not-there", "place"))
    made.add_argument("--slot", default="", metavar="ID", help="move: a time that `slots` offers")
    made.add_argument("--window", default="", metavar="START/END", help="move: a time you wish for")
    made.add_argument("--place", default="", metavar="P", help="place: where to come")


def _with_ref(add: Add, name: str, words: str) -> argparse.ArgumentParser:
    made = add(name, words)
    made.add_argument("ref", metavar="REF")
    made.add_argument("--json", action="store_true", help="answer in JSON (see docs/schemas)")
    return made
