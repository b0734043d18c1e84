"""What a person has chosen, as one frozen value with limits."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TypeVar

from tracker.host.desk_hours import DeskHours, read_cadence, read_hours, write_cadence, write_hours
from tracker.host.setting_values import clock, clocks, is_web_address, moment, one_of, text, yes_or_no
from tracker.model.cadence import Cadence
from tracker.model.notice import NoticeClass
from tracker.model.telling import NotifySettings, Telling
from tracker.model.ticket import TicketId

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class ThemeChoice(StrEnum):
    """Light, dark, high contrast, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Privacy(StrEnum):
    """What a toast shows to whoever passes by."""

    FULL = "full"
    SUBJECT = "subject"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class DeskChoice:
    """A desk of this profile. `options` are its connector's own and mean nothing here."""

    kind: str
    url: str
    user: str
    options: tuple[tuple[str, str], ...] = ()


_USUAL = NotifySettings()
_USUAL_CADENCE = Cadence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person has chosen; no desk: nobody has signed in; an empty language: the system's.

    `chat`: the chat server beside the ticket desk, where one is used.

    `hours` None: those the desk tells, else office hours here. `cadence`: how often the desk usually writes.
    """

    desk: DeskChoice | None = None
    chat: DeskChoice | None = None
    language: str = ""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    privacy: Privacy = Privacy.FULL
    telling: tuple[tuple[NoticeClass, Telling], ...] = _USUAL.telling
    quiet_hours: bool = True
    quiet_from: time = time(18)
    quiet_to: time = time(8)
    quiet_weekend: bool = _USUAL.quiet_weekend
    digest_at: tuple[time, ...] = _USUAL.digest_at
    muted: frozenset[TicketId] = frozenset()
    autostart: bool = False
    closing_explained: bool = False
    snoozed_until: datetime | None = None
    notify_changed_at: datetime | None = None
    hours: DeskHours | None = None
    cadence: Cadence = _USUAL_CADENCE

    @property
    def notify(self) -> NotifySettings:
        """How to be told, as the policy wants it."""
        return NotifySettings(
            telling=self.telling,
            quiet=(self.quiet_from, self.quiet_to) if self.quiet_hours else None,
            quiet_weekend=self.quiet_weekend,
            digest_at=self.digest_at,
            muted=self.muted,
            snoozed_until=self.snoozed_until,
            changed_at=self.notify_changed_at,
        )


def read_settings(raw: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """Give the settings of a decoded JSON object, and a sentence for each value that could not be used.

    A bad value is replaced by its usual one; it never takes the others with it. Unknown names are ignored.
    """
    usual = Settings()
    fields = _Fields(raw)
    settings = Settings(
        desk=fields.take("desk", _desk, usual.desk),
        chat=fields.take("chat", _desk, usual.chat),
        language=fields.take("language", language, usual.language),
        theme=fields.take("theme", one_of(ThemeChoice), usual.theme),
        privacy=fields.take("privacy", one_of(Privacy), usual.privacy),
        telling=fields.take("telling", _telling, usual.telling),
        quiet_hours=fields.take("quiet_hours", yes_or_no, usual.quiet_hours),
        quiet_from=fields.take("quiet_from", clock, usual.quiet_from),
        quiet_to=fields.take("quiet_to", clock, usual.quiet_to),
        quiet_weekend=fields.take("quiet_weekend", yes_or_no, usual.quiet_weekend),
        digest_at=fields.take("digest_at", clocks, usual.digest_at),
        muted=fields.take("muted", _tickets, usual.muted),
        autostart=fields.take("autostart", yes_or_no, usual.autostart),
        closing_explained=fields.take("closing_explained", yes_or_no, usual.closing_explained),
        snoozed_until=fields.take("snoozed_until", moment, usual.snoozed_until),
        notify_changed_at=fields.take("notify_changed_at", moment, usual.notify_changed_at),
        hours=fields.take("hours", read_hours, usual.hours),
        cadence=fields.take("cadence", read_cadence, usual.cadence),
    )
    return settings, tuple(fields.complaints)


def write_settings(settings: Settings) -> dict[str, object]:
    """Give the JSON object that read_settings() reads back as the same value."""
    return {
        "desk": settings.desk and _written_desk(settings.desk),
        "chat": settings.chat and _written_desk(settings.chat),
        "language": settings.language,
        "theme": settings.theme,
        "privacy": settings.privacy,
        "telling": dict(settings.telling),
        "quiet_hours": settings.quiet_hours,
        "quiet_from": f"{settings.quiet_from:%H:%M}",
        "quiet_to": f"{settings.quiet_to:%H:%M}",
        "quiet_weekend": settings.quiet_weekend,
        "digest_at": [f"{clock:%H:%M}" for clock in settings.digest_at],
        "muted": sorted(settings.muted),
        "autostart": settings.autostart,
        "closing_explained": settings.closing_explained,
        "snoozed_until": _written(settings.snoozed_until),
        "notify_changed_at": _written(settings.notify_changed_at),
        "hours": settings.hours and write_hours(settings.hours),
        "cadence": write_cadence(settings.cadence),
    }


def _written_desk(desk: DeskChoice) -> dict[str, object]:
    return {"kind": desk.kind, "url": desk.url, "user": desk.user, "options": dict(desk.options)}


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


class _Fields:
    """Takes values by name and collects what was wrong with them."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._raw = raw
        self.complaints: list[str] = []

    def take(self, name: str, parse: Callable[[object], T], usual: T) -> T:
        if name not in self._raw:
            return usual
        try:
            return parse(self._raw[name])
        except ValueError as error:
            self.complaints.append(f"The setting “{name}” {error}. Its usual value is used.")
            return usual


def language(value: object) -> str:
    """Take a language such as "de" or "en_GB", or "" for the system's."""
    name = text(value, 20)
    if not re.fullmatch(r"|[a-z]{2,3}([_-][A-Za-z]{2,8})*", name):
        raise ValueError("must be a language such as “de”, or empty for the system's")
    return name


def _tickets(value: object) -> frozenset[TicketId]:
    if not isinstance(value, list) or len(value) > 10_000:
        raise ValueError("must be a list of at most 10,000 requests")
    return frozenset(TicketId(text(entry)) for entry in value)


def _telling(value: object) -> tuple[tuple[NoticeClass, Telling], ...]:
    if not isinstance(value, dict):
        raise ValueError("must say toast, digest or off for each kind of notice")
    chosen = dict(_USUAL.telling)
    for name, how in value.items():
        if name in list(NoticeClass):  # a newer version may know more
            chosen[NoticeClass(name)] = one_of(Telling)(how)
    return tuple(chosen.items())


def _desk(value: object) -> DeskChoice | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError("must say kind, url and user")
    kind, url = text(value.get("kind"), 40), text(value.get("url"), 2000)
    if not kind:
        raise ValueError("must say what kind of desk it is")
    if not is_web_address(url):
        raise ValueError("must have an address that starts with https:// and holds no user name")
    return DeskChoice(kind, url, text(value.get("user")), _options(value.get("options", {})))


def _options(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or len(value) > 500:
        raise ValueError("may have at most 500 options, each with a name")
    return tuple((text(name), _option(entry)) for name, entry in value.items())


def _option(value: object) -> str:
    """Keep a list or a map that somebody wrote by hand as its JSON text: only the connector knows it."""
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(written) > 10_000:
        raise ValueError("may have no option longer than 10,000 characters")
    return written
