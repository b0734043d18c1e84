"""What the command line does with a desk: serve it, look after its people, back it up.

Each function opens the desk's folder, does one thing and closes it; all raise `TrackerError` with a plain
sentence. They work while the desk is being served, except `serve` itself. Imports are late on purpose: this
module is read for `--help`, and the libraries of the server are an optional extra.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tracker.model.errors import TrackerError

if TYPE_CHECKING:
    from tracker.frontdesk.desk import Desk
    from tracker.frontdesk.storage.people import Account


@dataclass(frozen=True, slots=True)
class ListedUser:
    """Somebody with a sign-in, as the list shows them."""

    id: str
    login: str
    name: str
    email: str
    role: Literal["requester", "agent"]
    disabled: bool


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Where to serve. Port 0: any free one. TLS needs both PEM files."""

    host: str = "127.0.0.1"
    port: int = 8710
    certificate: Path | None = None
    private_key: Path | None = None


def serve(folder: Path, options: ServeOptions, *, ready: Callable[[str], None]) -> None:
    """Serve the desk until Ctrl+C or SIGTERM; `ready` gets its URL. Run it in the main thread."""
    _require_extra()
    from tracker.frontdesk.server import DeskServer, ServeConfig

    config = ServeConfig(
        folder,
        host=options.host,
        port=options.port,
        certificate=options.certificate,
        private_key=options.private_key,
    )
    DeskServer(config).run(ready)


def add_user(
    folder: Path, login: str, *, name: str, email: str, role: Literal["requester", "agent"], password: str
) -> str:
    """Let somebody sign in; gives their id. Refused when the login or the address is taken."""
    with _open(folder) as desk:
        from tracker.frontdesk.administration import add_user as add

        return add(desk, login, name=name, email=email, role=role, password=password)


def list_users(folder: Path) -> list[ListedUser]:
    """List everybody, by name."""
    with _open(folder) as desk, desk.reading() as connection:
        from tracker.frontdesk.storage.people import list_accounts

        return [_listed(account) for account in list_accounts(connection)]


def reset_password(folder: Path, login: str, password: str) -> None:
    """Give somebody a new password and end all of their sessions."""
    with _open(folder) as desk:
        from tracker.frontdesk.administration import reset_password as reset

        reset(desk, login, password)


def set_disabled(folder: Path, login: str, *, disabled: bool) -> None:
    """Let somebody in no more (ending their sessions), or again."""
    with _open(folder) as desk:
        from tracker.frontdesk.administration import set_disabled as change

        change(desk, login, disabled=disabled)


def backup(folder: Path, target: Path) -> None:
    """Copy a desk, also one being served, into a new folder that can be served as it is."""
    with _open(folder) as desk:
        from tracker.frontdesk.administration import backup as copy

        copy(desk, target)


def invent_password() -> str:
    """Make a password for somebody to be told once."""
    return secrets.token_urlsafe(12)


def _open(folder: Path) -> "Desk":
    _require_extra()
    from tracker.frontdesk.desk import Desk

    return Desk(folder)


def _listed(account: "Account") -> ListedUser:
    user = account.user
    return ListedUser(
        id=user.id,
        login=user.login,
        name=user.name,
        email=user.email,
        role=user.role,
        disabled=account.disabled,
    )


def _require_extra() -> None:
    try:
        import argon2
        import jinja2
        import starlette
        import uvicorn
    except ImportError as error:
        raise TrackerError(
            'The front desk is an optional part. Install it with: pip install "tracker[frontdesk]"'
        ) from error
    del argon2, jinja2, starlette, uvicorn
