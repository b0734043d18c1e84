"""What a Matrix server refuses, as errors that say what to do next in words for people."""

from __future__ import annotations

import httpx
import msgspec
import pytest

from tracker.desks.answer import Answer
from tracker.desks.matrix.refusals import MatrixRefused, TokenEnded, read_refusal
from tracker.model.errors import CommandRejected, DeskError, DeskUnavailable, SignInRequired, UnexpectedAnswer


def refused(status: int, body: object, **headers: str) -> DeskError:
    told = body if isinstance(body, bytes) else msgspec.json.encode(body)
    return read_refusal(Answer("The chat server", status, httpx.Headers(headers), told))


@pytest.mark.parametrize(
    ("status", "code", "kind", "words"),
    [
        (401, "M_UNKNOWN_TOKEN", TokenEnded, "sign in again"),
        (401, "M_MISSING_TOKEN", TokenEnded, "sign in again"),
        (403, "M_FORBIDDEN", MatrixRefused, "does not allow you to do this"),
        (404, "M_NOT_FOUND", MatrixRefused, "does not have this"),
        (413, "M_TOO_LARGE", MatrixRefused, "larger than The chat server takes"),
        (403, "M_USER_DEACTIVATED", SignInRequired, "has closed your account"),
        (401, "M_USER_LOCKED", SignInRequired, "has locked your account"),
        (403, "M_USER_SUSPENDED", MatrixRefused, "has suspended your account"),
        (403, "M_CONSENT_NOT_GIVEN", MatrixRefused, "accept its terms first"),
        (403, "M_RESOURCE_LIMIT_EXCEEDED", MatrixRefused, "has reached a limit"),
        (404, "M_UNRECOGNIZED", UnexpectedAnswer, "too old"),
        (429, "M_LIMIT_EXCEEDED", DeskUnavailable, "asks us to go slower"),
        (500, "M_UNKNOWN", DeskUnavailable, "busy or has a fault"),
        (400, "ORG_EXAMPLE_ODD", MatrixRefused, "refused: Odd[.]"),
    ],
)
def test_each_refusal_says_what_to_do(status: int, code: str, kind: type[DeskError], words: str) -> None:
    error = refused(status, {"errcode": code, "error": "Odd"})
    assert type(error) is kind
    with pytest.raises(kind, match=words):
        raise error
    assert "M_" not in str(error)
    if isinstance(error, MatrixRefused):
        assert error.code == code
        assert isinstance(error, CommandRejected), "it is certainly not done"


@pytest.mark.parametrize(
    ("field", "header", "after"),
    [
        (4501, {}, 4.501),
        (None, {"retry-after": "5"}, 5.0),
        (4501, {"retry-after": "5"}, 5.0),
        (0, {}, 0.0),
        (1e12, {}, 3600.0),
        (None, {}, None),
    ],
)
def test_how_long_to_wait_is_read_wherever_it_stands(
    field: float | None, header: dict[str, str], after: float | None
) -> None:
    told = {"errcode": "M_LIMIT_EXCEEDED"} | ({} if field is None else {"retry_after_ms": field})
    error = refused(429, told, **header)
    assert isinstance(error, DeskUnavailable)
    assert error.after == after


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("https://chat.example/terms", True),
        ("http://chat.example/terms", False),
        ("javascript:alert(1)", False),
        ("https://chat.example/\u202eterms", False),
        ("https://chat.example/" + "x" * 600, False),
        ("", False),
    ],
)
def test_terms_are_named_only_where_they_can_be_opened_safely(uri: str, said: bool) -> None:
    error = refused(403, {"errcode": "M_CONSENT_NOT_GIVEN", "consent_uri": uri})
    assert ("in the browser" in str(error)) is said
    assert (uri in str(error)) is (said or not uri)


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"errcode":', b"[]", b'{"errcode":5}', b'{"errcode":"x","error":7}', b"\xff"]
)
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, CommandRejected),
        (401, SignInRequired),
        (404, UnexpectedAnswer),
        (429, DeskUnavailable),
        (502, DeskUnavailable),
    ],
)
def test_an_answer_of_something_else_than_matrix_is_sorted_by_its_status(
    body: bytes, status: int, kind: type[DeskError]
) -> None:
    assert isinstance(refused(status, body), kind)


def test_the_words_of_a_server_are_cut_and_made_plain() -> None:
    said = str(refused(400, {"errcode": "M_ODD", "error": "a\x1b[31m\nb" + "c" * 1000}))
    assert said.isprintable()
    assert len(said) < 600
