"""An agent at the pages: signed in by a cookie, out again when idle, and the token their forms carry."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import SignIn
from tracker.frontdesk.signing_in import check_password, sign_in_needed
from tracker.frontdesk.storage import people
from tracker.frontdesk.values import User

IDLE = timedelta(minutes=30)
"""A browser that nobody uses for this long is signed out; what pages ask by themselves is not use."""

EXTEND_AFTER = timedelta(minutes=1)
"""The end is moved on at most once in this time, so that reading pages seldom writes."""


@dataclass(frozen=True, slots=True)
class AgentSession:
    """An agent who is signed in; `token` is the cookie's."""

    user: User
    token: str = field(repr=False)

    @property
    def form_token(self) -> str:
        """What every form of this session carries; nobody else can know it."""
        return form_token(self.token)


def form_token(secret: str) -> str:
    """Derive a form's token from the secret of a cookie that scripts cannot read."""
    return hmac.digest(secret.encode(), b"form of the agents' page", "sha256").hex()


def enter(desk: Desk, body: SignIn, *, address: str) -> AgentSession:
    """Sign an agent in; call it off the event loop.

    Raises `Refused`: wrong password, too many wrong ones before, or not an agent.
    """
    user = check_password(desk, body, address=address)
    if user.role != "agent":
        raise Refused("not_allowed", "These pages are for agents of the desk. Use Tracker for your requests.")
    session = AgentSession(user, secrets.token_urlsafe(32))
    now = desk.clock()
    with desk.writing() as connection:
        people.forget_old_sessions(connection, now=now.timestamp())
        expires = (now + IDLE).timestamp()
        people.add_session(connection, _hash(session.token), user.id, expires=expires)
    return session


def recognise_agent(desk: Desk, token: str | None, *, used: bool) -> AgentSession:
    """Tell whose cookie this is; raises `Refused` when nobody's, or not an agent's.

    `used`: somebody did something, so that the idle time begins anew.
    """
    if not token:
        raise sign_in_needed()
    hashed, now = _hash(token), desk.clock()
    with desk.reading() as connection:
        found = people.find_session(connection, hashed, now=now.timestamp())
    if found is None or found[0].role != "agent":
        raise sign_in_needed()
    user, until, _fixed = found
    if used and now + IDLE - datetime.fromtimestamp(until, UTC) > EXTEND_AFTER:
        with desk.writing() as connection:
            people.extend_session(connection, hashed, expires=(now + IDLE).timestamp())
    return AgentSession(user, token)


def leave(desk: Desk, session: AgentSession) -> None:
    """End the session."""
    with desk.writing() as connection:
        people.end_session(connection, _hash(session.token))


def _hash(token: str) -> bytes:
    """Hash the cookie's token so that it is worth nothing at the API, whose sessions live for weeks."""
    return hashlib.sha256(b"pages\n" + token.encode()).digest()
