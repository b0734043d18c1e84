"""What a person has chosen survives; what makes no sense is said and harms nothing else."""

import json
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tests.rigs.unprivileged import OrdinaryUser
from tracker.host.errors import DiskTrouble
from tracker.host.settings import DeskChoice, Privacy, Settings, ThemeChoice, read_settings, write_settings
from tracker.host.settings_file import LARGEST, SettingsFile, SettingsRefused
from tracker.host.window_state import WindowState, load_window_state, save_window_state
from tracker.model.notice import NoticeClass
from tracker.model.telling import Telling
from tracker.model.ticket import TicketId

__all__ = ["ordinary_user", "small_disk"]

DESK = DeskChoice("rt", "https://rt.example/", "anna", (("lifecycle", "open=working"), ("queue", "Gäste")))
CHOSEN = Settings(
    desk=DESK,
    chat=DeskChoice("matrix", "https://chat.example", "@anna:example", (("room", "agents"),)),
    language="de",
    theme=ThemeChoice.DARK,
    privacy=Privacy.SUBJECT,
    telling=tuple({**dict(Settings().telling), NoticeClass.PROGRESS: Telling.DIGEST}.items()),
    quiet_hours=False,
    quiet_from=time(20, 30),
    quiet_weekend=False,
    digest_at=(time(8), time(12)),
    muted=frozenset({TicketId("17")}),
    autostart=True,
    closing_explained=True,
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def saved(place: Path, **raw: object) -> SettingsFile:
    place.write_text(json.dumps(raw))
    return SettingsFile(place)


def test_the_first_start_has_the_usual_settings(place: Path) -> None:
    file = SettingsFile(place)
    assert file.load() == Settings()
    assert file.complaints == ()


def test_what_was_saved_is_read_back(place: Path) -> None:
    SettingsFile(place).save(CHOSEN)
    assert SettingsFile(place).load() == CHOSEN
    assert place.stat().st_mode & 0o777 == 0o600


def test_the_policy_is_told_how_to_tell() -> None:
    assert CHOSEN.notify.quiet is None
    assert CHOSEN.notify.of(NoticeClass.PROGRESS) is Telling.DIGEST
    assert CHOSEN.notify.muted == {"17"}
    assert replace(CHOSEN, quiet_hours=True).notify.quiet == (time(20, 30), time(8))


def test_names_of_a_newer_version_are_kept(place: Path) -> None:
    file = saved(place, theme="dark", call_me_first=True)
    file.save(replace(file.load(), theme=ThemeChoice.LIGHT))
    raw = json.loads(place.read_text())
    assert (raw["call_me_first"], raw["theme"]) == (True, "light")


def test_one_bad_value_does_not_take_the_others_with_it(place: Path) -> None:
    file = saved(place, privacy="purple", language="de", quiet_from="25:00")
    settings = file.load()
    assert (settings.privacy, settings.language, settings.quiet_from) == (Privacy.FULL, "de", time(18))
    assert file.complaints == (
        "The setting “privacy” must be one of full, subject, generic. Its usual value is used.",
        "The setting “quiet_from” must be a time such as 18:00. Its usual value is used.",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("desk", []),
        ("desk", {"kind": "rt", "user": "anna"}),
        ("desk", {"kind": "", "url": "https://rt.example", "user": "anna"}),
        ("desk", {"kind": "rt", "url": "file:///etc/passwd", "user": "anna"}),
        ("desk", {"kind": "rt", "url": "https://anna:hunter2@rt.example", "user": "anna"}),
        ("desk", {"kind": "rt", "url": "https://rt.example", "user": "an\nna"}),
        ("desk", {"kind": "rt", "url": "https://rt.example", "user": "anna", "options": []}),
        ("desk", {"kind": "rt", "url": "https://rt.example", "user": "anna", "options": {"a": "x" * 10_001}}),
        ("language", "x" * 30),
        ("language", 7),
        ("privacy", None),
        ("telling", "toast"),
        ("telling", {"now": "loud"}),
        ("quiet_hours", 1),
        ("quiet_to", "8"),
        ("quiet_to", 8),
        ("quiet_weekend", "yes"),
        ("digest_at", "09:00"),
        ("digest_at", ["09:00"] * 25),
        ("digest_at", [9]),
        ("muted", {"17": True}),
        ("muted", [17]),
        ("autostart", "on"),
        ("closing_explained", []),
    ],
)
def test_every_value_is_checked(place: Path, name: str, value: object) -> None:
    file = saved(place, **{name: value})
    assert getattr(file.load(), name) == getattr(Settings(), name)
    assert len(file.complaints) == 1
    assert file.complaints[0].startswith(f"The setting “{name}” ")


