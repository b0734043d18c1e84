"""Sending "Yes, it works" or "Not yet" once, and holding the line until the outbox has it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from tracker.model.change import Change
from tracker.model.command import Command, CommandId, ConfirmFixed, Delivery, SayNotFixed, new_command_id
from tracker.model.errors import TrackerError
from tracker.model.ticket import TicketId
from tracker.ui.page_context import PageContext
from tracker.ui.tickets.ticket_column import TicketColumn


class ClosingAnswers(QObject):
    """Takes what the closing card says and hands it over; a second press meanwhile does nothing."""

    def __init__(
        self, context: PageContext, column: TicketColumn, ticket: Callable[[], TicketId], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._column, self._ticket = context, column, ticket
        self._waiting: CommandId | None = None
        column.works_said.connect(self._say_works)
        column.not_yet_said.connect(self._say_not_yet)

    def refresh(self, change: Change) -> None:
        """Forget the line once the outbox has it."""
        if self._waiting is not None and (change.outbox or change.everything):
            self._waiting = None
            if self._column.closing is not None:
                self._column.closing.forget_line()

    def give_back(self, sentence: str) -> None:
        """Say why the answer that is waited for could not be kept, and let it be given again."""
        if self._waiting is not None and self._column.closing is not None:
            self._waiting = None
            self._column.closing.say_refusal(sentence)

    def is_answered(self, ticket: TicketId) -> bool:
        """Say whether an answer is on its way to the desk."""
        return any(
            isinstance(pending.command, ConfirmFixed | SayNotFixed)
            and pending.command.ticket == ticket
            and pending.delivery is not Delivery.REJECTED
            for pending in self._context.view.outbox()
        )

    def _say_works(self) -> None:
        self._submit(ConfirmFixed(new_command_id(), self._context.clock(), self._ticket()))

    def _say_not_yet(self, text: str) -> None:
        self._submit(SayNotFixed(new_command_id(), self._context.clock(), self._ticket(), text))

    def _submit(self, command: Command) -> None:
        closing = self._column.closing
        if closing is None or self._waiting is not None:
            return
        self._waiting = command.id
        closing.wait()
        try:
            self._context.actions.submit(command)
        except TrackerError as error:
            self.give_back(str(error))
