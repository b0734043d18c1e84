"""HTTP to one desk: one client, answers with limits, and httpx's failures as errors of ours."""

import re
import ssl
from collections.abc import AsyncIterable, AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from typing import IO

import anyio.to_thread
import httpx

import tracker
from tracker.desks.answer import Answer, elsewhere, refusal
from tracker.desks.certificates import explain_failure, is_for_another, make_tls_context, verify_failure
from tracker.desks.network import LOOPBACK, USUAL, Network
from tracker.desks.passage import Passage
from tracker.model.errors import DeskError, DeskUnavailable, NetworkSignInRequired, UnexpectedAnswer

ANSWER_LIMIT = 16 * 1024 * 1024
"""No desk needs more bytes for one page of data; a larger answer is a fault or an attack."""

TIMEOUT = httpx.Timeout(connect=10, read=30, write=60, pool=30)


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a form: the field, the name the desk is told, an open binary file and its type."""

    field: str
    name: str
    content: IO[bytes]
    mime: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `body` goes out as it is (JSON unless `headers` say otherwise), else form and files."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | AsyncIterable[bytes] | None = None
    form: tuple[tuple[str, str], ...] = ()
    files: tuple[FilePart, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    limit: int = ANSWER_LIMIT


def tidy_url(text: str) -> str:
    """Make an address out of what a person typed: adds https, drops what follows the path.

    Raises UnexpectedAnswer with a plain sentence when it is none. Plain http is for this computer only:
    passwords would be readable on the way.
    """
    typed = text.strip()
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        url = httpx.URL(typed)
    except httpx.InvalidURL as error:
        raise UnexpectedAnswer(f"“{text.strip()[:100]}” is not a web address. Check it with IT.") from error
    bad_place = not url.host or set(url.host) & set(" %") or not 0 < (url.port or 443) < 65536
    if url.scheme not in ("http", "https") or bad_place:
        raise UnexpectedAnswer(f"“{text.strip()[:100]}” is not a web address. Check it with IT.")
    if url.scheme == "http" and url.host not in LOOPBACK:
        raise UnexpectedAnswer(
            f"The way to {url.host} is not encrypted. Use the address that begins with https."
        )
    path = url.path.rstrip("/")
    return str(url.copy_with(path=path or "/", query=None, fragment=None, userinfo=b"")).rstrip("/")


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DeskHttp:
    """The one client of an account: shared TLS context, cookies in memory, no redirects, limited answers.

    `desk` is what sentences call the desk; `network` is the way there; `patience` replaces the waiting
    times (seconds), `tls` what `network` says of certificates. Errors:
    DeskUnavailable, SignInRequired, CommandRejected, UnexpectedAnswer, each with a sentence that says
    what to do.
    """

    def __init__(
        self,
        desk: str,
        url: str,
        *,
        network: Network = USUAL,
        tls: ssl.SSLContext | None = None,
        patience: float | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.desk = desk
        self.url = httpx.URL(tidy_url(url))
        self.clock_offset = timedelta()
        self.network = network
        self._tls = tls
        self._timeout = TIMEOUT if patience is None else httpx.Timeout(patience)
        self._now = now
        self._client: httpx.AsyncClient | None = None
        self._passage: Passage | None = None

    async def ask(self, call: Call, *, accept: Collection[int] = ()) -> Answer:
        """Send and read the whole answer; statuses outside 2xx raise unless they are in `accept`."""
        async with self.stream(call, accept=accept) as response:
            return Answer(
                self.desk, response.status_code, response.headers, await self._read(response, call.limit)
            )

    @asynccontextmanager
    async def stream(self, call: Call, *, accept: Collection[int] = ()) -> AsyncIterator[httpx.Response]:
        """Send and give the answer while it arrives; for files and event streams."""
        client = await self._ready()
        request = _build(client, call)
        async with self._plain_errors():
            response = await client.send(request, stream=True)
            try:
                self._note_time(response)
                if not response.is_success and response.status_code not in accept:
                    if _leads_elsewhere(self.url, response):
                        raise NetworkSignInRequired(elsewhere(self.desk, response.headers["location"]))
                    body = await self._read(response, 64 * 1024)
                    raise refusal(Answer(self.desk, response.status_code, response.headers, body))
                yield response
            finally:
                await response.aclose()

    def forget_cookies(self) -> None:
        """Drop the session; the next call goes out as a stranger."""
        if self._client is not None:
            self._client.cookies.clear()

    def has_cookies(self) -> bool:
        """Tell whether the desk gave us a session."""
        return self._client is not None and bool(list(self._client.cookies.jar))

    async def aclose(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def _ready(self) -> httpx.AsyncClient:
        if self._client is None:
            self._passage = Passage(self.network, self._trusted)
            self._client = httpx.AsyncClient(
                base_url=self.url,
                transport=self._passage,
                timeout=self._timeout,
                follow_redirects=False,
                trust_env=False,  # the passage asks the environment, and knows what IT has set
                headers={"user-agent": f"tracker/{tracker.__version__}", "accept": "application/json"},
            )
        return self._client

    async def _trusted(self) -> ssl.SSLContext:
        if self._tls is None:
            make = partial(make_tls_context, self.network.extra_ca)
            self._tls = await anyio.to_thread.run_sync(make)
        return self._tls

    async def _read(self, response: httpx.Response, limit: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > limit:
                raise UnexpectedAnswer(
                    f"{self.desk} sent far more than was asked for (over {limit // 1024} KB). "
                    "We stopped reading. If this goes on, tell IT."
                )
            pieces.append(piece)
        return b"".join(pieces)

    @asynccontextmanager
    async def _plain_errors(self) -> AsyncIterator[None]:
        with desk_errors(self.desk):
            try:
                yield
            except httpx.ConnectError as error:
                failure = verify_failure(error)
                if failure is None:
                    raise
                port = self.url.port or 443
                by = self._passage.last_hop if self._passage is not None else None
                extra = self.network.extra_ca
                explain = partial(explain_failure, self.url.host, port, failure, by=by, extra_ca=extra)
                # Whoever quits does not wait for the end of this: it only looks.
                words = await anyio.to_thread.run_sync(explain, abandon_on_cancel=True)
                gate = is_for_another(failure)
                raise (NetworkSignInRequired(words) if gate else UnexpectedAnswer(words)) from error

    def _note_time(self, response: httpx.Response) -> None:
        try:
            said = parsedate_to_datetime(response.headers.get("date", ""))
        except ValueError:
            return
        if said.tzinfo is not None:
            self.clock_offset = said - self._now()


async def ask_once(
    desk: str,
    url: str,
    call: Call,
    *,
    network: Network,
    patience: float | None = None,
    accept: Collection[int] = (),
) -> Answer:
    """Ask a server one thing, with a connection for this alone; all else as in `DeskHttp.ask`."""
    http = DeskHttp(desk, url, network=network, patience=patience)
    try:
        return await http.ask(call, accept=accept)
    finally:
        await http.aclose()


def patience_of(timeout: str) -> float | None:
    """Read a connector's option `timeout` (seconds); None for the usual patience."""
    return float(timeout) if re.fullmatch(r"\d{1,4}(\.\d+)?", timeout) else None


