"""People and their sessions in the desk's file."""

import sqlite3
from dataclasses import dataclass, field

import msgspec

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.values import Person, Role, User


@dataclass(frozen=True, slots=True)
class Account:
    """A user with what signing in needs; `password` is the hash, never the password."""

    user: User
    password: str = field(repr=False)
    disabled: bool


def add_person(connection: sqlite3.Connection, user: User, *, password: str) -> None:
    """Add somebody who can sign in; `password` is a hash. Raises `Refused` when a name is taken."""
    try:
        connection.execute(
            "insert into person (id, login, name, email, role, password) values (?, ?, ?, ?, ?, ?)",
            (user.id, user.login, user.name, user.email, user.role, password),
        )
    except sqlite3.IntegrityError as error:
        raise Refused(
            "invalid", f"Somebody called {user.login} or with {user.email} exists already."
        ) from error


def next_person_id(connection: sqlite3.Connection) -> str:
    """Give an id nobody has had: people are disabled, never removed."""
    (count,) = connection.execute("select count(*) from person").fetchone()
    return f"u{count + 1}"


def find_account(connection: sqlite3.Connection, name: str) -> Account | None:
    """Find who signs in under this sign-in name, or else this e-mail address, whatever the letter case."""
    row = connection.execute(
        "select id, login, name, email, role, password, disabled from person where login = ? or email = ?"
        " order by login = ? desc",
        (name, name, name),
    ).fetchone()
    return Account(_user(row[:5]), password=row[5], disabled=bool(row[6])) if row else None


def find_person(connection: sqlite3.Connection, name: str) -> Person | None:
    """Find somebody who is still here by sign-in name or e-mail address."""
    account = find_account(connection, name)
    return account.user.person if account is not None and not account.disabled else None


def find_agent(connection: sqlite3.Connection, person_id: str) -> Person | None:
    """Find an agent who is still here by id."""
    row = connection.execute(
        "select id, login, name, email, role from person where id = ? and role = 'agent' and not disabled",
        (person_id,),
    ).fetchone()
    return _user(row).person if row else None


def list_accounts(connection: sqlite3.Connection, role: Role | None = None) -> list[Account]:
    """List everybody, disabled people too, by name."""
    rows = connection.execute(
        "select id, login, name, email, role, password, disabled from person"
        " where ? is null or role = ? order by name, id",
        (role, role),
    )
    return [Account(_user(row[:5]), password=row[5], disabled=bool(row[6])) for row in rows]


def set_password(connection: sqlite3.Connection, person_id: str, password: str) -> None:
    """Store another hash."""
    connection.execute("update person set password = ? where id = ?", (password, person_id))


def set_disabled(connection: sqlite3.Connection, person_id: str, disabled: bool) -> None:
    """Let somebody in no more, or again."""
    connection.execute("update person set disabled = ? where id = ?", (disabled, person_id))


def set_role(connection: sqlite3.Connection, person_id: str, role: Role) -> None:
    """Make somebody an agent, or one who asks."""
    connection.execute("update person set role = ? where id = ?", (role, person_id))


def find_linked(connection: sqlite3.Connection, issuer: str, subject: str) -> Account | None:
    """Find whom a provider's own key belongs to."""
    row = connection.execute(
        "select id, login, name, email, role, password, disabled from identity"
        " join person on person.id = identity.person where issuer = ? and subject = ?",
        (issuer, subject),
    ).fetchone()
    return Account(_user(row[:5]), password=row[5], disabled=bool(row[6])) if row else None


def is_linked(connection: sqlite3.Connection, issuer: str, person_id: str) -> bool:
    """Tell whether somebody has signed in through this provider before."""
    found = connection.execute(
        "select 1 from identity where issuer = ? and person = ?", (issuer, person_id)
    ).fetchone()
    return found is not None


def link(connection: sqlite3.Connection, issuer: str, subject: str, *, person_id: str) -> None:
    """Remember whom a provider's own key belongs to."""
    connection.execute(
        "insert into identity (issuer, subject, person) values (?, ?, ?)", (issuer, subject, person_id)
    )


def add_session(
    connection: sqlite3.Connection, token: bytes, person_id: str, *, expires: float, fixed: bool = False
) -> None:
    """Start a session known by its token's hash, until `expires` (epoch seconds); `fixed`: never longer."""
    connection.execute(
        "insert into session (token, person, expires, fixed) values (?, ?, ?, ?)",
        (token, person_id, expires, fixed),
    )


def find_session(
    connection: sqlite3.Connection, token: bytes, *, now: float
) -> tuple[User, float, bool] | None:
    """Find who holds this token, until when, and whether that is fixed; nobody once over or disabled."""
    row = connection.execute(
        "select id, login, name, email, role, expires, fixed from session"
        " join person on person.id = session.person where token = ? and expires > ? and not disabled",
        (token, now),
    ).fetchone()
    return (_user(row[:5]), float(row[5]), bool(row[6])) if row else None


def extend_session(connection: sqlite3.Connection, token: bytes, *, expires: float) -> None:
    """Let a session live longer."""
    connection.execute("update session set expires = ? where token = ?", (expires, token))


def end_session(connection: sqlite3.Connection, token: bytes) -> None:
    """End one session."""
    connection.execute("delete from session where token = ?", (token,))


def end_sessions_of(connection: sqlite3.Connection, person_id: str) -> None:
    """End all sessions of one person."""
    connection.execute("delete from session where person = ?", (person_id,))


def forget_old_sessions(connection: sqlite3.Connection, *, now: float) -> None:
    """Remove the sessions that are over."""
    connection.execute("delete from session where expires <= ?", (now,))


def _user(row: tuple[str, ...]) -> User:
    return msgspec.convert(dict(zip(("id", "login", "name", "email", "role"), row, strict=True)), User)
