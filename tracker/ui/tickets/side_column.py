"""The facts beside a request: the date that matters, the promises on it, and who has it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.ledger import ledger
from tracker.model.track import Track
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.header import priority_word
from tracker.ui.tickets.promise_words import ledger_words, moved_words, promise_lines
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.key_values import KeyValueCard, PromiseCard


class SideColumn(QWidget):
    """Three cards; each is hidden while it has nothing to say."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAccessibleName(self.tr("Dates and details"))
        self._expected = Card(context.theme, self)
        self._label, self._date, self._moved = (RunText(context.theme, self) for _ in range(3))
        self._expected.body.setSpacing(0)
        for line in (self._label, self._date, self._moved):
            self._expected.body.addWidget(line)
        self._promises = PromiseCard(context.theme, self, title=self.tr("Promises on this request"))
        self._facts = KeyValueCard(context.theme, self)
        self._facts.setAccessibleName(self.tr("Details"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.BETWEEN_CARDS - 3)
        for card in (self._expected, self._promises, self._facts):
            column.addWidget(card)
        self._said: tuple[object, ...] = ()

    def show_track(self, track: Track) -> None:
        """Show the facts of this request."""
        self._show_expected(track)
        promises = promise_lines(track.promises, self._context.wording)
        record = ledger_words(ledger(track.promises), self._context.wording)
        facts = self._facts_of(track)
        if (promises, record, facts) != self._said:
            self._said = (promises, record, facts)
            self._promises.show_promises(promises, record)
            self._facts.show_rows(facts)

    def _show_expected(self, track: Track) -> None:
        wording = self._context.wording
        self._expected.setVisible(track.expected is not None)
        if track.expected is None:
            return
        label = wording.text(track.expected_label) if track.expected_label else self.tr("Expected")
        date, exact = wording.date_that_matters(track.expected), wording.exact(track.expected)
        history = moved_words(track.promises, wording) or wording.relative(track.expected)
        self._label.show_runs((Run(label, TextStyle.SMALL, "muted"),))
        self._date.show_runs((Run(date, TextStyle.BIG_DATE),))
        self._moved.show_runs((Run(history, TextStyle.SMALL, "muted"),))
        self._moved.setVisible(bool(history))
        self._expected.setToolTip(exact)
        self._expected.setAccessibleName(f"{label}: {exact}. {history}".rstrip(". ") + ".")

    def _facts_of(self, track: Track) -> tuple[tuple[str, str], ...]:
        ticket, wording = track.ticket, self._context.wording
        files = sum(len(entry.attachments) + len(entry.files) for entry in track.entries)
        owner = ticket.owner.name if ticket.owner else ""
        facts = (
            (self.tr("Raised"), wording.when(ticket.created_at)),
            (self.tr("Service"), ticket.service),
            (self.tr("Team"), ticket.team),
            (self.tr("With"), owner),
            (self.tr("Priority"), priority_word(ticket.priority)),
            (self.tr("At the desk"), ticket.state_word),
            (self.tr("Files"), self._count(files)),
        )
        return tuple((name, breakable(one_line(value, 200))) for name, value in facts if value.strip())

    def _count(self, files: int) -> str:
        if files <= 1:
            return self.tr("1 file") if files else ""
        return self.tr("%n files", "", files)
