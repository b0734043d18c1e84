"""What a management service puts on a Mac becomes the policy; a file that anybody can write does not."""

import os
import plistlib
from pathlib import Path

import pytest

from tracker.host.policy import keys
from tracker.host.policy.managed_preferences import (
    DOMAIN,
    PreferenceFile,
    preference_files,
    read_preferences,
)
from tracker.host.policy.policy import Policy

NAME = f"{DOMAIN}.plist"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for folder in ("Preferences", "Managed Preferences", "Managed Preferences/kim"):
        (tmp_path / folder).mkdir()
    return tmp_path


def put(library: Path, place: str, content: dict[str, object] | list[object] | bytes) -> Path:
    path = library / place / NAME
    path.write_bytes(content if isinstance(content, bytes) else plistlib.dumps(content))
    path.chmod(0o644)
    return path


def read(library: Path, person: str = "kim") -> Policy:
    return read_preferences(person, library, owner=os.getuid())


def test_what_a_profile_sets_holds_and_what_the_computer_has_is_a_default(library: Path) -> None:
    put(library, "Preferences", {"start.autostart": True, "desk.url": "https://old.example.org"})
    put(library, "Managed Preferences/kim", {"desk.url": "https://rt.example.org", "PayloadUUID": "0-1"})
    policy = read(library)
    assert policy.complaints == ()
    assert policy.value(keys.DESK_URL) == "https://rt.example.org"
    assert policy.locks(keys.DESK_URL)
    assert policy.sets(keys.AUTOSTART)
    assert not policy.locks(keys.AUTOSTART)


def test_the_computers_profile_goes_before_the_persons(library: Path) -> None:
    put(library, "Managed Preferences/kim", {"support.log_level": "debug"})
    put(library, "Managed Preferences", {"support.log_level": "warning"})
    assert read(library).value(keys.LOG_LEVEL) == "warning"


def test_another_persons_profile_says_nothing(library: Path) -> None:
    put(library, "Managed Preferences/kim", {"privacy.kiosk": True})
    assert not read(library, "alex").sets(keys.KIOSK)


@pytest.mark.parametrize("person", ["", "../kim", "a/b", "..", "."])
def test_a_name_that_is_no_name_leads_nowhere_else(library: Path, person: str) -> None:
    managed = library / "Managed Preferences"
    assert preference_files(person, library)[1] == PreferenceFile(managed / NAME, locked=True)


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_both_ways_to_write_a_property_list_are_read(library: Path, form: plistlib.PlistFormat) -> None:
    content = {
        "privacy.cache_days": 90,
        "sign_in.scopes": ["openid"],
        "desk.options": {"queue": "IT"},
        "chat.options": '{"invite": "@desk:example.org"}',
    }
    put(library, "Managed Preferences", plistlib.dumps(content, fmt=form))
    policy = read(library)
    assert policy.complaints == ()
    assert policy.value(keys.CACHE_DAYS) == 90
    assert policy.value(keys.SCOPES) == ("openid",)
    assert dict(policy.value(keys.DESK_OPTIONS)) == {"queue": "IT"}
    assert dict(policy.value(keys.CHAT_OPTIONS)) == {"invite": "@desk:example.org"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no property list"),
        (b"bplist00" + b"\xff" * 40, "is no property list"),
        (b"<plist><dict><key>a</key><date>never</date></dict></plist>", "is no property list"),
        (b"<plist><array/></plist>", "holds no settings by name"),
        (b" " * (1024 * 1024 + 1), "is larger than 1 MB"),
    ],
    ids=["empty", "broken binary", "broken date", "no dictionary", "too large"],
)
def test_a_file_that_cannot_be_used_is_told_and_the_others_count(
    library: Path, content: bytes, told: str
) -> None:
    broken = put(library, "Managed Preferences", content)
    put(library, "Preferences", {"privacy.kiosk": True})
    policy = read(library)
    assert [complaint.where for complaint in policy.complaints] == [str(broken)]
    assert told in policy.complaints[0].sentence
    assert policy.value(keys.KIOSK) is True


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("desk.url", 5),
        ("start.autostart", "yes"),
        ("privacy.cache_days", True),
        ("sign_in.scopes", "openid"),
        ("desk.options", "{queue: IT}"),
        ("desk.nickname", "The desk"),
    ],
)
def test_a_wrong_value_is_told_by_its_name_and_file(library: Path, name: str, value: object) -> None:
    path = put(library, "Managed Preferences", {name: value})
    (complaint,) = read(library).complaints
    assert complaint.where == str(path)
    assert f"“{name}”" in complaint.sentence


def test_a_file_that_others_may_write_to_does_not_count(library: Path) -> None:
    put(library, "Managed Preferences", {"privacy.kiosk": True}).chmod(0o666)
    policy = read(library)
    assert not policy.sets(keys.KIOSK)
    assert "must belong to root" in policy.complaints[0].sentence


def test_a_file_of_a_normal_user_does_not_count(library: Path) -> None:
    put(library, "Managed Preferences", {"privacy.kiosk": True})
    policy = read_preferences("kim", library, owner=os.getuid() + 1)
    assert not policy.sets(keys.KIOSK)
    assert "must belong to root" in policy.complaints[0].sentence


def test_a_link_does_not_count(library: Path) -> None:
    elsewhere = put(library, "Managed Preferences/kim", {"privacy.kiosk": True})
    (library / "Managed Preferences" / NAME).symlink_to(elsewhere)
    policy = read(library, "alex")
    assert not policy.sets(keys.KIOSK)
    assert "cannot be opened" in policy.complaints[0].sentence


def test_without_any_of_the_files_nothing_is_set(tmp_path: Path) -> None:
    policy = read(tmp_path)
    assert dict(policy.given) == {}
    assert policy.complaints == ()
