"""Agents at the pages of a served desk."""

from collections.abc import Iterator

import pytest

from tests.frontdesk.house import House
from tests.frontdesk.pages.visiting import PageVisitor


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
