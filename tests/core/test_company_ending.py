"""Ending a sign-in with the company's provider: at the desk and the provider, whichever of them is away."""

from __future__ import annotations

import anyio
import pytest

from tracker.core import company_ending
from tracker.core.company_ending import end_kept
from tracker.desks.frontdesk import ways
from tracker.desks.network import USUAL, Network
from tracker.desks.openid.kept import Kept
from tracker.model.errors import DeskUnavailable

pytestmark = pytest.mark.anyio

KEPT = Kept("https://login.example", "tracker", ("openid",), refresh="r-1", session="s-1")


@pytest.fixture
def revoked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []

    async def revoke(kept: Kept, _network: Network) -> bool:
        heard.append(kept.refresh)
        return True

    monkeypatch.setattr(company_ending, "_revoke", revoke)
    return heard


async def test_the_provider_hears_of_it_also_where_the_desk_is_away(
    revoked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_url: str, _token: str, _network: Network) -> None:
        raise DeskUnavailable("The service desk cannot be reached. We keep trying.")

    monkeypatch.setattr(ways, "end_session", away)
    assert await end_kept("https://desk.example", KEPT.as_secret(), USUAL) is False
    assert revoked == ["r-1"]


async def test_a_desk_that_never_answers_keeps_nobody(
    revoked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_url: str, _token: str, _network: Network) -> None:
        await anyio.sleep_forever()

    monkeypatch.setattr(ways, "end_session", silent)
    monkeypatch.setattr(company_ending, "WITHIN", 0.01)
    assert await end_kept("https://desk.example", KEPT.as_secret(), USUAL) is False
    assert revoked == ["r-1"]
