"""The two short forms under a visit: "I'm not there", and where the technician shall come."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tracker.model.visit import Visit, VisitState
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.request.form_fields import Question
from tracker.ui.tickets.visit_panel import VisitPanel
from tracker.ui.tickets.wish_sender import WishSender
from tracker.ui.widgets.field import LineEdit

_SAME_FORM = frozenset({VisitState.SCHEDULED, VisitState.ON_THE_WAY})


class NotTherePanel(VisitPanel):
    """Says that nobody will be in, with a line for the technician if one is wanted."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget) -> None:
        title = parent.tr("Tell IT that you will not be there?")
        super().__init__(context, sender, WishKind.VISIT_NOT_THERE, parent, title=title)
        self._area = ComposeArea(self, lines=1, most=4)
        self._line = Question(self.tr("A line for the technician. You can leave it empty."), self._area, self)
        self.fields.addWidget(self._line)
        self._area.send_asked.connect(self.send)

    def focus_start(self) -> None:
        """Put the keyboard into the line."""
        self._area.setFocus(Qt.FocusReason.OtherFocusReason)

    def filled(self) -> Callable[[Wish], Wish] | None:
        """Add the line."""
        text = self._area.toPlainText()
        return lambda wish: replace(wish, text=text)

    def follow(self, visit: Visit) -> None:
        """Go on while the technician may still come at that time: setting off changes nothing here."""
        before = self._visit
        if before is not None and visit.state in _SAME_FORM and before.state in _SAME_FORM:
            self._visit = replace(before, state=visit.state)
        super().follow(visit)

    def forget(self) -> None:
        """Forget the line."""
        self._area.clear()


class PlacePanel(VisitPanel):
    """Says where the technician shall come, and how to find the place."""

    def __init__(self, context: PageContext, sender: WishSender, parent: QWidget) -> None:
        title = parent.tr("Where shall the technician come?")
        super().__init__(context, sender, WishKind.VISIT_PLACE, parent, title=title)
        self._place = LineEdit(self, limit=200)
        self._where = Question(self.tr("Place, such as building, floor and desk"), self._place, self)
        self._area = ComposeArea(self, lines=2, most=6)
        self._how = Question(self.tr("How to find you. You can leave it empty."), self._area, self)
        self.fields.addWidget(self._where)
        self.fields.addWidget(self._how)
        self._place.returnPressed.connect(self.send)
        self._place.textChanged.connect(lambda: self._where.set_error(""))
        self._area.send_asked.connect(self.send)

    def begin(self, visit: Visit) -> None:
        """Fill in what the desk knows, unless something is typed already."""
        if not self._place.text().strip() and not self._area.toPlainText().strip():
            self._place.setText(visit.place)
            self._area.setPlainText(visit.directions)

    def focus_start(self) -> None:
        """Put the keyboard into the place."""
        self._place.setFocus(Qt.FocusReason.OtherFocusReason)

    def filled(self) -> Callable[[Wish], Wish] | None:
        """Add both; a place is needed."""
        place, how = self._place.text().strip(), self._area.toPlainText()
        if not place:
            self._where.set_error(self.tr("Write where the technician shall come."))
            self._place.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return lambda wish: replace(wish, place=place, text=how)

    def follow(self, visit: Visit) -> None:
        """Go on whatever the time is: the place is right for the new one, too."""
        if self._visit is not None and visit.state in _SAME_FORM:
            self._visit = visit
        super().follow(visit)

    def forget(self) -> None:
        """Forget what was typed."""
        self._place.clear()
        self._area.clear()
