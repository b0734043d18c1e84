"""What a person does in the window of the real program, on a virtual screen, against the real front desk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rigs.frontdesk import ROOT, TESS, FrontDeskRig
from tests.stories.stage import signed_in
from tracker.demo.stage_set import StageSet, run_tracker
from tracker.demo.window import Window
from tracker.host.bus_watch import BusWatch
from tracker.host.virtual_desktop import VirtualDesktop, wait_until

pytestmark = pytest.mark.desktop

STORY = "What did you see? When did it start?"


@pytest.fixture
def jane(tmp_path: Path, desk: FrontDeskRig) -> StageSet:
    """A profile that is signed in, its quiet hours off."""
    made = signed_in(desk, tmp_path / "profile")
    settings = made.profile / "settings.json"
    told = json.loads(settings.read_text("utf-8")) | {"quiet_hours": False, "quiet_weekend": False}
    settings.write_text(json.dumps(told), "utf-8")
    return made


def write_request(window: Window, subject: str) -> None:
    begin_request(window)
    fill_in_request(window, subject)


def begin_request(window: Window) -> None:
    window.keys("Ctrl+N")
    window.choose("Service", "Something else")


def fill_in_request(window: Window, subject: str) -> None:
    window.fill("In one line", subject)
    window.fill(STORY, "It does not work since this morning.")


def test_a_request_written_without_a_network_goes_out_once_when_the_desk_is_back(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    subject = "Written on the train"
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        begin_request(window)  # what can be asked for comes on its own, a moment after "live"
        desk.stop()
        fill_in_request(window, subject)
        window.press("Send request")
        window.wait_for("Not sent yet")
        desk.start()
        window.keys("F5")
        window.wait_for("REQ-")
        assert window.quit() == 0
    assert len(desk.agent(TESS).tickets(subject)) == 1


def test_two_quick_clicks_on_send_raise_one_request(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    subject = "Clicked twice"
    with Window(screen, jane.environment(screen.env)) as window:
        write_request(window, subject)
        window.press("Send request", times=2)
        window.wait_for("REQ-")
        assert window.quit() == 0
    assert len(desk.agent(TESS).tickets(subject)) == 1


def test_what_was_typed_is_there_again_after_the_program_was_killed(
    screen: VirtualDesktop, jane: StageSet
) -> None:
    with Window(screen, jane.environment(screen.env)) as window:
        write_request(window, "Half a thought")
        window.wait_for("Draft saved on this computer")
        os.kill(window.pid, signal.SIGKILL)
    with Window(screen, jane.environment(screen.env)) as window:
        window.keys("Ctrl+N")
        window.wait_for("Half a thought")
        window.wait_for("It does not work since this morning.")
        assert window.quit() == 0


def test_a_second_start_shows_the_first_ones_window_at_the_request(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    words = ("new", "--service", "other", "--subject", "Shown by its address")
    number = run_tracker(jane, *words, text="It is broken.").strip()
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("Search all requests")
        second = subprocess.run(
            [sys.executable, "-m", "tracker", f"tracker://ticket/{number}"],
            cwd=ROOT,
            env=jane.environment(screen.env),
            timeout=30,
            check=False,
        )
        assert second.returncode == 0
        window.wait_for("Stage 1 of 5")
        assert window.quit() == 0


def test_the_button_of_a_notification_opens_the_request_with_the_answer_field_ready(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    words = ("new", "--service", "other", "--subject", "A question comes")
    number = run_tracker(jane, *words, text="It is broken.").strip()
    tess = desk.agent(TESS)
    with (
        BusWatch(screen.env["DBUS_SESSION_BUS_ADDRESS"]) as watch,
        Window(screen, jane.environment(screen.env)) as window,
    ):
        window.wait_for("live")
        tess.ask(number, "Which cable is it?")
        watch.wait_for(lambda seen: "Which cable" in seen.body)
        subprocess.run(["dunstctl", "action"], env=screen.env, check=True, timeout=10)
        window.wait_for("Write a reply")
        window.fill("Write a reply", "The blue one.")
        window.press("Send")
        wait_until(lambda: "The blue one." in tess.messages(number), what="the answer")
        assert window.quit() == 0


def test_sigterm_ends_the_program_in_order(screen: VirtualDesktop, jane: StageSet) -> None:
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        os.kill(window.pid, signal.SIGTERM)
        assert window.wait() == 0
