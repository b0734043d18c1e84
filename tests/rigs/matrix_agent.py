"""An agent with a Matrix client that has nothing of ours: plain HTTP, as any other client speaks."""

from __future__ import annotations

import json
import random
import ssl
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import ADMIN, DMITRI, Person
from tracker.model.ticket import TicketId

_V3 = "/_matrix/client/v3"


class MatrixAgent:
    """One agent's hands; `ticket` is found by the name of its room. Each act raises when it was not done."""

    def __init__(self, rig: SynapseRig, person: Person, requester: str) -> None:
        self.name = person.real_name
        self.id = person.id
        self._requester = requester
        self._http = _client(rig, person)
        self._admin = _client(rig, ADMIN)
        self._rooms: dict[TicketId, str] = {}

    def close(self) -> None:
        """Hang up."""
        self._http.close()
        self._admin.close()

    def make_room(self, **body: Any) -> str:
        """Make a room; gives its id."""
        made: str = self.call("POST", f"{_V3}/createRoom", body)["room_id"]
        return made

    def room(self, ticket: TicketId) -> str:
        """Give the id of the room of a ticket."""
        if ticket not in self._rooms:
            found = self._find(ticket)
            assert found is not None, f"no room for {ticket}"
            self._rooms[ticket] = found
        return self._rooms[ticket]

    def rooms(self, ticket: TicketId) -> list[str]:
        """List every room of a ticket that there is at the server."""
        query = {"search_term": ticket, "limit": "100"}
        told = _answer(self._admin.get("/_synapse/admin/v1/rooms", params=query))
        return [room["room_id"] for room in told["rooms"] if f"#{ticket}" in (room["name"] or "")]

    async def available(self, *, yes: bool) -> None:
        """Say that one is there, or away."""
        path = f"{_V3}/presence/{quote(self.id)}/status"
        self.call("PUT", path, {"presence": "online" if yes else "offline"})

    async def join(self, ticket: TicketId) -> None:
        """Go into the room."""
        self.call("POST", f"{_V3}/join/{quote(self.room(ticket))}", {})

    async def leave(self, ticket: TicketId) -> None:
        """Ask a colleague in, and go."""
        self.post(ticket, "invite", {"user_id": DMITRI.id})
        self.post(ticket, "leave", {})

    async def end(self, ticket: TicketId) -> None:
        """Go, with nobody else asked in."""
        self.post(ticket, "leave", {})

    async def say(self, ticket: TicketId, text: str, files: Mapping[str, bytes] | None = None) -> None:
        """Write; each file is a message of its own, the words come after."""
        for name, content in (files or {}).items():
            query = {"filename": name}
            up = self._http.post("/_matrix/media/v3/upload", params=query, content=content)
            url = _answer(up)["content_uri"]
            self.send(ticket, {"msgtype": "m.file", "body": name, "url": url, "info": {"size": len(content)}})
        if text:
            self.send(ticket, {"msgtype": "m.text", "body": text})

    async def edit(self, ticket: TicketId, old: str, new: str) -> None:
        """Change an own message."""
        content = {"msgtype": "m.text", "body": new}
        relation = {"rel_type": "m.replace", "event_id": self._event(ticket, old)}
        self.send(
            ticket,
            {"msgtype": "m.text", "body": f"* {new}", "m.new_content": content, "m.relates_to": relation},
        )

    async def remove(self, ticket: TicketId, text: str) -> None:
        """Take an own message back."""
        path = f"{_V3}/rooms/{quote(self.room(ticket))}/redact/{quote(self._event(ticket, text))}"
        self.call("PUT", f"{path}/{uuid.uuid4()}", {})

    async def typing(self, ticket: TicketId, *, on: bool) -> None:
        """Begin or stop writing."""
        path = f"{_V3}/rooms/{quote(self.room(ticket))}/typing/{quote(self.id)}"
        self.call("PUT", path, {"typing": on, "timeout": 30_000})

    async def read(self, ticket: TicketId, text: str) -> None:
        """Read up to this message."""
        self.post(ticket, f"receipt/m.read/{quote(self._event(ticket, text))}", {})

    async def messages(self, ticket: TicketId) -> list[str]:
        """Give the text of every message as the server stores it, oldest first; whoever is in the room."""
        room = self._find(ticket)
        return [] if room is None else [text for text, _ in self._said(room)]

    async def sees_typing(self, ticket: TicketId) -> bool:
        """Tell whether the requester is writing now."""
        typing = self._ephemeral(ticket, "m.typing")
        return any(self._requester in content["user_ids"] for content in typing)

    async def sees_read(self, ticket: TicketId) -> str | None:
        """Give the text of the message up to which the requester has read."""
        texts = {event: text for text, event in self._said(self.room(ticket))}
        for content in self._ephemeral(ticket, "m.receipt"):
            for event, kinds in content.items():
                if self._requester in kinds.get("m.read", {}):
                    return texts.get(event)
        return None

    def send(self, ticket: TicketId, content: Mapping[str, Any], kind: str = "m.room.message") -> str:
        """Send any event; gives its id."""
        path = f"{_V3}/rooms/{quote(self.room(ticket))}/send/{quote(kind)}/{uuid.uuid4()}"
        made: str = self.call("PUT", path, content)["event_id"]
        return made

    def post(self, ticket: TicketId, what: str, body: Mapping[str, Any]) -> Any:
        """Do something in the room."""
        return self.call("POST", f"{_V3}/rooms/{quote(self.room(ticket))}/{what}", body)

    def call(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        """Ask the server for anything."""
        return _answer(self._http.request(method, path, json=body))

    def _find(self, ticket: TicketId) -> str | None:
        found = self.rooms(ticket)
        return found[0] if found else None

    def _said(self, room: str) -> list[tuple[str, str]]:
        """List text and event of every message, oldest first."""
        path = f"/_synapse/admin/v1/rooms/{quote(room)}/messages"
        query = {"dir": "b", "limit": "2000"}
        chunk = _answer(self._admin.get(path, params=query))["chunk"]
        return [
            (event["content"]["body"], event["event_id"])
            for event in reversed(chunk)
            if event["type"] == "m.room.message"
            and "body" in event["content"]
            and event["content"].get("m.relates_to", {}).get("rel_type") != "m.replace"
        ]

    def _event(self, ticket: TicketId, text: str) -> str:
        (found,) = (event for said, event in self._said(self.room(ticket)) if said == text)
        return found

    def _ephemeral(self, ticket: TicketId, kind: str) -> list[dict[str, Any]]:
        # Synapse repeats its answer to a first sync for two minutes, where it is asked in the same words.
        fresh = json.dumps({"room": {"timeline": {"limit": random.randint(1, 100_000)}}})  # noqa: S311
        told = _answer(self._http.get(f"{_V3}/sync", params={"timeout": "0", "filter": fresh}))
        room = told["rooms"]["join"][self.room(ticket)]
        return [event["content"] for event in room["ephemeral"]["events"] if event["type"] == kind]


def _client(rig: SynapseRig, person: Person) -> httpx.Client:
    headers = {"authorization": f"Bearer {rig.token(person)}"}
    # Loading the system's certificates takes longer than most tests; nothing here is encrypted.
    no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.Client(base_url=rig.url, headers=headers, timeout=60, trust_env=False, verify=no_tls)


def _answer(answer: httpx.Response) -> Any:
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.text}"
    return answer.json()
