"""Signing in at the desk with the company's OpenID provider: what the desk offers, the browser, the code.

ways = await ways_at(choice.kind, choice.url, program.policy, program.network)
secret = await sign_in_with_browser(ways.company, show=print)
note = await sign_in(program, choice, secret)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.desks.base import Secret, SecretKind
from tracker.host.policy import keys
from tracker.host.policy.keys import SignInMethod
from tracker.model.errors import DeskError, SignInRequired

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.desks.frontdesk.wire_desk import SignInWays
    from tracker.desks.network import Network
    from tracker.desks.openid.device import CodeAttempt
    from tracker.desks.openid.provider import Company
    from tracker.desks.openid.tokens import Tokens
    from tracker.host.policy.policy import Policy

FRONTDESK = "frontdesk"
"""The kind of desk that takes a company's proof."""
BACK_TO = "/signed-in"
"""Where the browser comes back to: providers want to know the path beforehand, and let the port be any."""

_KINDS = {
    SignInMethod.PASSWORD: SecretKind.PASSWORD,
    SignInMethod.TOKEN: SecretKind.TOKEN,
    SignInMethod.BROWSER: SecretKind.OPEN_ID,
    SignInMethod.DEVICE: SecretKind.OPEN_ID,
}
_WORDS = {
    SignInMethod.PASSWORD: "a password",
    SignInMethod.TOKEN: "a token",
    SignInMethod.BROWSER: "the browser",
    SignInMethod.DEVICE: "a code",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """How one can sign in at a desk, as it offers and IT allows. `company`: the provider, if any."""

    password: bool = True
    token: bool = False
    browser: bool = False
    code: bool = False
    company: Company | None = None


async def ways_at(kind: str, url: str, policy: Policy, network: Network) -> Ways:
    """Ask a desk how one can sign in; of what it offers, the policy may leave one. Raises `DeskError`."""
    method = policy.value(keys.METHOD)
    if kind != FRONTDESK:
        return _allowed(Ways(token=True), method)
    from tracker.desks.frontdesk.ways import offered_at

    offered = await offered_at(url, network)
    company = _company(policy, network, offered)
    if company is None:
        return _allowed(Ways(password=offered.password), method)
    code = method is SignInMethod.DEVICE or await _has_codes(company)
    return _allowed(Ways(offered.password, browser=True, code=code, company=company), method)


async def sign_in_with_browser(company: Company, *, show: Callable[[str], None]) -> Secret:
    """Let the person sign in with the browser; give what `signing.sign_in` wants.

    `show` gets the address to open and opens it when the person says so: nothing is opened by itself. Waits
    for five minutes; cancelling it closes the door at once. Raises `DeskError`, and `HostError` when the
    browser does not come back.
    """
    from tracker.desks.openid.browser import begin
    from tracker.host.loopback import browser_answer

    async with browser_answer(path=BACK_TO) as answer:
        attempt = await begin(company, answer.url)
        show(attempt.url)
        tokens = await attempt.finish(await answer.wait())
    return _secret(company, tokens)


async def sign_in_with_code(company: Company, *, show: Callable[[CodeAttempt], None]) -> Secret:
    """Let the person sign in on another device; `show` gets the code and the address for it.

    Raises `DeskError`, also where the provider has no such sign-in, or the time is over.
    """
    from tracker.desks.openid.device import begin_with_code

    attempt = await begin_with_code(company)
    show(attempt)
    return _secret(company, await attempt.finish())


def required_company(ways: Ways, *, code: bool = False) -> Company:
    """Give the provider; raises SignInRequired where this way is not offered or not allowed."""
    if ways.company is None or not (ways.code if code else ways.browser):
        way = "a code" if code else "the browser"
        raise SignInRequired(f"This desk offers no sign-in with {way}. Ask IT how to sign in.")
    return ways.company


def check_allowed(secret: Secret, policy: Policy) -> None:
    """Raise SignInRequired where IT wants another way of signing in at the desk than this."""
    method = policy.value(keys.METHOD)
    kinds = _KINDS.get(method)
    if kinds is not None and secret.kind is not kinds:
        raise SignInRequired(f"Your company wants you to sign in with {_WORDS[method]}.")


def user_in(secret: Secret, typed: str) -> str:
    """Give the name that the desk knows somebody by; that which was typed, where nothing else is known."""
    if secret.kind is not SecretKind.OPEN_ID:
        return typed
    from tracker.desks.openid.kept import read_kept

    return read_kept(secret).user or typed


def _company(policy: Policy, network: Network, offered: SignInWays) -> Company | None:
    """Take the provider that IT has set, else the one that the desk names."""
    from tracker.desks.openid.provider import Company

    told = offered.company
    issuer = policy.value(keys.ISSUER) or (told.issuer if told is not None else "")
    client = policy.value(keys.CLIENT_ID) or (told.client_id if told is not None else "")
    if not issuer or not client or told is None:
        return None
    return Company(issuer, client, policy.value(keys.SCOPES), network)


async def _has_codes(company: Company) -> bool:
    from tracker.desks.openid.provider import find_provider

    try:
        return (await find_provider(company)).has_codes
    except DeskError:
        return False  # the browser's way will say what is wrong


def _allowed(ways: Ways, method: SignInMethod) -> Ways:
    if method is SignInMethod.ANY:
        return ways
    return Ways(
        password=ways.password and method is SignInMethod.PASSWORD,
        token=ways.token and method is SignInMethod.TOKEN,
        browser=ways.browser and method is SignInMethod.BROWSER,
        code=ways.code and method is SignInMethod.DEVICE,
        company=ways.company,
    )


def _secret(company: Company, tokens: Tokens) -> Secret:
    from tracker.desks.openid.kept import Kept

    return Kept(
        company.issuer, company.client_id, company.scopes, refresh=tokens.refresh, proof=tokens.proof
    ).as_secret()
