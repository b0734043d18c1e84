"""What people write a message into: text, files, and a draft that is never lost."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tracker.model.draft import Draft
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.request.compose_area import ComposeArea, local_files
from tracker.ui.request.draft_keeper import DraftKeeper
from tracker.ui.request.shelf import AttachmentShelf
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind, IconButton
from tracker.ui.widgets.text import Text


class MessageField(QWidget):
    """A subclass says under which key its draft lies, and what sending means."""

    def __init__(self, context: PageContext, parent: QWidget | None, *, name: str, placeholder: str) -> None:
        super().__init__(parent)
        self._context = context
        self._showing = False
        self._usual_hint = ""
        self.setAcceptDrops(True)
        self.setAccessibleName(name)
        # Made in the order in which they are read and reached.
        self._area = self._make_area(placeholder)
        self._area.setAccessibleName(placeholder)
        self._shelf = AttachmentShelf(context, self)
        self._attach = self._make_attach(self.tr("Attach files"))
        self._attach.setToolTip(f"{self.tr('Attach files')}. {self._shelf.limit_words()}")
        self._attach.setAccessibleDescription(self._shelf.limit_words())
        self._send = Button(context.theme, self.tr("Send"), self, kind=ButtonKind.PRIMARY, icon="send")
        self._said = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._keeper = DraftKeeper(context.actions, self._gather, self)
        self._area.textChanged.connect(self._typed)
        self._area.files_given.connect(self._shelf.add_files)
        self._area.image_given.connect(self._shelf.add_image)
        self._area.send_asked.connect(self.send)
        self._shelf.changed.connect(self._edited)
        self._attach.clicked.connect(self._shelf.choose)
        self._send.clicked.connect(self.send)

    # What a subclass says

    @property
    def _draft_key(self) -> str:
        raise TypeError("a message belongs somewhere")

    def send(self) -> None:
        """Hand over what is written."""
        raise TypeError("a message goes somewhere")

    def _make_area(self, placeholder: str) -> ComposeArea:
        return ComposeArea(self, placeholder=placeholder)

    def _make_attach(self, name: str) -> QPushButton:
        return IconButton(self._context.theme, "paperclip", self, name=name)

    # What they share

    def _lay_out(self, top: int) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._area, 1)
        for button in (self._attach, self._send):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, top, 0, Space.M)
        column.setSpacing(Space.XS)
        column.addWidget(self._shelf)
        column.addLayout(row)
        column.addWidget(self._said)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._area.toPlainText()

    def focus_text(self) -> None:
        """Put the keyboard into the text."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_ready(self) -> bool:
        """Say whether there is something to send, and all of it; else the person reads why not."""
        if self._shelf.is_copying:
            self._tell(self.tr("A file is still being attached."), "muted")
            return False
        if not self.text.strip() and not self._shelf.files:
            self._tell(self.tr("Write something first."), "late")
            self.focus_text()
            return False
        return True

    def _typed(self) -> None:
        self._edited()

    def _edited(self) -> None:
        if not self._showing:
            self._tell("", "muted")
            self._keeper.touch()

    def _load(self) -> None:
        draft = self._context.view.draft(self._draft_key)
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
        self._area.moveCursor(QTextCursor.MoveOperation.End)
        self._shelf.show_files(draft.files)
        self._showing = False

    def _gather(self) -> Draft:
        return Draft(self._draft_key, self.text, files=self._shelf.files, saved_at=self._context.clock())

    def _tell(self, words: str, ink: str) -> None:
        """Say something under the field; "" leaves what usually stands there."""
        self._said.setText(words or self._usual_hint)
        self._said.set_ink(ink)
        self._said.setVisible(bool(words or self._usual_hint))

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page goes."""
        super().hideEvent(event)
        self._keeper.flush()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files dropped beside the text, too."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self._shelf.add_files(local_files(event.mimeData()))
        event.acceptProposedAction()
