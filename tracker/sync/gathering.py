"""What happened while nobody listened comes in steps: it is stored and told as one.

Told step by step, the first step would be "while you were away" and each one after it a toast of its own.
"""

from dataclasses import replace

from tracker.model.batch import Batch

AT_ONCE = 200
"""Events, messages and tickets after which it is stored all the same: no write should take long."""


class Gathering:
    """Holds the live steps of one stream until the desk says that this is all it has, then passes all on.

    Nothing is lost with it: its cursor has not been stored, so the desk tells it again.
    """

    def __init__(self) -> None:
        self._held: Batch | None = None
        self._over = False

    def add(self, batch: Batch) -> tuple[Batch, ...]:
        """Give what is to be stored now, in order."""
        if self._over:
            return (batch,)
        if not batch.live:
            return self._add_history(batch)
        whole = batch if self._held is None else joined(self._held, batch)
        if not batch.caught_up and _size(whole) < AT_ONCE:
            self._held = whole
            return ()
        self._held, self._over = None, batch.caught_up
        return (whole,)

    def _add_history(self, batch: Batch) -> tuple[Batch, ...]:
        if batch.cursor is None and not batch.caught_up:
            return (batch,)
        held, self._held = self._held, None
        self._over = batch.caught_up
        return (batch,) if held is None else (held, batch)


def _size(batch: Batch) -> int:
    return len(batch.events) + len(batch.tickets) + len(batch.messages)


def joined(one: Batch, other: Batch) -> Batch:
    """Put two batches that follow each other into one; where both tell of a ticket, the later counts."""
    tickets = {ticket.id: ticket for ticket in (*one.tickets, *other.tickets)}
    back = {ticket.id for ticket in other.tickets}
    return replace(
        other,
        tickets=tuple(ticket for name, ticket in tickets.items() if name not in other.gone),
        events=(*one.events, *other.events),
        cursor=other.cursor or one.cursor,
        gone=(*(ticket for ticket in one.gone if ticket not in back), *other.gone),
        confirms=(*one.confirms, *other.confirms),
        chats=tuple({chat.ticket: chat for chat in (*one.chats, *other.chats)}.values()),
        messages=(*one.messages, *other.messages),
        amendments=(*one.amendments, *other.amendments),
        reads=(*one.reads, *other.reads),
        typing=(*one.typing, *other.typing),
    )
