"""Shows a single widget in a window."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def shown(widget: QWidget, qtbot: QtBot, *, width: int = 0) -> QWidget:
    """Show a widget in a window of its own size, or of this width, that stays until the test ends."""
    window = QWidget()

    def hold(closing: QWidget) -> None:
        assert closing is window  # and so it is kept until then

    qtbot.addWidget(window, before_close_func=hold)
    column = QVBoxLayout(window)
    column.setContentsMargins(4, 4, 4, 4)
    column.addWidget(widget)
    if width:
        window.setFixedWidth(width)
        window.resize(width, max(column.heightForWidth(width), window.sizeHint().height()))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window
