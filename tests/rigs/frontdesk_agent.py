"""A technician at the front desk: every act over the API, checked."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import httpx

from tests.rigs.frontdesk_chats import AgentChats

Json = dict[str, object]


class Refused(AssertionError):
    """The desk did not do what the technician asked."""


class Agent:
    """Somebody signed in at the desk at `url`. `ticket` is a number ("REQ-1001"); times are aware.

    Acts return the desk's answer: {"ticket": …, "event": …} (docs/frontdesk-api.md).
    """

    def __init__(self, url: str, login: str, password: str) -> None:
        self._http = httpx.Client(base_url=f"{url}/api/v1", trust_env=False, timeout=30)
        session = self._ask("POST", "/session", {"user": login, "password": password})
        self.token = str(session["token"])
        self._http.headers["authorization"] = f"Bearer {self.token}"
        self.user: Json = session["user"]  # type: ignore[assignment]
        self.name = str(self.user["name"])

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def assign(self, ticket: str, *, reason: str | None = None, team: str | None = None) -> Json:
        """Take the ticket."""
        body: Json = {"agent": self.user["id"], "reason": reason, "team": team}
        return self.act(ticket, "assign", **{key: value for key, value in body.items() if value})

    def start(self, ticket: str) -> Json:
        """Begin work, or go on after a wait."""
        return self.act(ticket, "start")

    def reply(self, ticket: str, text: str, files: Mapping[str, bytes] | None = None) -> Json:
        """Write to the requester."""
        return self.act(ticket, "reply", text=text, attachments=self._upload(files))

    def note(self, ticket: str, text: str) -> Json:
        """Write what only agents see."""
        return self.act(ticket, "note", text=text)

    def ask(self, ticket: str, text: str) -> Json:
        """Ask the requester and wait."""
        return self.act(ticket, "ask", text=text)

    def status(self, ticket: str, state: str, reason: str | None = None) -> Json:
        """Move by hand."""
        return self.act(ticket, "status", state=state, **({"reason": reason} if reason else {}))

    def set_waiting(
        self,
        ticket: str,
        state: str = "waiting_for_supplier",
        *,
        reason: str | None = None,
        until: datetime | None = None,
        who: str | None = None,
        meanwhile: str | None = None,
    ) -> Json:
        """Wait for somebody: until when, who can end it, what the requester can do meanwhile."""
        said: Json = {"reason": reason, "until": until and _wire(until), "who": who, "meanwhile": meanwhile}
        return self.act(ticket, "status", state=state, **{key: value for key, value in said.items() if value})

    def promise(self, ticket: str, latest: datetime, *, kind: str = "fix") -> Json:
        """Promise something by a time."""
        return self.act(ticket, "promises", kind=kind, latest=_wire(latest))

    def move_promise(self, ticket: str, promise: str, latest: datetime, reason: str) -> Json:
        """Put another time in place of a promise's."""
        return self.act(ticket, f"promises/{promise}/move", latest=_wire(latest), reason=reason)

    def withdraw_promise(self, ticket: str, promise: str, reason: str) -> Json:
        """Take a promise back."""
        return self.act(ticket, f"promises/{promise}/withdraw", reason=reason)

    def heartbeat(self, ticket: str, text: str = "") -> Json:
        """Say that it is being worked on, with nothing new."""
        return self.act(ticket, "heartbeat", text=text)

    def book_visit(
        self, ticket: str, starts: datetime, ends: datetime, place: str = "Room 3.07", **more: object
    ) -> Json:
        """Book a visit; `more` may be `zone` (IANA name), `prepare` (lines) and `agent` (id)."""
        return self.act(ticket, "visit", starts=_wire(starts), ends=_wire(ends), place=place, **more)

    def move_visit(self, ticket: str, starts: datetime, ends: datetime, reason: str) -> Json:
        """Put the visit in another window."""
        return self.act(ticket, "visit/move", starts=_wire(starts), ends=_wire(ends), reason=reason)

    def cancel_visit(self, ticket: str, reason: str) -> Json:
        """Call the visit off."""
        return self.act(ticket, "visit/cancel", reason=reason)

    def fail_visit(
        self, ticket: str, text: str, *, starts: datetime | None = None, ends: datetime | None = None
    ) -> Json:
        """Say that nobody was in; with a new window, that is booked at once."""
        again: Json = {"starts": _wire(starts), "ends": _wire(ends)} if starts and ends else {}
        return self.act(ticket, "visit/finish", outcome="failed", text=text, **again)

    def slots(self, ticket: str) -> list[Json]:
        """List the windows offered for a visit: id, starts, ends, agent."""
        found = self._ask("GET", f"/tickets/{ticket}/slots")["slots"]
        assert isinstance(found, list)
        return found

    def book_call(self, ticket: str, starts: datetime, ends: datetime, reason: str | None = None) -> Json:
        """Promise to ring; a call booked before needs a reason to move."""
        why: Json = {"reason": reason} if reason else {}
        return self.act(ticket, "call/book", starts=_wire(starts), ends=_wire(ends), **why)

    def call_tried(self, ticket: str, text: str = "") -> Json:
        """Say that nobody answered."""
        return self.act(ticket, "call/tried", text=text)

    def call_done(self, ticket: str, text: str = "") -> Json:
        """Say that one has spoken."""
        return self.act(ticket, "call/done", text=text)

    def call_missed(self, ticket: str, reason: str | None = None) -> Json:
        """Own up that nobody rang."""
        return self.act(ticket, "call/missed", **({"reason": reason} if reason else {}))

    def offer_options(self, ticket: str, text: str, options: Sequence[Mapping[str, str]]) -> Json:
        """Lay out what is left to choose: each option has a kind, a label and perhaps a text."""
        return self.act(ticket, "options", text=text, options=list(options))

    def queue(self) -> list[Json]:
        """Give the agents' queue, most pressing first: ticket and flags."""
        found = self._ask("GET", "/agent/queue")["items"]
        assert isinstance(found, list)
        return found

    def on_the_way(self, ticket: str, earliest: datetime, latest: datetime) -> Json:
        """Set off, or say anew when to expect one."""
        return self.act(ticket, "visit/on-the-way", eta_earliest=_wire(earliest), eta_latest=_wire(latest))

    def arrive(self, ticket: str) -> Json:
        """Be there."""
        return self.act(ticket, "visit/arrived")

    def finish_visit(self, ticket: str, *, outcome: str = "done", text: str = "") -> Json:
        """End the visit."""
        return self.act(ticket, "visit/finish", outcome=outcome, text=text)

    def resolve(self, ticket: str, text: str) -> Json:
        """Say what was done and call it fixed."""
        return self.act(ticket, "resolve", text=text)

    def close_ticket(self, ticket: str, text: str = "") -> Json:
        """End it from the desk's side."""
        return self.act(ticket, "close", text=text)

    def merge(self, ticket: str, into: str, reason: str = "") -> Json:
        """End a ticket in favour of another."""
        return self.act(ticket, "merge", into=into, **({"reason": reason} if reason else {}))

    @property
    def chat(self) -> AgentChats:
        """What the agent does in chats."""
        return AgentChats(self._ask)

    def act(self, ticket: str, act: str, **body: object) -> Json:
        """Do anything that `/agent/tickets/{ticket}/{act}` offers."""
        return self._ask("POST", f"/agent/tickets/{ticket}/{act}", body)

    def read(self, ticket: str) -> Json:
        """Give the ticket with all its events."""
        return self._ask("GET", f"/tickets/{ticket}?events=1")

    def messages(self, ticket: str) -> list[str]:
        """Give every text on a ticket, the request's own first."""
        events = self.read(ticket)["events"]
        assert isinstance(events, list)
        return [event["text"] for event in events if event["text"]]

    def tickets(self, subject: str | None = None) -> list[str]:
        """Give the numbers of all tickets, newest first; only those with exactly this subject if given."""
        found: list[str] = []
        after = ""
        while True:
            query = f"/tickets?scope=desk&limit=200{after}"
            page = self._ask("GET", query)
            items = page["items"]
            assert isinstance(items, list)
            found += [
                item["ticket"]["number"]
                for item in items
                if subject is None or item["ticket"]["subject"] == subject
            ]
            if page["next"] is None:
                return found
            after = f"&after={page['next']}"

    def send_up(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Send files up and give their ids, for a message to name."""
        return tuple(self._upload(files))

    def _upload(self, files: Mapping[str, bytes] | None) -> list[str]:
        sent: list[str] = []
        for name, content in (files or {}).items():
            answer = self._http.post(
                "/attachments",
                params={"filename": name},
                content=content,
                headers={"idempotency-key": str(uuid.uuid4())},
            )
            _check(answer)
            sent.append(str(answer.json()["id"]))
        return sent

    def _ask(self, method: str, path: str, body: Json | None = None) -> Json:
        answer = self._http.request(method, path, json=body)
        _check(answer)
        found: Json = answer.json() if answer.content else {}
        return found


def _check(answer: httpx.Response) -> None:
    if answer.status_code not in (200, 201, 204):
        raise Refused(
            f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:300]}"
        )


def _wire(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
