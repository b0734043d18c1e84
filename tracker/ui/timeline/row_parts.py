"""What a row holds besides words: the message, files, and what can be done with something not sent."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tracker.model.command import CommandId, Delivery, EndChat, StartChat
from tracker.model.ticket import TicketId
from tracker.model.track import Entry
from tracker.model.wish import Wish
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.typography import TextStyle
from tracker.ui.timeline.file_row import FileRow
from tracker.ui.timeline.message_text import MessageText
from tracker.ui.timeline.rows import Row, RowKind
from tracker.ui.widgets.buttons import Button, ButtonKind

RETRY, EDIT, DISCARD = "retry", "edit", "discard"


class RowParts(QObject):
    """Makes the widgets inside rows, and says what a person wants done with them."""

    link_asked = Signal(str)
    act_asked = Signal(str)
    """The Act somebody wants."""
    conversation_asked = Signal()
    """What was said in the chat is wanted."""
    sending_asked = Signal(str, str)
    """A command, and what to do with it: RETRY, EDIT or DISCARD."""

    def __init__(self, context: PageContext, ticket: TicketId, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._ticket = context, ticket

    def make(self, row: Row, parent: QWidget, grown: Callable[[], None], *, online: bool) -> list[QWidget]:
        """Return the widgets of a row from top to bottom; they belong to `parent`.

        `grown` is called when one of them needs another height.
        """
        parts: list[QWidget] = []
        entry = row.entry
        if entry is not None:
            parts += self._of_entry(entry, parent, grown)
            if row.kind is RowKind.PENDING:
                parts += self._of_sending(entry, parent, online=online)
        if row.act is not None:
            button = Button(self._context.theme, self.tr("Ask for news"), parent)
            button.setObjectName(row.act.value)
            button.clicked.connect(self._tell_act)
            parts.append(self._row_of([button], parent))
        return parts

    def _of_entry(self, entry: Entry, parent: QWidget, grown: Callable[[], None]) -> list[QWidget]:
        parts: list[QWidget] = []
        if entry.text.strip():
            parts += self._message(entry.text, parent, grown)
        for attachment in entry.attachments:
            file_row = FileRow(self._context, self._ticket, attachment, parent)
            file_row.grown.connect(grown)
            parts.append(file_row)
        for file in entry.files:
            words = f"{one_line(file.name, 200)} · {self._context.wording.size(file.size)}"
            parts.append(RunText(self._context.theme, parent, runs=(Run(words, TextStyle.SMALL, "muted"),)))
        if entry.conversation:
            words = self.tr("Show the conversation")
            button = Button(self._context.theme, words, parent, kind=ButtonKind.LINK, icon="messages-square")
            button.clicked.connect(self.conversation_asked)
            parts.append(self._row_of([button], parent))
        return parts

    def _message(self, text: str, parent: QWidget, grown: Callable[[], None]) -> list[QWidget]:
        bubble = MessageText(self._context.theme, text, parent)
        bubble.link_asked.connect(self.link_asked)
        if not bubble.is_folded:
            return [bubble]
        more = Button(self._context.theme, self.tr("Show all of it"), parent, kind=ButtonKind.LINK)
        more.clicked.connect(more.hide)
        more.clicked.connect(bubble.unfold)
        more.clicked.connect(grown)
        return [bubble, more]

    def _of_sending(self, entry: Entry, parent: QWidget, *, online: bool) -> list[QWidget]:
        refused = entry.delivery is Delivery.REJECTED
        if entry.command is None or entry.delivery is Delivery.DELIVERED or (online and not refused):
            return []  # it is on its way: there is nothing to decide
        offers = [(RETRY, self.tr("Send again") if refused else self.tr("Try now"))]
        # What may have arrived can no longer be changed; a wish is asked anew where it was asked.
        if entry.delivery is not Delivery.UNSURE and not self._is_asked_elsewhere(entry.command):
            offers.insert(0, (EDIT, self.tr("Edit")))
        offers.append((DISCARD, self.tr("Discard")))
        buttons = []
        for what, words in offers:
            kind = ButtonKind.DANGER if what == DISCARD else ButtonKind.SECONDARY
            button = Button(self._context.theme, words, parent, kind=kind)
            button.setObjectName(f"{what} {entry.command}")
            button.clicked.connect(self._tell_sending)
            buttons.append(button)
        return [self._row_of(buttons, parent)]

    def _is_asked_elsewhere(self, command: CommandId) -> bool:
        held = (pending.command for pending in self._context.view.outbox())
        return any(one.id == command and isinstance(one, Wish | StartChat | EndChat) for one in held)

    def _row_of(self, buttons: list[Button], parent: QWidget) -> QWidget:
        row = QWidget(parent)
        flow = FlowLayout(row)
        for button in buttons:
            flow.addWidget(button)
        return row

    def _tell_act(self) -> None:
        self.act_asked.emit(self.sender().objectName())

    def _tell_sending(self) -> None:
        what, _, command = self.sender().objectName().partition(" ")
        self.sending_asked.emit(command, what)
