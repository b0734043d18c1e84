"""The keys for what a person chooses in the settings: IT gives another start to it, or locks it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.host.desk_hours import LONGEST_CADENCE, read_hours
from tracker.host.policy import forms
from tracker.host.policy.policy import Key
from tracker.host.setting_values import clock, clocks, text
from tracker.host.settings import Privacy, Settings, ThemeChoice, language
from tracker.model.notice import NoticeClass
from tracker.model.telling import Telling
from tracker.model.ticket import Priority

if TYPE_CHECKING:
    from datetime import date

    from tracker.model.calendar import Hours

_USUAL = Settings()


def _week(value: object) -> tuple[Hours, ...]:
    """Take seven texts, Monday first: "09:00-12:00, 13:00-17:00", or "closed"."""
    if not isinstance(value, list) or len(value) != 7:
        raise ValueError('must be a list of seven days, Monday first, such as "09:00-17:00" or "closed"')
    lines = ["" if text(day) == "closed" else text(day).replace(" ", "") for day in value]
    days = [[one.split("-") for one in line.split(",") if one] for line in lines]
    read = read_hours({"week": days})
    return read.week if read is not None else ()


def _zone(value: object) -> str:
    read = read_hours({"zone": value})
    if read is None or not read.zone:
        raise ValueError("must be a time zone such as Europe/Berlin")
    return read.zone


def _place(value: object) -> str:
    country, _dash, region = text(value, 13).partition("-")
    read_hours({"country": country, "region": region})
    if not country:
        raise ValueError("must name a country such as DE, or with its region, such as DE-BY")
    return f"{country}-{region}" if region else country


def _days_off(value: object) -> tuple[date, ...]:
    read = read_hours({"days_off": value})
    return tuple(sorted(read.days_off)) if read is not None else ()


def _language(value: object) -> str:
    name = language(value)
    if not name:
        raise ValueError("must be a language such as de, or en_GB")
    return name


def _telling(kind: NoticeClass, about: str) -> Key[Telling]:
    usual = dict(_USUAL.telling)[kind]
    return Key(f"notifications.{kind}", forms.choice(Telling), usual, about, '"digest"')


def _cadence(priority: Priority) -> Key[int]:
    usual = _USUAL.cadence.of(priority) // timedelta(minutes=1)
    about = f"After how many minutes of working time IT usually writes, where the priority is {priority}."
    return Key(f"cadence.{priority}", forms.number(1, LONGEST_CADENCE), usual, about, str(usual // 2))


LANGUAGE = Key(
    "look.language",
    forms.Form(forms.Shape.TEXT, _language),
    "",
    "The language in which times, dates and numbers are written; without it the system's.",
    '"de_DE"',
    next_start=True,
)
THEME = Key("look.theme", forms.choice(ThemeChoice), _USUAL.theme, "The colours.", '"dark"')

NOW = _telling(
    NoticeClass.NOW, "How to be told of what happens now: a technician at the door, a visit that is near."
)
NEEDS_YOU = _telling(NoticeClass.NEEDS_YOU, "How to be told that IT waits for the person.")
PROMISE = _telling(NoticeClass.PROMISE, "How to be told of promises: made, moved, missed.")
PROGRESS = _telling(NoticeClass.PROGRESS, "How to be told of progress: received, assigned, replied.")
DIGEST = _telling(NoticeClass.DIGEST, "How to be told of small things.")
QUIET_HOURS = Key(
    "notifications.quiet_hours",
    forms.yes_or_no(),
    _USUAL.quiet_hours,
    "Whether news waits at quiet hours; what happens now is still shown.",
    "false",
)
QUIET_FROM = Key(
    "notifications.quiet_from",
    forms.Form(forms.Shape.TEXT, clock),
    _USUAL.quiet_from,
    "When the quiet hours begin.",
    '"19:00"',
)
QUIET_TO = Key(
    "notifications.quiet_to",
    forms.Form(forms.Shape.TEXT, clock),
    _USUAL.quiet_to,
    "When the quiet hours end.",
    '"07:30"',
)
QUIET_WEEKEND = Key(
    "notifications.quiet_weekend",
    forms.yes_or_no(),
    _USUAL.quiet_weekend,
    "Whether it is quiet all weekend.",
    "false",
)
DIGEST_AT = Key(
    "notifications.digest_at",
    forms.Form(forms.Shape.LIST, clocks),
    _USUAL.digest_at,
    "When summaries come; an empty list: never, they stay in the program.",
    '["09:00", "16:00"]',
)
PRIVACY = Key(
    "notifications.privacy",
    forms.choice(Privacy),
    _USUAL.privacy,
    "What a notification shows to whoever passes by: full, subject, or generic (only that there is news).",
    '"generic"',
)

_NO_WEEK: tuple[Hours, ...] = ()
_NO_DAYS: tuple[date, ...] = ()
ZONE = Key(
    "hours.zone",
    forms.Form(forms.Shape.TEXT, _zone),
    "",
    "The time zone of IT's working hours; without it the desk's, else this computer's.",
    '"Europe/Berlin"',
)
WEEK = Key(
    "hours.week",
    forms.Form(forms.Shape.LIST, _week),
    _NO_WEEK,
    "When IT works, seven days from Monday on; without it the hours that the desk tells, else office hours.",
    '["08:00-17:00", "08:00-17:00", "08:00-17:00", "08:00-17:00", "08:00-14:00", "closed", "closed"]',
)
HOLIDAYS = Key(
    "hours.holidays",
    forms.Form(forms.Shape.TEXT, _place),
    "",
    "Whose public holidays IT keeps: a country, or country and region, by their codes in ISO 3166.",
    '"DE-BY"',
)
DAYS_OFF = Key(
    "hours.days_off",
    forms.Form(forms.Shape.LIST, _days_off),
    _NO_DAYS,
    "Days on which IT does not work besides the public holidays.",
    '["2026-12-24", "2026-12-31"]',
)
CADENCES = tuple(_cadence(each) for each in (Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW))

CHOICE_KEYS: tuple[Key[object], ...] = (
    *(LANGUAGE, THEME),
    *(NOW, NEEDS_YOU, PROMISE, PROGRESS, DIGEST),
    *(QUIET_HOURS, QUIET_FROM, QUIET_TO, QUIET_WEEKEND, DIGEST_AT, PRIVACY),
    *(ZONE, WEEK, HOLIDAYS, DAYS_OFF, *CADENCES),
)
"""All of them, in the order of the reference."""
