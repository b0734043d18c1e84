"""HTTP to a desk: every way a network, a proxy or a server can be wrong ends in a plain sentence."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import msgspec
import pytest
import trustme

from tracker.desks.answer import Answer, decode, refusal, retry_after
from tracker.desks.http import Call, DeskHttp, tidy_url
from tracker.desks.shown_certificate import look_at
from tracker.model.errors import (
    CommandRejected,
    DeskError,
    DeskUnavailable,
    NetworkSignInRequired,
    SignInRequired,
    UnexpectedAnswer,
)

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Ticket(msgspec.Struct):
    id: int


@asynccontextmanager
async def serving(
    answer: bytes | Callable[[bytes], bytes], tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """Answer every request on a free port with the same bytes, then close."""

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A client that dislikes our certificate hangs up; that is what the test is about, not a fault here.
        with suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            request = await reader.readuntil(b"\r\n\r\n")
            writer.write(answer if isinstance(answer, bytes) else answer(request))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(meet, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def http_answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "application/json") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


async def ask(answer: bytes, call: Call | None = None, **options: object) -> Answer:
    async with serving(answer) as port:
        http = DeskHttp("The desk", f"http://127.0.0.1:{port}", now=lambda: NOW)
        try:
            return await http.ask(call or Call("GET", "/x"))
        finally:
            await http.aclose()


def an_answer(body: bytes = b"{}", status: int = 200, **headers: str) -> Answer:
    return Answer("The desk", status, httpx.Headers(headers), body)


async def test_json_is_read_into_its_type() -> None:
    assert decode(await ask(http_answer(b'{"id": 7, "more": true}')), Ticket) == Ticket(7)


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "text/html", "a web page where data was expected"),
        (b"  <html>", "application/json", "a web page where data was expected"),
        (b'{"id": 7', "application/json", "breaks off or is damaged"),
        (b"", "application/json", "breaks off or is damaged"),
        (b'{"id": "\xff"}', "application/json", "breaks off or is damaged|unknown shape"),
        (b'{"id": "seven"}', "application/json", "an unknown shape"),
        (b"[" * 100_000, "application/json", "breaks off or is damaged|unknown shape"),
    ],
    ids=["page", "page in disguise", "half", "nothing", "bytes", "types", "depth"],
)
async def test_what_is_not_the_expected_data_is_said(body: bytes, kind: str, said: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=said):
        decode(await ask(http_answer(body, kind=kind)), Ticket)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (301, UnexpectedAnswer),
        (401, SignInRequired),
        (403, CommandRejected),
        (404, UnexpectedAnswer),
        (408, DeskUnavailable),
        (422, CommandRejected),
        (429, DeskUnavailable),
        (500, DeskUnavailable),
        (503, DeskUnavailable),
    ],
)
def test_each_status_says_what_to_do_next(status: int, error: type[DeskError]) -> None:
    told = refusal(an_answer(b"<html>Traceback</html>", status))
    assert type(told) is error
    assert "Traceback" not in str(told)
    assert str(status) not in str(told)


def test_the_desks_own_sentence_is_passed_on_without_its_control_characters() -> None:
    assert str(refusal(an_answer(b'{"message": "No right\\u0007 here"}', 403))) == (
        "The desk refused: No right  here."
    )
    assert type(refusal(an_answer(b'{"message": "No such ticket."}', 404))) is CommandRejected


def test_retry_after_is_read_in_both_forms_and_never_longer_than_an_hour() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    soon = retry_after(httpx.Headers({"retry-after": later}))
    assert soon is not None
    assert 80 < soon <= 91
    assert retry_after(httpx.Headers({"retry-after": "7"})) == 7
    assert retry_after(httpx.Headers({"retry-after": "999999"})) == 3600
    assert retry_after(httpx.Headers({"retry-after": "Fri, 01 Jan 1999 00:00:00 GMT"})) == 0
    for nonsense in ("", "soon", "-3", "1e9"):
        assert retry_after(httpx.Headers({"retry-after": nonsense})) is None


async def test_a_redirect_is_named_and_not_followed() -> None:
    gone = http_answer(b"", "Location: https://elsewhere.example/x", status="302 Found")
    with pytest.raises(UnexpectedAnswer, match=r"sends us to elsewhere\.example; we did not follow"):
        await ask(gone)


async def test_an_answer_that_never_ends_is_not_read_to_its_end() -> None:
    with pytest.raises(UnexpectedAnswer, match="far more than was asked for"):
        await ask(http_answer(b"x" * 50_000), Call("GET", "/x", limit=10_000))


async def test_a_bomb_of_compressed_data_is_stopped_by_the_same_limit() -> None:
    import gzip

    bomb = gzip.compress(b"0" * 20_000_000)
    with pytest.raises(UnexpectedAnswer, match="far more than was asked for"):
        await ask(http_answer(bomb, "Content-Encoding: gzip"))


async def test_damaged_compressed_data_is_said() -> None:
    with pytest.raises(UnexpectedAnswer, match="cannot be read"):
        await ask(http_answer(b"not gzip at all", "Content-Encoding: gzip"))


async def test_an_answer_that_breaks_off_is_tried_again_later() -> None:
    with pytest.raises(DeskUnavailable, match="broke off"):
        await ask(http_answer(b'{"id": 7}').replace(b"Content-Length: 9", b"Content-Length: 900"))


async def test_what_is_no_http_at_all_is_said() -> None:
    with pytest.raises(DeskError):
        await ask(b"SSH-2.0-OpenSSH_9.2\r\n")


async def test_nobody_at_the_address_is_tried_again_later() -> None:
    async with serving(b"") as port:
        pass
    http = DeskHttp("The desk", f"http://127.0.0.1:{port}")
    with pytest.raises(DeskUnavailable, match="cannot be reached"):
        await http.ask(Call("GET", "/"))
    await http.aclose()


async def test_a_name_nobody_knows_is_tried_again_later() -> None:
    http = DeskHttp("The desk", "https://desk.invalid")
    with pytest.raises(DeskUnavailable, match="cannot be reached"):
        await http.ask(Call("GET", "/"))
    await http.aclose()


async def test_the_clock_of_the_desk_is_heard_from_its_date() -> None:
    an_hour_off = format_datetime(NOW + timedelta(hours=1), usegmt=True)
    for header, offset in ((f"Date: {an_hour_off}", timedelta(hours=1)), ("Date: yesterday", timedelta())):
        async with serving(http_answer(b"{}", header)) as port:
            http = DeskHttp("The desk", f"http://127.0.0.1:{port}", now=lambda: NOW)
            await http.ask(Call("GET", "/"))
            assert http.clock_offset == offset
            await http.aclose()


async def test_cookies_live_in_memory_and_can_be_forgotten() -> None:
    seen: list[bytes] = []

    def answer(request: bytes) -> bytes:
        seen.append(request)
        return http_answer(b"{}", "Set-Cookie: sid=secret; HttpOnly")

    async with serving(answer) as port:
        http = DeskHttp("The desk", f"http://127.0.0.1:{port}")
        for _ in range(2):
            await http.ask(Call("GET", "/"))
        assert http.has_cookies()
        http.forget_cookies()
        await http.ask(Call("GET", "/"))
        await http.aclose()
    assert [b"sid=secret" in request for request in seen] == [False, True, False]
    assert not any(b"Mozilla" in request for request in seen)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("desk.example.com", "https://desk.example.com"),
        (" https://desk.example.com/rt/ ", "https://desk.example.com/rt"),
        ("https://user:pass@desk.example.com/?q#x", "https://desk.example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
    ],
)
def test_a_typed_address_is_tidied(typed: str, address: str) -> None:
    assert tidy_url(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "https://",
        "http://desk.example.com",
        "ftp://desk",
        "https://a b",
        "http://[::1",
        "file:///etc",
    ],
)
def test_what_is_no_safe_address_is_said_plainly(typed: str) -> None:
    with pytest.raises(UnexpectedAnswer) as said:
        tidy_url(typed)
    assert str(said.value).endswith(".")


def certificate(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context


async def test_a_certificate_nobody_vouches_for_is_refused_and_its_issuer_named() -> None:
    authority = trustme.CA(organization_name="Corner Shop Authority")
    async with serving(http_answer(b"{}"), certificate(authority)) as port:
        http = DeskHttp("The desk", f"https://localhost:{port}")
        with pytest.raises(UnexpectedAnswer) as said:
            await http.ask(Call("GET", "/"))
        await http.aclose()
    assert "nothing was sent" in str(said.value)
    assert "Corner Shop Authority" in str(said.value)
    assert "Ask IT" in str(said.value)


async def test_a_certificate_for_another_name_is_refused() -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(context)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    async with serving(http_answer(b"{}"), context) as port:
        http = DeskHttp("The desk", f"https://localhost:{port}", tls=ours)
        with pytest.raises(NetworkSignInRequired, match="could not be verified") as said:
            await http.ask(Call("GET", "/"))
        await http.aclose()
    assert "belongs to other.example" in str(said.value)
    assert "open your browser" in str(said.value), "where a network wants a sign-in first, it looks like this"


async def test_a_certificate_this_computer_believes_is_taken() -> None:
    authority = trustme.CA()
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    async with serving(http_answer(b'{"id": 1}'), certificate(authority)) as port:
        http = DeskHttp("The desk", f"https://localhost:{port}", tls=ours)
        assert (await http.ask(Call("GET", "/"))).status == 200
        await http.aclose()


async def test_the_issuer_of_a_server_that_speaks_no_tls_is_not_known() -> None:
    async with serving(http_answer(b"{}")) as port:
        assert await asyncio.to_thread(look_at, "127.0.0.1", port) is None
