"""Server-sent events of the embedded desk as decoded changes, with a limit on each message."""

from collections.abc import AsyncGenerator, AsyncIterator

import httpx
from httpx_sse import EventSource, SSEError

from tracker.desks.answer import Answer, decode
from tracker.desks.frontdesk import wire, wire_chat
from tracker.desks.http import ANSWER_LIMIT
from tracker.model.errors import UnexpectedAnswer

Told = wire.Changes | wire_chat.ChatTold | wire_chat.TypingTold
_KINDS: dict[str, type[Told]] = {
    "changes": wire.Changes,
    "chat": wire_chat.ChatTold,
    "typing": wire_chat.TypingTold,
}


async def told_changes(desk: str, response: httpx.Response) -> AsyncGenerator[Told, None]:
    """Give each message of an open stream, those of kinds known here; ends when the desk ends it.

    Raises UnexpectedAnswer when it is no event stream or a message is too long or unreadable.
    """
    bounded = _Bounded(desk, response)
    # The same answer again, with its bytes counted on the way to the event parser.
    counted = httpx.Response(response.status_code, headers=response.headers, stream=bounded)
    try:
        async for event in EventSource(counted).aiter_sse():
            bounded.count = 0
            kind = _KINDS.get(event.event)
            if kind is not None:
                yield decode(Answer(desk, 200, httpx.Headers(), event.data.encode()), kind)
    except SSEError as error:
        raise UnexpectedAnswer(
            f"{desk} did not answer with news. Check the address in the settings."
        ) from error


class _Bounded(httpx.AsyncByteStream):
    """Passes bytes on, and stops when one message never ends."""

    def __init__(self, desk: str, response: httpx.Response) -> None:
        self._desk = desk
        self._response = response
        self.count = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._response.aiter_raw():
            self.count += len(piece)
            if self.count > ANSWER_LIMIT:
                raise UnexpectedAnswer(f"{self._desk} sent far more than was asked for. We stopped reading.")
            yield piece
