"""The button that mutes a request, and the one that undoes it."""

from PySide6.QtWidgets import QWidget

from tracker.model.ticket import TicketId
from tracker.ui.page_context import PageContext
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind


class MuteButton(Button):
    """Says whether the request is muted; the same button again undoes it."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(context.theme, "", parent, kind=ButtonKind.LINK, icon="bell")
        self.setProperty("quiet", True)
        self._theme, self._muting = context.theme, context.muting
        self._ticket = TicketId("")
        self.clicked.connect(self._toggle)
        self._muting.changed.connect(self._show)
        self._show()

    def show_ticket(self, ticket: TicketId) -> None:
        """Stand for this request."""
        self._ticket = ticket
        self._show()

    def _show(self) -> None:
        muted = self._muting.is_muted(self._ticket)
        self.setVisible(bool(self._ticket) and self._muting.can_mute(self._ticket))
        self.setText(self.tr("Muted. Undo") if muted else self.tr("Mute"))
        tip = self.tr("You hear of it again") if muted else self.tr("No notices of this request any more")
        self.setToolTip(tip)
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(tip)
        self.setIcon(self._theme.icon("bell-off" if muted else "bell", "muted"))

    def _toggle(self) -> None:
        self._muting.toggle(self._ticket)
        announce(self, self.text())