def test_an_unknown_class_of_notices_is_left_alone(place: Path) -> None:
    file = saved(place, telling={"birthdays": "toast", "promise": "off"})
    assert file.load().notify.of(NoticeClass.PROMISE) is Telling.OFF
    assert file.complaints == ()


def test_options_written_by_hand_reach_the_connector_as_text(place: Path) -> None:
    desk = {
        "kind": "rt",
        "url": "https://rt.example",
        "user": "anna",
        "options": {"map": {"new": "received"}},
    }
    settings = saved(place, desk=desk).load()
    assert settings.desk == DeskChoice("rt", "https://rt.example", "anna", (("map", '{"new": "received"}'),))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b" " * (LARGEST + 1)]
)
def test_a_damaged_file_is_set_aside_and_said(place: Path, data: bytes) -> None:
    place.write_bytes(data)
    file = SettingsFile(place, now=lambda: datetime(2026, 11, 22, 9, 30))
    assert file.load() == Settings()
    aside = place.with_name("settings.damaged-20261122-093000.json")
    assert aside.read_bytes() == data
    assert file.complaints == (
        "The settings were damaged, so the usual ones are used. "
        f"The damaged file is kept as {aside}. You may have to sign in again.",
    )
    file.save(CHOSEN)
    assert SettingsFile(place).load() == CHOSEN


def test_a_setting_outside_its_limits_is_refused_and_nothing_changes(place: Path) -> None:
    file = SettingsFile(place)
    file.save(CHOSEN)
    with pytest.raises(
        SettingsRefused, match="“desk” must have an address that starts with https://"
    ) as caught:
        file.save(replace(CHOSEN, desk=DeskChoice("rt", "rt.example", "anna")))
    assert "usual value" not in str(caught.value)
    assert file.load() == CHOSEN


def unreadable_settings_are_not_thrown_away(path: str) -> None:
    place = Path(path)
    with pytest.raises(DiskTrouble, match="reading the settings did not work"):
        SettingsFile(place).load()


def test_settings_that_cannot_be_read_are_not_thrown_away(ordinary_user: OrdinaryUser) -> None:
    (ordinary_user.folder / "settings.json").mkdir()
    ordinary_user.run(unreadable_settings_are_not_thrown_away, ordinary_user.folder / "settings.json")


def a_read_only_profile_is_said(folder: str) -> None:
    file = SettingsFile(Path(folder) / "settings.json")
    settings = file.load()
    with pytest.raises(DiskTrouble, match="so saving the settings did not work"):
        file.save(replace(settings, theme=ThemeChoice.DARK))
    assert file.load() == settings


def test_a_read_only_profile_is_said(ordinary_user: OrdinaryUser) -> None:
    place = ordinary_user.folder / "profile"
    place.mkdir()
    SettingsFile(place / "settings.json").save(CHOSEN)
    place.chmod(0o555)
    (place / "settings.json").chmod(0o444)
    ordinary_user.run(a_read_only_profile_is_said, place)


def test_a_full_disk_is_said(ordinary_user: OrdinaryUser, small_disk: SmallDisk) -> None:
    SettingsFile(small_disk.folder / "settings.json").save(CHOSEN)
    (small_disk.folder / "settings.json").chmod(0o644)
    small_disk.fill()
    ordinary_user.run(a_read_only_profile_is_said, small_disk.folder)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*write_settings(CHOSEN), "unknown"]), JSON))
def test_any_json_gives_settings_that_can_be_saved(raw: dict[str, object]) -> None:
    settings, _complaints = read_settings(raw)
    again, complaints = read_settings(json.loads(json.dumps(write_settings(settings))))
    assert again == settings
    assert complaints == ()


def test_the_windows_place_is_kept(tmp_path: Path) -> None:
    state = WindowState(-20, 30, 900, 700, maximised=True)
    save_window_state(tmp_path / "window.json", state)
    assert load_window_state(tmp_path / "window.json") == state


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"left":"0","top":0,"width":1,"height":1}',
        '{"left":1e99,"top":0,"width":1,"height":1}',
    ],
)
def test_a_place_that_makes_no_sense_is_forgotten(tmp_path: Path, text: str) -> None:
    (tmp_path / "window.json").write_text(text)
    assert load_window_state(tmp_path / "window.json") is None
    assert load_window_state(tmp_path / "nothing.json") is None
