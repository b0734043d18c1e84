"""A small company for tests: a desk served on loopback and the people who talk to it."""

import ssl
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.rigs.quick_passwords import quick_passwords
from tracker.frontdesk.administration import add_user
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.requests import SignIn
from tracker.frontdesk.signing_in import sign_in

PASSWORD = "correct horse battery"
STAFF = (
    ("anna", "Anna Keller", "requester"),
    ("ben", "Ben Ortiz", "requester"),
    ("tess", "Tess Okafor", "agent"),
    ("ravi", "Ravi Menon", "agent"),
)

Json = Any


@dataclass(frozen=True, slots=True)
class Template:
    """A desk's folder with everybody in it, and a token for each by login."""

    folder: Path
    tokens: dict[str, str]


def found_desk(folder: Path) -> Template:
    """Make a desk with its people, each signed in once."""
    with quick_passwords(), Desk(folder) as desk:
        for login, name, role in STAFF:
            email = f"{login}@company.example"
            assert role in ("requester", "agent")
            add_user(
                desk,
                login,
                name=name,
                email=email,
                role="agent" if role == "agent" else "requester",
                password=PASSWORD,
            )
        tokens = {
            login: sign_in(desk, SignIn(user=login, password=PASSWORD), address="").token
            for login, _, _ in STAFF
        }
    return Template(folder, tokens)


def new_key() -> str:
    """Make an Idempotency-Key."""
    return str(uuid.uuid4())


class Caller:
    """Somebody who talks to the desk; `ok` insists on success, `ask` takes what comes."""

    def __init__(self, url: str, token: str | None = None, *, trust: ssl.SSLContext | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        trust = trust or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and so is made at once
        self.http = httpx.Client(
            base_url=f"{url}/api/v1", headers=headers, trust_env=False, timeout=30, verify=trust
        )

    def close(self) -> None:
        """Hang up."""
        self.http.close()

    def ask(self, method: str, path: str, body: Json = None, **named: Any) -> httpx.Response:
        """Make a call; a POST gets a new key unless `headers` says otherwise."""
        headers = {"Idempotency-Key": new_key()} if method == "POST" else {}
        headers.update(named.pop("headers", {}))
        content = {"json": body} if body is not None else {}
        return self.http.request(method, path, headers=headers, **content, **named)

    def get(self, path: str, **params: str | int) -> Json:
        """Read something that must be there."""
        answer = self.ask("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ok(self, path: str, body: Json = None, **named: Any) -> Json:
        """Do something that must succeed."""
        answer = self.ask("POST", path, {} if body is None else body, **named)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def no(self, path: str, body: Json = None, **named: Any) -> tuple[int, str, str]:
        """Do something that must be refused; gives status, code and sentence."""
        answer = self.ask("POST", path, {} if body is None else body, **named)
        refusal = answer.json()
        assert answer.status_code >= 400, answer.text
        assert set(refusal) == {"error", "message"}
        assert refusal["message"].endswith((".", "?"))
        return answer.status_code, refusal["error"], refusal["message"]

    def raise_ticket(self, subject: str = "VPN drops", **more: Json) -> str:
        """Raise a request and give its number."""
        body = {"service": "other", "subject": subject, "text": "Every few minutes.", **more}
        number = self.ok("/tickets", body)["ticket"]["number"]
        assert isinstance(number, str)
        return number

    def upload(self, name: str = "plan.txt", content: bytes = b"a plan", **named: Any) -> Json:
        """Send a file that must be taken."""
        answer = self.ask("POST", "/attachments", params={"filename": name}, content=content, **named)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def ticket(self, number: str) -> Json:
        """Read a ticket."""
        return self.get(f"/tickets/{number}")["ticket"]

    def kinds(self, number: str) -> list[str]:
        """List the kinds of a ticket's events in order."""
        return [event["kind"] for event in self.events(number)]

    def events(self, number: str) -> list[Json]:
        """Read a ticket's events."""
        events = self.get(f"/tickets/{number}", events=1)["events"]
        assert isinstance(events, list)
        return events


class House:
    """A served desk and its people."""

    def __init__(self, url: str, template: Template) -> None:
        self.url = url
        self.tokens = template.tokens
        self.anna, self.ben, self.tess, self.ravi = (
            Caller(url, template.tokens[login]) for login, _, _ in STAFF
        )
        self.stranger = Caller(url)

    def close(self) -> None:
        """Everybody hangs up."""
        for caller in (self.anna, self.ben, self.tess, self.ravi, self.stranger):
            caller.close()

    def agent_id(self, login: str) -> str:
        """Give an agent's id."""
        people = self.tess.get("/agent/people")["people"]
        return str(next(user["id"] for user in people if user["login"] == login))
