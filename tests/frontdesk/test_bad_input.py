"""What is wrong, hostile or enormous gets a plain refusal, changes nothing, and breaks nothing."""

import socket
import string
import time
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.frontdesk.house import House, new_key
from tracker.frontdesk import limits
from tracker.frontdesk.web.incoming import DISCARDING

GOOD = {"service": "other", "subject": "s", "text": "t"}
JSON = {"Content-Type": "application/json"}


def post(house: House, content: bytes | str, **headers: str) -> tuple[int, str]:
    answer = house.anna.http.post(
        "/tickets", content=content, headers={**JSON, "Idempotency-Key": new_key(), **headers}
    )
    return answer.status_code, answer.json()["error"]


@pytest.mark.parametrize(
    "change",
    [
        {"subject": ""},
        {"subject": "   \n "},
        {"subject": "x" * 251},
        {"subject": 7},
        {"subject": None},
        {"text": "x" * 100_001},
        {"text": "ü" * 50_001},
        {"text": ["x"]},
        {"service": "moon"},
        {"priority": "very"},
        {"impact": "none"},
        {"fields": {"a": 1}},
        {"fields": []},
        {"attachments": "x"},
        {"attachments": ["no-such-file"]},
        {"channel": "telepathy"},
        {"cc": ["anna"] * 21},
        {"state": "closed"},
        {"requester": "u2"},
    ],
)
def test_a_value_out_of_bounds_is_refused_and_nothing_is_kept(
    house: House, change: dict[str, object]
) -> None:
    assert house.anna.no("/tickets", {**GOOD, **change})[:2] == (400, "invalid")
    assert house.anna.get("/tickets")["items"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"service": "other", "subject": "s", "text": "\\ud800"}',
        b'{"service": "other", "subject": "s", "text": "\xed\xa0\x80"}',
        b"[" * 100_000,
        b"<html></html>",
    ],
)
def test_what_is_no_proper_json_is_refused(house: House, content: bytes) -> None:
    assert post(house, content) == (400, "invalid")


def test_only_json_is_taken_for_json(house: House) -> None:
    answer = house.anna.http.post("/tickets", data={"subject": "x"}, headers={"Idempotency-Key": new_key()})
    assert (answer.status_code, answer.json()["error"]) == (415, "wrong_type")


def test_a_huge_body_is_refused_before_it_is_read_whole(house: House) -> None:
    assert post(house, b'{"text": "' + b"x" * (5 << 20) + b'"}') == (413, "too_large")
    began = time.monotonic()
    just_over = b'{"text": "' + b"x" * limits.BODY_BYTES + b'"}'
    assert post(house, just_over) == (413, "too_large")
    assert time.monotonic() - began < DISCARDING, "it waited for more where nothing more comes"


HOSTILE = (
    "<script>alert(1)</script><img src=https://evil.example/x>",
    "'; drop table ticket; --",
    "\u202eright to left\u202c \u200b zero width \u0000 nul \u001b[31m red",
    "😀" * 500,
    "%s %d {0} ${HOME} `id`",
    string.printable,
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_exactly_as_typed(house: House, text: str) -> None:
    number = house.anna.raise_ticket(subject="x", text=text)
    assert house.anna.events(number)[0]["text"] == text
    assert house.anna.get("/articles", q=text)["articles"] == []


def test_a_subject_is_one_line_of_visible_signs(house: House) -> None:
    number = house.anna.raise_ticket(subject="A\tb\r\nc\u0000d \u202ee <b>")
    assert house.anna.ticket(number)["subject"] == "A b c d e <b>"


@pytest.mark.parametrize(
    "moment",
    ["yesterday", "2026-11-30T10:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", 5],
)
def test_moments_that_cannot_be_are_refused(house: House, moment: object) -> None:
    number = house.anna.raise_ticket()
    visit = {"starts": moment, "ends": moment, "place": "x"}
    assert house.tess.no(f"/agent/tickets/{number}/visit", visit)[:2] == (400, "invalid")
    promise = {"kind": "fix", "latest": moment}
    assert house.tess.no(f"/agent/tickets/{number}/promises", promise)[:2] == (400, "invalid")


@pytest.mark.parametrize(
    "path",
    [
        "/tickets/REQ-",
        "/tickets/REQ-1%27",
        "/tickets/1001",
        "/tickets/REQ-99999999999999999999999",
        "/tickets/REQ-٣",
        "/tickets/..%2f..%2fme",
        "/attachments/..%2f..%2fdesk.sqlite3",
        "/attachments/../desk.toml",
        "/nothing/here",
    ],
)
def test_paths_that_lead_nowhere_are_not_found(house: House, path: str) -> None:
    answer = house.anna.ask("GET", path)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_a_wrong_method_is_said(house: House) -> None:
    answer = house.anna.ask("DELETE", "/tickets")
    assert (answer.status_code, answer.json()["error"]) == (405, "wrong_method")


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000,
        b"X" * 200_000,
    ],
)
@pytest.mark.expected_logs("Invalid HTTP request received")
def test_what_is_not_http_gets_no_further(house: House, raw: bytes) -> None:
    where = urlsplit(house.url)
    with socket.create_connection((where.hostname or "", where.port or 0), timeout=10) as connection:
        connection.sendall(raw)
        answer = connection.recv(12)
    assert answer in (b"", b"HTTP/1.1 400")
    assert house.anna.get("/me")


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    call=st.sampled_from(
        ["assign", "status", "promises", "visit", "visit/finish", "resolve", "merge", "priority"]
    ),
    body=st.dictionaries(
        st.sampled_from(
            ["agent", "team", "state", "kind", "latest", "starts", "ends", "outcome", "into", "text"]
        ),
        json_values,
        max_size=5,
    ),
)
def test_no_body_whatever_breaks_the_desk(house: House, call: str, body: dict[str, object]) -> None:
    if not house.anna.get("/tickets")["items"]:
        house.anna.raise_ticket()
    answer = house.tess.ask("POST", f"/agent/tickets/REQ-1001/{call}", body)
    assert answer.status_code in (201, 400, 404, 409), answer.text
