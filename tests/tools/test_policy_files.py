"""The files for Group Policy, Intune, Jamf and profiles say what the list of keys says, and hold together."""

import json
import plistlib
import re
from xml.etree.ElementTree import Element, fromstring

import jsonschema
import pytest

from tools import policy_admx, policy_files, policy_profiles
from tools.policy_words import example
from tracker.host.policy.forms import Shape
from tracker.host.policy.keys import KEYS
from tracker.host.policy.managed_preferences import DOMAIN
from tracker.host.policy.registry import PLACE, RECOMMENDED

NS = "{http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions}"
BY_NAME = {key.name: key for key in KEYS}
ELEMENT = {
    Shape.TEXT: "text",
    Shape.NUMBER: "decimal",
    Shape.CHOICE: "enum",
    Shape.LIST: "multiText",
    Shape.TABLE: "text",
}
FIELD = {"text": "textBox", "decimal": "decimalTextBox", "enum": "dropdownList", "multiText": "multiTextBox"}


@pytest.fixture(scope="module")
def admx() -> Element:
    return fromstring(policy_admx.admx())  # noqa: S314 - we wrote it


@pytest.fixture(scope="module")
def adml() -> Element:
    return fromstring(policy_admx.adml())  # noqa: S314


def policies(admx: Element) -> list[Element]:
    return admx.findall(f"{NS}policies/{NS}policy")


def elements(policy: Element) -> list[Element]:
    return list(policy.find(f"{NS}elements") or ())


def test_the_files_are_not_stale() -> None:
    told = "run python -m tools.policy_files and commit what it writes"
    assert policy_files.stale() == [], told


def test_each_key_can_be_locked_and_recommended(admx: Element) -> None:
    found = {PLACE: set(), RECOMMENDED: set()}  # type: dict[str, set[str]]
    for policy in policies(admx):
        named = [element.get("valueName", "") for element in elements(policy)] or [
            policy.get("valueName", "")
        ]
        found[policy.get("key", "")].update(named)
    assert found == {PLACE: set(BY_NAME), RECOMMENDED: set(BY_NAME)}


def test_each_key_has_the_field_of_its_shape(admx: Element) -> None:
    for policy in policies(admx):
        fields = elements(policy)
        if not fields:
            values = [policy.find(f"{NS}{word}/{NS}decimal") for word in ("enabledValue", "disabledValue")]
            assert [value.get("value") for value in values if value is not None] == ["1", "0"]
            assert BY_NAME[policy.get("valueName", "")].form.shape is Shape.YES_OR_NO
            continue
        (field,) = fields
        key = BY_NAME[field.get("valueName", "")]
        assert field.tag == NS + ELEMENT[key.form.shape]
        if key.form.shape is Shape.NUMBER:
            assert (int(field.get("minValue", "")), int(field.get("maxValue", ""))) == key.form.limits
        words = [item.text for item in field.iter(f"{NS}string")]
        assert words == list(key.form.choices)


def test_everything_that_is_referred_to_is_there(admx: Element, adml: Element) -> None:
    written = policy_admx.admx()
    strings = {entry.get("id") for entry in adml.iter(f"{NS}string")}
    presentations = {entry.get("id") for entry in adml.iter(f"{NS}presentation")}
    assert set(re.findall(r"\$\(string\.(\w+)\)", written)) == strings
    assert set(re.findall(r"\$\(presentation\.(\w+)\)", written)) == presentations
    categories = {entry.get("name") for entry in admx.iter(f"{NS}category")}
    assert {entry.get("ref") for entry in admx.iter(f"{NS}parentCategory")} == categories
    supported = {entry.get("name") for entry in admx.iter(f"{NS}definition")}
    assert {entry.get("ref") for entry in admx.iter(f"{NS}supportedOn") if entry.get("ref")} == supported


def test_each_field_is_shown_by_the_control_of_its_kind(admx: Element, adml: Element) -> None:
    shown = {entry.get("id"): list(entry) for entry in adml.iter(f"{NS}presentation")}
    for policy in policies(admx):
        for field in elements(policy):
            (control,) = shown[policy.get("presentation", "")[len("$(presentation.") : -1]]
            assert control.get("refId") == field.get("id")
            assert control.tag == NS + FIELD[field.tag.removeprefix(NS)]


def test_names_are_such_that_the_editors_take_them(admx: Element) -> None:
    names = [policy.get("name", "") for policy in policies(admx)]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name)] == []
    assert {policy.get("class") for policy in policies(admx)} == {"Both"}


def test_no_text_is_empty(adml: Element) -> None:
    assert [entry.get("id") for entry in adml.iter(f"{NS}string") if not (entry.text or "").strip()] == []


def test_the_example_profile_sets_valid_values_and_has_what_each_payload_must_have() -> None:
    profile = plistlib.loads(policy_profiles.mobileconfig())
    payloads = [profile, *profile["PayloadContent"]]
    for payload in payloads:
        assert {"PayloadType", "PayloadVersion", "PayloadIdentifier", "PayloadUUID"} <= payload.keys()
    assert len({payload["PayloadUUID"] for payload in payloads}) == len(payloads)
    assert len({payload["PayloadIdentifier"] for payload in payloads}) == len(payloads)
    (settings,) = (payload for payload in payloads if payload["PayloadType"] == DOMAIN)
    values = {name: value for name, value in settings.items() if not name.startswith("Payload")}
    assert values
    for name, value in values.items():
        BY_NAME[name].form.parse(value)


def test_the_form_for_jamf_takes_each_keys_example_and_refuses_another_type() -> None:
    form = json.loads(policy_profiles.manifest())
    jsonschema.Draft7Validator.check_schema(form)
    check = jsonschema.Draft7Validator(form)
    assert list(form["properties"]) == [key.name for key in KEYS]
    for key in KEYS:
        value = example(key)
        written = json.dumps(value) if key.form.shape is Shape.TABLE else value
        assert check.is_valid({key.name: written}), key.name
        assert not check.is_valid({key.name: {"no": "such"}}), key.name
