"""One conversation on the page: its head, what was written, and the field, kept in step with the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.chat import Chat, ChatState, ChatWay
from tracker.model.command import EndChat, new_command_id
from tracker.model.errors import TrackerError
from tracker.model.person import ActorKind
from tracker.model.ticket import Act
from tracker.ui.chat.composer import ChatComposer, Written
from tracker.ui.chat.feed import Feed
from tracker.ui.chat.foot import ChatFoot, WritingLine
from tracker.ui.chat.ground import ComposerGround
from tracker.ui.chat.head import ChatHead
from tracker.ui.chat.jump import JumpButton
from tracker.ui.chat.rows import Told
from tracker.ui.chat.search_bar import ChatSearch
from tracker.ui.chat.sending import commands_for, is_starting
from tracker.ui.chat.source import LiveSource, ReplySource, Source
from tracker.ui.chat.transcript import Transcript
from tracker.ui.chat.words import (
    end_words,
    field_words,
    how_it_began,
    read_out,
    reply_title,
    subtitle,
    title,
)
from tracker.ui.safe_links import ask_to_open
from tracker.ui.tickets.unsent_choices import UnsentChoices
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import ButtonKind
from tracker.ui.widgets.sheet import Sheet, SheetAnswer

if TYPE_CHECKING:
    from tracker.model.change import Change
    from tracker.model.chat import Typing
    from tracker.model.command import Command
    from tracker.model.ticket import TicketId
    from tracker.model.track import Track
    from tracker.ui.page_context import PageContext


class Conversation(QWidget):
    """Shows nothing before `show_ticket`."""

    ticket_asked = Signal(str)
    call_asked = Signal(str)
    chosen = Signal(str)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket: TicketId | None = None
        self._track: Track | None = None
        self._chat: Chat | None = None
        self._source: Source | None = None
        self._feed: Feed | None = None
        self._unread, self._read, self._newest = 0, "", ""
        self._head = ChatHead(context, self)
        self._search = ChatSearch(context, self)
        self._transcript = Transcript(context, self)
        self._jump = JumpButton(context, self._transcript)
        self._writing = WritingLine(context, self)
        self._foot = ChatFoot(context, self)
        self._composer = ChatComposer(context, self)
        self._choices = UnsentChoices(context, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._ground = ComposerGround(self._context.theme, self._composer, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._search)
        column.addWidget(self._transcript, 1)
        for part in (self._writing, self._foot, self._ground):
            column.addWidget(part)

    def _connect(self) -> None:
        self._head.ticket_asked.connect(self._ask_for_ticket)
        self._head.call_asked.connect(lambda: self.call_asked.emit(self._ticket or ""))
        self._head.end_asked.connect(self._ask_to_end)
        self._head.search_asked.connect(self.open_search)
        self._head.chosen.connect(self.chosen)
        self._search.searched.connect(self._find)
        self._search.went.connect(self._go_to_place)
        self._search.ended.connect(self._end_search)
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
        return self._ticket

    def show_ticket(self, ticket: TicketId, *, online: bool) -> None:
        """Show the conversation on a request."""
        self._search.close_search()
        self._writing.stop()
        self._ticket, self._read, self._newest, self._unread = ticket, "", "", 0
        self._learn()
        self._feed = Feed(self._need_source(), self._context.wording)
        self._note_new()
        self._feed.know(self._track, self._told())
        self._feed.show_new()
        self._newest = self._feed.newest
        self._transcript.show_feed(self._feed, ticket, online=online)
        self._composer.show_ticket(ticket)
        self._say()
        self.look()

    def refresh(self, *, online: bool) -> None:
        """Read it again."""
        if self._ticket is None or self._feed is None:
            return
        self._learn()
        self._note_new()
        self._feed.know(self._track, self._told())
        self._feed.refresh(self._need_source())
        self._transcript.refresh(online=online)
        self._say()
        self._tell_newest()
        self.look()

    def hear(self, change: Change) -> None:
        """Take what was written of the field: drafts, and what the outbox has."""
        if self._ticket is not None:
            self._composer.refresh(change)

    def offer(self, others: tuple[tuple[str, str], ...]) -> None:
        """Offer the other conversations."""
        shown = str(self._track.ticket.id if self._track is not None else self._ticket or "")
        self._head.show_others(others, chosen=shown)

    def show_typing(self, told: tuple[Typing, ...]) -> None:
        """Take who is writing here."""
        for typing in told:
            if self._is_here(typing.ticket):
                self._writing.show_typing(typing)

    def give_back(self, sentence: str) -> None:
        """Put what could not be kept into the field again."""
        self._composer.give_back(sentence)

    def focus_text(self) -> None:
        """Put the keyboard into the field."""
        self._composer.focus_text()

    def open_search(self) -> None:
        """Search here."""
        if self._ticket is not None:
            self._search.open()

    def look(self) -> None:
        """Note what the person really sees: the newest message, in a window that is active."""
        self._jump.show_state(at_end=self._transcript.at_end, unread=self._unread)
        if not self._is_looked_at or self._feed is None or self._ticket is None:
            return
        newest = self._feed.newest
        if newest and newest != self._read and self._transcript.at_end:
            self._read = newest
            if self._way is ChatWay.REPLIES:
                self._context.actions.read(self._ticket)
            else:
                self._context.actions.chat.read(self._ticket, newest)

    # Knowing

    @property
    def _way(self) -> ChatWay:
        return self._context.view.talks.way()

    @property
    def _is_looked_at(self) -> bool:
        return self.isVisible() and self.window().isActiveWindow()

    def _is_here(self, ticket: TicketId) -> bool:
        return ticket == self._ticket or (self._track is not None and ticket == self._track.ticket.id)

    def _learn(self) -> None:
        view, ticket = self._context.view, self._ticket
        if ticket is None:
            return
        self._track = view.track(ticket, self._context.clock())
        replies = self._way is ChatWay.REPLIES
        self._chat = None if replies else view.talks.chat(ticket)
        self._source = ReplySource(view, self._track) if replies else LiveSource(view.talks, ticket)

    def _need_source(self) -> Source:
        if self._source is None:
            raise LookupError("no conversation is shown")
        return self._source

    def _told(self) -> tuple[Told, ...]:
        chat = self._chat
        if chat is None:
            return ()
        return (Told(chat.started_at, how_it_began(chat, self._number, self._context.wording)),)

    @property
    def _number(self) -> str:
        return self._track.ticket.number if self._track is not None else ""

    def _note_new(self) -> None:
        """Remember after which message all is new, from the first that comes unseen."""
        before = self._unread
        source, live = self._need_source(), self._way is not ChatWay.REPLIES
        self._unread = self._context.view.talks.unread(self._ticket) if live and self._ticket else 0
        seen = self._is_looked_at and self._transcript.at_end and self._feed is not None and bool(self._read)
        if self._feed is not None and self._unread and not before and not seen:
            self._feed.new_after = source.read_to(ActorKind.YOU)

    def _tell_newest(self) -> None:
        """Read a new message aloud, after whatever is being read."""
        newest = self._feed.newest if self._feed is not None else ""
        if newest and newest != self._newest:
            rows = {row.key: row for row in self._transcript.rows}
            if newest in rows:
                self._writing.stop()
                announce(self, read_out(rows[newest], self._context.wording, online=True))
        self._newest = newest

    # Saying

    def _say(self) -> None:
        chat, track = self._chat, self._track
        ticket = track.ticket if track is not None else None
        starting = is_starting(chat, self._need_source().pending())
        subject = ticket.subject if ticket is not None else ""
        team = ticket.team if ticket is not None else ""
        replies = self._way is ChatWay.REPLIES
        owner = ticket.owner.name if ticket is not None and ticket.owner is not None else ""
        agent = owner if replies else chat.agent.name if chat is not None and chat.agent is not None else ""
        wording = self._context.wording
        heading = reply_title(owner, team) if replies else title(chat, team, starting=starting)
        self._head.show_words(agent or team, heading, subtitle(chat, subject, wording, starting=starting))
        can = track.you_can if track is not None else ()
        active = chat is not None and chat.is_active
        self._head.show_buttons(
            number=self._number, call=Act.ASK_FOR_CALL in can, end=end_words(chat) if active else ""
        )
        writes = Act.REPLY in can or Act.ANSWER in can
        goes_on = active or starting
        may_chat = goes_on or Act.CHAT in can
        if replies:
            self._foot.show_replies()
        else:
            self._foot.show_chat(chat, starting=starting, can_continue=may_chat, can_reply=writes)
        blind = active and chat is not None and chat.encrypted
        self._ground.setVisible((writes if replies else may_chat) and not blind)
        hint, placeholder = field_words(self._way, goes_on=goes_on)
        self._composer.set_words(hint, placeholder, says_typing=active and not replies)

    # What the person does

    def _send(self, written: Written) -> None:
        if self._ticket is None or self._feed is None:
            return
        chat = self._chat
        goes_on = (chat is not None and chat.is_active) or is_starting(chat, self._need_source().pending())
        self._feed.new_after = None
        commands = commands_for(
            self._ticket,
            written.text,
            written.files,
            way=self._way,
            goes_on=goes_on,
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
        if self._ticket is not None:
            self._context.actions.chat.say_typing(self._ticket, typing=True)

    def _ask_for_ticket(self) -> None:
        if self._ticket is not None:
            self.ticket_asked.emit(self._ticket)

    def _ask_to_end(self) -> None:
        chat, ticket = self._chat, self._ticket
        if chat is None or ticket is None:
            return
        queued = chat.state is ChatState.QUEUED
        sheet = Sheet(
            self._context.theme,
            self.window(),
            title=self.tr("Leave the queue?") if queued else self.tr("End this chat?"),
            text=self.tr("You lose your place. Your request stays with the service desk.")
            if queued
            else self.tr("What was written stays on the request, and you can continue later."),
            answers=(
                SheetAnswer("", self.tr("Stay")),
                SheetAnswer("end", end_words(chat), ButtonKind.PRIMARY),
            ),
        )

        def answered(answer: str) -> None:
            if answer == "end":
                self._submit(EndChat(new_command_id(), self._context.clock(), ticket))

        sheet.answered.connect(answered)

    # Searching

    def _find(self, words: str) -> None:
        self._transcript.mark(words)
        self._search.show_found(self._need_source().found(words) if words else ())

    def _go_to_place(self, place: int) -> None:
        if self._feed is not None:
            self._transcript.go_to(self._feed.show_place(place))

    def _end_search(self) -> None:
        self._transcript.mark("")
        self._composer.focus_text()
