"""The Qt binding gives back what it borrows. See docs/decisions: a release of it did not, and aborted."""

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

TIMES = 100


class Speaker(QObject):
    """Emits what the program emits most."""

    nothing = Signal()
    flag = Signal(bool)
    anything = Signal(object)


def speak(speaker: Speaker, widget: QWidget) -> None:
    speaker.nothing.emit()
    speaker.flag.emit(True)
    speaker.anything.emit(None)
    widget.setEnabled(True)


def test_a_signal_borrows_no_reference_for_good(qapp: QApplication) -> None:
    speaker, widget = Speaker(), QWidget()
    speak(speaker, widget)
    before = sys.getrefcount(True), sys.getrefcount(False), sys.getrefcount(None)
    for _ in range(TIMES):
        speak(speaker, widget)
    after = sys.getrefcount(True), sys.getrefcount(False), sys.getrefcount(None)
    assert all(abs(one - two) < TIMES // 4 for one, two in zip(before, after, strict=True))
