"""Puts answers on standard output, and sentences about trouble on standard error."""

import sys

import msgspec

from tracker.core import exits
from tracker.core import questions as ask


def write(text: str) -> None:
    """Write a line for a person."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_json(value: msgspec.Struct | msgspec.Raw) -> None:
    """Write a line of JSON."""
    raw = bytes(value) if isinstance(value, msgspec.Raw) else msgspec.json.encode(value)
    sys.stdout.write(raw.decode() + "\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """Write a sentence about trouble."""
    sys.stderr.write(sentence + "\n")


def failed(answer: ask.Answer) -> int:
    """Tell of an answer that is not the hoped-for one, and give its exit code."""
    if isinstance(answer, ask.Failed):
        complain(answer.sentence)
        return answer.code
    complain("The answer was not understood.")
    return exits.REFUSED


def read_text() -> str:
    """Read the text that was piped or typed in, without the line end at its end."""
    return sys.stdin.read().rstrip("\n")
