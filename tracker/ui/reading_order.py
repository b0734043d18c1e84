"""One order for the eye, the Tab key and assistive technology, where parts are made at different times."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_in_order(parts: Sequence[QWidget]) -> None:
    """Let siblings be read in this order, and reached by Tab in it with everything in them.

    Both follow the order in which widgets were made, which is not the order on the page where some are made
    later. Other children of the same parent stay where they are, before these.
    """
    if not parts:
        return
    parent = parts[0].parentWidget()
    ranks = {id(child): at for at, child in enumerate(parent.children())} if parent is not None else {}
    places = [ranks.get(id(part), -1) for part in parts]
    if places != sorted(places):
        for part in parts:
            part.raise_()
    chain_tabs(parts)


def chain_tabs(parts: Sequence[QWidget]) -> None:
    """Let Tab reach everything in these parts in this order, wherever in the window they are."""
    before: QWidget | None = None
    for part in parts:
        for stop in _stops(part):
            if before is not None and before.nextInFocusChain() is not stop:
                QWidget.setTabOrder(before, stop)
            before = stop


def _stops(part: QWidget) -> list[QWidget]:
    inside = part.findChildren(QWidget)
    return [
        one
        for one in (part, *inside)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]
