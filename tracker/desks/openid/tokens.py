"""What a provider gives for a code, for a refresh token or for patience, and how a token is ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from tracker.desks.answer import decode
from tracker.desks.openid.wire import TokensTold, Trouble
from tracker.desks.outside_words import ended, printable
from tracker.model.errors import DeskUnavailable, SignInRequired, UnexpectedAnswer

if TYPE_CHECKING:
    from tracker.desks.answer import Answer
    from tracker.desks.openid.provider import Provider

TROUBLE = (400, 401, 403)
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Tokens:
    """What came: the proof of who it is (a signed ID token), and what gets the next one; both are secrets."""

    proof: str = field(repr=False)
    refresh: str = field(repr=False)


class ProviderRefused(SignInRequired):
    """The provider said no; `code` is its word for why (RFC 6749, 5.2; RFC 8628, 3.5)."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


async def trade(provider: Provider, grant: tuple[tuple[str, str], ...], *, before: str = "") -> Tokens:
    """Trade a grant at the token endpoint. `before`: the refresh token that goes on where none is told.

    A program on people's computers keeps no secret of its own (RFC 8252, 8.5), so it says its name alone.
    Raises `ProviderRefused` when it is not taken, another `DeskError` when the provider cannot be asked.
    """
    form = (*grant, ("client_id", provider.company.client_id))
    answer = await provider.ask(provider.told.token_endpoint, form, accept=TROUBLE)
    if answer.status in TROUBLE:
        raise refused(provider.name, answer)
    told = decode(answer, TokensTold)
    if told.token_type.lower() != "bearer":
        raise UnexpectedAnswer(f"{provider.name} gave a kind of sign-in that Tracker does not know. Tell IT.")
    return Tokens(told.id_token, told.refresh_token or before)


async def renew(provider: Provider, refresh: str) -> Tokens:
    """Get the next tokens; the refresh token given is used up where the provider rotates them.

    Raises as `trade` does; `ProviderRefused` means that the person must sign in again.
    """
    grant = (("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", provider.scope))
    return await trade(provider, grant, before=refresh)


async def revoke(provider: Provider, refresh: str) -> bool:
    """End a refresh token and what hangs on it (RFC 7009); False where the provider has no place for it.

    Raises `DeskError` when the provider cannot be asked.
    """
    address = provider.told.revocation_endpoint
    if not address or not refresh:
        return False
    form = (
        ("token", refresh),
        ("token_type_hint", "refresh_token"),
        ("client_id", provider.company.client_id),
    )
    answer = await provider.ask(address, form, accept=TROUBLE)
    return answer.status not in TROUBLE


def refused(name: str, answer: Answer) -> ProviderRefused:
    """Read a refusal; what it says is shown short and plain, for it comes from outside."""
    try:
        told = msgspec.json.decode(answer.body, type=Trouble)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        told = Trouble()
    return refusal_of(name, told)


def refusal_of(name: str, told: Trouble) -> ProviderRefused:
    """Give the error for a refusal, wherever it stood."""
    words = {
        "access_denied": f"The sign-in at {name} was turned down.",
        "expired_token": "The code has run out. Start again for a new one.",
        "invalid_grant": f"{name} asks you to sign in again.",
    }
    sentence = words.get(told.error)
    if sentence is None:
        said = plain(told.error_description or told.error)
        sentence = f"{name} did not let you sign in: {said}" if said else f"{name} did not let you sign in."
    return ProviderRefused(told.error[:100], sentence)


def busy(told: Trouble, name: str) -> DeskUnavailable | None:
    """Give the error for a refusal that will pass (RFC 6749, 4.1.2.1), None for any other."""
    if told.error not in ("server_error", "temporarily_unavailable"):
        return None
    return DeskUnavailable(f"{name} is busy or has a fault. Try again in a while.")


def plain(text: str) -> str:
    """Make a text from outside a short line without control characters, ending like a sentence."""
    line = " ".join(printable(text, 4 * _SHOWN).split())
    return ended(f"{line[:_SHOWN].rstrip()}…" if len(line) > _SHOWN else line)
