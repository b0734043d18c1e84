"""Signing in with the company's proof: who that is here, and a session that ends with the day."""

import sqlite3
from datetime import timedelta
from typing import Annotated

from msgspec import Meta

from tracker.frontdesk.administration import EMAIL, LOGIN
from tracker.frontdesk.answers import Session
from tracker.frontdesk.company import Claims
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.requests import Body
from tracker.frontdesk.settings import CompanySignIn
from tracker.frontdesk.signing_in import start_session
from tracker.frontdesk.storage import people
from tracker.frontdesk.values import Role, User

_NO_PASSWORD = "-"  # noqa: S105 - no hash, so that no password matches it


class ShowProof(Body, frozen=True):
    """An ID token of the company's OpenID provider, as it is."""

    id_token: Annotated[str, Meta(min_length=1, max_length=16_000)]

    def __repr__(self) -> str:
        return "ShowProof()"


def sign_in_with_proof(desk: Desk, body: ShowProof) -> Session:
    """Trade the provider's proof for a session of fixed length; it is proved anew when that ends.

    Raises `Refused`: not to be believed, nobody that the desk knows, or the provider is away. Asks the
    provider at times: call it off the event loop.
    """
    company = desk.company
    if company is None:
        raise not_found("That page")
    now = desk.clock()
    claims = company.believe(body.id_token, now)
    with desk.writing() as connection:
        user = _person(connection, company.settings, claims)
        life = timedelta(hours=company.settings.session_hours)
        return start_session(connection, user, now=now, life=life, fixed=True)


def _person(connection: sqlite3.Connection, settings: CompanySignIn, claims: Claims) -> User:
    """Find who it is: by the provider's own key for them, the first time by the claim that names them.

    A name may be changed or given to somebody else at the provider, its key may not (OpenID Connect Core
    1.0, 5.7).
    """
    issuer = settings.issuer.rstrip("/")
    account = people.find_linked(connection, issuer, claims.subject)
    if account is None:
        account = people.find_account(connection, claims.person) if claims.person else None
        if account is not None and people.is_linked(connection, issuer, account.user.id):
            raise _refused("The desk knows somebody else by this name. Ask the desk.")
        if account is None:
            account = people.Account(_create(connection, settings, claims), _NO_PASSWORD, disabled=False)
        _check_role(account.user.role, claims)
        people.link(connection, issuer, claims.subject, person_id=account.user.id)
    _check_role(account.user.role, claims)
    if account.disabled:
        raise _refused("The desk lets you in no more. Ask the desk.")
    role: Role = "agent" if claims.is_agent else "requester"
    if account.user.role == role:
        return account.user
    people.set_role(connection, account.user.id, role)
    return User(
        id=account.user.id,
        login=account.user.login,
        name=account.user.name,
        email=account.user.email,
        role=role,
    )


def _check_role(role: Role, claims: Claims) -> None:
    """Let a proof make nobody an agent unless the settings say which proof does."""
    if role == "agent" and claims.is_agent is None:
        raise _refused("Agents of this desk sign in with their password.")


def _create(connection: sqlite3.Connection, settings: CompanySignIn, claims: Claims) -> User:
    if not settings.create_people:
        raise _refused("The desk does not know you yet. Ask the desk.")
    login, email = claims.person, claims.email or claims.person
    if LOGIN.fullmatch(login) is None or EMAIL.fullmatch(email) is None:
        raise _refused("Your company's sign-in does not tell the desk your name and e-mail address. Tell IT.")
    user = User(
        id=people.next_person_id(connection),
        login=login,
        name=claims.name[:200] or login,
        email=email,
        role="requester",
    )
    people.add_person(connection, user, password=_NO_PASSWORD)
    return user


def _refused(sentence: str) -> Refused:
    return Refused("wrong_proof", sentence)
