"""The list of keys: each can be written as it is told, each is honoured somewhere, and the page has them."""

import re
import tomllib
from pathlib import Path

import pytest

from tools import policy_reference
from tools.filemap import ROOT
from tracker.host.overlay import KEY_OF, overlaid
from tracker.host.policy import choice_keys, keys
from tracker.host.policy.collecting import RawValue, collect
from tracker.host.policy.policy import Key
from tracker.host.policy.writing import written
from tracker.host.settings import Settings, read_settings, write_settings

EVERY_KEY = pytest.mark.parametrize("key", keys.KEYS, ids=lambda key: key.name)


def example(key: Key[object]) -> object:
    return tomllib.loads(f"it = {key.example}")["it"]


@EVERY_KEY
def test_the_example_of_each_key_can_be_used(key: Key[object]) -> None:
    value = key.form.parse(example(key))
    assert value != key.usual, "an example that changes nothing"
    assert key.form.parse(written(key, value)) == value, "written as it is read"


@EVERY_KEY
def test_no_key_takes_just_anything(key: Key[object]) -> None:
    anything: tuple[object, ...] = (None, 3.5, b"x", [[]], {"a": {}}, "\n", "x" * 11_000, -1, [None], {1: 2})
    for value in anything:
        with pytest.raises(ValueError, match="m"):
            key.form.parse(value)


def sources() -> str:
    policy = ROOT / "tracker" / "host" / "policy"
    files = [file for file in (ROOT / "tracker").rglob("*.py") if policy not in file.parents]
    return "\n".join(file.read_text("utf-8") for file in files)


def test_each_key_is_honoured_somewhere() -> None:
    text = sources()
    names = {value.name: name for name, value in vars(keys).items() if isinstance(value, Key)}
    of_settings = set(KEY_OF.values())
    read = r"\bkeys\.{0}\b|policy\.keys import [^\n]*\b{0}\b"
    idle = [
        key.name
        for key in keys.KEYS
        if key.name not in of_settings and not re.search(read.format(names[key.name]), text)
    ]
    assert idle == []
    assert of_settings <= {key.name for key in keys.KEYS}


def test_no_name_is_there_twice() -> None:
    names = [key.name for key in keys.KEYS]
    assert len(names) == len(set(names))


def test_each_setting_takes_its_value_from_its_key() -> None:
    values = [RawValue(key.name, example(key), "here") for key in choice_keys.CHOICE_KEYS]
    policy = collect(values)
    assert policy.complaints == ()
    settings, wrong = read_settings(overlaid({}, policy))
    assert wrong == ()
    usual, now = write_settings(Settings()), write_settings(settings)
    of_it = {name.partition(".")[0] for name in KEY_OF if not name.startswith("autostart")}
    assert {name for name in now if now[name] != usual[name]} == of_it
    assert settings.hours is not None
    assert (settings.hours.country, settings.hours.region) == ("DE", "BY")
    assert len(settings.hours.week[4]) == 1
    assert settings.hours.week[6] == ()


def test_the_usual_values_of_the_keys_are_those_of_the_settings() -> None:
    values = [RawValue(key.name, written(key, key.usual), "here") for key in keys.KEYS if key.usual]
    policy = collect(value for value in values if value.value not in ("", [], {}))
    assert policy.complaints == ()
    assert read_settings(overlaid({}, policy))[0] == Settings()


def test_the_page_of_the_keys_is_in_step() -> None:
    assert policy_reference.main(["--check"]) == 0, "run: python -m tools.policy_reference"


def test_the_page_is_written_anew_where_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "policy.md"
    page.write_text(f"before\n{policy_reference.BEGIN}old\n{policy_reference.END}after\n")
    monkeypatch.setattr(policy_reference, "PAGE", page)
    assert policy_reference.main(["--check"]) == 1
    assert policy_reference.main([]) == 0
    text = page.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "`desk.url`" in text
