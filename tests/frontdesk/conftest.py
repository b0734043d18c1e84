"""A desk for every test, copied from one that was set up once."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.frontdesk.house import House, Template, found_desk
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.server import ServeConfig, serving


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def pass_by(self, **how_long: float) -> None:
        """Move on."""
        self.now += timedelta(**how_long)


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
