"""Every key that IT may set: its name, how it is written, its usual value, and a sentence on it.

The one schema behind the three carriers, the reference (docs/policy.md), the ADMX file and the report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tracker.host.accent import is_readable
from tracker.host.policy import forms
from tracker.host.policy.choice_keys import CHOICE_KEYS
from tracker.host.policy.policy import Key
from tracker.host.setting_values import text
from tracker.model.release import is_release


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


def _colour(*, dark: bool) -> forms.Form[str]:
    ground = "dark" if dark else "white"

    def parse(value: object) -> str:
        colour = text(value, 7)
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise ValueError("must be a colour such as #0b57d0")
        if not is_readable(colour, dark=dark):
            raise ValueError(f"cannot be read on {ground}: the contrast is too low, take another colour")
        return colour.upper()

    return forms.Form(forms.Shape.TEXT, parse)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to call IT at. `name` says who answers, `hours` when, in IT's words; both may be empty."""

    number: str
    name: str = ""
    hours: str = ""


def _phone(value: object) -> Phone:
    if not isinstance(value, dict) or not value.keys() <= {"number", "name", "hours"}:
        raise ValueError("must be a table of number, name and hours")
    number = text(value.get("number", ""), 40)
    if not re.fullmatch(r"\+?[0-9][0-9 ()/.-]*", number):
        raise ValueError("must have a number such as +49 89 1234-100")
    return Phone(number, text(value.get("name", ""), 60), text(value.get("hours", ""), 80))


def _release(value: object) -> str:
    written = text(value, 40)
    if not is_release(written):
        raise ValueError("must be a version such as 1.4.0")
    return written


def _proxy(value: object) -> str:
    written = text(value, 2000)
    if written not in ("system", "direct") and not re.fullmatch(r"https?://[^/?#\s@]+/?", written):
        raise ValueError("must be system, direct, or an address such as http://proxy.example.org:3128")
    return written


_TEXT = forms.text()
_NO_PATH = Path()
_NO_PHONE = Phone("")

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
    forms.web_address(plain=True),
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
BRAND_NAME = Key(
    "look.name",
    forms.text(40),
    "IT Help",
    "What the company calls its IT desk: in the window's heading and at the tray icon.",
    '"Example Helpdesk"',
)
BRAND_LOGO = Key(
    "look.logo",
    forms.file_path(),
    _NO_PATH,
    "A picture (PNG or SVG, at most 1 MB) in place of the parcel; it is shown 24 points high.",
    '"/etc/tracker/logo.svg"',
)
ACCENT = Key(
    "look.accent",
    _colour(dark=False),
    "#2458E6",
    "The colour of buttons and marks; refused where words in it could not be read on white. "
    "The dark look takes a lighter tint of it, high contrast its own colours.",
    '"#0B57D0"',
)
ACCENT_DARK = Key(
    "look.accent_dark",
    _colour(dark=True),
    "#7EA2FF",
    "The colour of buttons and marks in the dark look, in place of a tint of look.accent.",
    '"#8AB4F8"',
)
CHANNEL_REQUEST = Key(
    "channels.request", forms.yes_or_no(), True, "Whether people may raise requests in the program.", "false"
)
CHANNEL_CHAT = Key(
    "channels.chat", forms.yes_or_no(), True, "Whether people may start a chat, where the desk can.", "false"
)
CHANNEL_CALL = Key(
    "channels.call",
    forms.yes_or_no(),
    True,
    "Whether people may ask to be called, where the desk can.",
    "false",
)
CHANNEL_PHONE = Key(
    "channels.phone",
    forms.table(_phone),
    _NO_PHONE,
    "A number to call IT at: number, and where wanted name and hours.",
    '{ number = "+49 89 1234-100", name = "Service desk", hours = "Mon-Fri 7:00-18:00" }',
)
AUTOSTART = Key("start.autostart", forms.yes_or_no(), False, "Start when a person signs in.", "true")
START_HIDDEN = Key(
    "start.hidden",
    forms.yes_or_no(),
    True,
    "Whether a start at sign-in shows the tray icon alone; false: the window as well.",
    "false",
)
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
    next_start=True,
)
LOG_LEVEL = Key(
    "support.log_level", forms.choice(LogLevel), LogLevel.INFO, "How much the program's log says.", '"debug"'
)
BEACON_URL = Key(
    "support.beacon_url",
    forms.web_address(plain=True),
    "",
    "Where the program reports its health, once a day: version, last contact, whether signed in. "
    "No names, no requests.",
    '"https://health.example.org/tracker"',
)

KEYS: tuple[Key[object], ...] = (
    *(DESK_KIND, DESK_URL, DESK_OPTIONS, CHAT_URL, CHAT_OPTIONS),
    *(METHOD, ISSUER, CLIENT_ID, SCOPES),
    *(PROXY, PAC_URL, EXTRA_CA),
    *(BRAND_NAME, BRAND_LOGO, ACCENT, ACCENT_DARK, *CHOICE_KEYS),
    *(CHANNEL_REQUEST, CHANNEL_CHAT, CHANNEL_CALL, CHANNEL_PHONE),
    *(AUTOSTART, START_HIDDEN, MINIMUM_VERSION, UPDATE_HINT, CACHE_DAYS, KIOSK, LOG_LEVEL, BEACON_URL),
)
"""All of them, in the order of the reference."""
