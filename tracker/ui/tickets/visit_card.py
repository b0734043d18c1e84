"""The visit of a technician, followed like a delivery: when, who, where, and what can be said about it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.event import EventKind
from tracker.model.ticket import Act, TicketState
from tracker.model.track import Track
from tracker.model.visit import Visit, VisitState
from tracker.model.wish import Wish, WishKind
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.reading_order import put_in_order
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.said import told
from tracker.ui.tickets.visit_answers import VISIT_WISHES, outcome
from tracker.ui.tickets.visit_calendar import VisitCalendar
from tracker.ui.tickets.visit_panel import VisitPanel
from tracker.ui.tickets.visit_words import VisitWords, visit_words
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.avatar import Avatar
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.glyph import Glyph

_AVATAR = 46
_SHOWN_AFTER = timedelta(days=2)
"""So long a visit that took place, or was called off, is worth a card."""
_ENDS = {VisitState.DONE: EventKind.VISIT_DONE, VisitState.CANCELLED: EventKind.VISIT_CANCELLED}
_WRITING = frozenset({Act.REPLY, Act.ANSWER, Act.CONFIRM_VISIT, Act.MOVE_VISIT})


class VisitCard(Card):
    """Hidden while there is no visit to wait for, and none that has just been."""

    opened = Signal(QWidget)
    """This was unfolded and wants to be seen."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context, self._sender = context, sender
        self._visit: Visit | None = None
        self._heard, self._has_buttons, self._asked_else = "", False, False
        self._panels: dict[WishKind, VisitPanel] = {}
        size = context.theme.type.scaled(_AVATAR)
        self._who = Avatar(context.theme, "", self, size=size)
        self._icon = Glyph(context.theme, "truck", self, ink="accent", size=size // 2)
        self._headline, self._outcome = (RunText(context.theme, self) for _ in range(2))
        self._lines: list[RunText] = []
        self._words = QVBoxLayout()
        self._calendar = VisitCalendar(context, lambda: self._sender.ticket, self)
        self._buttons = QWidget(self)
        self._flow = FlowLayout(self._buttons)
        self._suits = self._button(self.tr("That suits me"), self._say_suits, ButtonKind.PRIMARY)
        self._move = self._button(self.tr("Another time"), self._open_move)
        self._not_there = self._button(self.tr("I'm not there"), self._open_not_there)
        self._place = self._button(self.tr("Where to find me"), self._open_place)
        self._lay_out()
        sender.handed.connect(self._lock)
        self.hide()

    def _lay_out(self) -> None:
        self._words.setSpacing(Space.HAIR)
        self._words.addWidget(self._headline)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        for mark in (self._who, self._icon):
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)
        self._flow.addWidget(self._calendar.button)
        self.body.addLayout(row)
        for part in (self._outcome, self._buttons, self._calendar):
            self.body.addWidget(part)
        self._outcome.hide()

    def show_track(self, track: Track, *, online: bool) -> None:
        """Show the visit of this request, and how that stands which was said about it."""
        visit = self._visit = track.visit
        self._asked_else = track.ticket.state is TicketState.WAITING_FOR_YOU
        now = self._context.clock()
        self.setVisible(visit is not None and self._is_worth_a_card(track, visit))
        if visit is None or self.isHidden():
            return
        self._show_words(visit_words(track, visit, self._context.wording, now), visit)
        self._say(*outcome(track, self._sender, self._context, online=online))
        self._calendar.show_visit(track, visit)
        for panel in self._panels.values():
            panel.follow(visit)
        self._offer(track, visit)
        self._put_in_order()

    def open_at(self, act: Act) -> QWidget | None:
        """Put the keyboard where this is done; give what is to be seen, None where it can't be done here."""
        failed = self._visit is not None and self._visit.state is VisitState.FAILED
        asks_again = act is Act.ANSWER and failed and not self._asked_else
        if self.isHidden() or not (asks_again or act in (Act.CONFIRM_VISIT, Act.MOVE_VISIT)):
            return None
        if act is Act.MOVE_VISIT and not self._move.isHidden():
            for panel in self._panels.values():
                panel.close_panel()
            self._open_move()
        elif (door := self._move if asks_again else self._suits).isVisibleTo(self):
            door.setFocus(Qt.FocusReason.OtherFocusReason)
        return self

    # Drawing

    def _is_worth_a_card(self, track: Track, visit: Visit) -> bool:
        if visit.state not in _ENDS:
            return not track.ticket.state.is_over
        ended = told(track, _ENDS[visit.state])
        fresh = ended is not None and self._context.clock() - ended.at < _SHOWN_AFTER
        return (fresh and not track.ticket.state.is_over) or self._calendar.has_to_go(visit)

    def _show_words(self, words: VisitWords, visit: Visit) -> None:
        who = one_line(visit.agent, 80)
        self._who.show_person(who)
        self._who.setVisible(bool(who))
        self._icon.show_icon(words.icon, words.tone.value if words.tone.value != "neutral" else "muted")
        self._icon.setVisible(not who)
        self._headline.show_runs((Run(words.title, TextStyle.DATE),))
        prepare = [self.tr("Please have ready:"), *(f"•  {thing}" for thing in words.prepare)]
        lines = [
            *(Run(line, TextStyle.SMALL, "muted") for line in words.lines if line),
            *([Run(words.amber, TextStyle.SMALL, "warn")] if words.amber else []),
            *(Run(line, TextStyle.SMALL) for line in prepare if words.prepare),
        ]
        while len(self._lines) < len(lines):
            made = RunText(self._context.theme, self)
            self._words.addWidget(made)
            self._lines.append(made)
        for at, place in enumerate(self._lines):
            place.setVisible(at < len(lines))
            place.show_runs((lines[at],) if at < len(lines) else ())
        self.set_tone(words.tone)
        self.setAccessibleName(words.spoken)
        self.setToolTip(self._context.wording.exact(visit.starts))

    def _put_in_order(self) -> None:
        before = (self._who, self._icon, self._headline, *self._lines, self._outcome)
        put_in_order([*before, self._buttons, self._calendar, *self._panels.values()])

    def _offer(self, track: Track, visit: Visit) -> None:
        may = bool(_WRITING & set(track.you_can))
        booked = visit.state is VisitState.SCHEDULED
        ahead = booked and visit.is_ahead(self._context.clock())
        coming = ahead or visit.state is VisitState.ON_THE_WAY
        on_its_way = self._sender.on_its_way
        confirms = Act.CONFIRM_VISIT in track.you_can and not visit.confirmed
        suits = ahead and confirms and on_its_way(WishKind.VISIT_OK, WishKind.VISIT_MOVE) is None
        again = visit.state is VisitState.FAILED or (booked and not ahead)
        self._move.setText(self.tr("Ask for a new time") if again else self.tr("Another time"))
        self._move.setAccessibleName(self._move.text())
        offers = (
            (self._suits, may and suits),
            (self._move, may and (booked or again) and on_its_way(WishKind.VISIT_MOVE) is None),
            (self._not_there, may and coming and on_its_way(WishKind.VISIT_NOT_THERE) is None),
            (self._place, may and coming and on_its_way(WishKind.VISIT_PLACE) is None),
        )
        for button, shown in offers:
            button.setVisible(shown)
            button.setEnabled(True)
        self._has_buttons = any(shown for _, shown in offers) or not self._calendar.button.isHidden()
        self._show_buttons()
        self._flow.invalidate()

    def _show_buttons(self) -> None:
        unfolded = any(not panel.isHidden() for panel in self._panels.values())
        self._buttons.setVisible(self._has_buttons and not unfolded)

    def _say(self, sentence: str, ink: str) -> None:
        self._outcome.setVisible(bool(sentence))
        self._outcome.show_runs((Run(sentence, TextStyle.SMALL, ink),) if sentence else ())
        if sentence != self._heard:
            self._heard = sentence
            announce(self, sentence)

    def _button(
        self, words: str, press: Callable[[], object], kind: ButtonKind = ButtonKind.SECONDARY
    ) -> Button:
        made = Button(self._context.theme, words, self._buttons, kind=kind)
        made.clicked.connect(press)
        self._flow.addWidget(made)
        return made

    # What the person does

    def _say_suits(self) -> None:
        if self._visit is not None:
            wish = self._sender.wish(WishKind.VISIT_OK, about=self._visit.id)
            self._sender.send(replace(wish, seen=self._visit.starts))

    def _open_move(self) -> None:
        from tracker.ui.tickets.visit_move import MovePanel

        self._open(WishKind.VISIT_MOVE, MovePanel, self._move)

    def _open_not_there(self) -> None:
        from tracker.ui.tickets.visit_forms import NotTherePanel

        self._open(WishKind.VISIT_NOT_THERE, NotTherePanel, self._not_there)

    def _open_place(self) -> None:
        from tracker.ui.tickets.visit_forms import PlacePanel

        self._open(WishKind.VISIT_PLACE, PlacePanel, self._place)

    def _open(
        self, kind: WishKind, make: Callable[[PageContext, WishSender, QWidget], VisitPanel], door: Button
    ) -> None:
        if self._visit is None:
            return
        if kind not in self._panels:
            made = self._panels[kind] = make(self._context, self._sender, self)
            made.closed.connect(lambda: self._fold(door))
            made.grown.connect(lambda: self.opened.emit(made))
            self.body.addWidget(made)
        self._put_in_order()
        self._panels[kind].open(self._visit)
        self._show_buttons()
        self.opened.emit(self._panels[kind])

    def _fold(self, door: Button) -> None:
        self._show_buttons()
        door.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lock(self, wish: Wish) -> None:
        if wish.kind in VISIT_WISHES:
            for button in (self._suits, self._move, self._not_there, self._place):
                button.setEnabled(False)
