"""What a Matrix server says of itself, of sign-ins and of refusals (client-server API, v1.11 and later)."""

from typing import Annotated

from msgspec import Meta, Struct

UserId = Annotated[str, Meta(min_length=4, max_length=255)]
DeviceId = Annotated[str, Meta(max_length=255)]
Token = Annotated[str, Meta(min_length=1, max_length=1000)]
Milliseconds = Annotated[float, Meta(ge=0, le=1e12)]


class Versions(Struct, frozen=True, gc=False):
    """Which versions of the specification a server speaks: `GET /_matrix/client/versions`."""

    versions: tuple[str, ...]


class IdentityProvider(Struct, frozen=True, gc=False):
    """One place where a company's people prove who they are."""

    id: str
    name: str = ""


class Flow(Struct, frozen=True, gc=False):
    """One way to sign in."""

    type: str
    identity_providers: tuple[IdentityProvider, ...] = ()


class Flows(Struct, frozen=True, gc=False):
    """The ways a server offers to sign in: `GET /login`."""

    flows: tuple[Flow, ...]


class UserName(Struct, frozen=True, gc=False):
    """Names a person at sign-in: a whole user id or only its first part."""

    user: str
    type: str = "m.id.user"


class Login(Struct, frozen=True, omit_defaults=True, gc=False):
    """What `POST /login` is sent; `password` and `token` are secrets."""

    type: str
    identifier: UserName | None = None
    password: str = ""
    token: str = ""
    device_id: str = ""
    initial_device_display_name: str = ""
    refresh_token: bool = False

    def __repr__(self) -> str:
        return f"Login({self.type!r}, {self.identifier!r})"


class SignedIn(Struct, frozen=True, gc=False):
    """A new session; its tokens are secrets."""

    user_id: UserId
    access_token: Token
    device_id: DeviceId
    expires_in_ms: Milliseconds | None = None
    refresh_token: Token | None = None

    def __repr__(self) -> str:
        return f"SignedIn({self.user_id!r}, {self.device_id!r})"


class Refresh(Struct, frozen=True, gc=False):
    """What `POST /refresh` is sent."""

    refresh_token: str

    def __repr__(self) -> str:
        return "Refresh()"


class Refreshed(Struct, frozen=True, gc=False):
    """New tokens for a session that goes on. Without a new refresh token the old one stays good."""

    access_token: Token
    expires_in_ms: Milliseconds | None = None
    refresh_token: Token | None = None

    def __repr__(self) -> str:
        return "Refreshed()"


class WhoAmI(Struct, frozen=True, gc=False):
    """Whose a token is."""

    user_id: UserId
    device_id: DeviceId = ""


class BaseUrl(Struct, frozen=True, gc=False):
    """Where a homeserver is."""

    base_url: Annotated[str, Meta(max_length=2000)]


class WellKnown(Struct, frozen=True, gc=False, rename={"homeserver": "m.homeserver"}):
    """What a company's web server says of its homeserver: `/.well-known/matrix/client`."""

    homeserver: BaseUrl


class Refusal(Struct, frozen=True, gc=False):
    """Why a server did not do it."""

    errcode: str
    error: str = ""
    soft_logout: bool = False
    retry_after_ms: Milliseconds | None = None
    consent_uri: str = ""


class Nothing(Struct, frozen=True, gc=False):
    """An empty object."""
