"""Versions are compared by their numbers, and only a version is taken for one."""

import pytest

from tracker.model.release import is_older, is_release


@pytest.mark.parametrize(
    ("version", "minimum", "older"),
    [
        ("1.9", "1.10", True),
        ("1.10", "1.9", False),
        ("1.4", "1.4.0", False),
        ("1.4.0", "1.4", False),
        ("1.4.0rc1", "1.4.0", False),
        ("1.3.9.dev2", "1.4", True),
        ("unknown", "0.1", True),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, minimum: str, older: bool) -> None:
    assert is_older(version, minimum) is older


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("1.4.0", True), ("2", True), ("", False), ("1.4.0rc1", False), ("1.2.3.4.5", False), ("9" * 6, False)],
)
def test_only_a_version_is_taken_for_one(text: str, is_one: bool) -> None:
    assert is_release(text) is is_one
