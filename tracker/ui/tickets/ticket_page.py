"""One request: where it stands, what comes next, everything that happened, and the reply field."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.change import Change
from tracker.model.errors import TrackerError
from tracker.model.health import Condition, Health
from tracker.model.ticket import Act, TicketId
from tracker.model.track import Track
from tracker.model.wish import WishKind
from tracker.ui.minute_hand import MinuteHand
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.reading_order import chain_tabs
from tracker.ui.request.composer import Composer
from tracker.ui.safe_links import ask_to_open
from tracker.ui.theme.tokens import Space
from tracker.ui.tickets.cannot_write import CannotWrite
from tracker.ui.tickets.closing_answers import ClosingAnswers
from tracker.ui.tickets.gone_request import GoneRequest
from tracker.ui.tickets.raising_again import raised_again
from tracker.ui.tickets.side_actions import SideActions
from tracker.ui.tickets.side_column import SideColumn
from tracker.ui.tickets.side_place import SidePlace
from tracker.ui.tickets.ticket_column import TicketColumn
from tracker.ui.tickets.unsent_choices import UnsentChoices
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.widgets.page import DetailPage


class TicketPage(DetailPage):
    """A page for one request, opened on top of another. A local reference works, also after delivery."""

    opened = Signal(str)
    """Another request whose page is wanted: the one this one goes on in."""
    raise_again_asked = Signal(object)
    """A Draft of the new request with which this one should be raised again."""
    chat_asked = Signal(str)
    """The request whose conversation is wanted."""
    edit_request_asked = Signal()
    """The request itself was taken back into the New request page's draft, to be changed."""

    def __init__(
        self,
        context: PageContext,
        ticket: TicketId,
        health: Health | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._asked = context, ticket
        self._health = health or Health()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._main: TicketColumn | None = None
        self._track = context.view.track(ticket, context.clock())
        if self._track is None:
            gone = GoneRequest(context.theme, self)
            gone.action_pressed.connect(self.back_asked)
            self._row.addWidget(gone)
        else:
            self._build(self._track)
            self._draw(self._track)
        MinuteHand(self, context.clock).moved.connect(self._minute)

    @property
    def ticket(self) -> TicketId:
        """The request that is shown, by its present name."""
        return self._track.ticket.id if self._track is not None else self._asked

    def shows(self, ticket: TicketId) -> bool:
        """Tell whether this is the page of that request, under whichever of its names."""
        return ticket in (self._asked, self.ticket)

    # What others tell the page

    def open_at(self, act: Act) -> None:
        """Put the keyboard where this is done, everything needed for it open and in sight."""
        if self._main is None:
            return
        closing = self._main.closing
        if closing is not None and not closing.isHidden() and act in (Act.NOT_FIXED, Act.CONFIRM):
            if act is Act.NOT_FIXED:
                closing.ask_what()
            else:
                closing.focus_yes()
            self._main.reveal(closing)
            if act is Act.NOT_FIXED:
                self._main.reveal(closing.form)  # where both have no room, the field wins
        elif (card := self._main.open_at(act)) is not None:
            self._main.reveal(card)
        elif self._composer.isHidden():
            self._main.header.setFocus()
        else:
            self._composer.focus_text()

    def refresh(self, change: Change) -> None:
        """Read again if a commit touched this request."""
        if self._main is None:
            return
        for part in (self._composer, self._answers, self._sender):
            part.refresh(change)
        if change.everything or change.outbox or (change.tickets | change.chats) & {self._asked, self.ticket}:
            self._read()
            if self.isVisible():
                self._context.actions.read(self.ticket)

    def show_health(self, health: Health) -> None:
        """Word what waits to be sent by how the connection is."""
        before = self._is_online
        self._health = health
        if self._track is not None and before != self._is_online:
            self._draw(self._track)

    def refused(self, sentence: str) -> None:
        """Give back what could not be put into the outbox and say why, if anything was waited for."""
        if self._main is not None:
            for part in (self._composer, self._answers, self._sender):
                part.give_back(sentence)

    # Making the page

    def _build(self, track: Track) -> None:
        context = self._context
        self._sender = WishSender(context, lambda: self.ticket, self)
        self._main = main = TicketColumn(context, track, self._sender, self)
        self._side = SideColumn(context, self)
        self._side_actions = SideActions(context, self)
        self._composer = Composer(context, track.ticket.id, self)
        self._cannot: CannotWrite | None = None
        self._answers = ClosingAnswers(context, main, lambda: self.ticket, self)
        choices = UnsentChoices(context, self)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)  # the scroll bar is in the margin
        self._foot.addWidget(self._composer)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(main, 1)
        left.addLayout(self._foot)
        self._row.addLayout(left, 1)
        self._beside = SidePlace(context.theme, self._side, self._side_actions, main.details, self)
        self._row.addWidget(self._beside)
        main.header.back_asked.connect(self.back_asked)
        for asking in (main, self._side_actions):
            asking.act_asked.connect(self._act)
        for told in (self._sender.handed, self._sender.given_back, main.cards.changed):
            told.connect(self._draw_again)
        main.cards.answer_asked.connect(self._composer.focus_text)
        main.cards.raise_again_asked.connect(self._raise_again)
        main.cards.opened.connect(main.reveal)
        for wanted in (main.cards.chat_asked, main.timeline.conversation_asked):
            wanted.connect(lambda: self.chat_asked.emit(self.ticket))
        main.timeline.link_asked.connect(self._ask_to_open)
        main.timeline.sending_asked.connect(choices.choose)
        choices.edit_request_asked.connect(self.edit_request_asked)

    # Drawing

    def _read(self) -> None:
        try:
            track = self._context.view.track(self._asked, self._context.clock())
        except TrackerError:
            return  # the list says what is wrong with the file; what is shown here stays
        if track is not None:
            self._track = track
            self._draw(track)

    def _draw(self, track: Track) -> None:
        if self._main is None:
            return
        answered = self._answers.is_answered(track.ticket.id)
        self._main.show_track(track, answered=answered, online=self._is_online)
        self._side.show_track(track)
        asking = self._main.cards.is_asking_for_call or self._sender.on_its_way(WishKind.CALL) is not None
        self._side_actions.show_track(track, asking=asking)
        self._composer.set_ticket(track.ticket.id)
        writes = Act.REPLY in track.you_can or Act.ANSWER in track.you_can
        self._composer.setVisible(writes)
        self._explain(None if writes else track)
        chain_tabs([part for part in (self._main, self._composer, self._cannot, self._beside) if part])
        subject = one_line(track.ticket.subject, 200)
        self.setAccessibleName(self.tr("Request {subject}").format(subject=subject))

    def _explain(self, track: Track | None) -> None:
        if self._cannot is None and track is not None:
            self._cannot = CannotWrite(self._context.theme, self)
            self._cannot.raise_again_asked.connect(self._raise_again)
            self._foot.addWidget(self._cannot)
        if self._cannot is not None:
            self._cannot.explain(track)

    @property
    def _is_online(self) -> bool:
        return self._health.condition <= Condition.SYNCING

    def _minute(self) -> None:
        if self._main is not None:
            self._read()
            self._main.timeline.say_again()

    def showEvent(self, event: QShowEvent) -> None:
        """Say that the person sees it."""
        super().showEvent(event)
        self._context.actions.read(self.ticket)

    # What the person does

    def _act(self, act: str) -> None:
        if act == Act.FOLLOW and self._track is not None and self._track.ticket.merged_into:
            self.opened.emit(self._track.ticket.merged_into)
        elif act == Act.RAISE_AGAIN:
            self._raise_again()
        elif act == Act.CHAT and self._main is not None:
            self._main.cards.ask_for_chat()
        elif act == Act.ASK_FOR_NEWS:
            self._sender.send(self._sender.wish(WishKind.NEWS))
        else:
            self.open_at(Act(act))

    def _raise_again(self, line: str = "") -> None:
        if self._track is not None:
            self.raise_again_asked.emit(raised_again(self._track, self._context.wording, line))

    def _draw_again(self) -> None:
        if self._track is not None:
            self._draw(self._track)

    def _ask_to_open(self, address: str) -> None:
        ask_to_open(self._context, self, address)
