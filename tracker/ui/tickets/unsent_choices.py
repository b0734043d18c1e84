"""What a person does with something not sent: send it again, change it, or throw it away after a question."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tracker.model.command import CommandId, CreateTicket
from tracker.ui.page_context import PageContext
from tracker.ui.timeline.row_parts import EDIT, RETRY
from tracker.ui.widgets.buttons import ButtonKind
from tracker.ui.widgets.sheet import Sheet, SheetAnswer


class UnsentChoices(QWidget):
    """Passes the choice on to the actions; it is never seen itself."""

    edit_request_asked = Signal()
    """The request itself was taken back into the New request page's draft."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.hide()

    def choose(self, command: str, what: str) -> None:
        """Do RETRY, EDIT or DISCARD with a command."""
        name = CommandId(command)
        if what == RETRY:
            self._context.actions.retry(name)
        elif what == EDIT:
            self._edit(name)
        else:
            self._ask_to_discard(name)

    def _edit(self, command: CommandId) -> None:
        held = (pending.command for pending in self._context.view.outbox())
        is_request = any(c.id == command and isinstance(c, CreateTicket) for c in held)
        self._context.actions.edit(command)
        if is_request:
            self.edit_request_asked.emit()

    def _ask_to_discard(self, command: CommandId) -> None:
        sheet = Sheet(
            self._context.theme,
            self.window(),
            title=self.tr("Discard what you wrote?"),
            text=self.tr("It has not been sent, and it cannot be brought back."),
            answers=(
                SheetAnswer("discard", self.tr("Discard"), ButtonKind.DANGER),
                SheetAnswer("", self.tr("Keep it"), ButtonKind.PRIMARY),
            ),
        )

        def answered(answer: str) -> None:
            if answer == "discard":
                self._context.actions.discard(command)

        sheet.answered.connect(answered)
