"""A provider's keys in the tests' own hand: ID tokens as one likes, and what is published."""

from __future__ import annotations

import json
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

ISSUER = "https://login.company.example/realms/all"
CLIENT = "tracker"
WELL_KNOWN = "/.well-known/openid-configuration"


def new_key(name: str) -> ECKey:
    """Make a key; elliptic, for those are made at once."""
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig", "alg": "ES256"})


class Signer:
    """Signs; `rotate` takes another key, `published` answers for the provider's addresses."""

    def __init__(self, issuer: str = ISSUER) -> None:
        self.issuer = issuer
        self.key = new_key("k1")
        self.asked: list[str] = []
        self.away = False

    def rotate(self) -> None:
        """Sign with another key from now on, and publish that alone."""
        self.key = new_key("k2")

    def token(self, *, key: ECKey | None = None, alg: str = "ES256", without: str = "", **claims: Any) -> str:
        """Sign a token for us, made now and good for an hour, but for what `claims` say; `without` one."""
        now = int(time.time())
        told: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "s-1",
            "iat": now,
            "exp": now + 3600,
            "preferred_username": "anna",
        }
        told |= claims
        told.pop(without, None)
        key = key or self.key
        return jwt.encode({"alg": alg, "kid": key.kid}, told, key)

    def configuration(self, **more: Any) -> dict[str, Any]:
        """Give the document that a provider tells of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "code_challenge_methods_supported": ["S256"],
        } | more

    def keys(self) -> dict[str, Any]:
        """Give the keys as they are published, with one among them that nobody knows yet."""
        return {"keys": [{"kty": "NEW", "kid": "later"}, self.key.as_dict(private=False)]}

    def published(self, address: str) -> bytes:
        """Answer for an address as `tracker.frontdesk.asking_provider.fetch` does."""
        from tracker.frontdesk.asking_provider import ProviderAway

        self.asked.append(address)
        if self.away:
            raise ProviderAway("away")
        told = self.configuration() if address.endswith(WELL_KNOWN) else self.keys()
        return json.dumps(told).encode()
