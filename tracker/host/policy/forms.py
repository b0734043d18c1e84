"""How a policy value is written and checked; each check raises ValueError with the end of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.host.setting_values import is_private_way, is_web_address
from tracker.host.setting_values import one_of as word_of
from tracker.host.setting_values import text as line_of_text
from tracker.host.setting_values import yes_or_no as true_or_false

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

_LONGEST = 2000
_MOST_ENTRIES = 500


class Shape(StrEnum):
    """What a carrier must be able to hold: decides the element of the ADMX file and the type in a profile."""

    TEXT = "text"
    YES_OR_NO = "yes or no"
    NUMBER = "number"
    CHOICE = "choice"
    LIST = "list"  # of texts
    TABLE = "table"  # names with values; one JSON text where a carrier knows no tables


@dataclass(frozen=True, slots=True)
class Form(Generic[T_co]):
    """One way to write a value: its shape, the check, and what a form that asks for it must know.

    `choices`: the words to choose from (CHOICE alone). `limits`: the least and the most (NUMBER alone).
    """

    shape: Shape
    parse: Callable[[object], T_co]
    choices: tuple[str, ...] = ()
    limits: tuple[int, int] = (0, 0)


def text(longest: int = _LONGEST) -> Form[str]:
    """Take a text in one line; empty is no value."""

    def parse(value: object) -> str:
        line = line_of_text(value, longest)
        if not line.strip():
            raise ValueError("must not be empty")
        return line

    return Form(Shape.TEXT, parse)


def yes_or_no() -> Form[bool]:
    """Take true or false."""
    return Form(Shape.YES_OR_NO, true_or_false)


def number(least: int, most: int) -> Form[int]:
    """Take a whole number within limits."""

    def parse(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least:,} to {most:,}")
        return value

    return Form(Shape.NUMBER, parse, limits=(least, most))


def choice(kind: type[E]) -> Form[E]:
    """Take one word of a kind."""
    return Form(Shape.CHOICE, word_of(kind), tuple(kind))


def web_address(*, plain: bool = False) -> Form[str]:
    """Take an https address that holds no name and no password; `plain`: http as well, on any host."""

    def parse(value: object) -> str:
        url = line_of_text(value, _LONGEST)
        if not is_web_address(url) or not (plain or is_private_way(url)):
            raise ValueError("must be an address that starts with https:// and holds no user name")
        return url

    return Form(Shape.TEXT, parse)


def file_path() -> Form[Path]:
    """Take the full path of a file on this computer."""

    def parse(value: object) -> Path:
        written = line_of_text(value, _LONGEST)
        if not (PurePosixPath(written).is_absolute() or PureWindowsPath(written).is_absolute()):
            raise ValueError("must be a full path, from the root on")
        return Path(written)

    return Form(Shape.TEXT, parse)


def texts() -> Form[tuple[str, ...]]:
    """Take a list of texts."""

    def parse(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or len(value) > _MOST_ENTRIES:
            raise ValueError(f"must be a list of at most {_MOST_ENTRIES} texts")
        return tuple(line_of_text(entry, _LONGEST) for entry in value)

    return Form(Shape.LIST, parse)


def table(parse: Callable[[object], T]) -> Form[T]:
    """Take names with values, checked by a reader of the settings."""
    return Form(Shape.TABLE, parse)
