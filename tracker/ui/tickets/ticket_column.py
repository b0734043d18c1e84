"""The main column of a request's page: head, bar, visit, question and history, scrolling as one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tracker.model.stage import Progress
from tracker.model.ticket import Act
from tracker.model.wish import WishKind
from tracker.ui.flow import FlowLayout
from tracker.ui.mirrored_margins import MirroredMargins
from tracker.ui.reading_order import put_in_order
from tracker.ui.theme.tokens import Space
from tracker.ui.tickets.card_needs import asks
from tracker.ui.tickets.header import TicketHeader
from tracker.ui.tickets.looks import stage_icon
from tracker.ui.tickets.ticket_cards import TicketCards
from tracker.ui.timeline.view import TimelineView
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.stage_bar import StageBar, StageStep, StepState

if TYPE_CHECKING:
    from tracker.model.track import Track
    from tracker.ui.page_context import PageContext
    from tracker.ui.tickets.closing_card import ClosingCard
    from tracker.ui.tickets.visit_card import VisitCard
    from tracker.ui.tickets.wish_sender import WishSender

_STEP_STATES = {
    Progress.DONE: StepState.DONE,
    Progress.NOW: StepState.NOW,
    Progress.FUTURE: StepState.AHEAD,
}
_NEAR_END = 400
_OFFERED = (Act.FOLLOW, Act.RAISE_AGAIN)


class TicketColumn(QScrollArea):
    """Shows a Track. When rows come in above what is being read, what is being read stays where it is."""

    act_asked = Signal(str)
    works_said = Signal()
    not_yet_said = Signal(str)

    def __init__(
        self, context: PageContext, track: Track, sender: WishSender, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._sender = context, sender
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("The request"))
        self._inside = QWidget(self)
        self._inside.setProperty("plain", True)
        self.header = TicketHeader(context, self._inside)
        self._bar = StageBar(context.theme, self._inside)
        self._bar_card = Card(context.theme, self._inside)
        self._bar_card.body.addWidget(self._bar)
        # What most requests do not have is made when one does: a page must open at once.
        self._visit: VisitCard | None = None
        self.closing: ClosingCard | None = None
        self._acts: tuple[Act, ...] = ()
        self._acts_row: QWidget | None = None
        self.cards = TicketCards(context, sender, self._inside, self)
        self.details = QVBoxLayout()
        self.timeline = TimelineView(context, track.ticket.id, self._inside)
        self._lay_out()
        self.verticalScrollBar().valueChanged.connect(self._more_near_end)
        self.timeline.act_asked.connect(self.act_asked)
        self.timeline.grown.connect(self._fill)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._inside)
        MirroredMargins(self._inside, column, (Space.PAGE, Space.L, Space.CARD, Space.CARD))
        column.setSpacing(Space.BETWEEN_CARDS)
        self._cards = QVBoxLayout()
        self._below = QVBoxLayout()
        for rows in (self._cards, self._below):
            rows.setSpacing(Space.BETWEEN_CARDS)
        column.addWidget(self.header)
        column.addWidget(self._bar_card)
        column.addLayout(self._cards)
        column.addLayout(self.cards.layout)
        column.addLayout(self._below)
        column.addLayout(self.details)
        column.addSpacing(Space.XS)
        column.addWidget(self.timeline)
        column.addStretch(1)
        self.setWidget(self._inside)

    def show_track(self, track: Track, *, answered: bool, online: bool) -> None:
        """Draw this request. `answered`: an answer to "does it work?" is on its way."""
        top, offset = self._anchor()
        self.header.show_track(track)
        self._bar.show_steps(self._steps(track))
        self._show_visit(track, online=online)
        self._show_closing(track, answered=answered)
        self.cards.show_track(track, online=online)
        self._show_acts(tuple(act for act in _OFFERED if act in track.you_can))
        self.timeline.show_track(self._without_twice(track), online=online)
        put_in_order(self._parts())
        self._keep_in_place(top, offset)

    def _parts(self) -> list[QWidget]:
        """List what is on the page from top to bottom."""
        cards = (self._visit, self.closing, *self.cards.parts, self._acts_row)
        held = (self.details.itemAt(at) for at in range(self.details.count()))
        details = [item.widget() for item in held if item is not None]
        parts = (self.header, self._bar_card, *cards, *details, self.timeline)
        return [part for part in parts if part is not None]

    def open_at(self, act: Act) -> QWidget | None:
        """Put the keyboard where this is done; give what is to be seen, None if it is done elsewhere."""
        visit = self._visit.open_at(act) if self._visit is not None else None
        card = visit or self.cards.open_at(act)
        if card is None and act in (Act.CONFIRM_VISIT, Act.MOVE_VISIT):
            return self.header  # the visit is gone: the top of the page says what is now
        if card is None and act is Act.ASK_FOR_NEWS:
            return self.timeline.focus_act(act)
        return card

    def reveal(self, part: QWidget) -> None:
        """Scroll until a part of the page is seen."""
        self._settle()
        self.ensureWidgetVisible(part, 0, Space.PAGE)

    def _without_twice(self, track: Track) -> Track:
        """Leave "Ask for news" out of the history where a card offers it, or where it was just asked."""
        if not self.cards.takes_news(track) and self._sender.on_its_way(WishKind.NEWS) is None:
            return track
        return replace(track, you_can=tuple(act for act in track.you_can if act is not Act.ASK_FOR_NEWS))

    def _show_visit(self, track: Track, *, online: bool) -> None:
        if self._visit is None and track.visit is not None:
            from tracker.ui.tickets.visit_card import VisitCard

            self._visit = VisitCard(self._context, self._sender, self._inside)
            self._visit.opened.connect(self.reveal)
            self._cards.insertWidget(0, self._visit)
        if self._visit is not None:
            self._visit.show_track(track, online=online)

    def _show_closing(self, track: Track, *, answered: bool) -> None:
        if self.closing is None and asks(track):
            from tracker.ui.tickets.closing_card import ClosingCard

            self.closing = ClosingCard(self._context, self._sender, self._inside)
            self.closing.works_said.connect(self.works_said)
            self.closing.not_yet_said.connect(self.not_yet_said)
            self._cards.insertWidget(1 if self._visit is not None else 0, self.closing)
        if self.closing is not None:
            self.closing.show_track(track, answered=answered)

    def _show_acts(self, acts: tuple[Act, ...]) -> None:
        if acts == self._acts:
            return
        self._acts = acts
        if self._acts_row is not None:
            self._below.removeWidget(self._acts_row)
            self._acts_row.hide()
            self._acts_row.deleteLater()
        self._acts_row = QWidget(self._inside)
        self._below.addWidget(self._acts_row)
        row = FlowLayout(self._acts_row)
        words = {
            Act.FOLLOW: self.tr("Open the request it goes on in"),
            Act.RAISE_AGAIN: self.tr("Raise it again"),
        }
        for act in acts:
            button = Button(self._context.theme, words[act], self._acts_row)
            button.setObjectName(act.value)
            button.clicked.connect(self._tell_act)
            row.addWidget(button)

    def _steps(self, track: Track) -> tuple[StageStep, ...]:
        wording = self._context.wording
        return tuple(
            StageStep(
                wording.text(node.label),
                _STEP_STATES[node.progress],
                stage_icon(node.stage, track.sub_state),
                wording.exact(node.at) if node.at else "",
            )
            for node in track.milestones
        )

    def _tell_act(self) -> None:
        self.act_asked.emit(self.sender().objectName())

    # Where one was reading

    def _anchor(self) -> tuple[QWidget | None, int]:
        """Find the row at the top of what is seen, and how far it is from there."""
        at = self.verticalScrollBar().value()
        if at == 0:
            return None, 0
        self._settle()  # rows that were just made have no place yet
        point = self.timeline.mapFrom(self._inside, QPoint(0, at))
        row = self.timeline.childAt(8, max(point.y(), 0))
        while row is not None and row.parentWidget() is not self.timeline:
            row = row.parentWidget()
        return row, (row.mapTo(self._inside, QPoint(0, 0)).y() - at if row is not None else 0)

    def _keep_in_place(self, row: QWidget | None, offset: int) -> None:
        if row is None or row.isHidden():
            return
        self._settle()
        self.verticalScrollBar().setValue(row.mapTo(self._inside, QPoint(0, 0)).y() - offset)

    def _settle(self) -> None:
        """Lay out now what would be laid out a moment later: places are asked for next."""
        for holder in (self.timeline, self._inside):  # from the inside out: each tells the next its new size
            layout = holder.layout()
            if layout is not None:
                layout.activate()
        QCoreApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _fill(self) -> None:
        """Make still more rows where the window is higher than those there are."""
        self._settle()
        if self.verticalScrollBar().maximum() == 0:
            QTimer.singleShot(0, self.timeline, self.timeline.show_more)

    def _more_near_end(self, value: int) -> None:
        if not self.timeline.is_whole and value > self.verticalScrollBar().maximum() - _NEAR_END:
            self.timeline.show_more()
