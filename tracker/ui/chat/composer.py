"""The field at the foot of a chat: Enter sends, what is typed is kept, the other side sees that one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.draft import Draft, chat_draft
from tracker.ui.chat.typing_teller import TypingTeller
from tracker.ui.plain_text import one_line
from tracker.ui.request.compose_area import ComposeArea, local_files
from tracker.ui.request.draft_keeper import DraftKeeper
from tracker.ui.request.shelf import AttachmentShelf
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent

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


class ChatComposer(QWidget):
    """Emptied as soon as something is sent, so that one can write on; what is refused comes back into it.

    `sent` carries a Written.
    """

    sent = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket: TicketId | None = None
        self._handed: Written | None = None
        self._showing = False
        self._says_typing = False
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Your message"))
        self._area = ChatArea(self, placeholder=self.tr("Write a message"))
        self._area.setAccessibleName(self.tr("Write a message"))
        self._area.setAccessibleDescription(self.tr("Enter sends, Shift and Enter begin a new line."))
        self._shelf = AttachmentShelf(context, self)
        self._attach = Button(context.theme, "", self, icon="paperclip")
        self._attach.setAccessibleName(self.tr("Attach files"))
        self._attach.setToolTip(f"{self.tr('Attach files')}. {self._shelf.limit_words()}")
        self._attach.setAccessibleDescription(self._shelf.limit_words())
        self._send = Button(context.theme, self.tr("Send"), self, kind=ButtonKind.PRIMARY, icon="send")
        self._send.setToolTip(self.tr("Send the message (Enter)"))
        self._hint = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._keeper = DraftKeeper(context.actions, self._gather, self)
        self._typing = TypingTeller(context, self)
        self._usual_hint = ""
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._area, 1)
        for button in (self._attach, self._send):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, Space.M)
        column.setSpacing(Space.XS)
        column.addWidget(self._shelf)
        column.addLayout(row)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self._area.textChanged.connect(self._typed)
        self._area.files_given.connect(self._shelf.add_files)
        self._area.image_given.connect(self._shelf.add_image)
        self._area.send_asked.connect(self.send)
        self._shelf.changed.connect(self._edited)
        self._attach.clicked.connect(self._shelf.choose)
        self._send.clicked.connect(self.send)

    # What others tell it

    @property
    def text(self) -> str:
        """What is typed."""
        return self._area.toPlainText()

    def show_ticket(self, ticket: TicketId) -> None:
        """Write in this conversation from now on; what was typed in the last one is kept there."""
        if ticket == self._ticket:
            return
        if self._ticket is not None:
            self._keeper.flush()
            self._typing.stop()
        self._ticket, self._handed = ticket, None
        empty = Draft(chat_draft(ticket), "")
        self._keeper.take(empty)
        self._show(empty)
        self._load()

    def set_words(self, hint: str, placeholder: str, *, says_typing: bool) -> None:
        """Say what stands under the field and in it; `says_typing`: the other side sees that one types."""
        self._usual_hint, self._says_typing = hint, says_typing
        self._area.setPlaceholderText(placeholder)
        self._area.setAccessibleName(placeholder)
        if self._hint.property("ink") == "muted":
            self._tell("", "muted")

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, change: Change) -> None:
        """Forget the draft of what the outbox now has; take back a draft that came from there."""
        if self._handed is not None and (change.outbox or change.everything or change.chats):
            self._handed = None
            if self._ticket is not None and self._gather().is_empty:
                self._context.actions.drop_draft(chat_draft(self._ticket))
            else:
                self._keeper.save()
        elif change.drafts or change.everything:
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
        written = Written(self.text.strip(), self._shelf.files)
        if self._shelf.is_copying:
            self._tell(self.tr("A file is still being attached."), "muted")
            return
        if not written.text and not written.files:
            self._tell(self.tr("Write something first."), "late")
            self.focus_text()
            return
        if len(written.text) > _LONGEST:
            self._tell(self.tr("This is too long for one message. Attach it as a file instead."), "late")
            return
        self._keeper.save()  # a crash before the outbox has it costs nothing
        empty = self._gather_empty()
        self._keeper.take(empty)
        self._show(empty)
        self._handed = written
        self._typing.stop()
        self._tell("", "muted")
        self.sent.emit(written)

    def _gather_empty(self) -> Draft:
        return Draft(chat_draft(self._ticket or ""), "")

    def _typed(self) -> None:
        self._edited()
        if self._showing or not self._says_typing or self._ticket is None or not self.text.strip():
            return
        self._typing.typed(self._ticket)

    def _edited(self) -> None:
        if not self._showing:
            self._tell("", "muted")
            self._keeper.touch()

    # Drafts

    def _load(self) -> None:
        if self._ticket is None:
            return
        draft = self._context.view.draft(chat_draft(self._ticket))
        if draft is None or not self._keeper.is_news(draft):
            return
        typed = self._gather()
        if not typed.is_empty and not self._keeper.is_saved(typed):
            return  # what is being typed now is newer than what came back
        self._keeper.take(draft)
        self._show(draft)
        if draft.reason:
            reason = one_line(draft.reason)
            self._tell(self.tr("This could not be sent: {reason}").format(reason=reason), "late")

    def _show(self, draft: Draft) -> None:
        self._showing = True
        self._area.setPlainText(draft.text)
        self._shelf.show_files(draft.files)
        self._showing = False

    def _gather(self) -> Draft:
        key = chat_draft(self._ticket or "")
        return Draft(key, self.text, files=self._shelf.files, saved_at=self._context.clock())

    def _tell(self, words: str, ink: str) -> None:
        self._hint.setText(words or self._usual_hint)
        self._hint.set_ink(ink)
        self._hint.setVisible(bool(words or self._usual_hint))

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page goes."""
        super().hideEvent(event)
        self._keeper.flush()
        self._typing.stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files dropped beside the text, too."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self._shelf.add_files(local_files(event.mimeData()))
        event.acceptProposedAction()
