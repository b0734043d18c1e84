"""What a Mac hands to the running program: links and files come as events, and open all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tracker.app.open_events import OpenEvents
from tracker.app.opening import MOST_FILES, Opening


@pytest.fixture
def events(qapp: QApplication) -> Iterator[OpenEvents]:
    listening = OpenEvents(qapp)
    yield listening
    qapp.removeEventFilter(listening)


def handed(application: QApplication, *addresses: QUrl) -> None:
    """Let the system hand these over, as it does: one event each, in a row."""
    for address in addresses:
        QApplication.sendEvent(application, QFileOpenEvent(address))


@pytest.mark.parametrize(
    ("address", "opening"),
    [
        ("tracker://ticket/REQ-1001", Opening("REQ-1001")),
        ("tracker://new", Opening(new=True)),
        ("tracker://settings", Opening()),
    ],
)
def test_a_link_opens_what_it_names(
    qapp: QApplication, events: OpenEvents, qtbot: QtBot, address: str, opening: Opening
) -> None:
    with qtbot.waitSignal(events.asked) as asked:
        handed(qapp, QUrl(address))
    assert asked.args == [opening]


def test_files_that_are_dropped_together_open_together(
    qapp: QApplication, events: OpenEvents, qtbot: QtBot, tmp_path: Path
) -> None:
    names = [tmp_path / "the printer é.png", tmp_path / "100 %.txt"]
    told: list[Opening] = []
    events.asked.connect(told.append)
    handed(qapp, *(QUrl.fromLocalFile(str(name)) for name in names))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [Opening(files=tuple(map(str, names)))]


def test_too_many_files_are_refused_with_a_sentence(
    qapp: QApplication, events: OpenEvents, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(events.refused) as refused:
        handed(qapp, *(QUrl.fromLocalFile(f"/tmp/{number}.txt") for number in range(MOST_FILES + 5)))
    assert refused.args is not None
    assert refused.args[0].startswith(f"At most {MOST_FILES} files can be attached at once")


def test_other_events_go_their_way(qapp: QApplication, events: OpenEvents) -> None:
    assert not events.eventFilter(qapp, QEvent(QEvent.Type.User))
