"""Signing in at a Matrix server: which ways it offers, and the way through the browser.

ways = await sign_in_ways("example.org")
async with browser_answer() as answer:
    attempt = begin_sso(ways, answer.url)
    ...show attempt.url; open it when the person presses...
    secret = await attempt.finish(await answer.wait())
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import parse_qs, quote

import anyio
import httpx

from tracker.desks.base import Secret
from tracker.desks.http import DeskHttp
from tracker.desks.matrix.account import CLIENT, MatrixAccount
from tracker.desks.matrix.discovery import find_server, name_of
from tracker.desks.matrix.kept import kept_of, read_kept
from tracker.desks.matrix.session import Identity, MatrixSession
from tracker.desks.network import LOOPBACK, USUAL, Network
from tracker.desks.outside_words import printable
from tracker.model.errors import DeskError, SignInRequired, UnexpectedAnswer

_SIGN_OUT_WITHIN = 5.0
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Provider:
    """One place where a company's people prove who they are, as the server calls it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Ways:
    """How one can sign in at `url`. `browser`: through the browser, at one of `providers` where named."""

    url: str
    password: bool
    browser: bool
    providers: tuple[Provider, ...] = ()


async def sign_in_ways(server: str, *, network: Network = USUAL) -> Ways:
    """Find a server (an address, a name or a user id) and ask in which ways one can sign in.

    Raises `DeskError` with a plain sentence, also where it offers none that we know.
    """
    url = await find_server(server, network=network)
    http = DeskHttp(name_of(url), url, network=network)
    try:
        flows = await MatrixAccount(http).flows()
    finally:
        await http.aclose()
    kinds = {flow.type for flow in flows}
    browser = {"m.login.sso", "m.login.token"} <= kinds
    ways = Ways(
        url,
        password="m.login.password" in kinds,
        browser=browser,
        providers=tuple(
            Provider(each.id, _plain(each.name) or each.id)
            for flow in flows
            if browser and flow.type == "m.login.sso"
            for each in flow.identity_providers
        ),
    )
    if not ways.password and not ways.browser:
        raise UnexpectedAnswer(f"{http.desk} offers no way to sign in that Tracker knows. Ask IT.")
    return ways


@dataclass(frozen=True, slots=True)
class SsoAttempt:
    """A sign-in through the browser under way: `url` is what the browser is to open."""

    url: str
    server: str
    device: str = ""
    network: Network = USUAL
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), repr=False)

    async def finish(self, query: str) -> Secret:
        """Trade what the browser brought back (the query of the address it came to) for what is kept.

        Raises SignInRequired when the server does not take it, another `DeskError` when it cannot be asked.
        """
        try:
            tokens = parse_qs(query, max_num_fields=20).get("loginToken", [])
        except ValueError:
            tokens = []
        if len(tokens) != 1:
            raise UnexpectedAnswer("The browser came back without a sign-in. Try it again.")
        http = DeskHttp(name_of(self.server), self.server, network=self.network)
        try:
            told = await MatrixAccount(http).login_with_token(tokens[0], device=self.device)
        finally:
            await http.aclose()
        return kept_of(told, self.now()).as_secret()


def begin_sso(
    ways: Ways,
    back_to: str,
    *,
    provider: Provider | None = None,
    device: str = "",
    network: Network = USUAL,
) -> SsoAttempt:
    """Begin a sign-in through the browser, which comes back to `back_to`, a place on this computer.

    `provider`: where the person wants to prove who they are; else the server asks them. `device`: that of an
    earlier sign-in here.
    """
    if httpx.URL(back_to).host not in LOOPBACK:
        raise UnexpectedAnswer("The browser may only come back to this computer.")
    path = f"{CLIENT}/v3/login/sso/redirect"
    if provider is not None:
        path = f"{path}/{quote(provider.id, safe='')}"
    return SsoAttempt(f"{ways.url}{path}?redirectUrl={quote(back_to, safe='')}", ways.url, device, network)


def who(secret: Secret) -> Identity:
    """Tell whose sign-in a kept secret is, and on which device; both are no secrets."""
    kept = read_kept(secret)
    return Identity(kept.user, kept.device)


async def sign_out(url: str, secret: Secret, *, network: Network = USUAL) -> bool:
    """End a kept sign-in at the server; False when the server could not be told within a few seconds.

    Then the tokens are forgotten here all the same, and the server forgets them when they end.
    """

    async def kept() -> Secret:
        return secret

    http = DeskHttp(name_of(url), url, network=network)
    try:
        with anyio.move_on_after(_SIGN_OUT_WITHIN):
            await MatrixSession(http, "", kept).sign_out()
            return True
    except SignInRequired:
        return True  # there is no such session any more
    except DeskError:
        return False
    finally:
        await http.aclose()
    return False


def _plain(name: str) -> str:
    return printable(name, _LONGEST_NAME)
