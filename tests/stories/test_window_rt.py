"""The whole way in the real window against a real Request Tracker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.rt import JANE, TESS, RtRig
from tests.rigs.technician import Technician
from tracker.core.environment import PACE_VARIABLE
from tracker.demo.window import Window
from tracker.host.bus_watch import BusWatch
from tracker.host.virtual_desktop import VirtualDesktop, wait_until

pytestmark = pytest.mark.rt  # and a desktop: one group of tests can share one process only

SUBJECT = "The dock powers one screen only"


@pytest.fixture(scope="module")
def rt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RtRig]:
    with RtRig(tmp_path_factory.mktemp("rt")) as rig:
        yield rig


@pytest.fixture
def screen() -> Iterator[VirtualDesktop]:
    with VirtualDesktop() as desktop:
        desktop.start_display(width=1280, height=900)
        desktop.spawn(["openbox"])
        desktop.start_bus()
        desktop.start_notifier("dunst")
        yield desktop


def sign_in(window: Window, rt: RtRig) -> None:
    window.choose("Kind of desk", "Request Tracker")
    window.fill("Address of your IT desk", rt.url)
    window.fill("User name", JANE.name)
    window.fill("Password", "not this one")
    window.press("Sign in")
    window.wait_for("does not know this name")
    window.fill("Password", JANE.password)
    window.press("Sign in")
    window.wait_for("Search all requests")


def raise_request(window: Window) -> None:
    window.keys("Ctrl+N")
    window.choose("Service", "IT Support")
    window.fill("In one line", SUBJECT)
    window.fill("What did you see? When did it start?", "Since this morning.")
    window.press("Send request")


def test_jane_signs_in_raises_follows_and_confirms_a_request_at_request_tracker(
    screen: VirtualDesktop, rt: RtRig, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    (profile / "settings.json").write_text('{"quiet_hours": false, "quiet_weekend": false}', "utf-8")
    environment = screen.env | {"TRACKER_PROFILE": str(profile), PACE_VARIABLE: "2"}
    with (
        BusWatch(screen.env["DBUS_SESSION_BUS_ADDRESS"]) as watch,
        Window(screen, environment) as window,
    ):
        sign_in(window, rt)
        raise_request(window)
        tess = Technician(rt, TESS)
        wait_until(lambda: bool(tess.tickets(JANE, SUBJECT)), what="the request at the desk")
        (number,) = tess.tickets(JANE, SUBJECT)
        window.keys("Ctrl+1")
        window.wait_for("Search all requests")

        tess.take(number)
        watch.wait_for(lambda seen: TESS.real_name in seen.body, timeout=60)
        tess.reply(number, "The dock was replaced.")
        tess.status(number, "resolved")
        watch.wait_for(lambda seen: "thinks it is fixed" in seen.body, timeout=60)

        window.open(number)
        window.press("Yes, it works")
        window.wait_for("All 5 stages are done")
        wait_until(lambda: tess.read(number, "Status") == "closed", what="the desk to hear it")
        tess.close()
        assert window.quit() == 0
