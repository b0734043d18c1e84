"""A newer version is told where it disturbs nobody: not while somebody writes, chats or is being visited."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.ui.fake_ports import FakeView
from tests.ui.samples import DOCK, NOW, PRINTER
from tracker.app.upkeep import is_in_the_middle
from tracker.host.logs import set_level
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.visit import VisitState


def calm() -> FakeView:
    return FakeView((PRINTER,))


def test_somebody_who_only_looks_is_told() -> None:
    assert not is_in_the_middle(calm(), NOW)


@pytest.mark.parametrize(
    ("draft", "busy"),
    [
        (Draft(NEW_REQUEST, "My screen"), True),
        (Draft(NEW_REQUEST, " "), False),
        (Draft(DOCK.ticket.id, "A reply"), True),
    ],
)
def test_somebody_who_writes_is_not(draft: Draft, busy: bool) -> None:
    view = FakeView((replace(DOCK, visit=None), PRINTER))
    view.drafts[draft.key] = draft
    assert is_in_the_middle(view, NOW) is busy


@pytest.mark.parametrize(
    ("state", "busy"),
    [(VisitState.SCHEDULED, False), (VisitState.ON_THE_WAY, True), (VisitState.ON_SITE, True)],
)
def test_somebody_who_is_visited_is_not(state: VisitState, busy: bool) -> None:
    assert DOCK.visit is not None
    view = FakeView((replace(DOCK, visit=replace(DOCK.visit, state=state)),))
    assert is_in_the_middle(view, NOW) is busy


@pytest.fixture
def kept_level() -> Iterator[None]:
    before = logging.getLogger().level
    yield
    logging.getLogger().setLevel(before)
    for name in ("httpx", "httpcore", "asyncio", "keyring"):
        logging.getLogger(name).setLevel(logging.NOTSET)


@pytest.mark.usefixtures("kept_level")
def test_how_much_the_log_says_is_changed_while_it_runs() -> None:
    set_level(logging.DEBUG)
    assert logging.getLogger("tracker.sync").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    set_level(logging.WARNING)
    assert not logging.getLogger("tracker.sync").isEnabledFor(logging.INFO)
