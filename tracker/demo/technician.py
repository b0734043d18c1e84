"""A scripted technician: moves requests along over the desk's own API, as a person at the desk would."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self

import httpx

if TYPE_CHECKING:
    from types import TracebackType

_log = logging.getLogger(__name__)


Ask = Callable[[str, str, Mapping[str, object] | None], dict[str, object]]


class Technician:
    """Somebody signed in at the desk at `url`; acts raise `httpx.HTTPStatusError` when it refuses."""

    def __init__(self, url: str, login: str, password: str) -> None:
        # Loopback alone: no proxy of the environment may stand between.
        self._http = httpx.Client(base_url=f"{url}/api/v1", trust_env=False, timeout=30)
        session = self._ask("POST", "/session", {"user": login, "password": password})
        self._http.headers["authorization"] = f"Bearer {session['token']}"
        user = session["user"]
        self._id = str(user["id"]) if isinstance(user, Mapping) else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._http.close()

    def tickets(self) -> dict[str, str]:
        """Give every request at the desk, newest first: its number and its state."""
        page = self._ask("GET", "/tickets?scope=desk&limit=200")
        items = page["items"]
        found = (
            [item["ticket"] for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
        )
        return {str(ticket["number"]): str(ticket["state"]) for ticket in found}

    def events(self, ticket: str) -> tuple[tuple[str, str], ...]:
        """Give kind and text of everything on a request, oldest first."""
        answer = self._ask("GET", f"/tickets/{ticket}?events=1")
        events = answer["events"]
        told = [event for event in events if isinstance(event, Mapping)] if isinstance(events, list) else []
        return tuple((str(event["kind"]), str(event["text"])) for event in told)

    def take(self, ticket: str) -> None:
        """Take it."""
        self._act(ticket, "assign", agent=self._id)

    def start(self, ticket: str) -> None:
        """Begin work."""
        self._act(ticket, "start")

    def ask(self, ticket: str, question: str) -> None:
        """Ask the requester, and wait for the answer."""
        self._act(ticket, "ask", text=question)

    def promise(self, ticket: str, within: timedelta) -> None:
        """Promise to write again within that time."""
        self._act(ticket, "promises", kind="next_update", latest=_later(within))

    def book_visit(self, ticket: str, place: str) -> None:
        """Book a visit that begins in half an hour and takes two hours at most."""
        starts = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=30)
        ends = starts + timedelta(hours=2)
        self._act(ticket, "visit", starts=starts.isoformat(), ends=ends.isoformat(), place=place)

    def set_off(self, ticket: str) -> None:
        """Be on the way, there in 15 to 25 minutes."""
        earliest, latest = _later(timedelta(minutes=15)), _later(timedelta(minutes=25))
        self._act(ticket, "visit/on-the-way", eta_earliest=earliest, eta_latest=latest)

    def arrive(self, ticket: str) -> None:
        """Be there."""
        self._act(ticket, "visit/arrived")

    def finish(self, ticket: str, text: str) -> None:
        """End the visit and say what was done."""
        self._act(ticket, "visit/finish", outcome="done", text=text)

    def resolve(self, ticket: str, text: str) -> None:
        """Say what was done and call it fixed."""
        self._act(ticket, "resolve", text=text)

    @property
    def chats(self) -> TechnicianChats:
        """What they do in chats."""
        return TechnicianChats(self._ask)

    def _act(self, ticket: str, act: str, **body: str) -> None:
        self._ask("POST", f"/agent/tickets/{ticket}/{act}", body)

    def _ask(self, method: str, path: str, body: Mapping[str, object] | None = None) -> dict[str, object]:
        answer = self._http.request(method, path, json=body)
        answer.raise_for_status()
        found: dict[str, object] = answer.json()
        return found


class TechnicianChats:
    """What somebody at the desk does in chats; `ask` asks the desk."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def take(self) -> None:
        """Be there for chats; said again within a minute, or people are told that nobody is."""
        self._ask("PUT", "/me/chat", {"available": True})

    def waiting(self) -> tuple[str, ...]:
        """List the requests whose people wait in the chat, next first."""
        return self._in_chat("queued")

    def going_on(self) -> tuple[str, ...]:
        """List the requests with a chat that somebody has joined."""
        return self._in_chat("open")

    def join(self, ticket: str) -> None:
        """Join a chat that waits."""
        self._ask("POST", f"/tickets/{ticket}/chat/accept", {})

    def say(self, ticket: str, text: str) -> None:
        """Write in the chat."""
        self._ask("POST", f"/tickets/{ticket}/chat/messages", {"text": text, "attachments": []})

    def end(self, ticket: str) -> None:
        """End the chat."""
        self._ask("POST", f"/tickets/{ticket}/chat/end", {})

    def said(self, ticket: str) -> tuple[tuple[str, str], ...]:
        """Give who (agent or requester) wrote what in the chat, oldest first."""
        events = self._ask("GET", f"/tickets/{ticket}/chat/messages", None)["events"]
        told = [event for event in events if isinstance(event, Mapping)] if isinstance(events, list) else []
        return tuple(
            (str(event["actor"]["kind"]), str(event["text"]))
            for event in told
            if event["kind"] == "chat_message"
        )

    def _in_chat(self, state: str) -> tuple[str, ...]:
        chats = self._ask("GET", "/chats?scope=desk", None)["chats"]
        found = [each for each in chats if isinstance(each, Mapping)] if isinstance(chats, list) else []
        return tuple(str(each["ticket"]) for each in found if each["chat"]["state"] == state)


def _later(than_now: timedelta) -> str:
    return (datetime.now(UTC) + than_now).isoformat()
