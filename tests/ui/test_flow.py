"""Widgets set in lines like words."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import createdByPython, isValid

from tracker.ui.flow import FlowLayout


def flowing(qtbot: QtBot, widths: list[int], width: int) -> tuple[QWidget, list[QWidget]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing=10)
    parts = []
    for wide in widths:
        part = QWidget(holder)
        part.setFixedSize(QSize(wide, 20))
        flow.addWidget(part)
        parts.append(part)
    holder.resize(width, 300)
    holder.show()
    return holder, parts


def test_a_line_is_filled_before_the_next_begins(qtbot: QtBot) -> None:
    _, parts = flowing(qtbot, [100, 100, 100], 215)
    assert [(p.x(), p.y()) for p in parts] == [(0, 0), (110, 0), (0, 30)]


@pytest.mark.parametrize(("width", "height"), [(400, 20), (215, 50), (100, 80)])
def test_the_height_follows_the_width(width: int, height: int, qtbot: QtBot) -> None:
    holder, _ = flowing(qtbot, [100, 100, 100], 400)
    layout = holder.layout()
    assert layout is not None
    assert layout.heightForWidth(width) == height


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    holder, parts = flowing(qtbot, [100, 100], 300)
    parts[0].hide()
    layout = holder.layout()
    assert layout is not None
    layout.activate()
    assert parts[1].x() == 0


def test_it_is_mirrored_from_right_to_left(qtbot: QtBot) -> None:
    holder, parts = flowing(qtbot, [100, 50], 300)
    holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.waitUntil(lambda: [p.x() for p in parts] == [200, 140])


def test_an_empty_flow_has_no_height(qtbot: QtBot) -> None:
    holder, _ = flowing(qtbot, [], 300)
    layout = holder.layout()
    assert layout is not None
    assert layout.heightForWidth(300) == 0
    assert layout.itemAt(0) is None
    assert layout.takeAt(0) is None


def test_the_items_are_made_here_so_that_nobody_else_lets_go_of_them(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    flow.addWidget(QWidget(holder))
    item = flow.itemAt(0)
    assert item is not None
    assert createdByPython(item)
    flow.removeWidget(holder.findChildren(QWidget)[0])
    assert flow.count() == 0
    assert not isValid(item)


def test_what_grows_or_comes_is_measured_anew(qtbot: QtBot) -> None:
    holder, parts = flowing(qtbot, [100, 100], 300)
    layout = holder.layout()
    assert isinstance(layout, FlowLayout)
    assert layout.heightForWidth(300) == 20
    parts[0].setFixedSize(QSize(250, 40))
    qtbot.waitUntil(lambda: layout.heightForWidth(300) == 70)
    late = QWidget(holder)
    late.setFixedSize(QSize(300, 30))
    layout.addWidget(late)
    late.show()
    qtbot.waitUntil(lambda: layout.heightForWidth(300) == 110)
