"""A dressed application for the tests of the interface."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.remembering import Remembering
from tests.ui.windows import opened
from tracker.ui.main_window import MainWindow
from tracker.ui.theme.theme import Look, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Give the light look, put on; the application is undressed afterwards."""
    font, palette = qapp.font(), qapp.palette()
    made = Theme(qapp, Look.LIGHT)
    made.put_on()
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def large(qapp: QApplication) -> Iterator[Theme]:
    """Dress the application for somebody who reads at 200 %."""
    before, palette = qapp.font(), qapp.palette()
    font = qapp.font()
    font.setPointSizeF(22)
    qapp.setFont(font)
    theme = Theme(qapp, Look.LIGHT)
    theme.put_on()
    yield theme
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(before)


@pytest.fixture
def memory() -> Remembering:
    return Remembering()


@pytest.fixture
def window(theme: Theme, memory: Remembering, qtbot: QtBot) -> MainWindow:
    return opened(theme, memory, qtbot)
