"""Sessions at the tests' Matrix servers, as the program holds them: with what keeps their secrets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import anyio
import httpx

from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import Person
from tracker.desks.base import Secret, SecretKind, SecretSource
from tracker.desks.http import DeskHttp
from tracker.desks.matrix.kept import read_kept
from tracker.desks.matrix.session import MatrixSession

WHOAMI = "/_matrix/client/v3/account/whoami"
WITHIN = 20.0


class Keeper:
    """A keyring with one entry: gives it, keeps another instead, and remembers all it was ever given."""

    def __init__(self, secret: Secret) -> None:
        self.held = secret
        self.all: list[Secret] = []

    async def __call__(self) -> Secret:
        return self.held

    async def keep(self, secret: Secret) -> None:
        self.held = secret
        self.all.append(secret)


def long_ago() -> datetime:
    """A clock by which no token has ended yet, so that only the server says so."""
    return datetime(2020, 1, 1, tzinfo=UTC)


def password_of(person: Person) -> Secret:
    return Secret(SecretKind.PASSWORD, person.password)


@asynccontextmanager
async def session_at(
    url: str,
    user: str,
    keeper: SecretSource,
    *,
    device: str = "",
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[MatrixSession]:
    """Hold a session; its connections are closed after."""
    http = DeskHttp("The chat server", url)
    try:
        yield MatrixSession(http, user, keeper, device=device, now=now)
    finally:
        await http.aclose()


async def signed_in(rig: SynapseRig, person: Person) -> Secret:
    """Sign in with the password; gives what is kept of it."""
    async with session_at(rig.url, person.name, Keeper(password_of(person))) as session:
        return await session.sign_in()


def token_of(rig: SynapseRig, person: Person) -> Secret:
    """Give a secret of the person's that never ends."""
    return Secret(SecretKind.TOKEN, rig.token(person))


async def ended(rig: SynapseRig, secret: Secret) -> None:
    """Wait until the server does not take the access token any more."""
    bearer = {"authorization": f"Bearer {read_kept(secret).access}"}
    with anyio.fail_after(WITHIN):
        async with httpx.AsyncClient(trust_env=False) as http:
            while (await http.get(f"{rig.url}{WHOAMI}", headers=bearer)).status_code != 401:
                await anyio.sleep(0.1)
