"""What a sign-in asks for, and what is wrong with it before anybody is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication


class SecretKind(StrEnum):
    """What proves who one is."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    TOKEN = "token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DeskOption:
    """A kind of desk that can be signed in to: its key, its name for people, what it takes as proof.

    `url` is the address where it is known; `fixed` means that it must not be changed. Without `secrets` one
    signs in with the company's provider alone.
    """

    kind: str
    name: str
    secrets: tuple[SecretKind, ...] = (SecretKind.PASSWORD,)
    url: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class OfferedWays:
    """How one can sign in at the desk that is filled in: with what is typed, the browser, or a code."""

    typed: bool = True
    browser: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class SignInForm:
    """What was filled in, cleaned; the secret is never shown in a log."""

    desk: str
    url: str
    user: str
    secret_kind: SecretKind
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FormErrors:
    """A sentence for each field that can't be used, "" where nothing is wrong."""

    url: str = ""
    user: str = ""
    secret: str = ""

    @property
    def any(self) -> bool:
        """Tell whether anything is wrong."""
        return bool(self.url or self.user or self.secret)


def clean_url(text: str) -> str:
    """Return an address as it is used: https where no scheme was typed, no slash at the end."""
    text = text.strip()
    if text and "://" not in text:
        text = f"https://{text}"
    return text.rstrip("/")


def check(form: SignInForm) -> FormErrors:
    """Say what is missing or can't be right, without asking anybody."""
    say = QCoreApplication.translate
    return FormErrors(
        url=_url_error(form.url),
        user="" if form.user else say("SignIn", "Type the name you sign in with."),
        secret="" if form.secret else say("SignIn", "This can't be empty."),
    )


def is_address(url: str) -> bool:
    """Tell whether this can be a desk's address."""
    return not _url_error(url)


def _url_error(url: str) -> str:
    say = QCoreApplication.translate
    if not url:
        return say("SignIn", "Type the address of your IT desk.")
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in url):
        return say("SignIn", "This is not a web address. It looks like https://help.example.org")
    if parts.username or parts.password:
        return say("SignIn", "Leave name and password out of the address.")
    return ""
