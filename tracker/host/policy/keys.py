"""Every key that IT may set: its name, how it is written, its usual value, and a sentence on it.

The one schema behind the three carriers, the reference (docs/policy.md), the ADMX file and the report.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from tracker.host.policy import forms
from tracker.host.policy.policy import Key
from tracker.host.setting_values import text


class DeskKind(StrEnum):
    """The service desks that can be set; other packages' connectors are signed in to by hand."""

    RT = "rt"
    FRONTDESK = "frontdesk"


class SignInMethod(StrEnum):
    """How people prove who they are at the desk; `any`: each way that the desk offers."""

    ANY = "any"
    PASSWORD = "password"  # noqa: S105 - a word of the policy
    TOKEN = "token"  # noqa: S105
    BROWSER = "browser"  # OpenID Connect with PKCE
    DEVICE = "device"  # a code that is typed on another device


class LogLevel(StrEnum):
    """How much the program's own log says."""

    WARNING = "warning"
    INFO = "info"
    DEBUG = "debug"


def _options(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or len(value) > 500:
        raise ValueError("must be a table of at most 500 names")
    return tuple((text(name), text(entry, 10_000)) for name, entry in value.items())


def _colour(value: object) -> str:
    colour = text(value, 7)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError("must be a colour such as #0b57d0")
    return colour


def _release(value: object) -> str:
    written = text(value, 40)
    if not re.fullmatch(r"\d{1,5}(\.\d{1,5}){0,3}", written):
        raise ValueError("must be a version such as 1.4.0")
    return written


def _proxy(value: object) -> str:
    written = text(value, 2000)
    if written not in ("system", "direct") and not re.fullmatch(r"https?://[^/?#\s@]+/?", written):
        raise ValueError("must be system, direct, or an address such as http://proxy.example.org:3128")
    return written


_TEXT = forms.text()
_NO_PATH = Path()

DESK_KIND = Key("desk.kind", forms.choice(DeskKind), DeskKind.FRONTDESK, "The kind of service desk.", '"rt"')
DESK_URL = Key(
    "desk.url", forms.web_address(), "", "The address of the service desk.", '"https://rt.example.org"'
)
DESK_OPTIONS = Key(
    "desk.options",
    forms.table(_options),
    (),
    "What the connector must know of this site, such as the names of custom fields (see the desk's page).",
    '{ queue = "IT" }',
)
CHAT_URL = Key(
    "chat.url",
    forms.web_address(),
    "",
    "The address of a Matrix server that carries the chats beside the service desk.",
    '"https://matrix.example.org"',
)
CHAT_OPTIONS = Key(
    "chat.options",
    forms.table(_options),
    (),
    "Who is asked into a chat, and what else the Matrix connector must know.",
    '{ invite = "@desk:example.org" }',
)
METHOD = Key(
    "sign_in.method",
    forms.choice(SignInMethod),
    SignInMethod.ANY,
    "How people sign in at the service desk.",
    '"browser"',
)
ISSUER = Key(
    "sign_in.issuer",
    forms.web_address(),
    "",
    "The company's OpenID provider, as its configuration names itself.",
    '"https://login.example.org/realms/company"',
)
CLIENT_ID = Key("sign_in.client_id", _TEXT, "", "How the provider knows this program.", '"tracker"')
SCOPES = Key(
    "sign_in.scopes",
    forms.texts(),
    ("openid", "profile", "email", "offline_access"),
    "What is asked of the provider; offline_access gives a refresh token where the provider wants that.",
    '["openid", "profile", "offline_access"]',
)
PROXY = Key(
    "network.proxy",
    forms.Form(forms.Shape.TEXT, _proxy),
    "system",
    "The proxy: the system's own, none at all (direct), or an address.",
    '"http://proxy.example.org:3128"',
)
PAC_URL = Key(
    "network.pac_url",
    forms.web_address(),
    "",
    "A proxy auto-configuration file; it goes before network.proxy.",
    '"http://wpad.example.org/wpad.dat"',
)
EXTRA_CA = Key(
    "network.extra_ca",
    forms.file_path(),
    _NO_PATH,
    "A file with certificates (PEM) that are believed besides the system's.",
    '"/etc/tracker/company-ca.pem"',
)
AUTOSTART = Key("start.autostart", forms.yes_or_no(), False, "Start when a person signs in.", "true")
MINIMUM_VERSION = Key(
    "updates.minimum_version",
    forms.Form(forms.Shape.TEXT, _release),
    "",
    "The oldest version that should be in use; an older one says so, quietly.",
    '"1.4.0"',
)
UPDATE_HINT = Key(
    "updates.hint",
    forms.text(300),
    "",
    "What a person with an older version should do, in one sentence.",
    '"Restart your computer tonight: IT installs the new version."',
)
CACHE_DAYS = Key(
    "privacy.cache_days",
    forms.number(1, 3650),
    3650,
    "For how many days a request that has ended stays on the computer.",
    "90",
)
KIOSK = Key(
    "privacy.kiosk",
    forms.yes_or_no(),
    False,
    "Keep nothing of the person once the program ends: for shared computers.",
    "true",
)
LOG_LEVEL = Key(
    "support.log_level", forms.choice(LogLevel), LogLevel.INFO, "How much the program's log says.", '"debug"'
)
BEACON_URL = Key(
    "support.beacon_url",
    forms.web_address(),
    "",
    "Where the program reports its health, once a day: version, last contact, whether signed in. "
    "No names, no requests.",
    '"https://health.example.org/tracker"',
)

KEYS: tuple[Key[object], ...] = (
    *(DESK_KIND, DESK_URL, DESK_OPTIONS, CHAT_URL, CHAT_OPTIONS),
    *(METHOD, ISSUER, CLIENT_ID, SCOPES),
    *(PROXY, PAC_URL, EXTRA_CA),
    *(AUTOSTART, MINIMUM_VERSION, UPDATE_HINT, CACHE_DAYS, KIOSK, LOG_LEVEL, BEACON_URL),
)
"""All of them, in the order of the reference."""
