"""Ends a sign-in with the company's provider there and at the desk, without a browser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import anyio

from tracker.desks.base import Secret, SecretKind
from tracker.model.errors import DeskError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tracker.desks.base import SecretSource
    from tracker.desks.network import Network
    from tracker.desks.openid.kept import Kept

WITHIN = 5.0
"""Seconds that nobody is kept waiting for longer."""


async def end_with_company(url: str, source: SecretSource, network: Network) -> bool:
    """End the session at the desk and what hangs on the refresh token (RFC 7009).

    False when one of the two could not be told: then both end by themselves. A secret of another kind, or
    none, needs nothing.
    """
    try:
        secret = await source()
    except DeskError:
        return True  # there is none, or the keyring is locked
    return await end_kept(url, secret, network)


async def end_kept(url: str, secret: Secret, network: Network) -> bool:
    """As `end_with_company`, for a secret in hand."""
    if secret.kind is not SecretKind.OPEN_ID:
        return True
    from tracker.desks.openid.kept import read_kept

    told: list[bool] = []

    async def tell(act: Callable[[], Awaitable[bool]]) -> None:
        try:
            told.append(await act())
        except DeskError:
            told.append(False)

    try:
        kept = read_kept(secret)
    except DeskError:
        return False
    # Beside one another: a desk that is away must not keep the provider from hearing of it.
    with anyio.move_on_after(WITHIN):
        async with anyio.create_task_group() as both:
            both.start_soon(tell, partial(_end_at_desk, url, kept, network))
            both.start_soon(tell, partial(_revoke, kept, network))
    return told == [True, True]


async def _end_at_desk(url: str, kept: Kept, network: Network) -> bool:
    from tracker.desks.frontdesk.ways import end_session

    if kept.session:
        await end_session(url, kept.session, network)
    return True


async def _revoke(kept: Kept, network: Network) -> bool:
    """Revoke the refresh token; a provider without a place for it needs no telling."""
    if not kept.refresh:
        return True
    from tracker.desks.openid.provider import find_provider
    from tracker.desks.openid.tokens import revoke

    provider = await find_provider(kept.company(network))
    return await revoke(provider, kept.refresh) or not provider.told.revocation_endpoint
