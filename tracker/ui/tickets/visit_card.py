"""The visit of a technician: who comes, when, and where to."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.visit import Visit, VisitState
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.avatar import Avatar
from tracker.ui.widgets.card import Card

_AVATAR = 46
_SHOWN = frozenset({VisitState.SCHEDULED, VisitState.ON_THE_WAY, VisitState.ON_SITE, VisitState.FAILED})


class VisitCard(Card):
    """Hidden while there is no visit to wait for."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, tone=Tone.ACCENT)
        self._context = context
        self._who = Avatar(context.theme, "", self, size=context.theme.type.scaled(_AVATAR))
        self._headline = RunText(context.theme, self)
        self._details = RunText(context.theme, self)
        self._note = RunText(context.theme, self)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        for line in (self._headline, self._details, self._note):
            words.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD)
        row.addWidget(self._who)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.hide()

    def show_visit(self, visit: Visit | None) -> None:
        """Show this visit; one that is over or called off is only in the history."""
        self.setVisible(visit is not None and visit.state in _SHOWN)
        if visit is None:
            return
        agent = one_line(visit.agent, 80)
        title = self._title_of(visit)
        self._who.show_person(agent)
        self._who.setVisible(bool(agent))
        details = " · ".join(
            part for part in (agent, self._booked(visit), one_line(visit.place, 120)) if part
        )
        note = one_line(visit.note, 300)
        self._headline.show_runs((Run(title, TextStyle.DATE),))
        self._details.show_runs((Run(details, TextStyle.SMALL, "muted"),))
        self._note.show_runs((Run(note, TextStyle.SMALL, "muted"),))
        self._note.setVisible(bool(note))
        self.set_tone(Tone.LATE if visit.state is VisitState.FAILED else Tone.ACCENT)
        self.setAccessibleName(". ".join(part for part in (title, details, note) if part))
        self.setToolTip(self._context.wording.exact(visit.starts))

    def _title_of(self, visit: Visit) -> str:
        wording = self._context.wording
        if visit.state is VisitState.FAILED:
            return self.tr("The visit did not happen")
        if visit.state is VisitState.ON_SITE:
            return self.tr("The technician is here")
        if visit.state is VisitState.SCHEDULED:
            return self.tr("Visit {time}").format(time=self._window(visit))
        if visit.eta_earliest is not None and visit.eta_latest is not None:
            words = self.tr("On the way to you, here between {start} and {end}")
            return words.format(start=wording.time(visit.eta_earliest), end=wording.time(visit.eta_latest))
        if visit.eta_latest is not None:
            return self.tr("On the way to you, here by {time}").format(time=wording.when(visit.eta_latest))
        return self.tr("On the way to you")

    def _booked(self, visit: Visit) -> str:
        if visit.state is VisitState.SCHEDULED:
            return ""
        return self.tr("booked {time}").format(time=self._window(visit))

    def _window(self, visit: Visit) -> str:
        wording = self._context.wording
        start = wording.when(visit.starts)
        if visit.ends is None:
            return start
        same = wording.local_day(visit.starts) == wording.local_day(visit.ends)
        return f"{start}–{wording.time(visit.ends) if same else wording.when(visit.ends)}"
