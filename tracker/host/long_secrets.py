"""Secrets that are longer than one entry of a keyring may be: kept in pieces, whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from tracker.host.secrets import LONGEST, SecretRefused

if TYPE_CHECKING:
    from tracker.host.secrets import Secrets

MOST_PIECES = 12
_HEAD = "\x1d"
_SLOTS = ("a", "b")


class LongSecrets:
    """Gives and keeps secrets of any usual length, in the entries of one profile.

    A long one is written beside the one before, and counts from the moment its name points to it; so whatever
    stops us, one of the two is there.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    async def get(self, name: str, *, or_given: bool = True) -> str | None:
        """Give a secret, as `Secrets.get` does; None where a piece of it is gone."""
        found = await self._secrets.get(name, or_given=or_given)
        places = _places(name, found)
        if not places:
            return found
        pieces = [await self._secrets.get(place, or_given=False) for place in places]
        text = "".join(piece or "" for piece in pieces)
        return text if found == _head(places, text) else None

    async def set(self, name: str, text: str) -> None:
        """Keep a secret, as `Secrets.set` does. Raises SecretRefused where it is far too long."""
        count = -(-len(text) // LONGEST)
        if count > MOST_PIECES:
            raise SecretRefused("What proves your sign-in is too long for a keyring. Tell IT.")
        before = _places(name, await self._secrets.get(name, or_given=False))
        await self._write(name, text, before)
        for place in before:
            await self._secrets.delete(place, others=True)

    async def _write(self, name: str, text: str, before: list[str]) -> None:
        if len(text) <= LONGEST:
            await self._secrets.set(name, text)
            return
        count = -(-len(text) // LONGEST)
        slot = _SLOTS[1] if before and before[0] == f"{name}.{_SLOTS[0]}0" else _SLOTS[0]
        places = [f"{name}.{slot}{number}" for number in range(count)]
        for number, place in enumerate(places):
            await self._secrets.set(place, text[number * LONGEST : (number + 1) * LONGEST])
        await self._secrets.set(name, _head(places, text))

    async def delete(self, name: str, *, others: bool = False) -> bool:
        """Forget a secret everywhere, as `Secrets.delete` does; tells whether all of it is certainly gone."""
        self._secrets.ask_again()  # as `Secrets.delete` does: a person has asked for it
        places = _places(name, await self._secrets.get(name, or_given=False))
        gone = [await self._secrets.delete(place, others=True) for place in places]
        return await self._secrets.delete(name, others=others) and all(gone)


def _head(places: list[str], text: str) -> str:
    slot = places[0].rpartition(".")[2][0]
    return f"{_HEAD}{slot}{len(places)}{_HEAD}{hashlib.sha256(text.encode()).hexdigest()}"


def _places(name: str, found: str | None) -> list[str]:
    """List where the pieces lie of a secret that is kept in pieces, none of any other."""
    if found is None or not found.startswith(_HEAD):
        return []
    told = found.split(_HEAD)[1]
    slot, count = told[:1], told[1:]
    if slot not in _SLOTS or not count.isdecimal() or not 0 < int(count[:3]) <= MOST_PIECES:
        return []
    return [f"{name}.{slot}{number}" for number in range(int(count))]
