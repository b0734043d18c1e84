"""Signing in with a code on another device, where this one has no browser (RFC 8628).

attempt = await begin_with_code(company)
...show attempt.code and attempt.address...
tokens = await attempt.finish()
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import anyio

from tracker.desks.answer import decode
from tracker.desks.openid.id_token import check_proof
from tracker.desks.openid.provider import Company, Provider, find_provider, is_safe
from tracker.desks.openid.tokens import TROUBLE, ProviderRefused, refused, renew, trade
from tracker.desks.openid.wire import DeviceTold
from tracker.model.errors import DeskUnavailable, SignInRequired, UnexpectedAnswer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tracker.desks.openid.tokens import Tokens

_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
LONGEST = 1800.0
"""Seconds that we ask at most, whatever the provider says."""
_SLOWER = 5.0
_SHORTEST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class CodeAttempt:
    """A sign-in under way: the person opens `address` on any device and types `code` there.

    `direct` holds the code already, "" where the provider has no such address. `seconds`: so long it is good.
    """

    code: str
    address: str
    direct: str
    seconds: float
    provider: Provider
    interval: float
    device_code: str = field(repr=False)

    async def finish(self, *, pause: Callable[[float], Awaitable[None]] = anyio.sleep) -> Tokens:
        """Wait until the person has signed in there, asking as often as the provider allows (3.4, 3.5).

        Raises SignInRequired when it was turned down or took too long, another `DeskError` where the answer
        is not what it should be. A provider that is away for a while is asked again, more slowly.
        """
        interval, left = self.interval, self.seconds
        grant = (("grant_type", _GRANT), ("device_code", self.device_code))
        while left > 0:
            await pause(min(interval, left))
            left -= interval
            try:
                tokens = await trade(self.provider, grant)
            except ProviderRefused as error:
                if error.code not in ("authorization_pending", "slow_down"):
                    raise
                interval += _SLOWER if error.code == "slow_down" else 0.0
            except DeskUnavailable:
                interval = min(2 * interval, _LONGEST_PAUSE)
            else:
                return await self._proved(tokens)
        raise SignInRequired("The code has run out. Start again for a new one.")

    async def _proved(self, tokens: Tokens) -> Tokens:
        """Check who it is; some providers tell that with the next tokens only: RFC 8628 has none."""
        if not tokens.proof and tokens.refresh:
            tokens = await renew(self.provider, tokens.refresh)
        await check_proof(self.provider, tokens.proof)
        return tokens


async def begin_with_code(company: Company) -> CodeAttempt:
    """Ask the provider for a code. Raises `DeskError`, also where it has no such sign-in."""
    provider = await find_provider(company)
    if not provider.has_codes:
        raise SignInRequired(f"{provider.name} has no sign-in with a code. Use the browser.")
    form = (("client_id", company.client_id), ("scope", provider.scope))
    answer = await provider.ask(provider.told.device_authorization_endpoint, form, accept=TROUBLE)
    if answer.status in TROUBLE:
        raise refused(provider.name, answer)
    told = decode(answer, DeviceTold)
    direct = told.verification_uri_complete
    if not is_safe(told.verification_uri) or not told.user_code.isprintable():
        raise UnexpectedAnswer(f"{provider.name} names a page that cannot be used. Tell IT.")
    return CodeAttempt(
        code=told.user_code,
        address=told.verification_uri,
        direct=direct if is_safe(direct) else "",
        seconds=min(told.expires_in, LONGEST),
        provider=provider,
        interval=min(max(told.interval, _SHORTEST_PAUSE), _LONGEST_PAUSE),
        device_code=told.device_code,
    )
