"""A program that is older than IT wants it to be says so, and when in doubt says nothing."""

from types import MappingProxyType

from tracker.core.update_advice import update_advice
from tracker.host.policy import keys
from tracker.host.policy.policy import NO_POLICY, Given, Policy


def policy(minimum: str, hint: str = "") -> Policy:
    given = {keys.MINIMUM_VERSION.name: Given(minimum, "test", locked=False)}
    if hint:
        given[keys.UPDATE_HINT.name] = Given(hint, "test", locked=False)
    return Policy(MappingProxyType(given))


def test_it_says_which_version_this_is_and_what_to_do() -> None:
    said = update_advice(policy("1.4.0", "Restart tonight."), version="1.3.2")
    assert said == "A newer Tracker is ready: this is 1.3.2, and IT asks for 1.4.0. Restart tonight."
    assert "IT installs it" in update_advice(policy("1.4.0"), version="1.3.2")


def test_it_says_nothing_where_all_is_well_or_nothing_is_asked() -> None:
    assert update_advice(policy("1.4.0"), version="1.4.0") == ""
    assert update_advice(NO_POLICY, version="0.0.1") == ""


def test_of_what_the_desk_and_it_ask_for_the_newer_counts() -> None:
    assert "asks for 1.5" in update_advice(NO_POLICY, "1.5", version="1.4.0")
    assert "asks for 1.10" in update_advice(policy("1.10"), "1.9", version="1.4.0")
    assert update_advice(NO_POLICY, "1.4", version="1.4.0") == ""