def _leads_elsewhere(asked: httpx.URL, response: httpx.Response) -> bool:
    """Tell whether an answer sends us to another host, as the gate of a network does; none of ours does."""
    if not response.has_redirect_location:
        return False
    try:
        place = asked.join(response.headers["location"])
    except httpx.InvalidURL:
        return False
    return bool(place.host) and place.host != asked.host


def _build(client: httpx.AsyncClient, call: Call) -> httpx.Request:
    headers = dict(call.headers)
    if call.body is not None:
        headers.setdefault("content-type", "application/json")
    files = [(part.field, (part.name, part.content, part.mime)) for part in call.files]
    return client.build_request(
        call.method,
        call.path,
        params=call.query or None,
        content=call.body,
        data=dict(call.form) or None,
        files=files or None,
        headers=headers,
    )


@contextmanager
def desk_errors(desk: str) -> Iterator[None]:
    """Translate httpx's failures into what the caller should do next."""
    try:
        yield
    except DeskError:
        raise
    except httpx.TimeoutException as error:
        raise DeskUnavailable(f"{desk} does not answer. We keep trying.") from error
    except httpx.UnsupportedProtocol as error:
        raise UnexpectedAnswer(
            f"The address of {desk} is not a web address. Check it in the settings."
        ) from error
    except httpx.RemoteProtocolError as error:
        raise DeskUnavailable(f"{desk} broke off in the middle of an answer. We keep trying.") from error
    except httpx.TransportError as error:
        raise DeskUnavailable(f"{desk} cannot be reached. We keep trying.") from error
    except (httpx.DecodingError, httpx.StreamError) as error:
        raise UnexpectedAnswer(
            f"{desk} sent an answer that cannot be read. If this goes on, tell IT."
        ) from error
