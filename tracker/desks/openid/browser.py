"""Signing in with the system browser: authorization code with PKCE, back to this computer (RFC 8252, 7636).

async with browser_answer() as answer:
    attempt = await begin(company, answer.url)
    ...show attempt.url; open it when the person presses...
    tokens = await attempt.finish(await answer.wait())
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode

import httpx

from tracker.desks.network import LOOPBACK
from tracker.desks.openid.id_token import check_proof
from tracker.desks.openid.provider import Company, Provider, find_provider
from tracker.desks.openid.tokens import busy, refusal_of, trade
from tracker.desks.openid.wire import Trouble
from tracker.model.errors import UnexpectedAnswer

if TYPE_CHECKING:
    from tracker.desks.openid.tokens import Tokens

_LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class BrowserAttempt:
    """A sign-in under way: `url` is what the browser is to open. What proves that the answer is to this very
    question stays here."""

    url: str
    provider: Provider
    back_to: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)

    async def finish(self, query: str, *, now: int | None = None) -> Tokens:
        """Trade what the browser brought back (the query of the address it came to) for tokens.

        Raises SignInRequired when the person or the provider said no, another `DeskError` where what came is
        not the answer to this question, or the provider cannot be asked. `now`: as in `check_proof`.
        """
        code = self._code_in(query)
        grant = (
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.back_to),
            ("code_verifier", self.verifier),
        )
        tokens = await trade(self.provider, grant)
        await check_proof(self.provider, tokens.proof, nonce=self.nonce, now=now)
        return tokens

    def _code_in(self, query: str) -> str:
        """Read the code; who answers, and to what, is checked before anything else that came is used."""
        told = _fields(query)
        if not secrets.compare_digest(told.get("state", "").encode(), self.state.encode()):
            raise UnexpectedAnswer("The browser came back from another sign-in than this one. Try it again.")
        configuration = self.provider.told
        issuer = told.get("iss")
        must = configuration.authorization_response_iss_parameter_supported
        if (must and issuer is None) or (issuer is not None and issuer != configuration.issuer):
            # RFC 9207, 2.4: another provider's answer must not reach this one.
            raise UnexpectedAnswer(
                f"The answer did not come from {self.provider.name}, so it was not used. Tell IT."
            )
        if "error" in told:
            trouble = Trouble(told["error"], told.get("error_description", ""))
            raise busy(trouble, self.provider.name) or refusal_of(self.provider.name, trouble)
        if not told.get("code"):
            raise UnexpectedAnswer("The browser came back without a sign-in. Try it again.")
        return told["code"]


async def begin(company: Company, back_to: str) -> BrowserAttempt:
    """Begin a sign-in with the browser, which comes back to `back_to`, a place on this computer.

    Raises `DeskError` where the provider cannot be found.
    """
    if httpx.URL(back_to).host not in LOOPBACK:
        raise UnexpectedAnswer("The browser may only come back to this computer.")
    provider = await find_provider(company)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": company.client_id,
        "redirect_uri": back_to,
        "scope": provider.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    page = provider.told.authorization_endpoint
    joint = "&" if "?" in page else "?"
    url = f"{page.partition('#')[0]}{joint}{urlencode(asked, quote_via=quote)}"
    return BrowserAttempt(url, provider, back_to, state, nonce, verifier)


def _fields(query: str) -> dict[str, str]:
    """Read a query, each field of which may stand there once (RFC 6749, 3.1)."""
    try:
        told = parse_qs(query[:_LONGEST], keep_blank_values=True, max_num_fields=30)
    except ValueError:
        return {}
    return {name: values[0] for name, values in told.items() if len(values) == 1}
