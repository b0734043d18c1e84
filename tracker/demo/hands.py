"""The real tray program with a pair of hands: does in the window what a person would, as it is told.

Started as `python -m tracker.demo.hands`. One JSON line in, one out. Keys and clicks are Qt's own events
on the widgets that are on the screen, found by the names a screen reader tells.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSocketNotifier, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tracker.app.main import main as show_window

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tracker.app.shell import Shell

_WRITES = (QLineEdit, QTextEdit, QPlainTextEdit)


def _type(field: QWidget, letter: str) -> None:
    """Press its key; letters that QTest has no key for come as an input method gives them."""
    if letter.isascii():
        QTest.keyClicks(field, letter)
        return
    event = QInputMethodEvent()
    event.setCommitString(letter)
    QApplication.sendEvent(field, event)


class NotFound(Exception):
    """There is nothing of that name on the screen."""


class Hands(QObject):
    """Does one thing per line read from standard input, in the shell's window."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._window = shell.window
        self._acts: dict[str, Callable[[Mapping[str, str]], object]] = {
            "keys": self._keys,
            "fill": self._fill,
            "choose": self._choose,
            "press": self._press,
            "open": self._open,
            "read": self._read,
            "grab": self._grab,
            "paste": self._paste,
            "close": self._close,
            "state": self._state,
            "quit": self._quit,
        }
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        line = sys.stdin.readline()
        if not line:
            self._notifier.setEnabled(False)
            self._shell.quit_asked.emit()
            return
        order = json.loads(line)
        try:
            answer: object = self._acts[order["do"]](order)
            self._answer({"ok": True, "said": answer})
        except NotFound as error:
            self._answer({"ok": False, "said": str(error)})

    def _answer(self, answer: dict[str, object]) -> None:
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    def _keys(self, order: Mapping[str, str]) -> None:
        if not self._window.isActiveWindow():
            raise NotFound("the window in front")
        QTest.keySequence(self._window, order["keys"])

    def _fill(self, order: Mapping[str, str]) -> None:
        field = self._find(order["name"], _WRITES)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for letter in order["text"]:
            _type(field, letter)

    def _choose(self, order: Mapping[str, str]) -> None:
        box = self._find(order["name"], (QComboBox,))
        if not isinstance(box, QComboBox):
            raise NotFound(order["name"])
        wanted = box.findText(order["text"], Qt.MatchFlag.MatchStartsWith)
        if wanted < 0:
            raise NotFound(f"{order['text']} in {order['name']}")
        box.setFocus(Qt.FocusReason.TabFocusReason)
        while box.currentIndex() != wanted:
            down = box.currentIndex() < wanted
            QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)

    def _press(self, order: Mapping[str, str]) -> None:
        button = self._find(order["name"], (QAbstractButton,))
        if not button.isEnabled():
            raise NotFound(f"{order['name']} (it cannot be pressed now)")
        for _time in range(int(order.get("times", "1"))):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _paste(self, order: Mapping[str, str]) -> None:
        """Paste a file into a field, as after copying it in the file manager."""
        field = self._find(order["name"], _WRITES)
        content = QMimeData()
        content.setUrls([QUrl.fromLocalFile(order["file"])])
        QGuiApplication.clipboard().setMimeData(content)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keySequence(field, QKeySequence.StandardKey.Paste)

    def _close(self, _order: Mapping[str, str]) -> None:
        self._window.close()

    def _state(self, _order: Mapping[str, str]) -> dict[str, object]:
        """Tell whether the window is on the screen, in front, and where the keyboard is."""
        focused = QApplication.focusWidget()
        return {
            "visible": self._window.isVisible(),
            "front": self._window.isActiveWindow(),
            "focus": [words for words in _words(focused) if words] if focused is not None else [],
        }

    def _open(self, order: Mapping[str, str]) -> None:
        self._shell.show_window(order["ticket"])

    def _read(self, _order: Mapping[str, str]) -> list[str]:
        """Tell every name and text that is on the screen, as a screen reader meets them."""
        return [words for widget in self._visible() for words in _words(widget) if words]

    def _grab(self, order: Mapping[str, str]) -> bool:
        path = Path(order["to"])
        path.parent.mkdir(parents=True, exist_ok=True)
        return self._window.grab().save(str(path))

    def _quit(self, _order: Mapping[str, str]) -> None:
        self._shell.quit_asked.emit()

    def _find(self, name: str, kinds: tuple[type[QWidget], ...]) -> QWidget:
        for widget in self._visible():
            if isinstance(widget, kinds) and name in _words(widget):
                return widget
        raise NotFound(name)

    def _visible(self) -> list[QWidget]:
        """List what is on the screen: the panel or a dialog first, then the window."""
        others = [top for top in QApplication.topLevelWidgets() if top is not self._window]
        tops = [top for top in (*others, self._window) if top.isVisible()]
        return [widget for top in tops for widget in (top, *top.findChildren(QWidget)) if widget.isVisible()]


def _words(widget: QWidget) -> tuple[str, ...]:
    text = getattr(widget, "toPlainText", None) or getattr(widget, "text", None)
    said = text() if callable(text) else ""
    plain = said.replace("&", "") if isinstance(widget, QAbstractButton) and isinstance(said, str) else said
    return (widget.accessibleName(), plain if isinstance(plain, str) else "")


def main() -> int:
    """Run the tray program, arguments and all, with hands."""
    return show_window(sys.argv[1:], then=Hands)


if __name__ == "__main__":
    sys.exit(main())
