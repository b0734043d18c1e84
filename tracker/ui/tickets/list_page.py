"""My requests: search, filters, and a card for each request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.command import ConfirmFixed, new_command_id
from tracker.model.errors import TrackerError
from tracker.model.health import Condition, Health
from tracker.model.listing import Counts, Filter
from tracker.model.ticket import Act, TicketId
from tracker.ui.minute_hand import MinuteHand
from tracker.ui.mirrored_margins import MirroredMargins
from tracker.ui.reading_order import put_in_order
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.card_layout import SIDE
from tracker.ui.tickets.card_model import CardModel
from tracker.ui.tickets.card_table import CardTable
from tracker.ui.tickets.filter_chips import FilterChips
from tracker.ui.tickets.nothing import NothingToList
from tracker.ui.tickets.promise_foot import PromiseFoot
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.field import SearchField
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.model.change import Change
    from tracker.ui.page_context import PageContext

_SEARCH_LEAST = 260
_HEAD_FROM = 400
_LIST_LEAST = 80


class MyRequestsPage(QWidget):
    """The list page. It reads what it shows when it is seen, and again what `refresh` names.

    Searching looks through all requests; clearing the search goes back to the chip chosen before.
    """

    opened = Signal(str)
    """The request whose page is wanted."""
    not_fixed_asked = Signal(str)
    """The request that is not fixed: its page is wanted, with the field for the one line ready."""
    new_request_asked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._health = Health()
        self._words, self._before = "", Filter.OPEN
        self._stale = True
        self._answered: set[TicketId] = set()
        self.setAccessibleName(self.tr("My requests"))
        self._new = Button(
            context.theme, self.tr("New request"), self, kind=ButtonKind.PRIMARY, icon="circle-plus"
        )
        self._search = SearchField(context.theme, self.tr("Search all requests and replies"), self)
        self._chips = FilterChips(context.wording, self)
        self._as_of = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._model = CardModel(context.view, context.wording, context.clock, self)
        self._table = CardTable(context.theme, self._model, context.muting, self)
        self._nothing = NothingToList(context.theme, self)
        self._record = PromiseFoot(context, SIDE, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._head = QWidget(self)
        self._new.setParent(self._head)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        title = Text(self.accessibleName(), self._head, style=TextStyle.PAGE_TITLE, wrap=True)
        head.addWidget(title, 1)
        head.addWidget(self._new)
        put_in_order([title, self._new])
        self._tools = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools.setSpacing(Space.M)
        self._tools.addWidget(self._search, 1)
        self._tools.addWidget(self._chips, 0, Qt.AlignmentFlag.AlignVCenter)
        top = QVBoxLayout()
        MirroredMargins(self, top, (SIDE, 0, Space.PAGE, 0))
        top.setSpacing(Space.M)
        top.addWidget(self._head)
        top.addLayout(self._tools)
        top.addWidget(self._as_of)
        column = QVBoxLayout(self)
        MirroredMargins(self, column, (Space.PAGE - SIDE, Space.L + Space.XS, 0, 0))
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addWidget(self._table, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._record)
        self._as_of.hide()
        self._nothing.hide()
        self._table.setMinimumHeight(_LIST_LEAST)
        put_in_order(
            [self._head, self._search, self._chips, self._as_of, self._table, self._nothing, self._record]
        )

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_request_asked)
        self._search.searched.connect(self._search_for)
        self._chips.chosen.connect(self._filter_chosen)
        self._table.opened.connect(self.opened)
        self._table.pressed_act.connect(self._act)
        self._nothing.new_request_asked.connect(self.new_request_asked)
        self._nothing.clear_asked.connect(self._search.clear)
        MinuteHand(self, self._context.clock).moved.connect(self._let_time_pass)
        for key, act in ((Qt.Key.Key_Escape, self._search.clear), (Qt.Key.Key_Down, self._enter_list)):
            shortcut = QShortcut(QKeySequence(key), self._search)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    # What others tell the page

    def refresh(self, change: Change) -> None:
        """Read again what a commit touched, at once or when the page is next seen."""
        if not (change.everything or change.tickets or change.outbox or change.chats):
            return
        self._answered = set() if change.outbox or change.everything else self._answered - change.tickets
        self._model.forget(change)
        self._record.refresh(change)
        if self.isVisible():
            self._read()
        else:
            self._stale = True

    def show_health(self, health: Health) -> None:
        """Say how the connection is where that explains what is or is not in the list."""
        self._health = health
        self._show_state()

    def focus_search(self) -> None:
        """Put the keyboard into the search field, what is in it marked."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def show_filter(self, which: Filter) -> None:
        """Show the requests of a chip, as if it had been clicked."""
        self._search.clear()
        self._chips.choose(which)
        self._filter_chosen()

    # What the person does

    def _search_for(self, words: str) -> None:
        if words and not self._words:
            self._before = self._chips.choice
            self._chips.choose(Filter.ALL)
        elif not words:
            self._chips.choose(self._before)
        self._words = words
        self._read()

    def _filter_chosen(self) -> None:
        if not self._words:
            self._before = self._chips.choice
        self._read()
        self._table.scrollToTop()

    def _enter_list(self) -> None:
        if self._model.rowCount():
            self._table.setFocus(Qt.FocusReason.TabFocusReason)

    def _act(self, ticket: str, act: str) -> None:
        name = TicketId(ticket)
        if act == Act.NOT_FIXED:
            self.not_fixed_asked.emit(ticket)
        elif name not in self._answered:
            self._answered.add(name)
            self._context.actions.submit(ConfirmFixed(new_command_id(), self._context.clock(), name))

    # Reading and showing

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def _let_time_pass(self) -> None:
        self._model.forget_all()
        self._record.pass_time()

    def _read(self) -> None:
        self._stale = False
        self._record.wake()
        view = self._context.view
        try:
            self._model.show(view.tickets(self._chips.choice, self._words))
            self._chips.show_counts(view.counts())
        except TrackerError as error:
            self._model.show(())
            self._chips.show_counts(Counts())
            self._nothing.show_failure(str(error))
            self._swap(empty=True)
            return
        self._show_state()

    def _show_state(self) -> None:
        empty = not self._model.rowCount()
        self._as_of.setText(self._said_of_connection())
        self._as_of.setVisible(bool(self._as_of.text()) and not empty)
        if empty:
            self._nothing.explain(self._health, self._chips.choice, self._words)
        self._swap(empty=empty)

    def _swap(self, *, empty: bool) -> None:
        self._table.setVisible(not empty)
        self._nothing.setVisible(empty)

    def _said_of_connection(self) -> str:
        health = self._health
        if health.condition <= Condition.SYNCING or health.as_of is None:
            return ""
        as_of = self.tr("As of {time}.").format(time=self._context.wording.when(health.as_of))
        return f"{health.sentence or self.tr('The service desk cannot be reached.')} {as_of}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the chips under the search field where both have no room side by side.

        Where large text leaves little height for the list, the head goes: the rail says and does the same.
        """
        super().resizeEvent(event)
        has_room = self.height() >= _HEAD_FROM * self._context.theme.type.scale
        self._head.setVisible(has_room)
        self._record.give_room(has_room=has_room)
        needed = _SEARCH_LEAST * self._context.theme.type.scale + self._chips.sizeHint().width()
        room = self.width() - 2 * Space.PAGE - Space.M
        wide = QBoxLayout.Direction.LeftToRight
        self._tools.setDirection(wide if room >= needed else QBoxLayout.Direction.TopToBottom)
