"""Signing in and out through the window, with and without a keyring, and what is kept of it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.desktop import Desktop
from tests.rigs.frontdesk import JANE, FrontDeskRig
from tests.stories.stage import Stage, until, write_request
from tracker.demo.window import Window


def sign_in(window: Window, url: str, password: str) -> None:
    window.choose("Kind of desk", "Front desk")
    window.fill("Address of your IT desk", url)
    window.fill("User name", JANE.login)
    window.fill("Password", password)
    window.press("Sign in")


@pytest.fixture
def newcomer(story_desktop: Desktop, tmp_path: Path) -> Iterator[Stage]:
    """A computer on which nobody has used Tracker, without a keyring."""
    with Stage(story_desktop, tmp_path / "profile", "") as made:
        yield made


@pytest.fixture
def keyring_desktop() -> Iterator[Desktop]:
    with Desktop(wm="openbox", keyring="unlocked") as started:
        yield started


def test_a_wrong_password_is_said_and_the_right_one_opens_the_list(
    newcomer: Stage, story_rig: FrontDeskRig
) -> None:
    window = newcomer.start()
    window.wait_for("Address of your IT desk")
    until(lambda: "Address of your IT desk" in window.state().focus, "the keyboard in the first field")
    sign_in(window, "http://127.0.0.1:9", JANE.password)
    window.wait_for("cannot be reached. Check the address and the network, and try again.")
    sign_in(window, story_rig.url, "not this one")
    window.wait_for("does not know this name with this password")
    window.fill("Password", JANE.password)
    window.press("Sign in")
    window.wait_for("Search all requests")
    window.wait_for("This computer has no keyring: you are signed in until Tracker is quit.")
    assert window.quit() == 0
    again = newcomer.start()
    again.wait_for("Sign in again")
    assert again.quit() == 0


def test_with_a_keyring_nobody_is_asked_again(
    keyring_desktop: Desktop, story_rig: FrontDeskRig, tmp_path: Path
) -> None:
    with Stage(keyring_desktop, tmp_path / "profile", "") as stage:
        window = stage.start()
        sign_in(window, story_rig.url, JANE.password)
        window.wait_for("live")
        assert window.quit() == 0
        again = stage.start()
        again.wait_for("live")
        assert again.quit() == 0
        kept = [path for path in stage.profile.rglob("*") if path.is_file()]
        assert not any(JANE.password.encode() in path.read_bytes() for path in kept)


def test_signing_out_takes_what_was_being_written_along(stage: Stage) -> None:
    window = stage.start()
    window.wait_for("live")
    write_request(window, "A private thought")
    window.wait_for("Draft saved on this computer")
    window.keys("Ctrl+1")
    window.press("Settings")
    window.press("Sign out…")
    window.press("Sign out")
    window.wait_for("Address of your IT desk")
    assert window.quit() == 0
    kept = [path for path in stage.profile.rglob("*") if path.is_file()]
    assert not any(b"A private thought" in path.read_bytes() for path in kept)


def test_what_is_changed_in_the_settings_is_there_after_a_restart(stage: Stage) -> None:
    window = stage.start()
    window.press("Settings")
    window.press("Dark")
    window.press("Quiet hours")
    file = stage.profile / "settings.json"
    until(lambda: '"dark"' in file.read_text("utf-8"), "the settings on disk")
    assert window.quit() == 0
    kept = json.loads(file.read_text("utf-8"))
    assert (kept["theme"], kept["quiet_hours"]) == ("dark", True)
    again = stage.start()
    again.press("Settings")
    again.wait_for(f"Signed in as {JANE.login}")
    assert again.quit() == 0
    assert json.loads(file.read_text("utf-8")) == kept
