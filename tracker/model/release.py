"""Versions of this program: which text is one, and which of two is the older."""

import re

_RELEASE = re.compile(r"\d{1,5}(\.\d{1,5}){0,3}", re.ASCII)
_BEGINNING = re.compile(r"\d+(\.\d+)*", re.ASCII)


def is_release(text: str) -> bool:
    """Tell whether this is a version such as 1.4.0, and nothing else."""
    return _RELEASE.fullmatch(text) is not None


def is_older(version: str, minimum: str) -> bool:
    """Compare by numbers: 1.10 is newer than 1.9, 1.4 is as old as 1.4.0, 1.4.0rc1 counts as 1.4.0."""
    return numbers_of(version) < numbers_of(minimum)


def numbers_of(version: str) -> tuple[int, ...]:
    """Give the numbers that a version begins with, for sorting; none for what is no version."""
    found = _BEGINNING.match(version)
    numbers = [int(part) for part in found.group().split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
