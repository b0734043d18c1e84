"""From what a person knows to the server: addresses, names, user ids, and what web servers say of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec
import pytest

from tests.rigs.synapse import SynapseRig
from tracker.desks.matrix.discovery import find_server
from tracker.desks.matrix.login import sign_in_ways
from tracker.model.errors import DeskError, DeskUnavailable, UnexpectedAnswer

pytestmark = pytest.mark.anyio

Pages = dict[str, bytes]
VERSIONS = "/_matrix/client/versions"
LOGIN = "/_matrix/client/v3/login"
WELL_KNOWN = "/.well-known/matrix/client"


def page(body: object, status: str = "200 OK", *headers: str) -> bytes:
    told = body if isinstance(body, bytes) else msgspec.json.encode(body)
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(told)}", *headers, "Connection: close", "", "")
    return "\r\n".join(lines).encode() + told


MISSING = page(b"<h1>Not found</h1>", "404 Not Found")


@asynccontextmanager
async def web_server(pages: Callable[[str], Pages]) -> AsyncIterator[str]:
    """Serve pages by path, which may depend on where the server is."""
    served: Pages = {}

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(served.get(head.split()[1].decode(), MISSING))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        served.update(pages(url))
        yield url


def matrix(*versions: str) -> Pages:
    return {VERSIONS: page({"versions": versions})}


def pointing_to(url: str) -> Pages:
    return {WELL_KNOWN: page({"m.homeserver": {"base_url": url}})}


@pytest.mark.matrix
async def test_the_address_of_a_server_is_taken_as_it_is(synapse_rig: SynapseRig) -> None:
    assert await find_server(f" {synapse_rig.url}/ ") == synapse_rig.url


@pytest.mark.matrix
async def test_a_web_server_may_point_to_the_server(synapse_rig: SynapseRig) -> None:
    async with web_server(lambda _url: pointing_to(f"{synapse_rig.url}/")) as url:
        assert await find_server(url) == synapse_rig.url
        assert (await sign_in_ways(url)).url == synapse_rig.url


async def test_a_web_server_may_have_moved_what_it_says() -> None:
    def pages(url: str) -> Pages:
        moved = page(b"", "301 Moved Permanently", f"Location: {url}/elsewhere")
        there = page({"m.homeserver": {"base_url": f"{url}/chat"}})
        told = page({"versions": ["v1.15"]})
        return {WELL_KNOWN: moved, "/elsewhere": there, f"/chat{VERSIONS}": told}

    async with web_server(pages) as url:
        assert await find_server(url) == f"{url}/chat"


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (lambda _url: {}, "no Matrix server"),
        (lambda _url: matrix("r0.6.1", "v1.10"), "too old"),
        (lambda _url: matrix("", "v", "v1", "vx.y", "v1.99999999999999999999999"), "too old"),
        (lambda _url: {VERSIONS: page(b"<html>")}, "answered with a web page"),
        (lambda _url: {VERSIONS: page({"versions": "v1.11"})}, "of an unknown shape"),
        (lambda _url: pointing_to("http://chat.example"), "cannot be used"),
        (lambda _url: pointing_to("ftp://chat.example"), "cannot be used"),
        (lambda _url: {WELL_KNOWN: page({"m.homeserver": {"base_url": 5}})}, "cannot be used"),
        (lambda _url: {WELL_KNOWN: page(b"{")}, "cannot be used"),
        (lambda _url: {WELL_KNOWN: page(b"", "403 Forbidden")}, "Ask IT for the address"),
        (lambda u: {WELL_KNOWN: page(b"", "302 Found", f"Location: {u}{WELL_KNOWN}")}, "no Matrix server"),
        (
            lambda _url: {WELL_KNOWN: page(b"", "302 Found", "Location: http://elsewhere.example/x")},
            "is not encrypted",
        ),
    ],
)
async def test_what_is_no_server_is_said(pages: Callable[[str], Pages], words: str) -> None:
    async with web_server(pages) as url:
        with pytest.raises(UnexpectedAnswer, match=words):
            await find_server(url)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("http://chat.example", "is not encrypted"),
        ("not an address", "is not a web address"),
        ("", "is not a web address"),
        ("@jane", "Write it as @name:server"),
    ],
)
async def test_what_is_no_address_is_said_before_anything_is_asked(typed: str, words: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=words):
        await find_server(typed)


@pytest.mark.parametrize("typed", ["chat.invalid", "@jane:chat.invalid"])
async def test_names_are_looked_for_on_the_encrypted_way(typed: str) -> None:
    with pytest.raises(DeskUnavailable, match=r"chat\.invalid cannot be reached"):
        await find_server(typed)


@pytest.mark.parametrize(
    "flows",
    [
        {"flows": []},
        {"flows": [{"type": "m.login.application_service"}]},
        {"flows": [{"type": "m.login.sso"}]},  # but no way to trade what it brings
    ],
)
async def test_a_server_without_a_way_in_that_we_know_is_said(flows: object) -> None:
    async with web_server(lambda _url: matrix("v1.11") | {LOGIN: page(flows)}) as url:
        with pytest.raises(DeskError, match="no way to sign in that Tracker knows"):
            await sign_in_ways(url)


async def test_names_of_places_to_sign_in_are_safe_to_show() -> None:
    providers = [{"id": "a", "name": "Com\x07pany\n" + "y" * 500}, {"id": "b"}]
    flows = [{"type": "m.login.sso", "identity_providers": providers}, {"type": "m.login.token"}]
    async with web_server(lambda _url: matrix("v1.11") | {LOGIN: page({"flows": flows})}) as url:
        ways = await sign_in_ways(url)
    assert not ways.password
    first, second = ways.providers
    assert first.name.startswith("Com pany y")
    assert len(first.name) <= 100
    assert second.name == "b"
