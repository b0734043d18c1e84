"""The pages of the window: each made when first shown, with detail pages stacked on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.widgets.page import DetailPage


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of the rail: the name others call it by, its icon and title, and how to make it.

    It is made when it is first shown, so that the window opens fast. One that is not `offered` is left out
    of the rail until the window is told otherwise.
    """

    name: str
    icon: str
    title: str
    make: Callable[[], QWidget]
    badge: int = 0
    offered: bool = True


class PageStack(QStackedWidget):
    """One page at a time; `page_shown` carries the name of the rail's page whenever what is seen changes."""

    page_shown = Signal(str)

    def __init__(self, entries: tuple[PageEntry, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = {entry.name: entry for entry in entries}
        self._made: dict[str, QWidget] = {}
        self._details: list[DetailPage] = []
        self.page = ""
        """The name of the page that is shown, or that a detail page lies on."""

    @property
    def detail(self) -> DetailPage | None:
        """The detail page on top, if any."""
        return self._details[-1] if self._details else None

    def made(self, name: str) -> QWidget | None:
        """Return a page if it has been made already."""
        return self._made.get(name)

    def show_page(self, name: str) -> None:
        """Show a page; detail pages on top are left. KeyError if there is no such page."""
        while self._details:
            self._drop(self._details.pop())
        if name not in self._made:
            self._made[name] = self._entries[name].make()
            self.addWidget(self._made[name])
        self.page = name
        self.setCurrentWidget(self._made[name])
        self.page_shown.emit(name)

    def open(self, page: DetailPage) -> None:
        """Show a page on top of the present one."""
        page.back_asked.connect(self.back)
        self._details.append(page)
        self.addWidget(page)
        self.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page_shown.emit(self.page)

    def back(self) -> None:
        """Leave the topmost detail page; without one nothing happens."""
        if not self._details:
            return
        self._drop(self._details.pop())
        self.setCurrentWidget(self._details[-1] if self._details else self._made[self.page])
        self.page_shown.emit(self.page)

    def _drop(self, page: QWidget) -> None:
        self.removeWidget(page)
        page.hide()
        page.deleteLater()
