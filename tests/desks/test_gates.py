"""Networks that want a sign-in first, and networks that speak IPv6: what the desk's HTTP makes of them."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from tests.desks.test_http import http_answer, serving
from tracker.desks.answer import decode
from tracker.desks.http import Call, DeskHttp, tidy_url
from tracker.desks.network import Network
from tracker.model.errors import DeskUnavailable, NetworkSignInRequired
from tracker.model.health import Remedy

pytestmark = pytest.mark.anyio


async def ask(answer: bytes) -> object:
    async with serving(answer) as port:
        return await ask_at(f"http://127.0.0.1:{port}")


async def ask_at(url: str, network: Network | None = None) -> object:
    http = DeskHttp("The desk", url, network=network or Network())
    try:
        return decode(await http.ask(Call("GET", "/x")), dict[str, int])
    finally:
        await http.aclose()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (http_answer(b"", "Location: http://gate.example/login?to=x", status="302 Found"), "gate.example"),
        (http_answer(b"", "Location: //gate.example/", status="307 Temporary Redirect"), "gate.example"),
        (http_answer(b"", status="511 Network Authentication Required"), "wants you to sign in"),
        (http_answer(b"<!doctype html><title>Free WiFi</title>", kind="text/html"), "a web page"),
    ],
)
async def test_a_gate_is_told_with_what_to_do_and_is_no_fault_of_the_desk(answer: bytes, said: str) -> None:
    with pytest.raises(NetworkSignInRequired, match=said) as refused:
        await ask(answer)
    assert isinstance(refused.value, DeskUnavailable), "it is tried again by itself, and nothing is lost"
    assert refused.value.remedy is Remedy.BROWSER
    assert "browser" in str(refused.value)


async def test_after_the_gate_has_opened_the_same_client_goes_on() -> None:
    answers = [
        http_answer(b"", "Location: http://gate.example/", status="302 Found"),
        http_answer(b'{"id":7}'),
    ]
    async with serving(lambda _request: answers.pop(0)) as port:
        http = DeskHttp("The desk", f"http://127.0.0.1:{port}")
        with pytest.raises(NetworkSignInRequired):
            await http.ask(Call("GET", "/x"))
        assert (await http.ask(Call("GET", "/x"))).body == b'{"id":7}'
        await http.aclose()


@asynccontextmanager
async def gate_of_a_proxy(status: str) -> AsyncIterator[str]:
    """A proxy that answers every CONNECT with this status."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize("status", ["302 Found", "511 Network Authentication Required"])
async def test_a_proxy_that_wants_a_sign_in_in_the_browser_is_a_gate(status: str) -> None:
    async with gate_of_a_proxy(status) as proxy:
        with pytest.raises(NetworkSignInRequired, match="Open your browser"):
            await ask_at("https://desk.example.test", Network(proxy))


async def test_a_proxy_that_forbids_the_desk_is_told_with_its_own_words() -> None:
    async with gate_of_a_proxy("403 Blocked by policy") as proxy:
        with pytest.raises(
            DeskUnavailable, match=r"does not lead to desk\.example\.test.*403 Blocked by policy"
        ):
            await ask_at("https://desk.example.test", Network(proxy))


async def test_a_proxy_that_wants_a_login_has_nowhere_to_get_it_from() -> None:
    async with gate_of_a_proxy("407 Proxy Authentication Required") as proxy:
        with pytest.raises(DeskUnavailable, match="wants your name and password"):
            await ask_at("https://desk.example.test", Network(proxy))


@pytest.mark.parametrize(
    "address", ["https://[2001:db8::7]", "https://[2001:db8::7]:8443/rt", "http://[::1]:8080"]
)
def test_an_address_of_ipv6_is_an_address(address: str) -> None:
    assert tidy_url(f" {address}/ ") == address


async def test_a_desk_on_ipv6_is_reached() -> None:
    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(http_answer(b'{"id":7}'))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(meet, "::1", 0)
    try:
        assert await ask_at(f"http://[::1]:{server.sockets[0].getsockname()[1]}") == {"id": 7}
    finally:
        server.close()
        await server.wait_closed()


async def test_where_ipv6_leads_nowhere_ipv4_is_tried_without_a_long_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with serving(http_answer(b'{"id":7}')) as port:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as deaf:
            deaf.bind(("::1", port))
            deaf.listen(0)
            callers = [socket.socket(socket.AF_INET6) for _ in range(4)]
            for caller in callers:  # its queue is full from now on: who comes next gets no answer at all
                caller.setblocking(False)
                caller.connect_ex(("::1", port))
            both = [
                (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", port, 0, 0)),
                (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)),
            ]
            monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: both)
            began = time.monotonic()
            assert await ask_at(f"http://localhost:{port}") == {"id": 7}
            assert time.monotonic() - began < 5, "ten seconds are what a dead connection is given"
            for caller in callers:
                caller.close()
