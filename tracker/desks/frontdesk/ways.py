"""How one can sign in at an embedded desk, asked before anybody has."""

from tracker.desks.answer import decode
from tracker.desks.frontdesk import wire_desk
from tracker.desks.http import Call, DeskHttp
from tracker.desks.network import USUAL, Network

_SHORT = 64 * 1024


async def offered_at(url: str, network: Network = USUAL) -> wire_desk.SignInWays:
    """Ask the desk at this address. Raises `DeskError` with a plain sentence, also where it is none."""
    http = DeskHttp("The service desk", url, network=network)
    try:
        answer = await http.ask(Call("GET", "/api/v1/desk", limit=_SHORT))
        return decode(answer, wire_desk.About).sign_in
    finally:
        await http.aclose()


async def end_session(url: str, token: str, network: Network = USUAL) -> None:
    """End a session at the desk; one that is over already is none. Raises `DeskError`."""
    http = DeskHttp("The service desk", url, network=network)
    headers = (("authorization", f"Bearer {token}"),)
    try:
        await http.ask(Call("DELETE", "/api/v1/session", headers=headers, limit=_SHORT), accept=(401,))
    finally:
        await http.aclose()
