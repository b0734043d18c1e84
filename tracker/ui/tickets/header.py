"""The head of a request's page: the way back, the number to copy, the subject, and its state in chips."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.ticket import Priority
from tracker.model.track import Track
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.looks import chip_icon, chip_tone
from tracker.ui.tickets.mute_button import MuteButton
from tracker.ui.widgets.buttons import IconButton
from tracker.ui.widgets.chip import Chip
from tracker.ui.widgets.page import Breadcrumb


class TicketHeader(QWidget):
    """Shows which request this is and how it stands, in a word."""

    back_asked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._number = ""
        self._said: tuple[tuple[str, Tone, str], ...] = ()
        self._way = Breadcrumb(context.theme, self.tr("My requests"), "", self)
        self._copy = IconButton(context.theme, "copy", self, name=self.tr("Copy the number"))
        self._way.here.setMinimumWidth(40)  # an endless number must not widen the page
        self._way.row.insertWidget(self._way.row.count() - 1, self._copy)
        self._mute = MuteButton(context, self)
        self._way.row.insertWidget(self._way.row.count() - 1, self._mute)
        self._subject = RunText(context.theme, self)
        self._chips = FlowLayout()
        self._shown: list[Chip] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._way)
        column.addWidget(self._subject)
        column.addSpacing(Space.XS)
        column.addLayout(self._chips)
        self._way.back_asked.connect(self.back_asked)
        self._copy.clicked.connect(self._copy_number)

    def show_track(self, track: Track) -> None:
        """Show this request."""
        self._number = one_line(track.ticket.number, 60)
        self._way.here.setText(one_line(self._number, 24) or self.tr("No number yet"))
        self._copy.setVisible(bool(self._number))
        self._mute.show_ticket(track.ticket.id)
        subject = one_line(track.ticket.subject) or self.tr("(no subject)")
        self._subject.show_runs((Run(subject, TextStyle.PAGE_TITLE),))
        self._show_chips(self._chips_of(track))

    def _chips_of(self, track: Track) -> tuple[tuple[str, Tone, str], ...]:
        wording = self._context.wording
        said = [(wording.text(track.chip), chip_tone(track), chip_icon(track))]
        said += [
            (wording.text(overlay.chip), Tone.NEUTRAL, "")
            for overlay in track.overlays
            if overlay.chip != track.chip
        ]
        if track.ticket.channel:
            channel = one_line(track.ticket.channel, 40)
            said.append((self.tr("Raised by {channel}").format(channel=channel), Tone.NEUTRAL, ""))
        priority = self.tr("Priority: {word}").format(word=priority_word(track.ticket.priority))
        return (*said, (priority, Tone.NEUTRAL, ""))

    def _show_chips(self, said: tuple[tuple[str, Tone, str], ...]) -> None:
        if said == self._said:
            return
        self._said = said
        for chip in self._shown:
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._shown = [
            Chip(self._context.theme, words, self, tone=tone, icon=icon) for words, tone, icon in said
        ]
        for chip in self._shown:
            self._chips.addWidget(chip)
        self.updateGeometry()

    def _copy_number(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
        self._copy.setToolTip(self.tr("Copied"))


def priority_word(priority: Priority) -> str:
    """Return the word for a priority."""
    words = {
        Priority.LOW: "Low",
        Priority.NORMAL: "Normal",
        Priority.HIGH: "High",
        Priority.URGENT: "Urgent",
    }
    return QCoreApplication.translate("Priority", words[priority])
