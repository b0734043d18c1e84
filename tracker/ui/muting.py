"""Which requests are muted: told of in the list alone, until the person wants to hear of them again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tracker.model.ticket import LOCAL_PREFIX, TicketId


class Muting(QObject):
    """Read and changed from wherever a request is shown; `changed` when any of it is different."""

    changed = Signal()

    def __init__(
        self,
        muted: Callable[[], frozenset[TicketId]],
        keep: Callable[[frozenset[TicketId]], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._muted, self._keep = muted, keep

    def can_mute(self, ticket: TicketId) -> bool:
        """Say whether there is anything to mute: the desk tells nothing of what it does not have."""
        return not ticket.startswith(LOCAL_PREFIX)

    def is_muted(self, ticket: TicketId) -> bool:
        """Say whether nothing is shown of this request."""
        return ticket in self._muted()

    def mute(self, ticket: TicketId) -> None:
        """Show nothing of it any more."""
        self._change(self._muted() | {ticket})

    def hear_again(self, ticket: TicketId) -> None:
        """Show its notices again."""
        self._change(self._muted() - {ticket})

    def toggle(self, ticket: TicketId) -> None:
        """Mute it, or hear of it again."""
        if self.is_muted(ticket):
            self.hear_again(ticket)
        else:
            self.mute(ticket)

    def _change(self, muted: frozenset[TicketId]) -> None:
        if muted != self._muted():
            self._keep(muted)
            self.changed.emit()
