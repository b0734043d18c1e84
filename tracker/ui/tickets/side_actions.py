"""What can always be asked for on a request, under the facts beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.chat import ChatWay
from tracker.model.ticket import Act
from tracker.model.track import Track
from tracker.ui.page_context import PageContext
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.buttons import Button, ButtonKind


class SideActions(QWidget):
    """One button for each thing the desk lets the person ask for; hidden with none."""

    act_asked = Signal(str)
    """The Act somebody wants."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._talks = context.view.talks
        self.setAccessibleName(self.tr("What you can do"))
        self._chat = Button(context.theme, "", self, kind=ButtonKind.PRIMARY, icon="messages-square")
        self._chat.clicked.connect(self._ask_for_chat)
        self._call = Button(context.theme, self.tr("Ask to be called back"), self, icon="phone")
        self._call.clicked.connect(self._ask_for_call)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._chat)
        column.addWidget(self._call)

    def show_track(self, track: Track, *, asking: bool) -> None:
        """Offer what can be asked for. `asking`: a call is being asked for already, or is on its way."""
        words = self._chat_words(track)
        self._chat.setText(words)
        self._chat.setAccessibleName(words)
        self._chat.setVisible(bool(words))
        self._call.setVisible(Act.ASK_FOR_CALL in track.you_can and not asking)
        self.setVisible(not (self._chat.isHidden() and self._call.isHidden()))

    def _chat_words(self, track: Track) -> str:
        """Say what the button for the chat does; "" where there is none, or a card has one."""
        chat = self._talks.chat(track.ticket.id)
        if chat is not None and chat.is_active:
            return ""
        if self._talks.way() is ChatWay.REPLIES:
            return self.tr("Show it as a chat") if Act.REPLY in track.you_can else ""
        return self.tr("Chat with IT") if Act.CHAT in track.you_can else ""

    def _ask_for_chat(self) -> None:
        self.act_asked.emit(Act.CHAT.value)

    def _ask_for_call(self) -> None:
        self.act_asked.emit(Act.ASK_FOR_CALL.value)
