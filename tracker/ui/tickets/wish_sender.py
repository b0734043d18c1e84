"""Sending a wish once, and knowing how it stands: handed over, in the outbox, or refused."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from tracker.model.change import Change
from tracker.model.command import CommandId, Delivery, Pending, new_command_id
from tracker.model.errors import TrackerError
from tracker.model.ticket import TicketId
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext


class WishSender(QObject):
    """Takes what the cards of one request ask for; the same wish again meanwhile does nothing.

    The outbox is looked at when something is sent, so that an answer given on a toast counts here, too.
    """

    handed = Signal(object)
    """This Wish was given to the outbox: nothing more of its kind can be asked until that is known."""
    kept = Signal(object)
    """The outbox has this Wish."""
    given_back = Signal(object, str)
    """This Wish could not be kept, and why."""

    def __init__(self, context: PageContext, ticket: Callable[[], TicketId], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._ticket = context, ticket
        self._handed: dict[CommandId, Wish] = {}
        self._failed: dict[WishKind, Pending] = {}

    @property
    def ticket(self) -> TicketId:
        """The request that is asked about, by its present name."""
        return self._ticket()

    def wish(self, kind: WishKind, *, about: str = "", text: str = "") -> Wish:
        """Make a wish on this request, now."""
        return Wish(new_command_id(), self._context.clock(), self._ticket(), kind, text.strip(), about)

    def send(self, wish: Wish) -> bool:
        """Hand it over; False if one of its kind is already on its way. What was refused before goes."""
        if self.on_its_way(wish.kind) is not None:
            return False
        refused = [pending.command.id for pending in self._of(wish.kind)]
        self._failed.pop(wish.kind, None)
        self._handed[wish.id] = wish
        self.handed.emit(wish)
        try:
            self._context.actions.submit(wish)
        except TrackerError as error:
            self.give_back(str(error))
            return False
        for command in refused:
            self._context.actions.discard(command)
        return True

    def on_its_way(self, *kinds: WishKind) -> Pending | None:
        """Give the newest wish of these kinds that the desk does not show yet and has not refused."""
        for wish in reversed(self._handed.values()):
            if wish.kind in kinds:
                return Pending(wish, Delivery.QUEUED)
        found = (p for p in reversed(self._of(*kinds)) if p.delivery is not Delivery.REJECTED)
        return next(found, None)

    def refused(self, *kinds: WishKind) -> Pending | None:
        """Give the newest wish of these kinds that the desk, or this computer, could not take.

        None where it was asked again.
        """
        if self.on_its_way(*kinds) is not None:
            return None
        for kind in kinds:
            if kind in self._failed:
                return self._failed[kind]
        return next((p for p in reversed(self._of(*kinds)) if p.delivery is Delivery.REJECTED), None)

    def refresh(self, change: Change) -> None:
        """Hear what was written: what the outbox has is not waited for any more."""
        if not (change.outbox or change.everything):
            return
        there = {pending.command.id for pending in self._context.view.outbox()}
        self._failed = {kind: one for kind, one in self._failed.items() if one.command.id not in there}
        named = change.everything or self._ticket() in change.tickets
        for wish in list(self._handed.values()):
            if named or wish.id in there:
                del self._handed[wish.id]
                self.kept.emit(wish)

    def give_back(self, sentence: str) -> None:
        """Say that what is waited for could not be kept, and let it be asked again."""
        waiting, self._handed = self._handed, {}
        for wish in waiting.values():
            self._failed[wish.kind] = Pending(wish, Delivery.REJECTED, error=sentence)
            self.given_back.emit(wish, sentence)

    def _of(self, *kinds: WishKind) -> list[Pending]:
        ticket = self._ticket()
        return [
            pending
            for pending in self._context.view.outbox()
            if isinstance(pending.command, Wish)
            and pending.command.ticket == ticket
            and pending.command.kind in kinds
        ]


def wish_in(pending: Pending | None) -> Wish | None:
    """Give the wish in a line of the outbox, None where there is none."""
    return pending.command if pending is not None and isinstance(pending.command, Wish) else None
