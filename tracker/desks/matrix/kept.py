"""What is kept of a sign-in at a Matrix server: one short JSON text, which is a secret as a whole."""

import re
from datetime import UTC, datetime, timedelta

import msgspec

from tracker.desks.base import Secret, SecretKind
from tracker.desks.matrix.wire_account import Refreshed, SignedIn
from tracker.model.errors import SignInRequired, UnexpectedAnswer

EARLY = timedelta(seconds=20)
"""So long before its end a token is renewed, so that no call finds it ended; of a short life, a quarter."""

LONGEST = 1150
"""Keyrings take little (2,560 bytes on Windows, at two bytes a character)."""

_TOKEN = re.compile(r"[!-~]+")  # what a header may carry
_LONGEST_LIFE = 1e11  # three years, in milliseconds


class Kept(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One session: who, which device, its tokens, and when (UTC) to renew the access token.

    Only a token that a person was given and typed in has no `user` yet.
    """

    access: str
    user: str = ""
    device: str = ""
    refresh: str | None = None
    renew_at: datetime | None = None

    def __repr__(self) -> str:
        return f"Kept({self.user!r}, {self.device!r})"

    def as_secret(self) -> Secret:
        """Give it as it is kept. Raises UnexpectedAnswer where it is longer than keyrings take."""
        text = msgspec.json.encode(self).decode()
        if len(text) > LONGEST:
            raise UnexpectedAnswer("The chat server's tokens are too long to be kept. Tell IT.")
        return Secret(SecretKind.TOKEN, text)

    def with_new(self, told: Refreshed, now: datetime) -> "Kept":
        """Give the session with its new tokens."""
        return msgspec.structs.replace(
            self,
            access=told.access_token,
            refresh=told.refresh_token or self.refresh,
            renew_at=_renew_at(told.expires_in_ms, now),
        )


def kept_of(told: SignedIn, now: datetime) -> Kept:
    """Give what is to be kept of a new session."""
    renew_at = _renew_at(told.expires_in_ms, now)
    return Kept(told.access_token, told.user_id, told.device_id, told.refresh_token, renew_at)


def read_kept(secret: Secret) -> Kept:
    """Read what was kept; a text that is none of ours is an access token that a person typed in.

    Raises SignInRequired for what can be no token.
    """
    kept = _read(secret.value)
    if not _TOKEN.fullmatch(kept.access):
        raise SignInRequired("What was kept of your sign-in cannot be used. Sign in again.")
    return kept


def tokens_in(secret: Secret) -> tuple[str, ...]:
    """List the tokens in a kept secret, each of which no log may show."""
    if secret.kind is not SecretKind.TOKEN:
        return ()
    kept = _read(secret.value)
    return tuple(filter(None, (kept.access, kept.refresh)))


def _read(text: str) -> Kept:
    try:
        return msgspec.json.decode(text, type=Kept)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Kept(text.strip())


def _renew_at(life_ms: float | None, now: datetime) -> datetime | None:
    if life_ms is None:
        return None
    life = timedelta(milliseconds=min(life_ms, _LONGEST_LIFE))
    return (now + life - min(EARLY, life / 4)).astimezone(UTC)
