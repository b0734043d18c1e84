"""What the embedded desk says of itself, of its services and of whoever signs in (docs/frontdesk-api.md)."""

from typing import Annotated

from msgspec import Meta, Struct

from tracker.desks.frontdesk.wire import Count


class User(Struct, frozen=True, gc=False):
    """Who is signed in."""

    id: str
    login: str
    name: str


class SignedIn(Struct, frozen=True, gc=False):
    """A new session; its token is a secret."""

    token: Annotated[str, Meta(min_length=1, max_length=2000)]
    user: User

    def __repr__(self) -> str:
        return f"SignedIn(user={self.user!r})"


class Me(Struct, frozen=True, gc=False):
    """The session's user."""

    user: User


class Limits(Struct, frozen=True, gc=False):
    """How much the desk takes."""

    attachment_bytes: Count = 25 * 1024 * 1024
    attachments_per_message: Count = 10
    text_bytes: Count = 100_000
    page: Annotated[int, Meta(ge=1, le=1_000)] = 200


class OpeningHours(Struct, frozen=True, gc=False):
    """When the desk is open, in its own zone: per weekday (Monday first) spells, and days off."""

    zone: str
    week: tuple[tuple[tuple[str, str], ...], ...]
    holidays: tuple[str, ...] = ()


class CompanySignIn(Struct, frozen=True, gc=False):
    """The OpenID provider that the desk believes, and how that knows this program."""

    issuer: str
    client_id: str


class SignInWays(Struct, frozen=True, gc=False):
    """How one may sign in."""

    password: bool = True
    company: CompanySignIn | None = None


class About(Struct, frozen=True, gc=False):
    """The desk, before anybody has signed in."""

    name: str
    version: str
    api: int
    min_client_version: str = ""
    limits: Limits = Limits()
    capabilities: tuple[str, ...] = ()
    hours: OpeningHours | None = None
    sign_in: SignInWays = SignInWays()


class FormField(Struct, frozen=True, gc=False):
    """One question on a form."""

    id: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""


class Service(Struct, frozen=True, gc=False):
    """Something that can be asked for."""

    id: str
    name: str
    description: str = ""
    first_reply_hours: float | None = None
    fields: tuple[FormField, ...] = ()


class Services(Struct, frozen=True, gc=False):
    """The catalogue."""

    services: tuple[Service, ...]


class Article(Struct, frozen=True, gc=False):
    """An answer to a common question."""

    id: str
    title: str
    summary: str = ""
    body: str = ""


class Articles(Struct, frozen=True, gc=False):
    """What the knowledge base found."""

    articles: tuple[Article, ...]


class SignIn(Struct, frozen=True):
    """What is sent to sign in."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"SignIn(user={self.user!r})"


class ShowProof(Struct, frozen=True):
    """What is sent to sign in with a company's proof."""

    id_token: str

    def __repr__(self) -> str:
        return "ShowProof()"
