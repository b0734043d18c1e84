"""Commands on their way to the desk, in order; each row goes with the desk's own echo."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from tracker.model.batch import Batch
from tracker.model.change import Change
from tracker.model.command import Command, CommandId, Delivery, Pending, Receipt
from tracker.model.draft import Draft, chat_draft
from tracker.model.event import Event
from tracker.model.ticket import LOCAL_PREFIX, TicketId
from tracker.store.codec import command_to_bytes, draft_to_bytes, micros, ticket_from_bytes
from tracker.store.database import transaction
from tracker.store.delivered import Delivered, ids_told, settled
from tracker.store.errors import store_errors
from tracker.store.origin import Origin
from tracker.store.rows import OUTBOX_COLUMNS, pending_of, ticket_of
from tracker.store.turns import KINDS, Due, Lane, due


class Outbox:
    """The commands of one profile; used on the sync thread with the writer's connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def add(self, command: Command) -> Change:
        """Put a command at the end; adding the same id again changes nothing, also after it was delivered."""
        kind, value = command_to_bytes(command)
        with transaction(self._db, durable=True) as db:
            db.execute(
                "insert or ignore into outbox (id, kind, ticket, value, delivery) "
                "select ?, ?, ?, ?, ? where not exists (select 1 from done where id = ?)",
                (command.id, kind, ticket_of(command), value, Delivery.QUEUED.value, command.id),
            )
            return self._change(ticket_of(command))

    @store_errors()
    def all(self) -> tuple[Pending, ...]:
        """List what is not confirmed yet, oldest first."""
        rows = self._db.execute(f"select {OUTBOX_COLUMNS} from outbox order by seq")  # noqa: S608
        return tuple(pending_of(row) for row in rows)

    @store_errors()
    def get(self, command: CommandId) -> Pending | None:
        """Give one command, if it is still here."""
        row = self._db.execute(
            f"select {OUTBOX_COLUMNS} from outbox where id = ?",  # noqa: S608
            (command,),
        ).fetchone()
        return None if row is None else pending_of(row)

    @store_errors()
    def due(self, lane: Lane = Lane.TICKETS) -> tuple[Due, ...]:
        """List what can be sent, oldest first: the first of each ticket, so that order is kept.

        A reply to a request that the desk does not have yet waits until it has. What is said in chats
        goes a way of its own, beside everything else.
        """
        return due(self._db, self.resolve, lane)

    @store_errors()
    def resolve(self, reference: TicketId) -> TicketId:
        """Give the desk's id for a local reference, as soon as there is one."""
        row = self._db.execute("select ticket from alias where local = ?", (reference,)).fetchone()
        return reference if row is None else TicketId(row[0])

    @store_errors()
    def waiting_on(self, command: CommandId) -> tuple[Pending, ...]:
        """List what was written on a request that the desk does not have, oldest first."""
        ticket = self._ticket(command)
        rows = self._db.execute(
            f"select {OUTBOX_COLUMNS} from outbox where ticket = ? and id != ? order by seq",  # noqa: S608
            (ticket, command),
        )
        return tuple(pending_of(row) for row in rows)

    def mark_unsure(self, command: CommandId) -> Change:
        """Note, before the first byte goes out, that from now on it may have arrived."""
        change = "delivery = 'unsure', attempts = attempts + 1, error = null"
        return self._update(command, change, (), durable=True)

    def mark_delivered(self, command: CommandId, receipt: Receipt, now: datetime) -> Change:
        """Note the desk's word that it has the command; a new request gets its id."""
        with transaction(self._db) as db:
            db.execute(
                "update outbox set delivery = 'delivered', remote_ticket = ?, remote_event = ?, "
                "delivered_at = ?, next_try = null, error = null where id = ?",
                (receipt.ticket, receipt.event, micros(now), command),
            )
            local = self._ticket(command)
            if local is not None and local.startswith(LOCAL_PREFIX):
                self._link(local, receipt.ticket)
            if self._is_shown(command, receipt):
                db.execute("delete from outbox where id = ?", (command,))
            return self._change(receipt.ticket, *(() if local is None else (local,)))

    def _is_shown(self, command: CommandId, receipt: Receipt) -> bool:
        """Say whether the desk told it, on its feed, before it answered the command."""
        (told,) = self._db.execute(
            "select exists (select 1 from event where command_id = ? or id = ?) "
            "or exists (select 1 from message where command_id = ? or id = ?)",
            (command, receipt.event, command, receipt.event),
        ).fetchone()
        row = self._db.execute(
            "select outbox.kind, ticket.value from outbox, ticket where outbox.id = ? and ticket.id = ?",
            (command, receipt.ticket),
        ).fetchone()
        if told or row is None:
            return bool(told)
        kind, value = row
        # What was stored before a "not yet" was sent says nothing about it; an end is an end.
        over = kind == "confirm" and receipt.event is None and settled(kind, ticket_from_bytes(value))
        return kind == "create" or over

    def mark_waiting(self, command: CommandId, next_try: datetime, error: str) -> Change:
        """Note that the desk could not be reached, why, and when to try again."""
        return self._update(command, "next_try = ?, error = ?", (micros(next_try), error))

    def mark_queued(self, command: CommandId) -> Change:
        """Note that it certainly has not arrived, and may be sent now."""
        return self._update(command, "delivery = 'queued', next_try = null, error = null", ())

    def mark_rejected(self, command: CommandId, reason: str) -> Change:
        """Note that the desk refused it, and why."""
        return self._update(command, "delivery = 'rejected', next_try = null, error = ?", (reason,))

    def hurry(self, lane: Lane = Lane.TICKETS, soonest: Mapping[CommandId, datetime] | None = None) -> None:
        """Forget a lane's back-off times: the network is back, or the person asked.

        `soonest`: only these commands' are cut short, to a time before which they are not tried.
        """
        kinds = f"next_try is not null and kind {KINDS[lane]}"
        with transaction(self._db) as db:
            if soonest is None:
                db.execute(f"update outbox set next_try = null where {kinds}")  # noqa: S608
                return
            change = f"update outbox set next_try = min(next_try, ?) where {kinds} and id = ?"  # noqa: S608
            db.executemany(change, [(micros(at), command) for command, at in soonest.items()])

    def remove(self, commands: Sequence[CommandId], draft: Draft | None = None) -> Change:
        """Take commands out: discarded, kept here for good, or taken back into the draft, all in one step."""
        tickets = [ticket for ticket in map(self._ticket, commands) if ticket is not None]
        with transaction(self._db, durable=True) as db:
            db.executemany("delete from outbox where id = ?", [(command,) for command in commands])
            if draft is not None and draft.saved_at is not None:
                db.execute(
                    "insert or replace into draft (key, value, saved_at) values (?, ?, ?)",
                    (draft.key, draft_to_bytes(draft), micros(draft.saved_at)),
                )
            return self._change(*tickets) | Change(drafts=draft is not None)

    def confirm(self, batch: Batch, now: datetime, origin: Origin = Origin.DESK) -> bool:
        """Drop the commands whose effect is in this batch; inside the batch's transaction. Say if any."""
        rows = self._db.execute(
            "select id, delivery, kind, coalesce(remote_ticket, ticket), remote_event, delivered_at "
            "from outbox"
        ).fetchall()
        if not rows:
            return False
        self._learn(batch.events)
        told = ids_told(batch) | set(batch.confirms)
        told |= {event.command_id for event in batch.events}
        told |= {message.command_id for message in batch.messages}
        gone = [
            (command,)
            for command, delivery, *receipt in rows
            if command in told
            or (delivery == Delivery.DELIVERED.value and Delivered(*receipt).is_shown(batch, now, origin))
        ]
        self._db.executemany("delete from outbox where id = ?", gone)
        return bool(gone)

    def _learn(self, events: Sequence[Event]) -> None:
        """Note the desk's id of requests whose echo came before the answer."""
        for event in events:
            if event.command_id is None:
                continue
            row = self._db.execute(
                "select ticket from outbox where id = ? and kind = 'create'", (event.command_id,)
            ).fetchone()
            if row is not None:
                self._link(row[0], event.ticket)

    def _link(self, local: str, ticket: TicketId) -> None:
        """Let the local reference name the desk's request, and what was typed on it go with it."""
        self._db.execute("insert or ignore into alias (local, ticket) values (?, ?)", (local, ticket))
        keys = [(ticket, local), (chat_draft(ticket), chat_draft(local))]
        self._db.executemany("update or ignore draft set key = ? where key = ?", keys)

    @store_errors()
    def _ticket(self, command: CommandId) -> TicketId | None:
        row = self._db.execute("select ticket from outbox where id = ?", (command,)).fetchone()
        return None if row is None else TicketId(row[0])

    def _update(
        self, command: CommandId, change: str, values: tuple[object, ...], *, durable: bool = False
    ) -> Change:
        with transaction(self._db, durable=durable) as db:
            db.execute(f"update outbox set {change} where id = ?", (*values, command))  # noqa: S608
            ticket = self._ticket(command)
            return self._change(*(() if ticket is None else (ticket,)))

    def _change(self, *tickets: TicketId) -> Change:
        names = {name for ticket in tickets for name in (ticket, self.resolve(ticket))}
        return Change(tickets=frozenset(names), outbox=True)
