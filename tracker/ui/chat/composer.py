"""The field at the foot of a chat: Enter sends, what is typed is kept, the other side sees that one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal

from tracker.model.draft import Draft, chat_draft
from tracker.ui.chat.typing_teller import TypingTeller
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.request.message_field import MessageField
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent
    from PySide6.QtWidgets import QPushButton, QWidget

    from tracker.model.attachment import LocalFile
    from tracker.model.change import Change
    from tracker.model.ticket import TicketId
    from tracker.ui.page_context import PageContext

_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Written:
    """What the person sends."""

    text: str
    files: tuple[LocalFile, ...] = ()


class ChatArea(ComposeArea):
    """Enter sends, Shift+Enter begins a new line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Enter; all else is typing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.send_asked.emit()
            return
        super().keyPressEvent(event)


class ChatComposer(MessageField):
    """Emptied as soon as something is sent, so that one can write on; what is refused comes back into it.

    `sent` carries a Written.
    """

    sent = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, name=_tr("Your message"), placeholder=_tr("Write a message"))
        self._ticket: TicketId | None = None
        self._handed: Written | None = None
        self._says_typing, self._is_low = False, False
        self._hint = ""
        self._area.setAccessibleDescription(self.tr("Enter sends, Shift and Enter begin a new line."))
        self._send.setToolTip(self.tr("Send the message (Enter)"))
        self._typing = TypingTeller(context, self)
        self._lay_out(Space.M)

    @property
    def _draft_key(self) -> str:
        return chat_draft(self._ticket or "")

    def _make_area(self, placeholder: str) -> ComposeArea:
        return ChatArea(self, placeholder=placeholder)

    def _make_attach(self, name: str) -> QPushButton:
        button = Button(self._context.theme, "", self, icon="paperclip")
        button.setAccessibleName(name)
        return button

    # What others tell it

    def show_ticket(self, ticket: TicketId) -> None:
        """Write in this conversation from now on; what was typed in the last one is kept there."""
        if ticket == self._ticket:
            return
        if self._ticket is not None:
            self._keeper.flush()
            self._typing.stop()
        self._ticket, self._handed = ticket, None
        empty = Draft(self._draft_key, "")
        self._keeper.take(empty)
        self._show(empty)
        self._load()

    def set_words(self, hint: str, placeholder: str, *, says_typing: bool) -> None:
        """Say what stands under the field and in it; `says_typing`: the other side sees that one types."""
        self._hint, self._says_typing = hint, says_typing
        self._usual_hint = "" if self._is_low else hint
        self._area.setPlaceholderText(placeholder)
        self._area.setAccessibleName(placeholder)
        if self._said.property("ink") == "muted":
            self._tell("", "muted")

    def keep_low(self, *, low: bool) -> None:
        """Leave out the hint under the field where there is little room; what went wrong is said always."""
        self._is_low = low
        self._usual_hint = "" if low else self._hint
        if self._said.property("ink") == "muted":
            self._tell("", "muted")

    def refresh(self, change: Change) -> None:
        """Forget the draft of what the outbox now has; take back a draft that came from there."""
        if self._handed is not None and (change.outbox or change.everything or change.chats):
            self._handed = None
            if self._ticket is not None and self._gather().is_empty:
                self._context.actions.drop_draft(self._draft_key)
            else:
                self._keeper.save()
        elif self._ticket is not None and (change.drafts or change.everything):
            self._load()

    def give_back(self, sentence: str) -> None:
        """Say why what was sent last could not be kept; it is in the field again, above what came since."""
        if self._handed is None:
            return
        handed, self._handed = self._handed, None
        since = Written(self.text, self._shelf.files)
        text = "\n".join(part for part in (handed.text, since.text) if part)
        self._show(Draft("", text, files=(*handed.files, *since.files)))
        self._keeper.touch()
        self._tell(sentence, "late")

    # What the person does

    def send(self) -> None:
        """Hand over what is written; nothing happens while there is nothing."""
        if not self._is_ready():
            return
        written = Written(self.text.strip(), self._shelf.files)
        if len(written.text) > _LONGEST:
            self._tell(self.tr("This is too long for one message. Attach it as a file instead."), "late")
            return
        self._keeper.save()  # a crash before the outbox has it costs nothing
        empty = Draft(self._draft_key, "")
        self._keeper.take(empty)
        self._show(empty)
        self._handed = written
        self._typing.stop()
        self._tell("", "muted")
        self.sent.emit(written)

    def _typed(self) -> None:
        super()._typed()
        if self._showing or not self._says_typing or self._ticket is None or not self.text.strip():
            return
        self._typing.typed(self._ticket)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page goes, and stop saying that one types."""
        super().hideEvent(event)
        self._typing.stop()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChatComposer", text)
