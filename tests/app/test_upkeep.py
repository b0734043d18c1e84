"""A newer version is told where it disturbs nobody: not while somebody writes, chats or is being visited."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from tests.ui.fake_ports import FakeView
from tests.ui.samples import DOCK, NOW, PRINTER
from tracker.app.upkeep import Upkeep, is_in_the_middle
from tracker.host.logs import set_level
from tracker.host.policy import keys
from tracker.host.policy.policy import NO_POLICY, Given, Policy
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.visit import VisitState

if TYPE_CHECKING:
    from tracker.app.parts import Parts
    from tracker.app.telling import Telling


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


class Strip:
    """Keeps what was said last."""

    def __init__(self) -> None:
        self.said = ""

    def advise(self, words: str) -> None:
        self.said = words


class Bell(QObject):
    """Rings when another policy counts, or something was written."""

    changed = Signal(object)
    policy_changed = Signal()


@dataclass
class Some:
    """The parts that it looks at."""

    policy: Policy
    view: FakeView
    bridge: Bell
    clock: Callable[[], datetime] = lambda: NOW


@pytest.mark.usefixtures("kept_level")
def test_what_a_policy_says_counts_while_it_does_and_waits_for_a_quiet_moment(qapp: QApplication) -> None:
    given = {
        key.name: Given(value, "test", locked=True)
        for key, value in ((keys.MINIMUM_VERSION, "99.0"), (keys.LOG_LEVEL, keys.LogLevel.DEBUG))
    }
    strip, bell = Strip(), Bell()
    parts = Some(Policy(MappingProxyType(given)), calm(), bell)
    parts.view.drafts[NEW_REQUEST] = Draft(NEW_REQUEST, "My screen")
    Upkeep(cast("Parts", parts), cast("Telling", strip), bell.policy_changed, bell)
    assert strip.said == ""
    assert logging.getLogger().level == logging.DEBUG
    parts.view.drafts.clear()
    bell.changed.emit(None)
    assert "IT asks for 99.0" in strip.said
    parts.policy = NO_POLICY
    bell.policy_changed.emit()
    assert (strip.said, logging.getLogger().level) == ("", logging.INFO)


def test_the_desk_may_ask_for_a_newer_one_too(qapp: QApplication) -> None:
    strip, bell = Strip(), Bell()
    parts = Some(NO_POLICY, calm(), bell)
    Upkeep(cast("Parts", parts), cast("Telling", strip), bell.policy_changed, bell)
    assert strip.said == ""
    parts.view.oldest = "99.0"
    bell.changed.emit(None)
    assert "99.0" in strip.said
    parts.view.drafts[NEW_REQUEST] = Draft(NEW_REQUEST, "My screen")
    bell.changed.emit(None)
    assert strip.said == ""
