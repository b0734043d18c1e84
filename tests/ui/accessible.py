"""What a screen reader is told of a window, as lines of text to compare and to read in a review.

`TRACKER_UPDATE_SNAPSHOTS=1 pytest tests/ui` writes the files anew; look at the difference before keeping it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

SNAPSHOTS = Path(__file__).with_name("snapshots")
UPDATE = "TRACKER_UPDATE_SNAPSHOTS"

_STATES = ("checked", "disabled", "readOnly", "passwordEdit", "selected", "expanded", "collapsed")
_ACTING = {
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.RadioButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.SpinBox,
    QAccessible.Role.List,
    QAccessible.Role.Table,
}
# Scrolling is Qt's own; these carry nothing a person reads.
_LEFT_OUT = {QAccessible.Role.ScrollBar, QAccessible.Role.Indicator}


def accessible_tree(window: QWidget) -> str:
    """Return one line per thing a screen reader meets: role, name, state, and the description in brackets.

    Things that only hold others are left out unless they have a name.
    """
    interface = QAccessible.queryAccessibleInterface(window)
    assert interface is not None
    return "\n".join(_lines(interface, 0)) + "\n"


def unnamed(window: QWidget) -> list[str]:
    """Return a line for everything that can be used and has no name."""
    interface = QAccessible.queryAccessibleInterface(window)
    assert interface is not None
    return [
        f"{child.role().name} in “{_name(parent)}”"
        for child, parent in _pairs(interface)
        if child.role() in _ACTING and not _name(child) and not _hidden(child)
    ]


def assert_snapshot(window: QWidget, name: str) -> None:
    """Compare a window with tests/ui/snapshots/<name>.txt, or write the file where that is asked for."""
    path = SNAPSHOTS / f"{name}.txt"
    tree = accessible_tree(window)
    if os.environ.get(UPDATE):
        path.write_text(tree, encoding="utf-8")
    assert path.exists(), f"no snapshot {path.name}: run with {UPDATE}=1 and look at what it wrote"
    assert tree == path.read_text(encoding="utf-8")


def _lines(interface: QAccessibleInterface, depth: int) -> Iterator[str]:
    if _hidden(interface):
        return
    holder = not _name(interface) and interface.role() not in _ACTING
    if not holder:
        yield "  " * depth + _line(interface)
    below = depth if holder else depth + 1
    if interface.role() in (QAccessible.Role.ComboBox, QAccessible.Role.SpinBox):
        return  # what is inside is the system's business, not the page's
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None:
            yield from _lines(child, below)


def _line(interface: QAccessibleInterface) -> str:
    state = interface.state()
    states = [name for name in _STATES if getattr(state, name)]
    if interface.role() == QAccessible.Role.StaticText and "readOnly" in states:
        states.remove("readOnly")
    value = interface.text(QAccessible.Text.Value)
    description = interface.text(QAccessible.Text.Description)
    said = [interface.role().name, f"“{_name(interface)}”", *states]
    if value and value != _name(interface) and not state.passwordEdit:
        said.append(f"= {value}")
    if description:
        said.append(f"({description})")
    return " ".join(said).replace("\n", " / ")


def _name(interface: QAccessibleInterface | None) -> str:
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def _hidden(interface: QAccessibleInterface) -> bool:
    return bool(interface.state().invisible) or interface.role() in _LEFT_OUT


def _pairs(
    interface: QAccessibleInterface,
) -> Iterator[tuple[QAccessibleInterface, QAccessibleInterface]]:
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is None or _hidden(child):
            continue
        yield child, interface
        if child.role() not in (QAccessible.Role.ComboBox, QAccessible.Role.SpinBox):
            yield from _pairs(child)
