"""The least a tray program can be: an icon, and a window with a one-column table. Imports PySide6 alone.

`python tests/bench/bare.py FILE`: FILE has one row on each line.
"""

import sys

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QTableView, QVBoxLayout, QWidget

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Rows(QAbstractTableModel):
    """The rows of a file."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Count them."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the words."""
        return self._rows[index.row()] if role == Qt.ItemDataRole.DisplayRole else None


def main() -> int:
    """Show icon and window until the program is ended."""
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    with open(sys.argv[1], encoding="utf-8") as file:
        model = Rows(file.read().splitlines())
    window = QWidget()
    window.setWindowTitle("Bare")
    table = QTableView()
    table.setModel(model)
    table.horizontalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.verticalHeader().hide()
    layout = QVBoxLayout(window)
    layout.addWidget(table)
    picture = QPixmap(32, 32)
    picture.fill(QColor("navy"))
    icon = QSystemTrayIcon(QIcon(picture))
    menu = QMenu()
    menu.addAction("Quit").triggered.connect(application.quit)
    icon.setContextMenu(menu)
    icon.show()
    area = application.primaryScreen().availableGeometry()
    window.setGeometry((area.width() - 1080) // 2, (area.height() - 760) // 2, 1080, 760)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
