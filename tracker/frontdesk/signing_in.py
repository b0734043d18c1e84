"""Signing in and out: tokens are random, told once, and kept only as a hash."""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tracker.frontdesk.answers import Session
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import SignIn
from tracker.frontdesk.storage import people
from tracker.frontdesk.values import User

LIFETIME = timedelta(days=30)
EXTEND_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody signed in: who, until when, and the hash of the token shown."""

    user: User
    expires_at: datetime
    token: bytes = field(repr=False)


def sign_in(desk: Desk, body: SignIn, *, address: str) -> Session:
    """Trade a password for a session.

    Raises `Refused`: wrong (unknown and disabled people look the same), or too many wrong ones before.
    Hashes: call it off the event loop.
    """
    user = check_password(desk, body, address=address)
    company = desk.settings.sign_in
    if company is not None and not company.passwords and user.role != "agent":
        raise Refused("not_allowed", "This desk wants your company's sign-in instead of a password.")
    with desk.writing() as connection:
        return start_session(connection, user, now=desk.clock(), life=LIFETIME, fixed=False)


def start_session(
    connection: sqlite3.Connection, user: User, *, now: datetime, life: timedelta, fixed: bool
) -> Session:
    """Start a session; a `fixed` one is not extended by its use. The token is told here and nowhere else."""
    token = secrets.token_urlsafe(32)
    people.forget_old_sessions(connection, now=now.timestamp())
    expires = now + life
    people.add_session(connection, _hash(token), user.id, expires=expires.timestamp(), fixed=fixed)
    return Session(token=token, expires_at=expires, user=user)


def check_password(desk: Desk, body: SignIn, *, address: str) -> User:
    """Tell whose password this is, slowing down those who guess; raises as `sign_in` does, and hashes too.

    A hash made with weaker settings than today's is replaced.
    """
    desk.guesses.admit(body.user, address, now=desk.steady_time())
    with desk.reading() as connection:
        account = people.find_account(connection, body.user)
    stored = account.password if account is not None and not account.disabled else None
    if not desk.passwords.matches(stored, body.password) or account is None:
        raise Refused("wrong_password", "The name or the password is not right.")
    desk.guesses.forgive(body.user, address)
    if desk.passwords.is_dated(account.password):
        better = desk.passwords.hash(body.password)
        with desk.writing() as connection:
            people.set_password(connection, account.user.id, better)
    return account.user


def recognise(desk: Desk, header: str | None) -> Caller:
    """Tell who sends this Authorization header; raises `Refused` when the session is unknown or over.

    A session in use is extended, at most once a day.
    """
    scheme, _, token = (header or "").partition(" ")
    if scheme.casefold() != "bearer" or not token:
        raise sign_in_needed()
    hashed = _hash(token.strip())
    now = desk.clock()
    with desk.reading() as connection:
        found = people.find_session(connection, hashed, now=now.timestamp())
    if found is None:
        raise sign_in_needed()
    user, until, fixed = found
    expires = datetime.fromtimestamp(until, UTC)
    if not fixed and expires - now < LIFETIME - EXTEND_AFTER:
        expires = now + LIFETIME
        with desk.writing() as connection:
            people.extend_session(connection, hashed, expires=expires.timestamp())
    return Caller(user, expires_at=expires, token=hashed)


def still_signed_in(desk: Desk, caller: Caller) -> bool:
    """Tell whether the session is still alive; asked now and then by live streams."""
    with desk.reading() as connection:
        return people.find_session(connection, caller.token, now=desk.clock().timestamp()) is not None


def sign_out(desk: Desk, caller: Caller) -> None:
    """End the session."""
    with desk.writing() as connection:
        people.end_session(connection, caller.token)


def sign_in_needed() -> Refused:
    """Make the refusal for somebody the desk does not know."""
    return Refused("sign_in_needed", "Please sign in.")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
