"""What counts where IT has set something: its locks, then the person's choice, then its defaults."""

import json
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from tracker.host.desk_hours import DeskHours
from tracker.host.overlay import locked_settings
from tracker.host.policy.collecting import Lock, RawValue, collect
from tracker.host.policy.policy import Policy
from tracker.host.settings import DeskChoice, Privacy, Settings, ThemeChoice, write_settings
from tracker.host.settings_file import SettingsFile
from tracker.model.notice import NoticeClass
from tracker.model.telling import Telling
from tracker.model.ticket import TicketId

SIGNED_IN = Settings(desk=DeskChoice("rt", "https://rt.example", "anna"))


def policy(*locked: str, **values: object) -> Policy:
    """Give a policy; "__" stands for the dot in a key's name."""
    raw = [RawValue(name.replace("__", "."), value, "here") for name, value in values.items()]
    made = collect(raw, [Lock(name, "here") for name in locked])
    assert made.complaints == ()
    return made


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_its_default_counts_until_the_person_chooses(place: Path) -> None:
    dark = policy(look__theme="dark", notifications__privacy="subject")
    file = SettingsFile(place, dark)
    settings = file.load()
    assert (settings.theme, settings.privacy) == (ThemeChoice.DARK, Privacy.SUBJECT)
    settings = file.save(replace(settings, theme=ThemeChoice.LIGHT))
    assert (settings.theme, settings.privacy) == (ThemeChoice.LIGHT, Privacy.SUBJECT)
    assert SettingsFile(place, dark).load() == settings


def test_the_usual_value_can_be_chosen_against_its_default(place: Path) -> None:
    file = SettingsFile(place, policy(look__theme="dark"))
    file.save(replace(file.load(), theme=ThemeChoice.SYSTEM))
    assert SettingsFile(place, policy(look__theme="light")).load().theme is ThemeChoice.SYSTEM


def test_a_locked_value_counts_and_the_choice_comes_back_when_it_goes(place: Path) -> None:
    SettingsFile(place).save(Settings(theme=ThemeChoice.LIGHT))
    file = SettingsFile(place, policy("look", look__theme="dark"))
    settings = file.load()
    assert settings.theme is ThemeChoice.DARK
    saved = file.save(replace(settings, theme=ThemeChoice.CONTRAST, quiet_hours=False))
    assert (saved.theme, saved.quiet_hours) == (ThemeChoice.DARK, False), "refused, and nothing else"
    assert file.use_policy(Policy()).theme is ThemeChoice.LIGHT
    assert SettingsFile(place).load() == Settings(theme=ThemeChoice.LIGHT, quiet_hours=False)


def test_a_policy_is_never_written_into_the_persons_file(place: Path) -> None:
    everything = policy(
        "notifications",
        look__theme="dark",
        notifications__privacy="generic",
        notifications__now="digest",
        start__autostart=True,
        hours__zone="Europe/Berlin",
        cadence__low=90,
    )
    file = SettingsFile(place, everything)
    settings = file.load()
    assert settings.hours == DeskHours(zone="Europe/Berlin")
    assert settings.notify.of(NoticeClass.NOW) is Telling.DIGEST
    file.save(replace(settings, muted=frozenset({TicketId("17")})))
    raw = json.loads(place.read_text())
    assert raw == {"format": 2, "muted": ["17"]}
    assert SettingsFile(place).load() == Settings(muted=frozenset({TicketId("17")}))


def test_one_part_is_chosen_and_the_others_stay_its(place: Path) -> None:
    set_by_it = policy(
        "cadence.low", notifications__now="digest", notifications__progress="off", cadence__low=90
    )
    file = SettingsFile(place, set_by_it)
    settings = file.load()
    telling = tuple({**dict(settings.telling), NoticeClass.NOW: Telling.TOAST}.items())
    file.save(replace(settings, telling=telling))
    assert json.loads(place.read_text())["telling"] == {"now": "toast"}
    again = SettingsFile(place, set_by_it).load().notify
    assert again.of(NoticeClass.NOW) is Telling.TOAST
    assert again.of(NoticeClass.PROGRESS) is Telling.OFF


def test_holidays_of_a_region_come_with_their_country(place: Path) -> None:
    hours = SettingsFile(place, policy(hours__holidays="DE-BY")).load().hours
    assert hours is not None
    assert (hours.country, hours.region) == ("DE", "BY")
    place.write_text(json.dumps({"hours": {"country": "FR"}}))
    hours = SettingsFile(place, policy(hours__holidays="DE-BY")).load().hours
    assert hours is not None
    assert (hours.country, hours.region) == ("FR", "")


def test_what_came_from_another_computer_waits_below_a_lock(place: Path) -> None:
    file = SettingsFile(place, policy("notifications.quiet_to", notifications__quiet_to="09:00"))
    file.load()
    settings = file.save_own(replace(file.own, quiet_to=time(6), quiet_weekend=False))
    assert (settings.quiet_to, settings.quiet_weekend) == (time(9), False)
    assert file.own.quiet_to == time(6)
    assert file.use_policy(Policy()).quiet_to == time(6)


def test_in_a_file_of_an_earlier_version_the_usual_is_no_choice(place: Path) -> None:
    """Those held every name, chosen or not."""
    before = replace(SIGNED_IN, theme=ThemeChoice.LIGHT)
    place.write_text(json.dumps(write_settings(before)))
    file = SettingsFile(place, policy(look__theme="dark", notifications__privacy="generic"))
    settings = file.load()
    assert settings == replace(before, privacy=Privacy.GENERIC)
    assert file.complaints == ()
    file.save(replace(settings, closing_explained=True))
    assert SettingsFile(place).load() == replace(before, closing_explained=True)


def test_a_choice_that_cannot_be_read_gives_way_to_its_default(place: Path) -> None:
    place.write_text(json.dumps({"theme": "purple", "privacy": "full"}))
    file = SettingsFile(place, policy(look__theme="dark", notifications__privacy="generic"))
    settings = file.load()
    assert (settings.theme, settings.privacy) == (ThemeChoice.DARK, Privacy.FULL)
    assert len(file.complaints) == 1


def test_a_damaged_file_leaves_what_it_has_set(place: Path) -> None:
    place.write_text("{")
    file = SettingsFile(place, policy(look__theme="dark"), now=lambda: datetime(2026, 11, 22))
    assert file.load().theme is ThemeChoice.DARK


def test_what_is_chosen_can_be_named(place: Path) -> None:
    file = SettingsFile(place, policy(look__theme="dark"))
    settings = file.load()
    assert file.chosen == {}
    file.save(replace(settings, quiet_hours=False))
    assert file.chosen == {"quiet_hours": False}


def test_what_cannot_be_changed_can_be_named() -> None:
    set_by_it = policy("look.theme", look__theme="dark", notifications__now="off", look__language="de")
    assert locked_settings(set_by_it) == {"theme", "language"}
