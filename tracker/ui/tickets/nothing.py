"""What the list shows when it has no cards: why that is, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from tracker.model.health import Condition, Health
from tracker.model.listing import Filter
from tracker.ui.plain_text import breakable
from tracker.ui.widgets.empty import EmptyState

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

_NEW, _CLEAR = "new", "clear"


class NothingToList(QWidget):
    """One quiet message at a time; each kind is made when it is first needed."""

    new_request_asked = Signal()
    clear_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._states: dict[str, EmptyState] = {}
        self._stack = QStackedLayout(self)
        self._asks = ""

    def explain(self, health: Health, which: Filter, words: str) -> None:
        """Say why there is nothing: no match, nothing of this kind, not fetched yet, or not reachable."""
        never = health.as_of is None
        if words:
            title = self.tr("Nothing matches “{words}”").format(words=breakable(words))
            text = self.tr("Try fewer words, another spelling, or the number of the request.")
            self._show("search", (title, text), self.tr("Clear the search"), _CLEAR)
        elif never and health.condition is Condition.SYNCING:
            title = self.tr("Getting your requests")
            self._show("loader-circle", (title, self.tr("This takes a moment the first time.")))
        elif never and health.condition is not Condition.OK:
            self.show_failure(health.sentence)
        else:
            self._show("inbox", self._nothing_of(which), self.tr("New request"), _NEW)

    def show_failure(self, sentence: str) -> None:
        """Say that the requests cannot be shown, and why."""
        title = self.tr("Your requests cannot be shown yet")
        self._show("circle-alert", (title, sentence))

    def _nothing_of(self, which: Filter) -> tuple[str, str]:
        return {
            Filter.OPEN: (
                self.tr("No open requests"),
                self.tr("When you ask IT for something, you follow it here."),
            ),
            Filter.WAITING_FOR_ME: (
                self.tr("Nothing waits for you"),
                self.tr("When IT needs an answer from you, the request shows up here."),
            ),
            Filter.FIXED: (
                self.tr("Nothing to check"),
                self.tr("When IT thinks something is fixed, you say here whether it works."),
            ),
            Filter.ALL: (
                self.tr("No requests yet"),
                self.tr("When you ask IT for something, you follow it here."),
            ),
        }[which]

    def _show(self, icon: str, said: tuple[str, str], action: str = "", asks: str = "") -> None:
        state = self._states.get(icon)
        if state is None:
            state = self._states[icon] = EmptyState(self._theme, self, icon=icon)
            state.action_pressed.connect(self._ask)
            self._stack.addWidget(state)
        self._asks = asks
        state.show_message(said[0], said[1], action=action)
        self._stack.setCurrentWidget(state)

    def _ask(self) -> None:
        if self._asks == _CLEAR:
            self.clear_asked.emit()
        else:
            self.new_request_asked.emit()
