"""Commands on their way to the desk, in order; each row goes with the desk's own echo."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.model.batch import Batch
from tracker.model.change import NOTHING, Change
from tracker.model.command import Command, CommandId, CreateTicket, Delivery, Pending, Receipt
from tracker.model.event import Event
from tracker.model.ticket import LOCAL_PREFIX, Ticket, TicketId, TicketState
from tracker.store.codec import command_to_bytes, micros, moment
from tracker.store.database import transaction
from tracker.store.rows import OUTBOX_COLUMNS, pending_of, ticket_of


@dataclass(frozen=True, slots=True)
class Due:
    """What to send next: the command with its ticket resolved, and since when not before `next_try`."""

    pending: Pending
    command: Command
    next_try: datetime | None


class Outbox:
    """The commands of one profile; used on the sync thread with the writer's connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, command: Command) -> Change:
        """Put a command at the end; adding the same id again changes nothing."""
        kind, value = command_to_bytes(command)
        with transaction(self._db) as db:
            db.execute(
                "insert or ignore into outbox (id, kind, ticket, value, delivery) values (?, ?, ?, ?, ?)",
                (command.id, kind, ticket_of(command), value, Delivery.QUEUED.value),
            )
        return self._change(ticket_of(command))

    def all(self) -> tuple[Pending, ...]:
        """List what is not confirmed yet, oldest first."""
        rows = self._db.execute(f"select {OUTBOX_COLUMNS} from outbox order by seq")  # noqa: S608
        return tuple(pending_of(row) for row in rows)

    def get(self, command: CommandId) -> Pending | None:
        """Give one command, if it is still here."""
        row = self._db.execute(
            f"select {OUTBOX_COLUMNS} from outbox where id = ?",  # noqa: S608
            (command,),
        ).fetchone()
        return None if row is None else pending_of(row)

    def due(self) -> tuple[Due, ...]:
        """List what can be sent, oldest first: the first of each ticket, so that order is kept.

        A reply to a request that the desk does not have yet waits until it has.
        """
        found: list[Due] = []
        busy: set[str] = set()
        rows = self._db.execute(
            f"select {OUTBOX_COLUMNS}, ticket, next_try from outbox "  # noqa: S608
            "where delivery != 'delivered' order by seq"
        )
        for *columns, ticket, next_try in rows.fetchall():
            pending = pending_of((columns[0], columns[1], columns[2], columns[3], columns[4]))
            real = self.resolve(TicketId(ticket))
            if real in busy:
                continue
            refused = pending.delivery is Delivery.REJECTED
            # A refused request holds back what was written on it; a refused reply holds back nothing.
            if not refused or isinstance(pending.command, CreateTicket):
                busy.add(real)
            command = None if refused else _with_ticket(pending.command, real)
            if command is not None:
                when = moment(next_try) if next_try is not None else None
                found.append(Due(pending, command, when))
        return tuple(found)

    def resolve(self, reference: TicketId) -> TicketId:
        """Give the desk's id for a local reference, as soon as there is one."""
        row = self._db.execute("select ticket from alias where local = ?", (reference,)).fetchone()
        return reference if row is None else TicketId(row[0])

    def mark_unsure(self, command: CommandId) -> Change:
        """Note, before the first byte goes out, that from now on it may have arrived."""
        return self._update(command, "delivery = 'unsure', attempts = attempts + 1, error = null", ())

    def mark_delivered(self, command: CommandId, receipt: Receipt, now: datetime) -> Change:
        """Note the desk's word that it has the command; a new request gets its id."""
        with transaction(self._db) as db:
            db.execute(
                "update outbox set delivery = 'delivered', remote_ticket = ?, remote_event = ?, "
                "delivered_at = ?, error = null where id = ?",
                (receipt.ticket, receipt.event, micros(now), command),
            )
            local = self._ticket(command)
            if local is not None and local.startswith(LOCAL_PREFIX) and local != receipt.ticket:
                db.execute(
                    "insert or ignore into alias (local, ticket) values (?, ?)", (local, receipt.ticket)
                )
            # The desk may have told it (on the change feed) before it answered the command.
            db.execute(
                "delete from outbox where id = ? and exists (select 1 from event where event.command_id = ?)",
                (command, command),
            )
            db.execute(
                "delete from outbox where id = ? and remote_event in (select id from event)",
                (command,),
            )
        return self._change(receipt.ticket, *(() if local is None else (local,)))

    def mark_waiting(self, command: CommandId, next_try: datetime, error: str) -> Change:
        """Note that the desk could not be reached, why, and when to try again."""
        return self._update(command, "next_try = ?, error = ?", (micros(next_try), error))

    def mark_queued(self, command: CommandId) -> Change:
        """Note that it certainly has not arrived, and may be sent now."""
        return self._update(command, "delivery = 'queued', next_try = null, error = null", ())

    def mark_rejected(self, command: CommandId, reason: str) -> Change:
        """Note that the desk refused it, and why."""
        return self._update(command, "delivery = 'rejected', next_try = null, error = ?", (reason,))

    def hurry(self) -> None:
        """Forget back-off times: the network is back, or the person asked."""
        with transaction(self._db) as db:
            db.execute("update outbox set next_try = null where next_try is not null")

    def remove(self, command: CommandId) -> Change:
        """Take a command out: discarded, taken back into a draft, or kept here for good."""
        ticket = self._ticket(command)
        with transaction(self._db) as db:
            db.execute("delete from outbox where id = ?", (command,))
        return self._change(*(() if ticket is None else (ticket,)))

    def confirmed_by(self, batch: Batch) -> list[CommandId]:
        """List the commands whose effect is in this batch; called inside the batch's transaction."""
        rows = self._db.execute(
            "select id, kind, value, delivery, remote_ticket, remote_event, ticket from outbox"
        ).fetchall()
        if not rows:
            return []
        tickets = {ticket.id: ticket for ticket in batch.tickets}
        told = (
            {event.command_id for event in batch.events} | {e.id for e in batch.events} | set(batch.confirms)
        )
        gone = []
        for command, kind, _value, delivery, remote_ticket, remote_event, ticket in rows:
            there = tickets.get(remote_ticket or ticket)
            done = delivery == Delivery.DELIVERED.value
            shown = kind == "create" and done and there is not None
            settled = done and remote_event is None and there is not None and _settled(kind, there)
            if command in told or (remote_event in told and remote_event) or shown or settled:
                gone.append(CommandId(command))
        return gone

    def learn(self, events: Sequence[Event]) -> None:
        """Note the desk's id of requests whose echo came before the answer; inside the transaction."""
        for event in events:
            if event.command_id is not None:
                self._db.execute(
                    "insert or ignore into alias (local, ticket) "
                    "select ticket, ? from outbox where id = ? and kind = 'create'",
                    (event.ticket, event.command_id),
                )

    def _ticket(self, command: CommandId) -> TicketId | None:
        row = self._db.execute("select ticket from outbox where id = ?", (command,)).fetchone()
        return None if row is None else TicketId(row[0])

    def _update(self, command: CommandId, change: str, values: tuple[object, ...]) -> Change:
        with transaction(self._db) as db:
            db.execute(f"update outbox set {change} where id = ?", (*values, command))  # noqa: S608
        ticket = self._ticket(command)
        return self._change(*(() if ticket is None else (ticket,)))

    def _change(self, *tickets: TicketId) -> Change:
        names = {name for ticket in tickets for name in (ticket, self.resolve(ticket))}
        return Change(tickets=frozenset(names), outbox=True) if names else NOTHING | Change(outbox=True)


def _settled(kind: str, ticket: Ticket) -> bool:
    """Say whether the desk's present word shows the effect of a command it gives no event for."""
    if kind == "confirm":
        return ticket.state in (TicketState.CLOSED, TicketState.MERGED) or ticket.rating is not None
    return kind == "not_fixed" and ticket.state is not TicketState.RESOLVED


def _with_ticket(command: Command, real: TicketId) -> Command | None:
    """Point a command at the desk's own id; None while the desk does not have the request."""
    if isinstance(command, CreateTicket):
        return command
    return None if real.startswith(LOCAL_PREFIX) else replace(command, ticket=real)
