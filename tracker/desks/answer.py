"""An answer read whole: decode it, or say in a plain sentence what is wrong with it."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx
import msgspec

from tracker.desks.outside_words import ended, printable
from tracker.model.errors import (
    CommandRejected,
    DeskError,
    DeskUnavailable,
    NetworkSignInRequired,
    SignInRequired,
    UnexpectedAnswer,
)

log = logging.getLogger(__name__)

T = TypeVar("T")

_MESSAGE_LIMIT = 500
_LONGEST_WAIT = 3600.0
_NETWORK_ASKS = 511  # RFC 6585, "Network Authentication Required"

PORTAL = (
    "This network wants you to sign in to it first. Open your browser, sign in there, "
    "and Tracker goes on by itself."
)
_OR_ELSE = (
    "If this network wants you to sign in first, do so in your browser, and Tracker goes on by itself; "
    "else check the address in the settings."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole. `desk` is the desk's name for sentences."""

    desk: str
    status: int
    headers: httpx.Headers
    body: bytes = field(repr=False)


def refusal(answer: Answer) -> DeskError:
    """Give the error for an answer outside 2xx, with the desk's own sentence where it sent one."""
    desk, status = answer.desk, answer.status
    if status == 401:
        return SignInRequired(f"{desk} asks you to sign in again.")
    if status == _NETWORK_ASKS:
        return NetworkSignInRequired(PORTAL)
    if status in (408, 425, 429) or status >= 500:
        return DeskUnavailable(f"{desk} is busy or has a fault. We keep trying.", retry_after(answer.headers))
    if 300 <= status < 400:
        elsewhere = _host_of(answer.headers.get("location", ""))
        to = f" to {elsewhere}" if elsewhere else " elsewhere"
        return UnexpectedAnswer(f"{desk} sends us{to}; we did not follow. Check the address in the settings.")
    said = _said(answer.body)
    if status == 404 and not said:
        return UnexpectedAnswer(f"{desk} does not know this. Check the address in the settings.")
    return CommandRejected(f"{desk} refused: {said}" if said else f"{desk} refused this.")


def elsewhere(desk: str, location: str) -> str:
    """Say that an answer sends us to another host, which is where a network's own sign-in would be."""
    return f"{desk} sends us to {_host_of(location)}; we did not follow. {_OR_ELSE}"


def retry_after(headers: httpx.Headers) -> float | None:
    """Read Retry-After (RFC 9110, seconds or a date) as seconds from now, at most an hour."""
    text = headers.get("retry-after", "").strip()
    if text.isdecimal():
        return min(float(text), _LONGEST_WAIT)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    if then.tzinfo is None:
        return None
    return min(max((then - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST_WAIT)


def decode(answer: Answer, kind: type[T]) -> T:
    """Decode an answer's JSON into `kind`; UnexpectedAnswer says what stands there instead."""
    body = answer.body.lstrip()
    if body[:1] == b"<" or "html" in answer.headers.get("content-type", ""):
        raise NetworkSignInRequired(
            f"{answer.desk} answered with a web page where data was expected. {_OR_ELSE}"
        )
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        log.info("unexpected shape from %s: %s", answer.desk, error)
        raise UnexpectedAnswer(
            f"{answer.desk} sent data of an unknown shape. If this goes on, tell IT."
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnexpectedAnswer(
            f"{answer.desk} sent data that breaks off or is damaged. We keep trying."
        ) from error


class _Said(msgspec.Struct):
    message: str = ""


def _said(body: bytes) -> str:
    """Read the sentence of a refusal, if it is JSON with a `message`; control characters become spaces."""
    try:
        words = msgspec.json.decode(body, type=_Said).message
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return ended(printable(words, _MESSAGE_LIMIT))


def _host_of(location: str) -> str:
    try:
        return httpx.URL(location).host[:100]
    except httpx.InvalidURL:
        return ""
