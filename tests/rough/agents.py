"""Agents who chat over plain HTTP, with nothing of ours: at the embedded desk, and at a Matrix server."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from typing import cast
from urllib.parse import quote

import httpx

from tests.rigs.frontdesk import TESS as DESK_TESS
from tests.rigs.frontdesk import Account
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import JANE, TESS
from tests.rough.people import Line

Json = dict[str, object]

_PATIENCE = 60.0
_AGAIN = 0.2
_V3 = "/_matrix/client/v3"


class Stubborn:
    """Asks until the server answers: it may be killed and started again at any moment."""

    def __init__(self, url: str) -> None:
        self._http = httpx.Client(base_url=url, trust_env=False, timeout=20)

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def let_in(self, token: object) -> None:
        """Speak with this token from now on."""
        self._http.headers["authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: Json | None = None, key: str = "") -> httpx.Response:
        """Ask, again and again while nobody answers or the server asks to wait; `key` makes that harmless."""
        deadline = time.monotonic() + _PATIENCE
        headers = {"idempotency-key": key} if key else {}
        while True:
            try:
                answer = self._http.request(method, path, json=body, headers=headers)
            except httpx.TransportError:
                if time.monotonic() > deadline:
                    raise
            else:
                if answer.status_code not in (429, 500, 502, 503):
                    return answer
                assert time.monotonic() < deadline, answer.text
            time.sleep(_AGAIN)


class DeskAgent:
    """An agent at the embedded desk in the chat on one ticket."""

    def __init__(self, url: str, ticket: str, account: Account = DESK_TESS) -> None:
        self._ticket = ticket
        self._desk = Stubborn(f"{url}/api/v1")
        self._desk.let_in(_signed_in(self._desk, account))
        self.be_there()

    def close(self) -> None:
        """Hang up."""
        self._desk.close()

    def be_there(self) -> None:
        """Take chats; it lapses without being said again."""
        _json(self._desk.ask("PUT", "/me/chat", {"available": True}))

    def accept(self) -> None:
        """Join the chat."""
        _json(self._desk.ask("POST", f"/tickets/{self._ticket}/chat/accept", {}, key=str(uuid.uuid4())))

    def say(self, text: str) -> None:
        """Write a message."""
        self.be_there()
        path = f"/tickets/{self._ticket}/chat/messages"
        _json(self._desk.ask("POST", path, {"text": text, "attachments": []}, key=str(uuid.uuid4())))

    def end(self) -> None:
        """End the chat."""
        _json(self._desk.ask("POST", f"/tickets/{self._ticket}/chat/end", {}, key=str(uuid.uuid4())))

    def transcript(self) -> list[Line]:
        """Give the conversation as the desk tells it."""
        lines: list[Line] = []
        after: object = 0
        while after is not None:
            page = _json(self._desk.ask("GET", f"/tickets/{self._ticket}/chat/messages?after={after}"))
            for event in cast("list[Json]", page["events"]):
                actor = cast("Json", event["actor"])
                lines.append(Line(actor["kind"] == "requester", str(event["text"])))
            after = page["next"]
        return lines


class RoomAgent:
    """An agent with another Matrix client in one room."""

    def __init__(self, rig: SynapseRig, room: str) -> None:
        self._room = f"{_V3}/rooms/{quote(room)}"
        self._server = Stubborn(rig.url)
        self._server.let_in(rig.token(TESS))
        self._employee = JANE.id

    def close(self) -> None:
        """Hang up."""
        self._server.close()

    def join(self) -> None:
        """Go into the room."""
        _json(self._server.ask("POST", f"{self._room}/join", {}))

    def say(self, text: str) -> None:
        """Write a message."""
        body: Json = {"msgtype": "m.text", "body": text}
        _json(self._server.ask("PUT", f"{self._room}/send/m.room.message/{uuid.uuid4()}", body))

    def transcript(self) -> list[Line]:
        """Give the conversation as the server tells it, oldest first."""
        lines: list[Line] = []
        start = ""
        while True:
            page = _json(self._server.ask("GET", f"{self._room}/messages?dir=f&limit=500{start}"))
            for event in cast("list[Json]", page["chunk"]):
                content = cast("Mapping[str, object]", event["content"])
                if event["type"] == "m.room.message":
                    lines.append(Line(event["sender"] == self._employee, str(content["body"])))
            if "end" not in page:
                return lines
            start = f"&from={page['end']}"


def written_on(url: str, ticket: str, account: Account = DESK_TESS) -> list[str]:
    """Give every line that was written on a ticket of the embedded desk."""
    desk = Stubborn(f"{url}/api/v1")
    try:
        desk.let_in(_signed_in(desk, account))
        events = cast("list[Json]", _json(desk.ask("GET", f"/tickets/{ticket}?events=1"))["events"])
    finally:
        desk.close()
    return [line for event in events for line in str(event["text"]).splitlines()]


def _signed_in(desk: Stubborn, account: Account) -> object:
    """Give a token."""
    return _json(desk.ask("POST", "/session", {"user": account.login, "password": account.password}))["token"]


def _json(answer: httpx.Response) -> Json:
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.text[:300]}"
    return cast("Json", answer.json()) if answer.content else {}
