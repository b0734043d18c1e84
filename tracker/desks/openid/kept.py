"""What is kept of a sign-in with a company's provider: one short JSON text, which is a secret as a whole."""

import msgspec

from tracker.desks.base import Secret, SecretKind
from tracker.desks.network import Network
from tracker.desks.openid.provider import Company
from tracker.model.errors import SignInRequired

_TORN = "What was kept of your sign-in cannot be used. Sign in again."


class Kept(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """How to prove anew who it is, and what the desk gave for the last proof.

    `proof` is an ID token that has not been shown to the desk yet; `session` the desk's own token; `user` the
    name that the desk knows the person by.
    """

    issuer: str
    client_id: str
    scopes: tuple[str, ...]
    refresh: str = ""
    proof: str = ""
    session: str = ""
    user: str = ""

    def __repr__(self) -> str:
        return f"Kept({self.user!r}, {self.issuer!r})"

    def as_secret(self) -> Secret:
        """Give it as it is kept."""
        return Secret(SecretKind.OPEN_ID, msgspec.json.encode(self).decode())

    def company(self, network: Network) -> Company:
        """Give the provider to ask."""
        return Company(self.issuer, self.client_id, self.scopes, network)


def read_kept(secret: Secret) -> Kept:
    """Read what was kept. Raises SignInRequired where it is none of ours."""
    if secret.kind is not SecretKind.OPEN_ID:
        raise SignInRequired(_TORN)
    try:
        return msgspec.json.decode(secret.value, type=Kept)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise SignInRequired(_TORN) from error


def tokens_in(secret: Secret) -> tuple[str, ...]:
    """List the tokens in a kept secret, each of which no log may show."""
    try:
        kept = read_kept(secret)
    except SignInRequired:
        return ()
    return tuple(filter(None, (kept.refresh, kept.proof, kept.session)))
