"""What Group Policy and Intune write into the registry becomes the policy."""

import pytest

from tracker.host.policy import keys
from tracker.host.policy.registry import (
    PLACE,
    RECOMMENDED,
    REG_DWORD,
    REG_EXPAND_SZ,
    REG_MULTI_SZ,
    REG_SZ,
    WEAK_TO_STRONG,
    RegistryValue,
    policy_in,
    read_registry,
)

REG_BINARY, REG_QWORD = 3, 11


def locked(name: str, kind: int, data: object, hive: str = "HKLM") -> RegistryValue:
    return RegistryValue(hive, PLACE, name, kind, data)


def recommended(name: str, kind: int, data: object, hive: str = "HKLM") -> RegistryValue:
    return RegistryValue(hive, RECOMMENDED, name, kind, data)


def test_a_policy_holds_and_a_recommended_value_is_where_a_person_starts() -> None:
    policy = policy_in(
        [
            recommended("start.autostart", REG_DWORD, 1),
            locked("desk.url", REG_SZ, "https://rt.example.org"),
        ]
    )
    assert policy.complaints == ()
    assert policy.value(keys.DESK_URL) == "https://rt.example.org"
    assert policy.locks(keys.DESK_URL)
    assert policy.value(keys.AUTOSTART) is True
    assert not policy.locks(keys.AUTOSTART)


def test_each_kind_of_value_is_read_as_the_group_policy_editor_writes_it() -> None:
    policy = policy_in(
        [
            locked("privacy.cache_days", REG_DWORD, 90),
            locked("sign_in.scopes", REG_MULTI_SZ, ["openid", "", "profile"]),
            locked("desk.options", REG_SZ, '{"queue": "IT"}'),
            locked("chat.options", REG_MULTI_SZ, ["{", '"invite": "@desk:example.org"', "}"]),
            locked("network.extra_ca", REG_EXPAND_SZ, r"C:\ProgramData\Tracker\ca.pem"),
            locked("privacy.kiosk", REG_DWORD, 0),
        ]
    )
    assert policy.complaints == ()
    assert policy.value(keys.CACHE_DAYS) == 90
    assert policy.value(keys.SCOPES) == ("openid", "profile")
    assert dict(policy.value(keys.DESK_OPTIONS)) == {"queue": "IT"}
    assert dict(policy.value(keys.CHAT_OPTIONS)) == {"invite": "@desk:example.org"}
    assert str(policy.value(keys.EXTRA_CA)) == r"C:\ProgramData\Tracker\ca.pem"
    assert policy.value(keys.KIOSK) is False


def test_the_computers_value_goes_before_the_persons_and_a_locked_one_before_any_default() -> None:
    places = list(WEAK_TO_STRONG)
    values = [
        RegistryValue(hive, path, "support.log_level", REG_SZ, level)
        for (hive, path), level in zip(places, ("debug", "info", "warning", "debug"), strict=True)
    ]
    answers = [policy_in(values[:count]) for count in range(1, 5)]
    assert [answer.value(keys.LOG_LEVEL) for answer in answers] == ["debug", "info", "warning", "debug"]
    assert [answer.locks(keys.LOG_LEVEL) for answer in answers] == [False, False, True, True]
    assert answers[-1].given["support.log_level"].source.startswith("HKLM\\")


def test_the_report_can_say_where_a_value_stands() -> None:
    policy = policy_in([locked("desk.url", REG_SZ, "https://rt.example.org", hive="HKCU")])
    assert policy.given["desk.url"].source == r"HKCU\Software\Policies\Tracker\desk.url"


def test_names_have_no_case_in_a_registry() -> None:
    assert policy_in([locked("Desk.URL", REG_SZ, "https://rt.example.org")]).sets(keys.DESK_URL)


@pytest.mark.parametrize(
    ("name", "kind", "data", "told"),
    [
        ("desk.url", REG_DWORD, 1, "must be a REG_SZ"),
        ("desk.url", REG_SZ, "rt.example.org", "https://"),
        ("desk.url", REG_BINARY, b"https://rt.example.org", "must be a REG_SZ"),
        ("desk.url", REG_SZ, None, "must be a REG_SZ"),
        ("start.autostart", REG_SZ, "1", "must be a REG_DWORD of 0 or 1"),
        ("start.autostart", REG_DWORD, 2, "must be a REG_DWORD of 0 or 1"),
        ("privacy.cache_days", REG_QWORD, 90, "must be a REG_DWORD"),
        ("privacy.cache_days", REG_DWORD, 0, "must be a whole number"),
        ("privacy.cache_days", REG_DWORD, None, "must be a whole number"),
        ("sign_in.scopes", REG_SZ, "openid", "must be a REG_MULTI_SZ"),
        ("desk.options", REG_SZ, "{queue: IT}", "must be a JSON object"),
        ("desk.options", REG_SZ, "[" * 100_000, "must be a JSON object"),
        ("desk.options", REG_SZ, '["IT"]', "must be a table"),
        ("desk.nickname", REG_SZ, "The desk", "There is no"),
    ],
)
def test_a_value_that_is_wrong_is_told_with_its_place_and_counts_for_nothing(
    name: str, kind: int, data: object, told: str
) -> None:
    policy = policy_in([locked(name, kind, data)])
    (complaint,) = policy.complaints
    assert complaint.where == rf"HKLM\Software\Policies\Tracker\{name}"
    assert told in complaint.sentence
    assert dict(policy.given) == {}


def test_a_wrong_value_of_the_computer_leaves_the_persons_in_force() -> None:
    policy = policy_in(
        [
            locked("desk.url", REG_SZ, "https://rt.example.org", hive="HKCU"),
            locked("desk.url", REG_DWORD, 5),
        ]
    )
    assert policy.value(keys.DESK_URL) == "https://rt.example.org"
    assert len(policy.complaints) == 1


def test_the_keys_own_nameless_value_says_nothing() -> None:
    assert policy_in([locked("", REG_SZ, "")]).complaints == ()


def test_where_there_is_no_registry_nothing_is_set() -> None:
    assert dict(read_registry().given) == {}
