"""How one can sign in at an embedded desk, asked before anybody has."""

from tracker.desks.answer import decode
from tracker.desks.frontdesk import wire_desk
from tracker.desks.http import Call, ask_once
from tracker.desks.network import USUAL, Network

_DESK = "The service desk"
_SHORT = 64 * 1024


async def offered_at(url: str, network: Network = USUAL) -> wire_desk.SignInWays:
    """Ask the desk at this address. Raises `DeskError` with a plain sentence, also where it is none."""
    answer = await ask_once(_DESK, url, Call("GET", "/api/v1/desk", limit=_SHORT), network=network)
    return decode(answer, wire_desk.About).sign_in


async def end_session(url: str, token: str, network: Network = USUAL) -> None:
    """End a session at the desk; one that is over already is none. Raises `DeskError`."""
    headers = (("authorization", f"Bearer {token}"),)
    call = Call("DELETE", "/api/v1/session", headers=headers, limit=_SHORT)
    await ask_once(_DESK, url, call, network=network, accept=(401,))
