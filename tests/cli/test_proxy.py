"""proxy sign-in and sign-out at a terminal."""

from __future__ import annotations

from tests.cli.terminal import Terminal
from tracker.core import exits


def test_what_is_missing_is_said(stranger: Terminal) -> None:
    told = stranger.run("proxy", "sign-in", code=exits.WRONG_USE)
    assert "--user" in told.err
    told = stranger.run(
        "proxy", "sign-in", "--user", "jdoe", "--password-stdin", text="", code=exits.WRONG_USE
    )
    assert "Nothing was given" in told.err


def test_without_a_keyring_nothing_is_said_to_be_kept(stranger: Terminal) -> None:
    arguments = ("proxy", "sign-in", "--proxy", "a.example:3128", "--user", "jdoe", "--password-stdin")
    told = stranger.run(*arguments, text="hush-hush", code=exits.REFUSED)
    assert "nothing is kept" in told.err
    assert "hush" not in told.err + told.out


def test_forgetting_is_always_possible(stranger: Terminal) -> None:
    assert stranger.run("proxy", "sign-out").out
