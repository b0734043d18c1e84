"""One real desk and one private desktop for all stories; each story has a profile of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import sign_in
from tests.cli.terminal import Terminal
from tests.rigs.desktop import Desktop
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk import JANE, TESS, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tests.stories.stage import Stage, signed_in
from tracker.demo.stage_set import StageSet
from tracker.host.virtual_desktop import VirtualDesktop


@pytest.hookimpl(tryfirst=True)  # this one comes before that of the folder above, which reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every story plays on a desktop, all of them on the same."""
    for item in items:
        if "tests/stories" in str(item.path):
            item.add_marker(pytest.mark.desktop)
            item.add_marker(pytest.mark.stories)


@pytest.fixture(scope="session")
def story_rig(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDeskRig]:
    """The desk."""
    with FrontDeskRig(tmp_path_factory.mktemp("desk")) as started:
        yield started


@pytest.fixture
def tess(story_rig: FrontDeskRig) -> Agent:
    """A technician at work; signed in anew, since stories stop and start the desk."""
    return story_rig.agent(TESS)


@pytest.fixture(scope="session")
def story_desktop() -> Iterator[Desktop]:
    """A screen, a bus, a window manager and a notification daemon."""
    with Desktop(wm="openbox", notifier="dunst") as started:
        yield started


@pytest.fixture(scope="session")
def story_profile(story_rig: FrontDeskRig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that is signed in, told at any hour."""
    profile = tmp_path_factory.mktemp("story") / "profile"
    terminal = Terminal(profile, JANE.password)
    sign_in(terminal, story_rig.url)
    terminal.run("sync")
    settings = profile / "settings.json"
    told = json.loads(settings.read_text("utf-8")) | {"quiet_hours": False, "quiet_weekend": False}
    settings.write_text(json.dumps(told), "utf-8")
    return profile


@pytest.fixture
def network(story_rig: FrontDeskRig) -> Iterator[FlakyProxy]:
    """The network between Jane and the desk."""
    with FlakyProxy("127.0.0.1", urlsplit(story_rig.url).port or 0) as proxy:
        yield proxy


@pytest.fixture
def stage(
    story_desktop: Desktop, story_rig: FrontDeskRig, story_profile: Path, network: FlakyProxy, tmp_path: Path
) -> Iterator[Stage]:
    """Jane's computer, signed in through that network; whatever runs on it ends with the story."""
    profile = tmp_path / "profile"
    shutil.copytree(story_profile, profile)
    settings = profile / "settings.json"
    settings.write_text(settings.read_text("utf-8").replace(story_rig.url, network.url), "utf-8")
    with Stage(story_desktop, profile, JANE.password) as made:
        yield made


@pytest.fixture(scope="module")
def screen() -> Iterator[VirtualDesktop]:
    """A bare screen of its own for one file of stories."""
    with VirtualDesktop() as desktop:
        desktop.start_display(width=1280, height=900)
        desktop.spawn(["openbox"])
        desktop.start_bus()
        desktop.start_notifier("dunst")
        yield desktop


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDeskRig]:
    """A desk of its own for one file of stories."""
    with FrontDeskRig(tmp_path_factory.mktemp("desk")) as rig:
        yield rig


@pytest.fixture
def jane(desk: FrontDeskRig, tmp_path: Path) -> StageSet:
    """A profile that is signed in at that desk."""
    return signed_in(desk, tmp_path / "profile")
