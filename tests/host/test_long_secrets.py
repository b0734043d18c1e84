"""Long secrets: kept in pieces, replaced without a moment between the two, gone with every piece."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tracker.host.long_secrets import MOST_PIECES, LongSecrets
from tracker.host.secrets import LONGEST, SecretRefused, Secrets

pytestmark = pytest.mark.anyio


class Killed(Exception):
    """The program ended just there."""


class Keyring(Secrets):
    """One for this session, which may end the program at its n-th change."""

    last = 1_000

    @property
    def entries(self) -> dict[str, str]:
        return self._session

    async def set(self, name: str, secret: str) -> None:
        self._count()
        await super().set(name, secret)

    async def delete(self, name: str, *, others: bool = False) -> bool:
        self._count()
        return await super().delete(name, others=others)

    def _count(self) -> None:
        self.last -= 1
        if self.last < 0:
            raise Killed


@pytest.fixture
async def keyring(tmp_path: Path) -> AsyncIterator[Keyring]:
    kept = Keyring("profile", tmp_path / "pin", environment={"PATH": os.environ["PATH"], "HOME": "/"})
    yield kept
    await kept.aclose()


def long_text(mark: str, length: int) -> str:
    return f"{mark}{'.' * length}{mark}"


async def test_a_short_one_is_kept_as_it_is(keyring: Keyring) -> None:
    await LongSecrets(keyring).set("desk", "x" * LONGEST)
    assert keyring.entries == {"desk": "x" * LONGEST}
    assert await LongSecrets(keyring).get("desk") == "x" * LONGEST


async def test_a_long_one_comes_back_whole_and_goes_with_every_piece(keyring: Keyring) -> None:
    secrets = LongSecrets(keyring)
    for length in (LONGEST + 1, 3 * LONGEST, 5_000, 10):
        await secrets.set("desk", long_text("a", length))
        assert await secrets.get("desk") == long_text("a", length)
        assert len(keyring.entries) == (1 if length == 10 else 1 + (length + LONGEST + 1) // LONGEST)
        assert all(len(entry) <= LONGEST for entry in keyring.entries.values())
    await secrets.set("desk", long_text("b", 5_000))
    assert await secrets.delete("desk") is True
    assert keyring.entries == {}


async def test_whatever_stops_us_one_of_the_two_is_there(keyring: Keyring) -> None:
    before, after = long_text("a", 3_000), long_text("b", 4_000)
    for steps in range(8):
        keyring.entries.clear()
        await LongSecrets(keyring).set("desk", before)
        keyring.last = steps
        with pytest.raises(Killed):
            await LongSecrets(keyring).set("desk", after)
        keyring.last = 1_000
        assert await LongSecrets(keyring).get("desk") == (before if steps < 5 else after)


@pytest.mark.parametrize("harm", ["gone", "changed", "head"])
async def test_one_that_is_not_whole_is_none(keyring: Keyring, harm: str) -> None:
    secrets = LongSecrets(keyring)
    await secrets.set("desk", long_text("a", 3_000))
    if harm == "gone":
        del keyring.entries["desk.a1"]
    elif harm == "changed":
        keyring.entries["desk.a1"] = "other"
    else:
        keyring.entries["desk"] = "\x1da9999\x1d00"
        assert await secrets.get("desk") == "\x1da9999\x1d00"
        return
    assert await secrets.get("desk") is None


async def test_one_that_is_far_too_long_is_refused(keyring: Keyring) -> None:
    with pytest.raises(SecretRefused, match="too long"):
        await LongSecrets(keyring).set("desk", "x" * (LONGEST * MOST_PIECES + 1))
    assert keyring.entries == {}
