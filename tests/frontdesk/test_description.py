"""The API's own description is complete, and every answer is as it says."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from jsonschema import Draft202012Validator

from tests.frontdesk import house as house_module
from tests.frontdesk.chats import be_there
from tests.frontdesk.house import Caller, House, Json, new_key
from tests.frontdesk.test_journey import hours_ahead
from tracker.frontdesk.refusals import STATUS
from tracker.frontdesk.web.application import all_routes
from tracker.model.event import EventKind

PAGE = Path(__file__).parents[2] / "docs" / "frontdesk-api.md"


class CheckingCaller(Caller):
    """A caller that holds every answer against the description, and notes which calls were made."""

    def __init__(
        self, url: str, token: str | None, description: Json, seen: set[tuple[str, str, int]]
    ) -> None:
        super().__init__(url, token)
        self._description = description
        self._seen = seen

    def ask(self, method: str, path: str, body: Json = None, **named: object) -> httpx.Response:
        answer = super().ask(method, path, body, **named)
        template, call = self._find(method, "/api/v1" + path.partition("?")[0])
        described = call["responses"][str(answer.status_code)]
        self._seen.add((method, template, answer.status_code))
        schema = described.get("content", {}).get("application/json", {}).get("schema")
        if schema is not None:
            whole = {**schema, "components": self._description["components"]}
            Draft202012Validator(_strict(whole)).validate(answer.json())
        return answer

    def _find(self, method: str, path: str) -> tuple[str, Json]:
        for template, calls in sorted(self._description["paths"].items()):
            pattern = re.sub(r"{\w+}", "[^/]+", template)
            if re.fullmatch(pattern, path) and method.lower() in calls:
                return template, calls[method.lower()]
        raise AssertionError(f"{method} {path} is not described")


def _strict(schema: Json) -> Json:
    """Refuse keys that the description does not name."""
    if isinstance(schema, dict):
        stricter = {key: _strict(value) for key, value in schema.items()}
        if schema.get("type") == "object" and "properties" in schema:
            stricter["additionalProperties"] = False
        return stricter
    return [_strict(part) for part in schema] if isinstance(schema, list) else schema


@pytest.fixture
def seen() -> set[tuple[str, str, int]]:
    return set()


@pytest.fixture
def checked(house: House, seen: set[tuple[str, str, int]]) -> Iterator[House]:
    """Give the house with callers that check each answer."""
    description = house.stranger.http.get("/openapi.json").json()
    plain = (house.anna, house.ben, house.tess, house.ravi, house.stranger)
    house.anna, house.ben, house.tess, house.ravi = (
        CheckingCaller(house.url, house.tokens[login], description, seen)
        for login in ("anna", "ben", "tess", "ravi")
    )
    house.stranger = CheckingCaller(house.url, None, description, seen)
    yield house
    for caller in plain:
        caller.close()


def test_the_description_is_valid_and_every_reference_leads_somewhere(house: House) -> None:
    text = house.stranger.http.get("/openapi.json").text
    document = json.loads(text)
    assert document["openapi"] == "3.1.0"
    names = set(document["components"]["schemas"])
    assert set(re.findall(r"#/components/schemas/(\w+)", text)) <= names
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    ids = [call["operationId"] for calls in document["paths"].values() for call in calls.values()]
    assert len(ids) == len(set(ids))


def test_every_call_answers_as_described(checked: House, seen: set[tuple[str, str, int]]) -> None:
    _everything(checked)
    made = {(method, path) for method, path, status in seen if status < 300}
    described = {(route.spec.method, "/api/v1" + route.spec.path) for route in all_routes()}
    # Their good answers need a provider, or never end; test_company and test_stream make them.
    assert described - made == {("GET", "/api/v1/changes/stream"), ("POST", "/api/v1/session/company")}


def test_parts_of_files_and_what_is_kept_already_are_described_too(checked: House) -> None:
    file = checked.anna.upload()
    for wanted, status in (("bytes=1-2", 206), ("bytes=99-", 416)):
        answer = checked.anna.ask("GET", f"/attachments/{file['id']}", headers={"Range": wanted})
        assert answer.status_code == status
    tag = checked.anna.ask("GET", "/services").headers["ETag"]
    assert checked.anna.ask("GET", "/services", headers={"If-None-Match": tag}).status_code == 304


def _everything(checked: House) -> None:
    """Make every call at least once, with success."""
    anna, tess = checked.anna, checked.tess
    key = {"Idempotency-Key": new_key()}
    cursor = anna.get("/cursor")["cursor"]
    for path in ("/desk", "/me", "/services", "/articles", "/tickets"):
        anna.get(path)
    file = anna.upload()
    number = anna.ok(
        "/tickets",
        {"service": "other", "subject": "s", "text": "t", "attachments": [file["id"]]},
        headers=key,
    )["ticket"]["number"]
    anna.ask("GET", f"/attachments/{file['id']}")
    anna.get(f"/commands/{key['Idempotency-Key']}")
    desk = f"/agent/tickets/{number}"
    _work(checked, desk)
    anna.ok(f"/tickets/{number}/replies", {"text": "Thanks"})
    tess.ok(f"{desk}/resolve", {"text": "Fixed"})
    anna.ok(f"/tickets/{number}/not-fixed", {"text": "No"})
    tess.ok(f"{desk}/resolve", {"text": "Fixed again"})
    anna.ok(f"/tickets/{number}/confirm")
    anna.ok(f"/tickets/{number}/rating", {"score": 4})
    other = anna.raise_ticket()
    tess.ok(f"/agent/tickets/{other}/merge", {"into": anna.raise_ticket()})
    tess.ok(f"/agent/tickets/{anna.raise_ticket()}/close")
    anna.events(number)
    anna.get("/tickets", events=1)
    anna.get("/changes", after=cursor)
    tess.get("/agent/queue", events=1)
    anna.no(f"/tickets/{number}/confirm")
    anna.no("/agent/tickets/REQ-1/start")
    token = checked.stranger.ok("/session", {"user": "ben", "password": house_module.PASSWORD})["token"]
    checked.stranger.http.headers["Authorization"] = f"Bearer {token}"
    assert checked.stranger.ask("DELETE", "/session").status_code == 204
    assert checked.stranger.ask("GET", "/me").status_code == 401


def _work(checked: House, desk: str) -> None:
    tess = checked.tess
    tess.ok(f"{desk}/assign", {"agent": checked.agent_id("ravi")})
    tess.ok(f"{desk}/start")
    tess.ok(f"{desk}/priority", {"priority": "high"})
    tess.ok(f"{desk}/categorise", {"service": "software"})
    tess.ok(f"{desk}/note", {"text": "Internal"})
    made = tess.ok(f"{desk}/promises", {"kind": "fix", "latest": hours_ahead(3)})["event"]["data"]["promise"]
    move = {"latest": hours_ahead(4), "reason": "More to do"}
    moved = tess.ok(f"{desk}/promises/{made['id']}/move", move)["event"]["data"]["promise"]
    tess.ok(f"{desk}/promises/{moved['id']}/withdraw", {"reason": "Not possible"})
    tess.ok(f"{desk}/visit", {"starts": hours_ahead(1), "ends": hours_ahead(2), "place": "Room 1"})
    tess.ok(f"{desk}/visit/move", {"starts": hours_ahead(2), "ends": hours_ahead(3), "reason": "Traffic"})
    tess.ok(f"{desk}/visit/cancel", {"reason": "Not needed"})
    tess.ok(f"{desk}/visit", {"starts": hours_ahead(1), "ends": hours_ahead(2), "place": "Room 1"})
    tess.ok(f"{desk}/visit/on-the-way", {"eta_earliest": hours_ahead(0.1), "eta_latest": hours_ahead(0.2)})
    tess.ok(f"{desk}/visit/arrived")
    tess.ok(f"{desk}/visit/finish", {"outcome": "done"})
    tess.ok(f"{desk}/status", {"state": "waiting_for_supplier", "who": "Acme", "until": hours_ahead(9)})
    _calls_and_options(checked, desk)
    _chat(checked, desk.removeprefix("/agent"))
    tess.ok(f"{desk}/heartbeat")
    tess.ok(f"{desk}/reply", {"text": "Soon"})
    tess.ok(f"{desk}/ask", {"text": "Now?"})


def _chat(checked: House, ticket: str) -> None:
    anna, tess = checked.anna, checked.tess
    chat = f"{ticket}/chat"
    be_there(tess, checked.ravi)
    for caller in (tess, checked.ravi):
        caller.get("/me/chat")
    tess.get("/chat/canned")
    anna.get("/chat")
    anna.ok(chat, {"text": "Hello"})
    tess.ok(f"{chat}/accept")
    message = anna.ok(f"{chat}/messages", {"text": "Is it the dock?"})["event"]["id"]
    for method, body in (("PUT", {"text": "Is it the screen?"}), ("DELETE", None)):
        key = {"Idempotency-Key": new_key()}
        assert anna.ask(method, f"{chat}/messages/{message}", body, headers=key).status_code == 201
    for what, said in (("typing", {"typing": True}), ("read", {"message": message})):
        assert tess.ask("POST", f"{chat}/{what}", said).status_code == 204
    anna.get("/chats")
    tess.get("/chats", scope="desk")
    anna.get(f"{chat}/messages")
    tess.ok(f"{chat}/hand_over", {"agent": checked.agent_id("ravi")})
    checked.ravi.ok(f"{chat}/accept")
    checked.ravi.ok(f"{chat}/leave")
    anna.ok(f"{chat}/end")


def _calls_and_options(checked: House, desk: str) -> None:
    anna, tess = checked.anna, checked.tess
    wishes = f"{desk.removeprefix('/agent')}/wishes"
    window = {"starts": hours_ahead(1), "ends": hours_ahead(2)}
    anna.ok(wishes, {"kind": "news"})
    anna.ok(wishes, {"kind": "call", "phone": "123", "windows": [window]})
    tess.ok(f"{desk}/call/book", window)
    tess.ok(f"{desk}/call/missed", {"reason": "Ill"})
    tess.ok(f"{desk}/call/tried")
    tess.ok(f"{desk}/call/done", {"text": "Spoke to Anna"})
    options = [{"kind": "wait", "label": "Wait"}, {"kind": "loan", "label": "Take a loan laptop"}]
    offered = tess.ok(f"{desk}/options", {"text": "The maker has no more parts.", "options": options})
    anna.ok(wishes, {"kind": "option", "about": offered["ticket"]["options"][0]["id"]})
    anna.get(f"{wishes.removesuffix('/wishes')}/slots")
    kept = anna.ask("PUT", "/me/preferences", {"preferences": {"mute": [1]}, "changed_at": hours_ahead(-1)})
    assert kept.status_code == 200
    anna.get("/me/preferences")


def test_the_page_about_the_api_names_every_call_code_and_capability() -> None:
    page = PAGE.read_text("utf-8")
    for route in all_routes():
        path = (
            route.spec.path.replace("{number}", "{n}")
            .replace("{promise}", "{id}")
            .replace("{attachment}", "{id}")
            .replace("{message}", "{id}")
        )
        short = path.replace("/agent/tickets/{n}/", "…/")
        assert any(f"{form}`" in page or f"{form}?" in page for form in (path, short, route.spec.path)), path
    assert [code for code in STATUS if f"`{code}`" not in page] == []
    kinds = set(re.findall(r"`([a-z_]+)`", page))
    ours = {kind.value for kind in EventKind}
    assert {"created", "received", "visit_eta", "auto_close_set"} <= kinds & ours
