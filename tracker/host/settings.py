"""What a person has chosen, as one frozen value with limits."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import TypeVar

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
    """The one ticket desk of this profile. `options` are its connector's own and mean nothing here."""

    kind: str
    url: str
    user: str
    options: tuple[tuple[str, str], ...] = ()


_USUAL = NotifySettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a person has chosen; no desk: nobody has signed in; an empty language: the system's."""

    desk: DeskChoice | None = None
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

    @property
    def notify(self) -> NotifySettings:
        """How to be told, as the policy wants it."""
        return NotifySettings(
            telling=self.telling,
            quiet=(self.quiet_from, self.quiet_to) if self.quiet_hours else None,
            quiet_weekend=self.quiet_weekend,
            digest_at=self.digest_at,
            muted=self.muted,
        )


def read_settings(raw: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """Give the settings of a decoded JSON object, and a sentence for each value that could not be used.

    A bad value is replaced by its usual one; it never takes the others with it. Unknown names are ignored.
    """
    usual = Settings()
    fields = _Fields(raw)
    settings = Settings(
        desk=fields.take("desk", _desk, usual.desk),
        language=fields.take("language", _language, usual.language),
        theme=fields.take("theme", _one_of(ThemeChoice), usual.theme),
        privacy=fields.take("privacy", _one_of(Privacy), usual.privacy),
        telling=fields.take("telling", _telling, usual.telling),
        quiet_hours=fields.take("quiet_hours", _yes_or_no, usual.quiet_hours),
        quiet_from=fields.take("quiet_from", _clock, usual.quiet_from),
        quiet_to=fields.take("quiet_to", _clock, usual.quiet_to),
        quiet_weekend=fields.take("quiet_weekend", _yes_or_no, usual.quiet_weekend),
        digest_at=fields.take("digest_at", _clocks, usual.digest_at),
        muted=fields.take("muted", _tickets, usual.muted),
        autostart=fields.take("autostart", _yes_or_no, usual.autostart),
        closing_explained=fields.take("closing_explained", _yes_or_no, usual.closing_explained),
    )
    return settings, tuple(fields.complaints)


def write_settings(settings: Settings) -> dict[str, object]:
    """Give the JSON object that read_settings() reads back as the same value."""
    desk = settings.desk
    return {
        "desk": desk
        and {"kind": desk.kind, "url": desk.url, "user": desk.user, "options": dict(desk.options)},
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
    }


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


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _text(value: object, longest: int = 200) -> str:
    if not isinstance(value, str) or len(value) > longest or not (value.isprintable()):
        raise ValueError(f"must be a text of at most {longest} characters in one line")
    return value


def _one_of(kind: type[E]) -> Callable[[object], E]:
    def parse(value: object) -> E:
        try:
            return kind(_text(value))
        except ValueError:
            raise ValueError(f"must be one of {', '.join(kind)}") from None

    return parse


def _language(value: object) -> str:
    text = _text(value, 20)
    if not re.fullmatch(r"|[a-z]{2,3}([_-][A-Za-z]{2,8})*", text):
        raise ValueError("must be a language such as “de”, or empty for the system's")
    return text


def _clock(value: object) -> time:
    text = _text(value)
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("must be a time such as 18:00")
    return time.fromisoformat(text)


def _clocks(value: object) -> tuple[time, ...]:
    if not isinstance(value, list) or len(value) > 24:
        raise ValueError("must be a list of at most 24 times such as 09:00")
    return tuple(sorted({_clock(entry) for entry in value}))


def _tickets(value: object) -> frozenset[TicketId]:
    if not isinstance(value, list) or len(value) > 10_000:
        raise ValueError("must be a list of at most 10,000 requests")
    return frozenset(TicketId(_text(entry)) for entry in value)


def _telling(value: object) -> tuple[tuple[NoticeClass, Telling], ...]:
    if not isinstance(value, dict):
        raise ValueError("must say toast, digest or off for each kind of notice")
    chosen = dict(_USUAL.telling)
    for name, how in value.items():
        if name in list(NoticeClass):  # a newer version may know more
            chosen[NoticeClass(name)] = _one_of(Telling)(how)
    return tuple(chosen.items())


def _desk(value: object) -> DeskChoice | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError("must say kind, url and user")
    kind, url = _text(value.get("kind"), 40), _text(value.get("url"), 2000)
    if not kind:
        raise ValueError("must say what kind of desk it is")
    if not re.fullmatch(r"https?://[^/?#\s@]+([/?#]\S*)?", url):
        raise ValueError("must have an address that starts with https:// and holds no user name")
    return DeskChoice(kind, url, _text(value.get("user")), _options(value.get("options", {})))


def _options(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or len(value) > 500:
        raise ValueError("may have at most 500 options, each with a name")
    return tuple((_text(name), _option(entry)) for name, entry in value.items())


def _option(value: object) -> str:
    """Keep a list or a map that somebody wrote by hand as its JSON text: only the connector knows it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) > 10_000:
        raise ValueError("may have no option longer than 10,000 characters")
    return text
