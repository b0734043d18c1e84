"""What an OpenID provider answers, as it stands on the wire (OpenID Connect, RFC 6749, RFC 8628)."""

from typing import Annotated

from msgspec import Meta, Struct

Address = Annotated[str, Meta(max_length=2000)]
Token = Annotated[str, Meta(max_length=16_000, pattern="^[!-~]*$")]
Seconds = Annotated[float, Meta(ge=0, le=1e9)]


class Configuration(Struct, frozen=True, gc=False):
    """The provider of itself: OpenID Connect Discovery 1.0, 3; RFC 8414, 2; RFC 8628, 4; RFC 9207, 3."""

    issuer: Address
    authorization_endpoint: Address
    token_endpoint: Address
    jwks_uri: Address
    device_authorization_endpoint: Address = ""
    revocation_endpoint: Address = ""
    scopes_supported: tuple[str, ...] = ()
    code_challenge_methods_supported: tuple[str, ...] | None = None
    authorization_response_iss_parameter_supported: bool = False


class TokensTold(Struct, frozen=True, gc=False):
    """A good answer of the token endpoint: RFC 6749, 5.1; OpenID Connect Core 1.0, 3.1.3.3."""

    access_token: Token
    token_type: str
    id_token: Token = ""
    refresh_token: Token = ""

    def __repr__(self) -> str:
        return "TokensTold()"


class Trouble(Struct, frozen=True, gc=False):
    """A refusal of the token or device endpoint: RFC 6749, 5.2."""

    error: str = ""
    error_description: str = ""


class DeviceTold(Struct, frozen=True, gc=False):
    """A code for another device: RFC 8628, 3.2."""

    device_code: Token
    user_code: Annotated[str, Meta(min_length=1, max_length=100)]
    verification_uri: Address
    expires_in: Seconds
    verification_uri_complete: Address = ""
    interval: Seconds = 5.0

    def __repr__(self) -> str:
        return f"DeviceTold({self.verification_uri!r})"


class SigningKey(Struct, frozen=True, gc=False):
    """A public key: RFC 7517, 4; RFC 7518, 6; RFC 8037, 2. What else stands there is not read."""

    kty: str
    kid: str = ""
    use: str = ""
    alg: str = ""
    n: str = ""
    e: str = ""
    crv: str = ""
    x: str = ""
    y: str = ""

    def as_written(self) -> dict[str, str | list[str]]:
        """Give it as it stood, for a library to take."""
        told = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return {name: value for name, value in told if value}


class Keys(Struct, frozen=True, gc=False):
    """The keys of a provider: RFC 7517, 5."""

    keys: Annotated[tuple[SigningKey, ...], Meta(max_length=100)]


class Proof(Struct, frozen=True, gc=False):
    """What we read of an ID token: OpenID Connect Core 1.0, 2."""

    aud: str | tuple[str, ...]
    azp: str = ""
    nonce: str = ""
