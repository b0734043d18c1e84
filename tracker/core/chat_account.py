"""Signing in at a Matrix server beside the desk: the ways it offers, the browser's part, its end there.

choice, secret = await sign_in_with_browser("example.org", show=print)
note = await sign_in_to_chat(program, choice, secret)
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.core.chat_ending import MATRIX
from tracker.core.program import Program
from tracker.core.signing import sign_in_chat
from tracker.desks.base import Secret, SecretKind
from tracker.desks.network import USUAL, Network
from tracker.host.settings import DeskChoice
from tracker.model.errors import SignInRequired, TrackerError

if TYPE_CHECKING:
    from tracker.desks.matrix.login import Ways

_DEVICE = "device"


async def ways_in(server: str, network: Network) -> "Ways":
    """Find a server (an address, a name or a user id) and ask in which ways one can sign in there.

    Raises `DeskError` with a plain sentence, also where it offers no way that we know.
    """
    from tracker.desks.matrix.login import sign_in_ways

    return await sign_in_ways(server, network=network)


async def sign_in_with_browser(
    server: str,
    *,
    show: Callable[[str], None],
    network: Network = USUAL,
    provider: str = "",
    known: DeskChoice | None = None,
    options: tuple[tuple[str, str], ...] = (),
) -> tuple[DeskChoice, Secret]:
    """Let the person sign in with the browser; give what `sign_in_to_chat` wants.

    `show` gets the address to open and opens it when the person says so: nothing is opened by itself.
    `provider` is the id of where the person proves who they are, `known` an earlier sign-in here, whose
    device this stays. Waits for five minutes; cancelling it closes the door at once. Raises `DeskError`, and
    `HostError` when the browser does not come back.
    """
    from tracker.desks.matrix.login import Provider, begin_sso, sign_in_ways, who
    from tracker.host.loopback import browser_answer

    ways = await sign_in_ways(server, network=network)
    if not ways.browser:
        raise SignInRequired(f"{_host(ways.url)} has no sign-in with the browser. Use your password.")
    chosen = next((each for each in ways.providers if each.id == provider), None)
    if provider and chosen is None:
        chosen = Provider(provider, provider)
    async with browser_answer() as answer:
        attempt = begin_sso(
            ways, answer.url, provider=chosen, device=device_at(ways.url, known), network=network
        )
        show(attempt.url)
        secret = await attempt.finish(await answer.wait())
    return DeskChoice(MATRIX, ways.url, who(secret).user, options), secret


def device_at(url: str, known: DeskChoice | None) -> str:
    """Give the device of an earlier sign-in at the same server, to stay it."""
    same = known is not None and known.kind == MATRIX and known.url == url
    return dict(known.options).get(_DEVICE, "") if known is not None and same else ""


async def sign_in_to_chat(program: Program, choice: DeskChoice, secret: Secret) -> str | None:
    """Sign in at the chat server and use it beside the desk; give a remark about how the secret is kept.

    A password is traded for tokens first, and the server is looked for where `choice.url` is only a name.
    Raises as `signing.sign_in_chat` does; then what was begun at the server is ended there again.
    """
    if choice.kind != MATRIX:
        return await sign_in_chat(program, choice, secret)
    from tracker.desks.matrix.login import sign_out, who

    program.chat_secret.hide(secret)
    if secret.kind is SecretKind.PASSWORD:
        choice, secret = await _trade(program, choice, secret)
    me = who(secret)
    choice = replace(choice, user=me.user or choice.user)
    try:
        return await sign_in_chat(program, _with_device(choice, me.device), secret)
    except TrackerError:
        if me.user:  # else it is a token of the person's own, which stays good
            await sign_out(choice.url, secret, network=program.network)
        raise


async def _trade(program: Program, choice: DeskChoice, password: Secret) -> tuple[DeskChoice, Secret]:
    ways = await ways_in(choice.url, program.network)
    if not ways.password:
        raise SignInRequired(f"{_host(ways.url)} wants you to sign in with the browser.")
    choice = replace(choice, url=ways.url)
    known = _with_device(choice, device_at(ways.url, program.settings.chat))

    async def typed() -> Secret:
        return password

    desk = program.opened(known, typed)
    try:
        return choice, await desk.sign_in()
    finally:
        await desk.aclose()


def _with_device(choice: DeskChoice, device: str) -> DeskChoice:
    if not device:
        return choice
    others = tuple(pair for pair in choice.options if pair[0] != _DEVICE)
    return replace(choice, options=(*others, (_DEVICE, device)))


def _host(url: str) -> str:
    from tracker.desks.matrix.discovery import name_of

    return name_of(url)
