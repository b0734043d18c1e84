"""Is everything all right? What Tracker needs, looked at now, with what to do where something is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.ui.flow import FlowLayout
from tracker.ui.support.finding_row import MARKS, FindingRow
from tracker.ui.support.values import Checked, State, heading_of, words_of
from tracker.ui.theme.tokens import Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.glyph import Glyph
from tracker.ui.widgets.page import Breadcrumb, DetailPage, ScrollPage
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

_WIDTH = 720
_WEIGHT = {State.BAD: 0, State.WARN: 1, State.OK: 2}


class CheckPage(DetailPage):
    """Shows findings as they come. `check_asked`: look again; `test_asked`: show a test notification;
    `report_asked`: make the report for IT."""

    check_asked = Signal()
    test_asked = Signal()
    report_asked = Signal()

    def __init__(self, theme: Theme, came_from: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: tuple[Checked, ...] = ()
        title = self.tr("Is everything all right?")
        self.setAccessibleName(title)
        way_back = Breadcrumb(theme, came_from, title, self)
        way_back.back_asked.connect(self.back_asked)
        self._page = ScrollPage(self, title=title, width=_WIDTH)
        self._page.body.insertWidget(0, way_back)
        self._page.body.addWidget(self._summary_card())
        self._cards = {
            True: Card(theme, self, title=self.tr("Needs a look")),
            False: Card(theme, self, title=words_of(State.OK)),
        }
        for card in self._cards.values():
            self._page.body.addWidget(card)
            card.hide()
        self._page.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        self.setFocusProxy(self._again)
        self.show_busy(0, 0)

    @property
    def text(self) -> str:
        """All findings as plain text, for the clipboard."""
        lines = []
        for one in self._found:
            lines.append(f"{words_of(one.state)}: {heading_of(one.about)}: {one.sentence}")
            if one.advice:
                lines.append(f"    {one.advice}")
        return "\n".join(lines) + "\n" if lines else ""

    def show_busy(self, done: int, of: int) -> None:
        """Say that it is being looked at, and how far that has got."""
        self._mark.show_icon("loader-circle", Tone.ACCENT.value)
        self._said.setText(self.tr("Looking…"))
        progress = self.tr("{done} of {all} looked at").format(done=done, all=of)
        self._more.setText(progress if of else "")
        self._let(can=False)

    def show_found(self, found: tuple[Checked, ...]) -> None:
        """Show all findings: what needs a look first."""
        self._found = found
        wrong = [one for one in found if one.state is not State.OK]
        worst = min((one.state for one in found), key=_WEIGHT.__getitem__, default=State.OK)
        icon, tone = MARKS[worst]
        self._mark.show_icon(icon, tone.value)
        self._said.setText(self._summary(len(wrong)))
        self._more.setText(self.tr("{all} looked at").format(all=len(found)))
        self._fill(self._cards[True], sorted(wrong, key=lambda one: _WEIGHT[one.state]))
        self._fill(self._cards[False], [one for one in found if one.state is State.OK])
        self._let(can=True)
        announce(self, self._said.text())

    def say(self, words: str) -> None:
        """Say what came of a button."""
        self._news.setText(words)
        self._news.setVisible(bool(words))
        announce(self, words)

    def _summary(self, wrong: int) -> str:
        if not wrong:
            return self.tr("Everything is all right.")
        return (
            self.tr("1 thing needs a look.") if wrong == 1 else self.tr("%n things need a look.", "", wrong)
        )

    def _summary_card(self) -> Card:
        card = Card(self._theme, self)
        side = self._theme.type.scaled(Size.ICON)
        self._mark = Glyph(self._theme, "loader-circle", card, ink=Tone.ACCENT.value, size=side)
        self._said = Text("", card, style=TextStyle.CARD_TITLE, wrap=True)
        self._more = Text("", card, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._news = Text("", card, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._news.hide()
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._mark)
        head.addWidget(self._said, 1)
        card.body.addLayout(head)
        card.body.addWidget(self._more)
        card.body.addWidget(self._buttons(card))
        card.body.addWidget(self._news)
        return card

    def _buttons(self, card: Card) -> QWidget:
        row = QWidget(card)
        flow = FlowLayout(row)
        self._again = Button(
            self._theme, self.tr("Check &again"), row, kind=ButtonKind.PRIMARY, icon="refresh-cw"
        )
        self._test = Button(self._theme, self.tr("Send a &test notification"), row, icon="bell")
        self._report = Button(self._theme, self.tr("Save a &report for IT…"), row, icon="save")
        self._copy = Button(self._theme, self.tr("&Copy as text"), row, icon="copy")
        self._again.clicked.connect(self.check_asked)
        self._test.clicked.connect(self.test_asked)
        self._report.clicked.connect(self.report_asked)
        self._copy.clicked.connect(self._copy_text)
        for button in (self._again, self._test, self._report, self._copy):
            flow.addWidget(button)
        return row

    def _let(self, *, can: bool) -> None:
        for button in (self._again, self._report, self._copy):
            button.setEnabled(can)

    def _fill(self, card: Card, found: list[Checked]) -> None:
        for row in card.findChildren(FindingRow, options=Qt.FindChildOption.FindDirectChildrenOnly):
            card.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        for one in found:
            card.body.addWidget(FindingRow(self._theme, one, card))
        card.setVisible(bool(found))

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.say(self.tr("Copied."))
