"""Puts answers on standard output and sentences about trouble on standard error; reads what is piped in."""

import sys

import msgspec

from tracker.core import exits
from tracker.core import questions as ask
from tracker.model.errors import TrackerError


class WrongUse(TrackerError):
    """What was typed or piped in cannot be meant; its text says why."""


def write(text: str) -> None:
    """Write a line for a person."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_json(value: msgspec.Struct | msgspec.Raw) -> None:
    """Write a line of JSON: UTF-8, whatever the terminal's encoding is."""
    raw = bytes(value) if isinstance(value, msgspec.Raw) else msgspec.json.encode(value)
    sys.stdout.buffer.write(raw + b"\n")
    sys.stdout.buffer.flush()


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
    """Read the text that was piped or typed in, without the line ends at its end. Raises `WrongUse`."""
    return _text(sys.stdin.buffer.read()).rstrip("\n")


def read_line() -> str:
    """Read the first line that was piped in, without its end. Raises `WrongUse`."""
    return _text(sys.stdin.buffer.readline()).rstrip("\n")


def _text(given: bytes) -> str:
    try:
        return given.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise WrongUse("What was piped in is not text in UTF-8.") from error
