"""Makes a policy of what a carrier found: each value is checked by itself, and what is wrong is said."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.host.policy.keys import KEYS
from tracker.host.policy.policy import Complaint, Given, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BY_NAME = {key.name: key for key in KEYS}
SECTIONS = frozenset(name.partition(".")[0] for name in _BY_NAME)
"""The first words of all keys."""


@dataclass(frozen=True, slots=True)
class RawValue:
    """A value as a carrier found it, already of the key's shape. `where` is said to people.

    `locked`: the carrier keeps what is locked in a place of its own, as the registry does.
    """

    name: str
    value: object
    where: str
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """A key, or a whole section of keys, that a carrier names as locked apart from the values."""

    name: str
    where: str


def collect(
    values: Iterable[RawValue], locks: Iterable[Lock] = (), complaints: Iterable[Complaint] = ()
) -> Policy:
    """Give the policy of these values, of which a later one replaces an earlier one.

    A bad value is a complaint and leaves the earlier one in force; a locked value stays when one that is not
    locked follows. `complaints` are the carrier's own, and come first.
    """
    given: dict[str, Given] = {}
    wrong = list(complaints)
    tried: set[str] = set()
    for raw in values:
        tried.add(raw.name)
        told = _take(raw, given)
        if told:
            wrong.append(Complaint(raw.where, told))
    for lock in locks:
        told = _lock(lock.name, given, tried)
        if told:
            wrong.append(Complaint(lock.where, told))
    return Policy(MappingProxyType(given), tuple(wrong))


def _take(raw: RawValue, given: dict[str, Given]) -> str:
    """Take a value over; give a sentence when it cannot be."""
    key = _BY_NAME.get(raw.name)
    if key is None:
        return f"There is no “{raw.name}”. It is ignored."
    before = given.get(raw.name)
    if before is not None and before.locked and not raw.locked:
        return ""
    try:
        given[raw.name] = Given(key.form.parse(raw.value), raw.where, raw.locked)
    except ValueError as error:
        return f"“{raw.name}” {error}. It is ignored."
    return ""


def _lock(name: str, given: dict[str, Given], tried: set[str]) -> str:
    """Lock a key or all keys of a section; give a sentence when there is nothing to lock."""
    names = [name] if name in _BY_NAME else [key for key in _BY_NAME if key.startswith(f"{name}.")]
    if not names:
        return f"There is no “{name}” to lock. The lock is ignored."
    there = [one for one in names if one in given]
    for one in there:
        given[one] = Given(given[one].value, given[one].source, locked=True)
    if there or tried.intersection(names):  # what was tried and is bad has been said
        return ""
    return f"“{name}” is locked, but nothing sets it. People choose it themselves."


def values_of(
    tables: Mapping[str, object], where: Mapping[str, str], usual: str
) -> tuple[list[RawValue], list[Complaint]]:
    """Take apart sections of words with values; `where` says where a name stands, `usual` where it doesn't.

    A section that does not exist, and what stands outside of sections, is one complaint each.
    """
    values, wrong = [], []
    for section, words in tables.items():
        place = where.get(section, usual)
        if section not in SECTIONS:
            sentence = f"There is no section “{section}”. It is ignored."
            wrong.append(Complaint(place, sentence))
        elif not isinstance(words, dict):
            wrong.append(Complaint(place, f"“{section}” must be a section with values in it. It is ignored."))
        else:
            names = ((f"{section}.{word}", value) for word, value in words.items())
            values += [RawValue(name, value, where.get(name, place)) for name, value in names]
    return values, wrong
