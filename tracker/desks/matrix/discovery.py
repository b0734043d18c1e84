"""From a company's name, a user id or an address to the address of its Matrix server."""

import re

import httpx

from tracker.desks.answer import Answer, decode
from tracker.desks.http import Call, DeskHttp, ask_once, tidy_url
from tracker.desks.matrix.account import MatrixAccount
from tracker.desks.matrix.wire_account import WellKnown
from tracker.desks.network import USUAL, Network
from tracker.model.errors import DeskError, UnexpectedAnswer

_PATH = "/.well-known/matrix/client"
_USER = re.compile(r"@[^\s:]{1,255}:(\S{1,255})")
_MOVED = (301, 302, 303, 307, 308)
_MOST_MOVES = 3
_LIMIT = 64 * 1024


async def find_server(text: str, *, network: Network = USUAL) -> str:
    """Give the address of the Matrix server for `text`: its address, a server's name, or a user id.

    A name is looked up as the specification says (client-server API, "Server discovery"): what the web server
    of that name points to, else that place itself. An address is taken as it is where a Matrix server answers
    there. Only encrypted ways are gone, but on this computer itself. Raises `DeskError`.
    """
    typed = text.strip()
    user = _USER.fullmatch(typed)
    if typed.startswith("@") and user is None:
        raise UnexpectedAnswer(f"“{typed[:100]}” is no whole user id. Write it as @name:server.")
    start = tidy_url(user[1] if user else typed)
    if "://" in typed:
        try:
            return await _server_at(start, network)
        except UnexpectedAnswer:
            pointed = await _pointed_to(start, network)
            if pointed is None:
                raise
    else:
        pointed = await _pointed_to(start, network)
    return await _server_at(pointed or start, network)


async def _server_at(url: str, network: Network) -> str:
    """Make sure that a Matrix server answers at an address."""
    http = DeskHttp(name_of(url), url, network=network)
    try:
        await MatrixAccount(http).versions()
    finally:
        await http.aclose()
    return url


async def _pointed_to(url: str, network: Network) -> str | None:
    """Read where a web server says that its Matrix server is; None where it says nothing."""
    answer = await _look(str(httpx.URL(url).copy_with(path=_PATH)), network)
    if answer is None or answer.status == 404:
        return None
    if not 200 <= answer.status < 300:
        raise UnexpectedAnswer(
            f"{answer.desk} does not say where its chat server is. Ask IT for the address."
        )
    try:
        return tidy_url(decode(answer, WellKnown).homeserver.base_url)
    except DeskError as error:
        raise UnexpectedAnswer(
            f"{answer.desk} names a chat server that cannot be used. Ask IT for the address."
        ) from error


async def _look(place: str, network: Network) -> Answer | None:
    """Fetch a place, following the few moves that web servers make; None where it leads nowhere."""
    for _ in range(_MOST_MOVES):
        url = httpx.URL(place)
        call, server = Call("GET", url.path, limit=_LIMIT), str(url.copy_with(path="/"))
        accept = (*_MOVED, *range(400, 500))
        answer = await ask_once(name_of(place), server, call, network=network, accept=accept)
        if answer.status not in _MOVED:
            return answer
        place = str(url.join(answer.headers.get("location", "/")))
        tidy_url(place)  # raises where the way there is not encrypted
    return None


def name_of(url: str) -> str:
    """Give what sentences call the server at an address."""
    return httpx.URL(url).host or "The chat server"
