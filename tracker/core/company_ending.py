"""Ends a sign-in with the company's provider there and at the desk, without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from tracker.desks.base import Secret, SecretKind
from tracker.model.errors import DeskError

if TYPE_CHECKING:
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

    told = False
    try:
        kept = read_kept(secret)
        with anyio.move_on_after(WITHIN):
            if kept.session:
                from tracker.desks.frontdesk.ways import end_session

                await end_session(url, kept.session, network)
            told = await _revoke(kept, network)
    except DeskError:
        return False
    return told


async def _revoke(kept: Kept, network: Network) -> bool:
    """Revoke the refresh token; a provider without a place for it needs no telling."""
    if not kept.refresh:
        return True
    from tracker.desks.openid.provider import find_provider
    from tracker.desks.openid.tokens import revoke

    provider = await find_provider(kept.company(network))
    return await revoke(provider, kept.refresh) or not provider.told.revocation_endpoint
