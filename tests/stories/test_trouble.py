"""Bad days: the desk restarts, refuses or stalls, the profile is damaged, the disk is full."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rigs.desktop import Desktop
from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.flaky_proxy import Fault, FlakyProxy
from tests.rigs.frontdesk import JANE, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tests.rigs.small_disk import SmallDisk
from tests.stories.stage import STORY, Stage, until, write_request
from tracker.frontdesk.settings import SETTINGS_FILE

__all__ = ["ordinary_user", "small_disk"]

SERVICE = 'id = "other"'


@pytest.fixture
def desk_without_other(story_rig: FrontDeskRig) -> Iterator[None]:
    """The desk offers one service less from now on, and again all of them after the story."""
    path = story_rig.folder / SETTINGS_FILE
    before = path.read_text("utf-8")
    assert before.count(SERVICE) == 1
    story_rig.stop()
    path.write_text(before.replace(SERVICE, 'id = "other-things"'), "utf-8")
    story_rig.start()
    yield
    story_rig.stop()
    path.write_text(before, "utf-8")
    story_rig.start()


def test_news_of_the_time_in_which_the_desk_was_away_are_told(
    stage: Stage, story_rig: FrontDeskRig, tess: Agent
) -> None:
    window = stage.start()
    window.wait_for("live")
    write_request(window, "Over a restart")
    window.press("Send request")
    until(lambda: bool(tess.tickets("Over a restart")), "the request at the desk")
    (number,) = tess.tickets("Over a restart")
    window.keys("Ctrl+1")
    story_rig.stop()
    window.wait_for("Offline")
    story_rig.start()
    story_rig.agent().ask(number, "Still there after the restart?")
    window.keys("F5")
    stage.told("Over a restart", "Still there after the restart?")
    assert window.quit() == 0


def test_a_refused_request_says_why_and_can_be_mended_and_sent(
    stage: Stage, desk_without_other: None, story_rig: FrontDeskRig
) -> None:
    window = stage.start()
    write_request(window, "For a service that is gone")
    window.press("Send request")
    window.wait_for("does not offer that service any more")
    window.press("Edit")
    window.wait_for("For a service that is gone")
    window.choose("Service", "Something else")
    window.fill(STORY, "Mended.")
    window.press("Send request")
    until(lambda: bool(story_rig.agent().tickets("For a service that is gone")), "the request at the desk")
    assert stage.terminal().json("outbox")["commands"] == []
    assert window.quit() == 0


@pytest.mark.parametrize("how", ["quit", "sigterm"])
def test_it_ends_in_order_with_a_request_on_its_way(
    stage: Stage, network: FlakyProxy, tess: Agent, how: str
) -> None:
    subject = f"On its way at {how}"
    window = stage.start()
    window.wait_for("live")
    network.fail(Fault.STALL, match=rb"POST /api/v1/tickets")
    write_request(window, subject)
    window.press("Send request")
    until(lambda: any("POST /api/v1/tickets" in line for line in network.requests), "the request to leave")
    if how == "quit":
        assert window.quit() == 0
    else:
        window.process.send_signal(signal.SIGTERM)
        assert window.wait() == 0
    network.restore()
    stage.terminal().json("sync")
    assert len(tess.tickets(subject)) == 1


def test_a_damaged_profile_is_rebuilt_and_it_is_said(stage: Stage) -> None:
    for name in ("tracker.db-wal", "tracker.db-shm"):
        (stage.profile / name).unlink(missing_ok=True)
    (stage.profile / "tracker.db").write_bytes(b"no database at all " * 500)
    window = stage.start()
    window.wait_for("were damaged")
    window.wait_for("live")
    assert window.quit() == 0
    assert list(stage.profile.glob("tracker.db.damaged-*"))


def test_on_a_full_disk_it_is_said_and_the_text_stays(
    story_desktop: Desktop, story_profile: Path, small_disk: SmallDisk, tess: Agent
) -> None:
    profile = small_disk.folder / "profile"
    shutil.copytree(story_profile, profile)
    with Stage(story_desktop, profile, JANE.password) as stage:
        window = stage.start()
        window.wait_for("live")
        small_disk.fill()
        write_request(window, "Written on a full disk", "Long. " * 50)
        window.press("Send request")
        window.wait_for("full")
        window.wait_for("Written on a full disk")
        assert tess.tickets("Written on a full disk") == []
        small_disk.empty()
        window.press("Send request")
        until(lambda: bool(tess.tickets("Written on a full disk")), "the request at the desk")
        assert window.quit() == 0
    assert len(tess.tickets("Written on a full disk")) == 1


def test_nothing_of_the_program_is_left_when_it_has_quit(stage: Stage) -> None:
    window = stage.start()
    window.wait_for("live")
    pid = window.pid
    assert window.quit() == 0
    assert [path for path in Path("/proc").glob("[0-9]*") if parent_of(path) == pid] == []


def parent_of(process: Path) -> int:
    """Give the parent's id of a process; 0 for one that has ended meanwhile."""
    try:
        return int((process / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0
