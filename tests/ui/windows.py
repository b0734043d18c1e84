"""A window with plain pages, for the tests of the shell."""

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.remembering import Remembering
from tracker.ui.main_window import MainWindow
from tracker.ui.page_stack import PageEntry
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.page import DetailPage


class Plain(QWidget):
    """A page with one line to type in."""

    made = 0

    def __init__(self) -> None:
        super().__init__()
        Plain.made += 1
        column = QVBoxLayout(self)
        self.line = QLineEdit(self)
        self.line.setAccessibleName("Words")
        column.addWidget(self.line)


class Detail(DetailPage):
    """A page on top."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("One request")


def opened(theme: Theme, memory: Remembering, qtbot: QtBot) -> MainWindow:
    made = MainWindow(theme, entries(), memory, heading="Acme IT Help")
    qtbot.addWidget(made)
    made.show_page("requests")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def entries() -> tuple[PageEntry, ...]:
    say = QApplication.translate
    return (
        PageEntry("requests", "inbox", say("Shell", "My requests"), Plain, 4),
        PageEntry("new", "circle-plus", say("Shell", "New request"), Plain),
        PageEntry("settings", "settings", say("Shell", "Settings"), Plain),
    )
