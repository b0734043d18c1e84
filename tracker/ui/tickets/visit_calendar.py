"""The visit in the person's own calendar: put there with one click, kept up to date with one more."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from tracker.model.calendar_entry import CalendarWords, InCalendar, in_calendar
from tracker.model.errors import TrackerError
from tracker.model.ticket import TicketId
from tracker.model.track import Track
from tracker.model.visit import Visit, VisitState
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind

if TYPE_CHECKING:
    from tracker.ui.ports import Cancel

_BEFORE_DONE = frozenset({VisitState.SCHEDULED, VisitState.ON_THE_WAY})


class VisitCalendar(QWidget):
    """Says what the calendar has that is no longer so; `button` stands among the card's own."""

    def __init__(self, context: PageContext, ticket: Callable[[], TicketId], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._ticket = context, ticket
        self._words = CalendarWords("", "")
        self._asked: Cancel | None = None
        self.button = Button(context.theme, "", parent, icon="calendar-plus")
        self._old, self._said = RunText(context.theme, self), RunText(context.theme, self)
        self._save = Button(
            context.theme, self.tr("Save it as a file"), self, kind=ButtonKind.LINK, icon="save"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        saving = FlowLayout()
        saving.addWidget(self._save)
        for line in (self._old, self._said):
            column.addWidget(line)
            line.hide()
        column.addLayout(saving)
        self.button.clicked.connect(self._open)
        self._save.clicked.connect(self._ask_where)
        self.setAccessibleName(self.tr("Your calendar"))
        self._save.hide()
        self.hide()

    def show_visit(self, track: Track, visit: Visit) -> None:
        """Offer what the calendar needs for this visit, and nothing where it needs nothing."""
        now = self._context.clock()
        stands = in_calendar(visit, self._context.view.calendar_entry(track.ticket.id), now)
        self._words = self._words_for(track, visit)
        coming = visit.state in _BEFORE_DONE and visit.is_ahead(now)
        label, old = self._offer(stands)
        self.button.setVisible(bool(label) and (coming or stands is InCalendar.CALLED_OFF))
        self.button.setText(label)
        self.button.setAccessibleName(label)
        self.button.setEnabled(self._asked is None)
        self._show(self._old, old, "warn")
        if stands not in (InCalendar.CURRENT, InCalendar.ABSENT):
            self._show(self._said, "", "muted")
            self._save.hide()
        self._fold()

    def has_to_go(self, visit: Visit) -> bool:
        """Say whether the calendar still has a visit that was called off."""
        entry = self._context.view.calendar_entry(self._ticket())
        return in_calendar(visit, entry, self._context.clock()) is InCalendar.CALLED_OFF

    def save_as(self, path: str) -> None:
        """Write the file where the person said."""
        named = path if path.lower().endswith(".ics") else f"{path}.ics"
        self._write(Path(named), self._saved)

    def _offer(self, stands: InCalendar) -> tuple[str, str]:
        update = self.tr("Update my calendar")
        return {
            InCalendar.ABSENT: (self.tr("Add to my calendar"), ""),
            InCalendar.CURRENT: ("", ""),
            InCalendar.OLD_TIME: (update, self.tr("Your calendar still has the old time.")),
            InCalendar.OLD_PLACE: (update, self.tr("Your calendar still has the old place.")),
            InCalendar.CALLED_OFF: (
                self.tr("Take it out of my calendar"),
                self.tr("Your calendar still has this visit."),
            ),
        }[stands]

    def _words_for(self, track: Track, visit: Visit) -> CalendarWords:
        subject, who = one_line(track.ticket.subject, 160), one_line(visit.agent, 80)
        text = (
            self.tr("{name} comes.").format(name=who) if who else "",
            self.tr("How to find you: {words}").format(words=visit.directions) if visit.directions else "",
            self.tr("Please have ready: {things}").format(things=", ".join(visit.prepare))
            if visit.prepare
            else "",
            self.tr("Request {number}: {subject}").format(number=track.ticket.number, subject=subject),
        )
        summary = self.tr("IT visit: {subject}").format(subject=subject)
        return CalendarWords(summary, "\n".join(part for part in text if part))

    def _open(self) -> None:
        self._write(None, self._opened)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the visit for your calendar"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Calendar files (*.ics)"))
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(f"{self.tr('IT visit')}.ics")
        dialog.fileSelected.connect(self.save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, to: Path | None, then: Callable[[Path], None]) -> None:
        if self._asked is not None:
            return
        self.button.setEnabled(False)
        self._asked = _nothing  # an answer may come before the call returns
        cancel = self._context.actions.to_calendar(
            self._ticket(), self._words, to, lambda answer: self._written(answer, then)
        )
        if self._asked is not None:
            self._asked = cancel

    def _written(self, answer: Path | TrackerError, then: Callable[[Path], None]) -> None:
        self._asked = None
        self.button.setEnabled(True)
        if isinstance(answer, TrackerError):
            self._tell(str(answer), "late")
        else:
            then(answer)

    def _opened(self, path: Path) -> None:
        self._context.open_url(QUrl.fromLocalFile(str(path)))
        self._save.show()
        self._tell(self.tr("Opened for your calendar program: confirm it there. Did nothing open?"), "muted")

    def _saved(self, path: Path) -> None:
        words = self.tr("Saved as {place}. Open it with your calendar program.")
        self._tell(words.format(place=one_line(str(path), 300)), "muted")

    def _tell(self, words: str, ink: str) -> None:
        self._show(self._said, words, ink)
        self._fold()
        announce(self, words)

    def _show(self, line: RunText, words: str, ink: str) -> None:
        line.setVisible(bool(words))
        line.show_runs((Run(words, TextStyle.SMALL, ink),) if words else ())

    def _fold(self) -> None:
        self.setVisible(any(not part.isHidden() for part in (self._old, self._said, self._save)))


def _nothing() -> None:
    """Cancel nothing."""
