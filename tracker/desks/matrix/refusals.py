"""A Matrix server's error codes as errors that say what to do next, in plain sentences."""

import msgspec

from tracker.desks.answer import Answer, refusal
from tracker.desks.matrix.wire_account import Refusal
from tracker.desks.outside_words import ended, printable
from tracker.model.errors import CommandRejected, DeskError, DeskUnavailable, SignInRequired, UnexpectedAnswer

TROUBLE = range(400, 600)
"""The statuses whose answers are read here instead of by `DeskHttp`: its `accept`."""

_LONGEST_WAIT = 3600.0
_MESSAGE_LIMIT = 500

_SIGN_IN = {
    "M_USER_DEACTIVATED": "{desk} has closed your account. Ask IT whether that was meant.",
    "M_USER_LOCKED": "{desk} has locked your account. Ask IT to unlock it.",
}
_REJECTED = {
    "M_FORBIDDEN": "{desk} does not allow you to do this.",
    "M_TOO_LARGE": "This is larger than {desk} takes.",
    "M_NOT_FOUND": "{desk} does not have this, or not any more.",
    "M_USER_SUSPENDED": "{desk} has suspended your account: you can read, but not write. Ask IT.",
    "M_RESOURCE_LIMIT_EXCEEDED": "{desk} has reached a limit of its own. Tell IT.",
    "M_UNSUPPORTED_ROOM_VERSION": "{desk} is too old for this room. Tell IT.",
    "M_INCOMPATIBLE_ROOM_VERSION": "{desk} is too old for this room. Tell IT.",
    "M_GUEST_ACCESS_FORBIDDEN": "{desk} does not allow this without an account.",
    "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM": "{desk} does not let anybody leave this room.",
}


class MatrixRefused(CommandRejected):
    """The server understood and refused; `code` is its own word for why, such as M_FORBIDDEN."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class TokenEnded(SignInRequired):
    """The access token is not good any more; another one may be had for the refresh token."""


def read_refusal(answer: Answer) -> DeskError:
    """Give the error for an answer of 400 or more; what is no refusal of Matrix reads as any desk's."""
    try:
        told = msgspec.json.decode(answer.body, type=Refusal)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if answer.status == 404:
            return UnexpectedAnswer(
                f"{answer.desk} is no Matrix server, or too old. Check the address in the settings."
            )
        return refusal(answer)
    return _known(answer, told) or _unknown(answer, told)


def _known(answer: Answer, told: Refusal) -> DeskError | None:
    desk, code = answer.desk, told.errcode
    if code in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"):
        return TokenEnded(f"{desk} asks you to sign in again.")
    if code == "M_LIMIT_EXCEEDED":
        return _slow_down(answer, told)
    if code == "M_CONSENT_NOT_GIVEN":
        return MatrixRefused(f"{desk} wants you to accept its terms first.{_where(told.consent_uri)}", code)
    if code == "M_UNRECOGNIZED":
        return UnexpectedAnswer(f"{desk} is too old for this. Tell IT.")
    if code in _SIGN_IN:
        return SignInRequired(_SIGN_IN[code].format(desk=desk))
    if code in _REJECTED:
        return MatrixRefused(_REJECTED[code].format(desk=desk), code)
    return None


def _unknown(answer: Answer, told: Refusal) -> DeskError:
    if answer.status in (401, 408, 425, 429) or answer.status >= 500:
        return refusal(answer)
    said = _plain(told.error)
    words = f"{answer.desk} refused: {said}" if said else f"{answer.desk} refused this."
    return MatrixRefused(words, told.errcode[:100])


def _slow_down(answer: Answer, told: Refusal) -> DeskUnavailable:
    # The header came with version 1.10, the field is what older servers say.
    by_header = refusal(answer)
    after = by_header.after if isinstance(by_header, DeskUnavailable) else None
    if told.retry_after_ms is not None:
        after = max(after or 0.0, min(told.retry_after_ms / 1000, _LONGEST_WAIT))
    return DeskUnavailable(f"{answer.desk} asks us to go slower. We go on in a moment.", after)


def _where(uri: str) -> str:
    fit = uri.startswith("https://") and len(uri) <= _MESSAGE_LIMIT and uri.isascii() and uri.isprintable()
    return f" Open {uri} in the browser." if fit and " " not in uri else ""


def _plain(words: str) -> str:
    return ended(printable(words, _MESSAGE_LIMIT))
