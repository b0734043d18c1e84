"""Whom the company's OpenID provider vouches for: an ID token checked against the provider's present keys."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from tracker.frontdesk.asking_provider import ProviderAway, fetch
from tracker.frontdesk.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from joserfc.jwk import KeySet

    from tracker.frontdesk.settings import CompanySignIn

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
SKEW = 300
"""Seconds that two clocks may be apart."""
OLDEST = 900
"""A proof is shown when it is made: one that is older than so many seconds may have been found somewhere."""
KEYS_GOOD_FOR = 3600.0
KEYS_ASKED_AGAIN = 20.0
"""So many seconds lie between two looks for new keys, however many tokens with unknown ones are sent."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a proof says of somebody. `subject` is theirs for ever; `person` is the claim that names them."""

    subject: str
    person: str
    name: str
    email: str
    is_agent: bool | None


class _Configuration(Struct, frozen=True):
    issuer: str
    jwks_uri: str


class _Key(Struct, frozen=True):
    kty: str
    kid: str = ""
    use: str = ""
    alg: str = ""
    n: str = ""
    e: str = ""
    crv: str = ""
    x: str = ""
    y: str = ""


class _Keys(Struct, frozen=True):
    keys: tuple[_Key, ...]


class Company:
    """Checks proofs for one desk; callable from any thread, and it blocks while the provider is asked.

    `get` reads an address, `steady_time` gives seconds of a clock that nobody can turn back.
    """

    def __init__(
        self,
        settings: CompanySignIn,
        *,
        get: Callable[[str], bytes] = fetch,
        steady_time: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._get = get
        self._steady_time = steady_time
        self._turn = threading.Lock()
        self._keys: KeySet | None = None
        self._issuer = ""
        self._asked_at = 0.0

    def believe(self, proof: str, now: datetime) -> Claims:
        """Give what a proof says; raises `Refused` where it is not believed or cannot be checked now."""
        from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError

        for fresh in (False, True):
            keys, asked = self._present_keys(fresh=fresh)
            try:
                return self._read(proof, keys, int(now.timestamp()))
            except InvalidKeyIdError as error:
                if asked:  # signed with none of the keys that the provider has now
                    raise _not_believed() from error
                if fresh:  # perhaps with one that it has had for some seconds
                    raise _away() from error
            except BadSignatureError as error:
                if asked or fresh:
                    raise _not_believed() from error
            except (JoseError, ValueError, msgspec.ValidationError) as error:
                raise _not_believed() from error
        raise _not_believed()

    def _read(self, proof: str, keys: KeySet, now: int) -> Claims:
        from joserfc.jwt import JWTClaimsRegistry, decode

        settings = self.settings
        told = decode(proof, keys, algorithms=ALGORITHMS).claims
        JWTClaimsRegistry(
            now=now,
            leeway=SKEW,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": settings.audience or settings.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(told)
        if told["iat"] < now - OLDEST - SKEW:
            raise ValueError("too old")
        return _claims_of(settings, told)

    def _present_keys(self, *, fresh: bool) -> tuple[KeySet, bool]:
        """Give the provider's keys, and whether they were asked for just now."""
        with self._turn:
            age = self._steady_time() - self._asked_at
            good_for = KEYS_ASKED_AGAIN if fresh else KEYS_GOOD_FOR
            if self._keys is not None and age < good_for:
                return self._keys, False
            try:
                self._keys = self._ask()
            except (ProviderAway, msgspec.MsgspecError, UnicodeDecodeError) as error:
                if self._keys is None or fresh:
                    raise _away() from error
                return self._keys, False
            self._asked_at = self._steady_time()
            return self._keys, True

    def _ask(self) -> KeySet:
        from joserfc.errors import JoseError
        from joserfc.jwk import JWKRegistry, Key, KeySet

        issuer = self.settings.issuer.rstrip("/")
        address = f"{issuer}/.well-known/openid-configuration"
        told = msgspec.json.decode(self._get(address), type=_Configuration)
        if told.issuer.rstrip("/") != issuer:
            raise ProviderAway("another issuer")
        self._issuer = told.issuer
        known: list[Key] = []
        for key in msgspec.json.decode(self._get(told.jwks_uri), type=_Keys).keys[:100]:
            if key.use in ("", "sig") and key.kty in ("RSA", "EC", "OKP"):
                written = {name: getattr(key, name) for name in key.__struct_fields__ if getattr(key, name)}
                try:
                    known.append(JWKRegistry.import_key(written))
                except (JoseError, ValueError):
                    continue  # one that we do not understand, beside others
        return KeySet(known)


def _claims_of(settings: CompanySignIn, told: dict[str, object]) -> Claims:
    """Read the claims that matter; an address that the provider itself does not trust is none."""
    email = _text(told, "email") if told.get("email_verified", True) is True else ""
    person = email if settings.person_claim == "email" else _text(told, settings.person_claim)
    is_agent: bool | None = None
    if settings.agents_claim:
        groups = told.get(settings.agents_claim)
        is_agent = settings.agents_value in (groups if isinstance(groups, list) else [groups])
    return Claims(_text(told, "sub"), person, _text(told, "name"), email, is_agent)


def _text(told: dict[str, object], name: str) -> str:
    value = told.get(name, "")
    return value.strip()[:300] if isinstance(value, str) and value.isprintable() else ""


def _away() -> Refused:
    return Refused("provider_away", "Your company's sign-in does not answer. Try again in a while.")


def _not_believed() -> Refused:
    return Refused(
        "wrong_proof",
        "The desk does not believe this sign-in. Check the clock of your computer, and try again.",
    )
