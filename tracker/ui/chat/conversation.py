"""One conversation on the page: its head, what was written, and the field, kept in step with the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.command import EndChat, new_command_id
from tracker.model.errors import TrackerError
from tracker.model.ticket import Act
from tracker.ui.chat.attention import Attention
from tracker.ui.chat.composer import ChatComposer, Written
from tracker.ui.chat.ending import ask_to_end
from tracker.ui.chat.feed import Feed
from tracker.ui.chat.finding import Finding
from tracker.ui.chat.foot import ChatFoot, WritingLine
from tracker.ui.chat.ground import ComposerGround
from tracker.ui.chat.head import ChatHead
from tracker.ui.chat.jump import JumpButton
from tracker.ui.chat.known import Known, known
from tracker.ui.chat.search_bar import ChatSearch
from tracker.ui.chat.sending import commands_for
from tracker.ui.chat.tightness import Tightness
from tracker.ui.chat.transcript import Transcript
from tracker.ui.chat.words import end_words, field_words
from tracker.ui.safe_links import ask_to_open
from tracker.ui.tickets.unsent_choices import UnsentChoices

if TYPE_CHECKING:
    from tracker.model.change import Change
    from tracker.model.chat import Typing
    from tracker.model.command import Command
    from tracker.model.ticket import TicketId
    from tracker.ui.page_context import PageContext


class Conversation(QWidget):
    """Shows nothing before `show_ticket`."""

    ticket_asked = Signal(str)
    call_asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._known: Known | None = None
        self._feed: Feed | None = None
        self._head = ChatHead(context, self)
        self._search = ChatSearch(context, self)
        self._transcript = Transcript(context, self)
        self._finding = Finding(self._search, self._transcript)
        self._jump = JumpButton(context, self._transcript)
        self._writing = WritingLine(context, self)
        self._foot = ChatFoot(context, self)
        self._composer = ChatComposer(context, self)
        self._choices = UnsentChoices(context, self)
        self._attention = Attention(context, self, self._transcript)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._ground = ComposerGround(self._context.theme, self._composer, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above, below = (self._head, self._search), (self._writing, self._foot, self._ground)
        for part in (*above, self._transcript, *below):
            column.addWidget(part, int(part is self._transcript))
        Tightness(self._context.theme, self, head=self._head, composer=self._composer)

    def _connect(self) -> None:
        self._head.ticket_asked.connect(self._ask_for_ticket)
        self._head.call_asked.connect(lambda: self.call_asked.emit(self.ticket or ""))
        self._head.end_asked.connect(self._ask_to_end)
        self._head.search_asked.connect(self.open_search)
        self._head.chosen.connect(self.chosen)
        self._search.ended.connect(self._composer.focus_text)
        self._transcript.moved.connect(self.look)
        self._transcript.link_asked.connect(lambda address: ask_to_open(self._context, self, address))
        self._transcript.sending_asked.connect(self._choices.choose)
        self._jump.clicked.connect(self._transcript.go_to_end)
        self._foot.still_here.connect(self._say_still_here)
        self._foot.continue_asked.connect(self._go_on)
        self._foot.reply_asked.connect(self._ask_for_ticket)
        self._composer.sent.connect(self._send)

    # What the page tells it

    @property
    def ticket(self) -> TicketId | None:
        """The request whose conversation is shown, None before one is."""
        return self._known.ticket if self._known is not None else None

    def show_ticket(self, ticket: TicketId, *, online: bool) -> None:
        """Show the conversation on a request."""
        self._search.close_search()
        self._writing.stop()
        self._known = now = known(self._context, ticket)
        self._feed = feed = Feed(now.source, self._context.wording)
        self._finding.take(now.source, feed)
        feed.know(now.track, now.told(self._context.wording))
        self._attention.begin(now, feed)
        feed.show_new()
        self._transcript.show_feed(feed, ticket, online=online)
        self._composer.show_ticket(ticket)
        self._say(now)
        self.look()

    def refresh(self, *, online: bool) -> None:
        """Read it again."""
        if self._known is None or self._feed is None:
            return
        self._known = now = known(self._context, self._known.ticket)
        self._attention.note_new(now, self._feed)
        self._feed.know(now.track, now.told(self._context.wording))
        self._feed.refresh(now.source)
        self._finding.take(now.source, self._feed)
        self._transcript.refresh(online=online)
        self._say(now)
        if not now.is_active:
            self._writing.stop()
        self._attention.read_aloud(self._feed)
        self.look()

    def hear(self, change: Change) -> None:
        """Take what was written of the field: drafts, and what the outbox has."""
        if self._known is not None:
            self._composer.refresh(change)

    def offer(self, others: tuple[tuple[str, str], ...]) -> None:
        """Offer the other conversations."""
        if self._known is not None:
            track = self._known.track
            self._head.show_others(
                others, chosen=track.ticket.id if track is not None else self._known.ticket
            )

    def show_typing(self, told: tuple[Typing, ...]) -> None:
        """Take who is writing here."""
        for typing in told:
            if self._known is not None and self._known.is_here(typing.ticket):
                self._writing.show_typing(typing)

    def give_back(self, sentence: str) -> None:
        """Put what could not be kept into the field again."""
        self._composer.give_back(sentence)

    def focus_text(self) -> None:
        """Put the keyboard into the field."""
        self._composer.focus_text()

    def open_search(self) -> None:
        """Search here."""
        if self._known is not None:
            self._search.open()

    def look(self) -> None:
        """Note what the person really sees."""
        self._jump.show_state(at_end=self._transcript.at_end, unread=self._attention.unread)
        if self._known is not None and self._feed is not None:
            self._attention.look(self._known, self._feed)

    # Saying

    def _say(self, now: Known) -> None:
        self._head.show_words(now.person, now.title(), now.subtitle(self._context.wording))
        self._head.show_buttons(
            number=now.number,
            call=Act.ASK_FOR_CALL in now.can,
            end=end_words(now.chat) if now.is_active else "",
        )
        if now.is_replies:
            self._foot.show_replies()
        else:
            self._foot.show_chat(
                now.chat, starting=now.starting, can_continue=now.can_chat, can_reply=now.can_reply
            )
        self._ground.setVisible(now.can_write)
        hint, placeholder = field_words(now.way, goes_on=now.goes_on)
        self._composer.set_words(hint, placeholder, says_typing=now.is_active)

    # What the person does

    def _send(self, written: Written) -> None:
        now = self._known
        if now is None or self._feed is None:
            return
        self._feed.new_after = None
        commands = commands_for(
            now.ticket,
            written.text,
            written.files,
            way=now.way,
            goes_on=now.goes_on,
            now=self._context.clock(),
        )
        if self._submit(*commands):
            self._transcript.go_to_end()

    def _submit(self, *commands: Command) -> bool:
        try:
            for command in commands:
                self._context.actions.submit(command)
        except TrackerError as error:
            self._composer.give_back(str(error))
            return False
        return True

    def _go_on(self) -> None:
        if self._composer.text.strip():
            self._composer.send()
        else:
            self._composer.focus_text()

    def _say_still_here(self) -> None:
        if self._known is not None:
            self._context.actions.chat.say_typing(self._known.ticket, typing=True)

    def _ask_for_ticket(self) -> None:
        if self._known is not None:
            self.ticket_asked.emit(self._known.ticket)

    def _ask_to_end(self) -> None:
        now = self._known
        if now is None or now.chat is None:
            return
        ask_to_end(self._context, self, now.chat, lambda: self._end(now.ticket))

    def _end(self, ticket: TicketId) -> None:
        self._submit(EndChat(new_command_id(), self._context.clock(), ticket))
