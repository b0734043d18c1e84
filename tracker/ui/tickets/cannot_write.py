"""What stands in place of the reply field where nothing can be written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.model.ticket import LOCAL_PREFIX, Act, TicketState
from tracker.model.track import Track
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.text import Text


class CannotWrite(QWidget):
    """A sentence that says why, and a way on where the desk has one."""

    raise_again_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Text("", self, ink="muted", wrap=True)
        self._again = Button(theme, self.tr("Raise it again"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.S, 0, Space.CARD)
        row.addWidget(self._text, 1)
        row.addWidget(self._again, 0, Qt.AlignmentFlag.AlignVCenter)
        self._again.clicked.connect(self.raise_again_asked)
        self.hide()

    def explain(self, track: Track | None) -> None:
        """Say why nothing can be written on this request; None hides the sentence."""
        self.setVisible(track is not None)
        if track is None:
            return
        self._text.setText(self._why(track))
        self.setAccessibleName(self._text.text())
        self._again.setVisible(Act.RAISE_AGAIN in track.you_can)

    def _why(self, track: Track) -> str:
        if track.ticket.id.startswith(LOCAL_PREFIX):
            return self.tr("You can write here once the request has been sent.")
        if track.ticket.state is TicketState.MERGED:
            return self.tr("This goes on in another request. Write there.")
        if track.ticket.state.is_over:
            return self.tr("This request is closed. The desk takes no more replies to it.")
        return self.tr("The desk takes no replies to this request.")
