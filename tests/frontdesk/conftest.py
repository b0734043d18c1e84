"""A desk for every test, copied from one that was set up once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frontdesk.clock import Clock
from tests.frontdesk.house import House, Template, found_desk
from tests.frontdesk.play import Play
from tests.rigs.quick_passwords import quick_passwords
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.server import ServeConfig, serving


@pytest.fixture(autouse=True)
def _quick_passwords() -> Iterator[None]:
    with quick_passwords():
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return found_desk(tmp_path_factory.mktemp("template") / "desk")


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    """Give a desk's folder of one's own, with everybody in it."""
    place = tmp_path / "desk"
    shutil.copytree(template.folder, place)
    return place


@pytest.fixture
def house(folder: Path, template: Template) -> Iterator[House]:
    """Give a desk that is served, and its people."""
    with serving(ServeConfig(folder)) as url:
        people = House(url, template)
        yield people
        people.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def open_desk(folder: Path, clock: Clock) -> Iterator[Desk]:
    """Give a desk that is not served, on a clock one can move."""
    with Desk(folder, clock=clock) as desk:
        yield desk


@pytest.fixture
def play(open_desk: Desk, clock: Clock) -> Play:
    """Give a request and the two who deal with it."""
    return Play(open_desk, clock)
