"""Why the desk says no: one exception, with a code for programs and a sentence for people."""

from http import HTTPStatus
from typing import Literal

from tracker.model.errors import TrackerError

Code = Literal[
    "invalid",
    "sign_in_needed",
    "wrong_password",
    "wrong_proof",
    "not_allowed",
    "not_found",
    "wrong_method",
    "not_now",
    "key_reused",
    "too_large",
    "wrong_type",
    "slow_down",
    "desk_broken",
    "stopping",
    "no_space",
    "provider_away",
]

STATUS: dict[Code, HTTPStatus] = {
    "invalid": HTTPStatus.BAD_REQUEST,
    "sign_in_needed": HTTPStatus.UNAUTHORIZED,
    "wrong_password": HTTPStatus.UNAUTHORIZED,
    "wrong_proof": HTTPStatus.UNAUTHORIZED,
    "not_allowed": HTTPStatus.FORBIDDEN,
    "not_found": HTTPStatus.NOT_FOUND,
    "wrong_method": HTTPStatus.METHOD_NOT_ALLOWED,
    "not_now": HTTPStatus.CONFLICT,
    "key_reused": HTTPStatus.CONFLICT,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "wrong_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "slow_down": HTTPStatus.TOO_MANY_REQUESTS,
    "desk_broken": HTTPStatus.INTERNAL_SERVER_ERROR,
    "stopping": HTTPStatus.SERVICE_UNAVAILABLE,
    "no_space": HTTPStatus.INSUFFICIENT_STORAGE,
    "provider_away": HTTPStatus.SERVICE_UNAVAILABLE,
}


class Refused(TrackerError):
    """The desk did not do it; nothing was changed. `after`: seconds to wait before asking again."""

    def __init__(self, code: Code, message: str, *, after: int | None = None) -> None:
        super().__init__(message)
        self.code: Code = code
        self.after = after

    @property
    def status(self) -> int:
        """The HTTP status that goes with the code."""
        return STATUS[self.code].value


class DeskSetupError(TrackerError):
    """The desk cannot be opened or served as asked; the text says what to do."""


def not_found(what: str = "That") -> Refused:
    """Make the refusal for what is not there or not to be seen; the two are never told apart."""
    return Refused("not_found", f"{what} is not here, or you may not see it.")
