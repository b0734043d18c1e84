"""People in a chat, over real sockets: what each side does, and what its stream says."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from httpx_sse import EventSource, ServerSentEvent

from tests.frontdesk.house import Caller, House, Json

PATIENCE = 10


def path(number: str, what: str = "") -> str:
    """Give the address of something about a ticket's chat."""
    return f"/tickets/{number}/chat{what}"


def be_there(*agents: Caller, available: bool = True) -> None:
    """Let agents take chats, or no more."""
    for agent in agents:
        answer = agent.ask("PUT", "/me/chat", {"available": available})
        assert answer.status_code == 200, answer.text


def start_chat(house: House, text: str = "Hello") -> str:
    """Let Anna raise a request and start a chat on it; Tess is there. Gives the ticket's number."""
    be_there(house.tess)
    number = house.anna.raise_ticket()
    house.anna.ok(path(number), {"text": text})
    return number


def open_chat(house: House) -> str:
    """Let Anna and Tess chat; gives the ticket's number."""
    number = start_chat(house)
    house.tess.ok(path(number, "/accept"))
    return number


def say(caller: Caller, number: str, text: str, **named: Json) -> Json:
    """Write a message that must be taken; gives its event."""
    return caller.ok(path(number, "/messages"), {"text": text}, **named)["event"]


def chat_of(caller: Caller, number: str) -> Json:
    """Read how the chat stands."""
    return caller.ticket(number)["chat"]


def transcript(caller: Caller, number: str) -> list[Json]:
    """Read everything that was said, page by page."""
    said: list[Json] = []
    after: int | None = 0
    while after is not None:
        page = caller.get(path(number, "/messages"), after=after, limit=100)
        said += page["events"]
        after = page["next"]
    return said


def words(caller: Caller, number: str) -> list[str]:
    """List the texts that were said."""
    return [event["text"] for event in transcript(caller, number)]


class Listener:
    """Reads a stream in a thread; `until` waits for a message."""

    def __init__(self, response: httpx.Response) -> None:
        self._heard: queue.Queue[ServerSentEvent | None] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, args=(response,))
        self._thread.start()

    def _listen(self, response: httpx.Response) -> None:
        try:
            for message in EventSource(response).iter_sse():
                self._heard.put(message)
        except httpx.HTTPError:
            pass  # whoever listens hung up, or the desk did
        finally:
            self._heard.put(None)

    def next(self) -> ServerSentEvent:
        """Give the next message."""
        message = self._heard.get(timeout=PATIENCE)
        assert message is not None, "the stream ended"
        return message

    def until(self, kind: str, wanted: Callable[[Json], bool] = bool) -> Json:
        """Give the data of the first message of this kind that is as wished; others are passed over."""
        while True:
            message = self.next()
            if message.event == kind and wanted(message.json()):
                return message.json()

    def until_event(self, kind: str) -> Json:
        """Give the first change that is an event of this kind."""
        found = self.until("changes", lambda data: kind in [c["event"]["kind"] for c in data["changes"]])
        return next(change for change in found["changes"] if change["event"]["kind"] == kind)

    def join(self) -> None:
        """Wait for the end of the stream."""
        self._thread.join(PATIENCE)


@contextmanager
def hearing(caller: Caller, **params: str) -> Iterator[Listener]:
    """Listen to a stream, past its first message."""
    with caller.http.stream("GET", "/changes/stream", params=params) as response:
        assert response.status_code == 200
        listener = Listener(response)
        assert listener.next().event == "changes"
        try:
            yield listener
        finally:
            _hang_up(response)
            listener.join()


def _hang_up(response: httpx.Response) -> None:
    """End a stream that a thread is reading."""
    stream = response.extensions["network_stream"]
    sock = stream.get_extra_info("socket")
    sock.shutdown(2)
