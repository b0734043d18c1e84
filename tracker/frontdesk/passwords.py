"""Passwords: hashed with Argon2id, checked in the same time whether the person exists or not."""

import functools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from tracker.frontdesk.refusals import Refused

SHORTEST = 8
LONGEST = 1_000


class Passwords:
    """Hashes and checks; each call takes some 50 ms of a core and 64 MiB, so call it off the event loop."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    @functools.cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Hash a new password; raises `Refused` when it is too short or absurdly long."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise Refused("invalid", f"A password needs at least {SHORTEST} characters.")
        return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Tell whether the password is the one that was hashed; None never matches but takes as long."""
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
        return stored is not None

    def is_dated(self, stored: str) -> bool:
        """Tell whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(stored)
