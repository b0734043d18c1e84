"""What can always be asked for on a request, under the facts beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.ticket import Act
from tracker.model.track import Track
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button


class SideActions(QWidget):
    """One button for each thing the desk lets the person ask for; hidden with none."""

    act_asked = Signal(str)
    """The Act somebody wants."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What you can do"))
        self._call = Button(theme, self.tr("Ask to be called back"), self, icon="phone")
        self._call.clicked.connect(self._ask_for_call)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._call)

    def show_track(self, track: Track, *, asking: bool) -> None:
        """Offer what can be asked for. `asking`: a call is being asked for already, or is on its way."""
        self.setVisible(Act.ASK_FOR_CALL in track.you_can and not asking)

    def _ask_for_call(self) -> None:
        self.act_asked.emit(Act.ASK_FOR_CALL.value)
