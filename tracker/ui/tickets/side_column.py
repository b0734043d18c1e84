"""The facts beside a request: the date that matters, the promises on it, and who has it."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.track import Track
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import breakable, one_line
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.header import priority_word
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.key_values import KeyValueCard, PromiseCard, PromiseLine
from tracker.ui.wording import Wording

_KINDS = {
    PromiseKind.FIRST_REPLY: "First reply by {time}",
    PromiseKind.NEXT_UPDATE: "Update by {time}",
    PromiseKind.FIX: "Fixed by {time}",
    PromiseKind.VISIT: "Visit by {time}",
    PromiseKind.CALLBACK: "Call by {time}",
}
_STATES = {
    PromiseState.OPEN: ("open", Tone.NEUTRAL, "clock"),
    PromiseState.NEARING: ("soon", Tone.NEUTRAL, "clock"),
    PromiseState.PAUSED: ("paused while we wait for you", Tone.WAIT, "pause"),
    PromiseState.OVERDUE: ("late", Tone.LATE, "clock"),
    PromiseState.KEPT: ("kept", Tone.OK, "circle-check"),
    PromiseState.MISSED: ("missed", Tone.LATE, "circle-x"),
    PromiseState.MOVED: ("moved", Tone.WARN, "history"),
    PromiseState.WITHDRAWN: ("taken back", Tone.NEUTRAL, "circle-x"),
}


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
        promises = tuple(promise_line(p, self._context.wording) for p in track.promises)
        facts = self._facts_of(track)
        if (promises, facts) != self._said:
            self._said = (promises, facts)
            self._promises.show_promises(promises)
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


def promise_line(promise: Promise, wording: Wording) -> PromiseLine:
    """Put a promise and what became of it into words."""
    told = _tr(_KINDS[promise.kind]).format(time=wording.when(promise.latest))
    state, tone, icon = _STATES[promise.state]
    return PromiseLine(told, _tr(state), tone, icon)


def moved_words(promises: tuple[Promise, ...], wording: Wording) -> str:
    """Say how often the date of the fix was moved and what it was at first; "" if it never was."""
    by_id = {promise.id: promise for promise in promises}
    walk = next((p for p in promises if p.kind is PromiseKind.FIX and p.supersedes in by_id), None)
    first, moves = walk, 0
    while first is not None and first.supersedes in by_id and moves < len(promises):
        first, moves = by_id[first.supersedes or ""], moves + 1
    if first is None or not moves:
        return ""
    words = (
        _tr("moved once · original {time}") if moves == 1 else _tr("moved {count} times · original {time}")
    )
    return words.format(count=wording.number(moves), time=wording.when(first.latest))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SideColumn", text)
