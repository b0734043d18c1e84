"""What stands around the form of a new request: the two buttons with a note, and what the desk promises."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.model.catalogue import Service
from tracker.ui.flow import FlowLayout
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.text import Text


class FormFoot(QWidget):
    """Send and Save for later, and a line that says how it stands."""

    send_asked = Signal()
    later_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._later = Button(theme, self.tr("Save for later"), self)
        self._send = Button(theme, self.tr("Send request"), self, kind=ButtonKind.PRIMARY, icon="send")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._note, 1)
        buttons = FlowLayout(spacing=Space.M)
        buttons.addWidget(self._later)
        buttons.addWidget(self._send)
        row.addLayout(buttons)
        self._later.clicked.connect(self.later_asked)
        self._send.clicked.connect(self.send_asked)

    @property
    def said(self) -> str:
        """What the line says."""
        return self._note.text()

    def say(self, words: str, ink: str) -> None:
        """Say how it stands, in an ink."""
        self._note.setText(words)
        self._note.set_ink(ink)

    def wait(self, *, sending: bool) -> None:
        """Take no press while something is being sent."""
        for button in (self._later, self._send):
            button.setEnabled(not sending)


class PromiseOfService(Card):
    """What the desk promises for a service, in its own words; hidden where it promises nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.set_title(self.tr("What we promise"))
        self._promised = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self.body.addWidget(self._promised)

    @property
    def said(self) -> str:
        """What is promised, "" if nothing is."""
        return self._promised.text()

    def show_service(self, service: Service | None) -> None:
        """Show the promise of this service."""
        promise = one_line(service.promise, 600) if service is not None else ""
        self._promised.setText(breakable(promise))
        self.setVisible(bool(promise))
