"""The reply field under a request: text, files, a draft that is never lost, and one Send."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from tracker.model.change import Change
from tracker.model.command import CommandId, PostReply, new_command_id
from tracker.model.draft import Draft
from tracker.model.errors import TrackerError
from tracker.model.ticket import TicketId
from tracker.ui.page_context import PageContext
from tracker.ui.request.message_field import MessageField
from tracker.ui.theme.tokens import Space


class Composer(MessageField):
    """Writes to the desk on one request. The text stays until the outbox has it, and the draft until then."""

    def __init__(self, context: PageContext, ticket: TicketId, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, name=_tr("Your reply"), placeholder=_tr("Write a reply"))
        self._ticket = ticket
        self._sending: CommandId | None = None
        self._send.setToolTip(self.tr("Send the reply (Ctrl+Enter)"))
        self._lay_out(Space.S)
        self._said.hide()
        self._load()

    @property
    def _draft_key(self) -> str:
        return self._ticket

    def send(self) -> None:
        """Hand the reply over; a second call before it is in the outbox does nothing."""
        text, files = self.text.strip(), self._shelf.files
        if self._sending is not None or not self._is_ready():
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


def _tr(text: str) -> str:
    return QCoreApplication.translate("Composer", text)
