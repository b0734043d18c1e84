"""The desk's own settings file, desk.toml: its name, its hours, its services and its answers."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from tracker.frontdesk.asking_provider import is_safe
from tracker.frontdesk.default_settings import DEFAULT_SETTINGS
from tracker.frontdesk.hours import BusinessHours
from tracker.frontdesk.refusals import DeskSetupError
from tracker.model.catalogue import FieldKind

SETTINGS_FILE = "desk.toml"

Id = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_-]*$", max_length=50)]
Label = Annotated[str, Meta(min_length=1, max_length=200)]
Positive = Annotated[float, Meta(gt=0, le=10_000)]
Minutes = Annotated[float, Meta(gt=0, le=1_440)]


class FormField(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question on a service's form."""

    id: Id
    label: Label
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    choices: tuple[Label, ...] = ()
    help: str = ""


class Service(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something one can ask for. `team` is who usually gets it."""

    id: Id
    name: Label
    description: str = ""
    team: str | None = None
    first_reply_hours: Positive | None = None
    fields: tuple[FormField, ...] = ()


class Article(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An answer to a common question, in plain text."""

    id: Id
    title: Label
    summary: str = ""
    body: str = ""


class VisitWindows(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How visits are offered: how long a window is, how far ahead, and with how much notice at least."""

    window_hours: Annotated[float, Meta(ge=0.25, le=24)] = 2
    days_ahead: Annotated[float, Meta(gt=0, le=90)] = 10
    notice_hours: Annotated[float, Meta(ge=0, le=240)] = 1


class CannedAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that agents often need in chats."""

    title: Label
    text: Annotated[str, Meta(min_length=1, max_length=10_000)]


class ChatSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How chats are run: how many at once, and when silence or absence ends something.

    An open chat in which nobody writes is warned after `idle_warn_minutes` and ends after `idle_end_minutes`.
    One whose agent has not been seen for `agent_gone_minutes` goes back to the queue.
    """

    enabled: bool = True
    most_per_agent: Annotated[int, Meta(ge=1, le=50)] = 4
    longest_queue: Annotated[int, Meta(ge=0, le=1_000)] = 20
    idle_warn_minutes: Minutes = 8
    idle_end_minutes: Minutes = 10
    agent_gone_minutes: Minutes = 2
    messages_per_minute: Annotated[int, Meta(ge=1, le=100_000)] = 60
    canned: Annotated[tuple[CannedAnswer, ...], Meta(max_length=200)] = ()

    def __post_init__(self) -> None:
        if self.idle_warn_minutes >= self.idle_end_minutes:
            raise ValueError("chat: idle_warn_minutes must be less than idle_end_minutes")


class CompanySignIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which OpenID provider the desk believes, and about whom.

    `person_claim` names somebody by their sign-in name or e-mail address here. Whose `agents_claim` is, or
    holds, `agents_value` is an agent, everybody else is not; without the two, no agent gets in this way.
    """

    issuer: Annotated[str, Meta(min_length=1, max_length=2_000)]
    client_id: Label
    audience: Label | None = None
    person_claim: Label = "preferred_username"
    create_people: bool = False
    agents_claim: Label | None = None
    agents_value: Label | None = None
    session_hours: Annotated[float, Meta(ge=0.05, le=720)] = 12
    passwords: bool = True

    def __post_init__(self) -> None:
        if not is_safe(self.issuer):
            raise ValueError("sign_in: issuer must be an address that begins with https")
        if (self.agents_claim is None) != (self.agents_value is None):
            raise ValueError("sign_in: agents_claim and agents_value go together")


class DeskSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything in desk.toml. Days count from the moment of solving or closing."""

    name: Label = "IT front desk"
    min_client_version: str = "0.1.0"
    auto_close_days: Positive = 7
    reopen_days: Positive = 14
    attachment_bytes: Annotated[int, Meta(ge=1, le=1 << 32)] = 25 * 1024 * 1024
    hours: BusinessHours | None = None
    visits: VisitWindows = VisitWindows()
    chat: ChatSettings = ChatSettings()
    sign_in: CompanySignIn | None = None
    services: tuple[Service, ...] = ()
    articles: tuple[Article, ...] = ()

    def __post_init__(self) -> None:
        for what, ids in (
            ("services", [service.id for service in self.services]),
            ("articles", [article.id for article in self.articles]),
            *((f"fields of {s.id}", [field.id for field in s.fields]) for s in self.services),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"{what}: every id may be used once")

    def service(self, service_id: str) -> Service | None:
        """Find a service of the catalogue."""
        return next((service for service in self.services if service.id == service_id), None)


def load_settings(folder: Path) -> DeskSettings:
    """Read the folder's desk.toml, writing the default one first if there is none.

    Raises `DeskSetupError` with the place of the mistake.
    """
    path = folder / SETTINGS_FILE
    try:
        if not path.exists():
            path.write_text(DEFAULT_SETTINGS, encoding="utf-8")
        text = path.read_bytes()
    except OSError as error:
        raise DeskSetupError(f"The desk's settings in {path} cannot be read: {error.strerror}.") from error
    try:
        return msgspec.toml.decode(text, type=DeskSettings)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise DeskSetupError(f"The desk's settings in {path} have a mistake: {error}.") from error
