"""Whether an ID token is what it says it is: signed by the provider, for us, now, for this very sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from tracker.desks.answer import decode
from tracker.desks.openid.wire import Keys, Proof
from tracker.model.errors import UnexpectedAnswer

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

    from tracker.desks.openid.provider import Provider

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signed with a key that only the provider has; never `none`, nor a secret that others know (RFC 8725, 3)."""

SKEW = 300
"""Seconds that two clocks may be apart."""


async def check_proof(
    provider: Provider, proof: str, *, nonce: str | None = None, now: int | None = None
) -> None:
    """Check an ID token as OpenID Connect Core 1.0, 3.1.3.7 says. Raises `DeskError` with what is wrong.

    `nonce`: what was sent along, None where nothing was. `now`: seconds since 1970, this computer's if None.
    """
    keys = decode(await provider.keys(), Keys)
    told, late = _read(provider, keys, proof, now)
    name = provider.name
    if late:
        raise UnexpectedAnswer(
            f"What {name} gave has run out already. Check the date and the time of this computer."
        )
    if told is None or (nonce is not None and told.nonce != nonce) or not _is_for_us(provider, told):
        raise UnexpectedAnswer(
            f"What {name} gave is not a proof of this sign-in, so it was not used. Tell IT."
        )


def _read(provider: Provider, keys: Keys, proof: str, now: int | None) -> tuple[Proof | None, bool]:
    """Give what the token says, None where it is not to be believed; and whether the clock is against it."""
    from joserfc.errors import ExpiredTokenError, JoseError
    from joserfc.jwt import JWTClaimsRegistry
    from joserfc.jwt import decode as decode_token

    rules = JWTClaimsRegistry(
        now=now,
        leeway=SKEW,
        iss={"essential": True, "value": provider.told.issuer},
        aud={"essential": True, "value": provider.company.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        token = decode_token(proof, _key_set(keys), algorithms=ALGORITHMS)
        rules.validate(token.claims)
        return msgspec.convert(token.claims, Proof), False
    except ExpiredTokenError:
        return None, True
    except (JoseError, ValueError, msgspec.ValidationError):
        return None, False


def _key_set(keys: Keys) -> KeySet:
    """Take the keys that sign and that we understand; a provider may publish others beside them."""
    from joserfc.errors import JoseError
    from joserfc.jwk import JWKRegistry, Key
    from joserfc.jwk import KeySet as Made

    known: list[Key] = []
    for key in keys.keys:
        if key.use in ("", "sig") and key.kty in ("RSA", "EC", "OKP"):
            try:
                known.append(JWKRegistry.import_key(key.as_written()))
            except (JoseError, ValueError):
                continue
    return Made(known)


def _is_for_us(provider: Provider, told: Proof) -> bool:
    """Where it is made for several, it must say that it was asked for by us."""
    several = not isinstance(told.aud, str) and len(told.aud) > 1
    return told.azp == provider.company.client_id or not (several or told.azp)
