"""The browser's one answer: taken at one address on this computer, from nobody else, and only once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlsplit

import anyio
import httpx
import pytest

from tracker.host.errors import HostError
from tracker.host.loopback import BrowserAnswer, BrowserTooLate, browser_answer

pytestmark = pytest.mark.anyio


@pytest.fixture
async def answer() -> AsyncIterator[BrowserAnswer]:
    async with browser_answer("Thank <you>.") as one:
        yield one


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        yield client


async def test_the_browser_brings_its_answer_and_gets_a_plain_page(
    answer: BrowserAnswer, browser: httpx.AsyncClient
) -> None:
    page = await browser.get(f"{answer.url}?loginToken=abc%20d")
    assert await answer.wait(5) == "loginToken=abc%20d"
    assert page.status_code == 200
    assert "Thank &lt;you&gt;." in page.text
    assert "<script" not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


async def test_only_the_first_answer_counts(answer: BrowserAnswer, browser: httpx.AsyncClient) -> None:
    for number in range(3):
        assert (await browser.get(f"{answer.url}?n={number}")).status_code == 200
    assert await answer.wait(5) == "n=0"


async def test_every_listener_has_an_address_nobody_can_guess() -> None:
    async with browser_answer() as one, browser_answer() as other:
        paths = [urlsplit(each.url).path for each in (one, other)]
        assert len({*paths, *(urlsplit(each.url).port for each in (one, other))}) == 4
        assert all(len(path) > 30 for path in paths)
        assert one.url.startswith("http://127.0.0.1:")
        assert not [path for path in paths if path in f"{one!r} {other!r}"]


async def test_nothing_else_is_an_answer(answer: BrowserAnswer, browser: httpx.AsyncClient) -> None:
    place = urlsplit(answer.url)
    root = f"http://{place.netloc}"
    strangers = [
        browser.get(f"{root}/favicon.ico"),
        browser.get(f"{root}/?loginToken=x"),
        browser.get(f"{answer.url}x?loginToken=x"),
        browser.post(f"{answer.url}?loginToken=x"),
        browser.get(f"{answer.url}?loginToken=x", headers={"host": f"evil.example:{place.port}"}),
        browser.get(f"{answer.url}?loginToken=x", headers={"host": "127.0.0.1"}),
    ]
    assert [(await each).status_code for each in strangers] == [404] * len(strangers)
    with pytest.raises(BrowserTooLate):
        await answer.wait(0)


@pytest.mark.parametrize("sent", [b"", b"\r\n\r\n", b"\xff\xfe\r\n\r\n", b"GET /\r\n\r\n", b"G" * 40_000])
async def test_what_is_no_call_does_not_stop_it(
    answer: BrowserAnswer, browser: httpx.AsyncClient, sent: bytes
) -> None:
    port = urlsplit(answer.url).port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    if not sent:
        writer.close()
    with anyio.fail_after(5):
        with suppress(ConnectionError):  # hung up on with something of ours unread
            await reader.read()
    writer.close()
    await browser.get(f"{answer.url}?a=1")
    assert await answer.wait(5) == "a=1"


async def test_who_holds_on_without_a_word_keeps_nobody_out(
    answer: BrowserAnswer, browser: httpx.AsyncClient
) -> None:
    port = urlsplit(answer.url).port
    silent = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
    await browser.get(f"{answer.url}?a=1")
    assert await answer.wait(5) == "a=1"
    for _, writer in silent:
        writer.close()


async def test_it_waits_no_longer_than_it_is_told(answer: BrowserAnswer) -> None:
    with pytest.raises(BrowserTooLate, match="has not come back"):
        await answer.wait(0.01)


async def test_being_cancelled_closes_the_door() -> None:
    with anyio.CancelScope() as scope:
        async with browser_answer() as answer:
            url = answer.url
            scope.cancel()
            await answer.wait()
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)


async def test_a_path_can_be_one_that_a_provider_knows_beforehand(browser: httpx.AsyncClient) -> None:
    async with browser_answer(path="/signed-in") as one, browser_answer(path="/signed-in") as other:
        assert urlsplit(one.url).path == urlsplit(other.url).path == "/signed-in"
        assert one.url != other.url
        await browser.get(f"{other.url}?code=1")
        assert await other.wait(5) == "code=1"


async def test_where_there_is_no_such_address_the_next_one_serves(browser: httpx.AsyncClient) -> None:
    async with browser_answer(places=("192.0.2.1", "::1")) as one:
        assert one.url.startswith("http://[::1]:")
        assert (await browser.get(f"{one.url}?code=2")).status_code == 200
        assert await one.wait(5) == "code=2"


async def test_a_computer_that_lets_nobody_listen_says_so() -> None:
    with pytest.raises(HostError, match="does not let Tracker wait"):
        async with browser_answer(places=("192.0.2.1",)):
            pytest.fail("it listens at an address of somebody else")
