"""A technician who works on requests in Request Tracker, for tests that need somebody at the other end."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.rigs.rt import Person, RtRig

Json = dict[str, object]


class Refused(AssertionError):
    """Request Tracker did not do what the technician asked."""


class Technician:
    """Drives the desk over REST2 as `person`; every act is checked, since RT answers 200 to refusals too."""

    def __init__(self, rig: RtRig, person: Person) -> None:
        self.person = person
        self._http = httpx.Client(base_url=rig.url, trust_env=False, timeout=60)
        self._sign_in()
        self._ask("GET", "/rt")

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def take(self, ticket: str) -> None:
        """Become the owner; steals the ticket from whoever has it."""
        owner = self.read(ticket, "Owner")
        action = "take" if owner == "Nobody" else "steal"
        self._ask("PUT", f"/ticket/{ticket}/{action}", {})
        self._expect(ticket, "Owner", self.person.name)

    def hand_to(self, ticket: str, person: Person) -> None:
        """Make somebody else the owner."""
        self._change(ticket, "Owner", person.name)

    def status(self, ticket: str, status: str) -> None:
        """Move the ticket to another status."""
        self._change(ticket, "Status", status)

    def due(self, ticket: str, when: datetime) -> None:
        """Promise the fix by `when` (aware)."""
        self._ask("PUT", f"/ticket/{ticket}", {"Due": _sql_utc(when)})
        self._expect(ticket, "Due", when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def no_due(self, ticket: str) -> None:
        """Take the promised date back."""
        self._ask("PUT", f"/ticket/{ticket}", {"Due": "1970-01-01 00:00:00"})
        self._expect(ticket, "Due", "1970-01-01T00:00:00Z")

    def field(self, ticket: str, name: str, value: str | datetime) -> None:
        """Set a custom field; `value` may be a moment (aware).

        RT reads the moments of custom fields in the writer's own zone whatever offset they carry; the
        technicians of the rig have UTC as theirs.
        """
        text = value if isinstance(value, str) else _sql_utc(value)
        self._ask("PUT", f"/ticket/{ticket}", {"CustomFields": {name: text}})
        shown = self.fields(ticket)[name]
        wanted = value if isinstance(value, str) else value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if shown != wanted:
            raise Refused(f"{name} is {shown!r}, not {wanted!r}")

    def set_fields(self, ticket: str, values: Mapping[str, object]) -> None:
        """Set several custom fields at once."""
        texts = {name: _text_of(value) for name, value in values.items()}
        self._ask("PUT", f"/ticket/{ticket}", {"CustomFields": texts})
        if missing := values.keys() - self.fields(ticket).keys():
            raise Refused(f"{missing} are not set")

    def clear_field(self, ticket: str, name: str) -> None:
        """Empty a custom field."""
        self._ask("PUT", f"/ticket/{ticket}", {"CustomFields": {name: None}})
        if name in self.fields(ticket):
            raise Refused(f"{name} is still set")

    def priority(self, ticket: str, number: int) -> None:
        """Set how urgent it is, 0 to 100."""
        self._change(ticket, "Priority", str(number))

    def subject(self, ticket: str, text: str) -> None:
        """Rename the ticket."""
        self._change(ticket, "Subject", text)

    def move(self, ticket: str, queue: str) -> None:
        """Move the ticket to another queue."""
        self._ask("PUT", f"/ticket/{ticket}", {"Queue": queue})

    def merge(self, ticket: str, survivor: str) -> None:
        """Merge `ticket` into `survivor`."""
        self._ask("PUT", f"/ticket/{ticket}", {"MergeInto": survivor})

    def reply(
        self,
        ticket: str,
        text: str,
        *,
        html: bool = False,
        files: Mapping[str, bytes] | None = None,
        status: str = "",
    ) -> str:
        """Write to the requester; gives the transaction's id."""
        return self._message(ticket, "correspond", text, html=html, files=files or {}, status=status)

    def comment(self, ticket: str, text: str) -> str:
        """Write a note the requester must not see; gives the transaction's id."""
        return self._message(ticket, "comment", text, html=False, files={}, status="")

    def attach(
        self, ticket: str, name: str, content: bytes, *, media_type: str = "application/octet-stream"
    ) -> str:
        """Send a file with one line of text; gives the transaction's id."""
        part = {"FileName": name, "FileType": media_type, "FileContent": base64.b64encode(content).decode()}
        body: Json = {"Content": "See the file.", "ContentType": "text/plain", "Attachments": [part]}
        return self._posted(f"/ticket/{ticket}/correspond", body)

    def read(self, ticket: str, name: str) -> str:
        """Give one plain field of the ticket; of a person, the login name."""
        value = self._ticket(ticket)[name]
        return str(value["id"]) if isinstance(value, dict) else str(value)

    def fields(self, ticket: str) -> dict[str, str]:
        """Give the custom fields that have a value."""
        found: dict[str, str] = {}
        listed = self._ticket(ticket)["CustomFields"]
        assert isinstance(listed, list)
        for field in listed:
            if field["values"]:
                found[field["name"]] = field["values"][0]
        return found

    def messages(self, ticket: str) -> list[str]:
        """Give the text of every public message on the ticket, oldest first."""
        texts: list[str] = []
        history = self._ask("GET", f"/ticket/{ticket}/history?per_page=100&fields=Type").json()["items"]
        for item in history:
            if item["Type"] in ("Create", "Correspond"):
                parts = self._ask(
                    "GET", f"/transaction/{item['id']}/attachments?fields=Content,Filename"
                ).json()
                texts += [
                    part["Content"]
                    for part in parts["items"]
                    if part.get("Content") and not part.get("Filename")
                ]
        return texts

    def tickets(self, requester: Person, subject: str = "") -> list[str]:
        """Give the ids of somebody's tickets, oldest first; with exactly this subject, if one is given."""
        query = {"query": f"Requestor.Name = '{requester.name}'", "fields": "Subject", "per_page": "100"}
        answer = self._ask("GET", f"/tickets?{urlencode({**query, 'orderby': 'id'})}")
        return [str(item["id"]) for item in answer.json()["items"] if subject in ("", item["Subject"])]

    def create(self, queue: str, subject: str, **more: object) -> str:
        """Make a ticket, for example for a requester; gives its id."""
        return self._posted("/ticket", {"Queue": queue, "Subject": subject, **more})

    def employ(self, person: Person, *, time_zone: str = "") -> None:
        """Make an account for an unprivileged employee (needs the administrator)."""
        body: Json = {"Name": person.name, "RealName": person.real_name, "EmailAddress": person.email}
        body |= {"Password": person.password, "Privileged": 0, "Timezone": time_zone}
        self._posted("/user", body)

    def change_user(self, name: str, **fields: str) -> None:
        """Change an account (needs the administrator)."""
        self._ask("PUT", f"/user/{name}", dict(fields))

    def article(self, name: str, summary: str, body: str) -> str:
        """Write an article for employees; gives its id (needs the administrator)."""
        text: Json = {"Body": body}
        return self._posted(
            "/article", {"Name": name, "Summary": summary, "Class": "Help", "CustomFields": text}
        )

    def _message(
        self, ticket: str, kind: str, text: str, *, html: bool, files: Mapping[str, bytes], status: str
    ) -> str:
        body: Json = {"Content": text, "ContentType": "text/html" if html else "text/plain"}
        if files:
            body["Attachments"] = [
                {
                    "FileName": name,
                    "FileType": "application/octet-stream",
                    "FileContent": base64.b64encode(data).decode(),
                }
                for name, data in files.items()
            ]
        if status:
            body["Status"] = status
        return self._posted(f"/ticket/{ticket}/{kind}", body)

    def _posted(self, path: str, body: Json) -> str:
        answer = self._ask("POST", path, body)
        return answer.headers["location"].rsplit("/", 1)[-1]

    def _change(self, ticket: str, name: str, value: str) -> None:
        self._ask("PUT", f"/ticket/{ticket}", {name: value})
        self._expect(ticket, name, value)

    def _expect(self, ticket: str, name: str, value: str) -> None:
        if (shown := self.read(ticket, name)) != value:
            raise Refused(f"{name} of ticket {ticket} is {shown!r}, not {value!r}")

    def _ticket(self, ticket: str) -> Json:
        found: Json = self._ask("GET", f"/ticket/{ticket}").json()
        return found

    def _ask(self, method: str, path: str, body: Json | None = None) -> httpx.Response:
        answer = self._http.request(method, f"/REST/2.0{path}", json=body)
        if answer.status_code == 302:  # a test has ended every session
            self._sign_in()
            answer = self._http.request(method, f"/REST/2.0{path}", json=body)
        if answer.status_code not in (200, 201):
            raise Refused(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer

    def _sign_in(self) -> None:
        self._http.cookies.clear()
        self._http.post("/NoAuth/Login.html", data={"user": self.person.name, "pass": self.person.password})


def _sql_utc(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _text_of(value: object) -> str:
    return _sql_utc(value) if isinstance(value, datetime) else str(value)
