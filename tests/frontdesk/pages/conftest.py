"""Agents at the pages of a served desk."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.frontdesk.house import House
from tests.frontdesk.pages.visiting import PageVisitor

if TYPE_CHECKING:
    from tests.rigs.browser import Browser


@pytest.fixture
def stranger(house: House) -> Iterator[PageVisitor]:
    """Give a browser in which nobody is signed in."""
    visitor = PageVisitor(house.url)
    yield visitor
    visitor.close()


@pytest.fixture
def tess(house: House) -> Iterator[PageVisitor]:
    visitor = PageVisitor(house.url).sign_in("tess")
    yield visitor
    visitor.close()


@pytest.fixture
def ravi(house: House) -> Iterator[PageVisitor]:
    visitor = PageVisitor(house.url).sign_in("ravi")
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def started_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    """Give one browser for all tests: its start takes longer than most of them."""
    from tests.rigs.browser import open_browser  # only the tests that need it load what steers it

    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture
def browser(started_browser: "Browser") -> "Browser":
    """Give the browser as good as new."""
    started_browser.forget()
    return started_browser
