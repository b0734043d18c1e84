"""The reply field under a request: text, files, a draft that is never lost, and one Send."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.change import Change
from tracker.model.command import CommandId, PostReply, new_command_id
from tracker.model.draft import Draft
from tracker.model.errors import TrackerError
from tracker.model.ticket import TicketId
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.request.compose_area import ComposeArea, local_files
from tracker.ui.request.draft_keeper import DraftKeeper
from tracker.ui.request.shelf import AttachmentShelf
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind, IconButton
from tracker.ui.widgets.text import Text


class Composer(QWidget):
    """Writes to the desk on one request. The text stays until the outbox has it, and the draft until then."""

    def __init__(self, context: PageContext, ticket: TicketId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._ticket = context, ticket
        self._sending: CommandId | None = None
        self._showing = False
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Your reply"))
        self._area = ComposeArea(self, placeholder=self.tr("Write a reply"))
        self._area.setAccessibleName(self.tr("Write a reply"))
        self._shelf = AttachmentShelf(context, self)
        self._attach = IconButton(context.theme, "paperclip", self, name=self.tr("Attach files"))
        self._attach.setToolTip(f"{self.tr('Attach files')}. {self._shelf.limit_words()}")
        self._attach.setAccessibleDescription(self._shelf.limit_words())
        self._send = Button(context.theme, self.tr("Send"), self, kind=ButtonKind.PRIMARY, icon="send")
        self._send.setToolTip(self.tr("Send the reply (Ctrl+Enter)"))
        self._said = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._keeper = DraftKeeper(context.actions, self._gather, self)
        self._lay_out()
        self._area.textChanged.connect(self._edited)
        self._area.files_given.connect(self._shelf.add_files)
        self._area.image_given.connect(self._shelf.add_image)
        self._area.send_asked.connect(self.send)
        self._shelf.changed.connect(self._edited)
        self._attach.clicked.connect(self._shelf.choose)
        self._send.clicked.connect(self.send)
        self._load()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._area, 1)
        bottom = Qt.AlignmentFlag.AlignBottom
        row.addWidget(self._attach, 0, bottom)
        row.addWidget(self._send, 0, bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, Space.M)
        column.setSpacing(Space.XS)
        column.addWidget(self._shelf)
        column.addLayout(row)
        column.addWidget(self._said)
        self._said.hide()

    @property
    def text(self) -> str:
        """What is typed."""
        return self._area.toPlainText()

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        """Hand the reply over; a second call before it is in the outbox does nothing."""
        text, files = self.text.strip(), self._shelf.files
        if self._sending is not None:
            return
        if self._shelf.is_copying:
            self._tell(self.tr("A file is still being attached."), "muted")
            return
        if not text and not files:
            self._tell(self.tr("Write something first."), "late")
            self.focus_text()
            return
        self._keeper.flush()
        command = PostReply(new_command_id(), self._context.clock(), self._ticket, text, files)
        self._set_sending(command.id)
        try:
            self._context.actions.submit(command)
        except TrackerError as error:
            self.give_back(str(error))

    def give_back(self, sentence: str) -> None:
        """Say why nothing was sent; the text is still here. Nothing happens while nothing is being sent."""
        if self._sending is not None:
            self._set_sending(None)
            self._tell(sentence, "late")

    def set_ticket(self, ticket: TicketId) -> None:
        """Write on this request from now on: the desk has given it its own name."""
        if ticket != self._ticket:
            self._keeper.flush()
            self._ticket = ticket
            self._load()

    def refresh(self, change: Change) -> None:
        """Clear what the outbox now has; take back a draft that came from there."""
        if self._sending is not None and self._is_in_outbox(self._sending, change):
            self._sent()
        elif change.drafts or change.everything:
            self._load()

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page goes."""
        super().hideEvent(event)
        self._keeper.flush()

    def _sent(self) -> None:
        empty = Draft(self._ticket, "")
        self._keeper.take(empty)  # first, so that clearing the field is no edit
        self._show(empty)
        self._context.actions.drop_draft(self._ticket)
        self._set_sending(None)

    def _is_in_outbox(self, command: CommandId, change: Change) -> bool:
        # It may be delivered and gone again by the time we hear of the outbox.
        return (
            change.outbox
            or change.everything
            or any(pending.command.id == command for pending in self._context.view.outbox())
        )

    def _set_sending(self, command: CommandId | None) -> None:
        self._sending = command
        sending = command is not None
        self._area.setReadOnly(sending)
        self._shelf.setEnabled(not sending)
        self._send.setEnabled(not sending)
        self._attach.setEnabled(not sending)
        self._tell(self.tr("Sending") if sending else "", "muted")

    def _load(self) -> None:
        draft = self._context.view.draft(self._ticket)
        if draft is None or not self._keeper.is_news(draft):
            return
        typed = self._gather()
        if not typed.is_empty and not self._keeper.is_saved(typed):
            return  # what is being typed now is newer than what came back
        self._keeper.take(draft)
        self._show(draft)
        if draft.reason:
            words = self.tr("This could not be sent: {reason}").format(reason=one_line(draft.reason))
            self._tell(words, "late")

    def _show(self, draft: Draft) -> None:
        self._showing = True
        self._area.setPlainText(draft.text)
        self._shelf.show_files(draft.files)
        self._showing = False

    def _gather(self) -> Draft:
        return Draft(self._ticket, self.text, files=self._shelf.files, saved_at=self._context.clock())

    def _edited(self) -> None:
        if not self._showing:
            self._tell("", "muted")
            self._keeper.touch()

    def _tell(self, words: str, ink: str) -> None:
        self._said.setText(words)
        self._said.set_ink(ink)
        self._said.setVisible(bool(words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files dropped beside the text, too."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self._shelf.add_files(local_files(event.mimeData()))
        event.acceptProposedAction()
