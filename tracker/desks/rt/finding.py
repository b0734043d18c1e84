"""Looks whether Request Tracker already has a command: by its client id, else by words, person and time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tracker.desks.rt import wire
from tracker.desks.rt.client import RtClient
from tracker.desks.rt.context import created_id, step_id
from tracker.desks.rt.notes import BY_COMMENT, Notes, note_of
from tracker.desks.rt.site import RtSite
from tracker.desks.rt.words import Words, words_by_transaction
from tracker.desks.safetext import safe_text
from tracker.desks.wish_words import words_of
from tracker.model.command import (
    ConfirmFixed,
    CreateTicket,
    PostReply,
    Receipt,
    SayNotFixed,
    TicketCommand,
    Wish,
)
from tracker.model.ticket import TicketId, TicketState
from tracker.model.wish import WishKind

_SLACK = timedelta(minutes=2)
"""How far our clock and the desk's may differ beyond what its Date header told."""


class Finder:
    """Answers "did it arrive?" for commands whose outcome is unknown.

    `claimed` holds the events that receipts of other commands have named: two messages with the same words
    are two.
    """

    def __init__(
        self,
        client: RtClient,
        site: RtSite,
        login: str,
        *,
        offset: Callable[[], timedelta],
        claimed: dict[str, str],
    ) -> None:
        self._client = client
        self._site = site
        self._login = login
        self._offset = offset
        self._claimed = claimed
        self._rating = 0  # RT's number for the field of ratings on the ticket looked at

    async def find(self, command: TicketCommand) -> Receipt | None:
        """Give the receipt of a command the desk has; None when it certainly has not."""
        if isinstance(command, CreateTicket):
            return await self._find_ticket(command)
        if not command.ticket.isdecimal():
            return None
        seen = await self._client.ticket(command.ticket)
        if seen.ticket is None:
            return None
        steps = await self._client.history(command.ticket, seen.newest)
        self._rating = _rating_field(seen.ticket, self._site)
        notes = Notes(seen.ticket, steps, self._site.fields.client_id)
        alone = notes.alone(note_of(command)) if _leaves_a_note(command) else None
        if alone is not None:
            return Receipt(command.ticket, command.ticket, step_id(wire.number(alone.id)))
        for at, step in enumerate(steps):
            if notes.of(at) == command.id and self._is_deed(command, step):
                return Receipt(command.ticket, command.ticket, step_id(wire.number(step.id)))
        # Not every site has the field, nor may everybody set it: then words, person and time must do.
        free = [
            step
            for at, step in enumerate(steps)
            if self._is_deed(command, step) and notes.of(at) is None and self._is_free(command, step)
        ]
        if isinstance(command, ConfirmFixed) or _is_rating(command):
            event = step_id(wire.number(free[-1].id)) if free else None
            return Receipt(command.ticket, command.ticket, event) if free else None
        return await self._message(command, [wire.number(step.id) for step in free])

    def _earliest(self, command: TicketCommand) -> datetime:
        # Written by our clock, or by the desk's once that was known: the earlier of both misses nothing.
        return min(command.at, command.at + self._offset()) - _SLACK

    # A ticket

    async def _find_ticket(self, command: CreateTicket) -> Receipt | None:
        name = self._site.fields.client_id
        if name:
            found = await self._client.find_tickets(f"'CF.{{{_sql(name)}}}' = '{_sql(command.id)}'")
            if found:
                return _receipt_of(found[0])
        # Dates in TicketSQL are read in the person's own zone there, whatever they say; a span is safe.
        subject = " ".join(command.subject.split())
        for ticket in await self._client.find_tickets(
            f"Subject = '{_sql(subject)}' AND Created > '30 days ago'"
        ):
            if await self._is_it(command, ticket, subject):
                return _receipt_of(ticket)
        return None

    async def _is_it(self, command: CreateTicket, ticket: wire.Ticket, subject: str) -> bool:
        key = str(wire.number(ticket.id))
        created = wire.moment(ticket.created)
        if created is None or created < self._earliest(command) or ticket.subject != subject:
            return False
        if self._claimed.get(created_id(key), command.id) != command.id:
            return False
        seen = await self._client.ticket(key)
        if seen.ticket is None:
            return False
        steps = await self._client.history(key, seen.newest)
        noted = Notes(seen.ticket, steps, self._site.fields.client_id).first()
        if noted is not None:
            return noted == command.id
        made = [wire.number(step.id) for step in steps if step.type == "Create" and self._is_mine(step)]
        texts = words_by_transaction(await self._client.texts(key, made), ())
        return any(_same(texts[number].text if number in texts else "", command.text) for number in made)

    # A message or a word on a ticket

    def _is_deed(self, command: TicketCommand, step: wire.Transaction) -> bool:
        if not self._is_mine(step):
            return False
        if isinstance(command, ConfirmFixed):
            return step.type == "Status" and self._site.state(str(step.new_value)) is TicketState.CLOSED
        if _is_rating(command):
            return step.type == "CustomField" and wire.number(step.field) == self._rating
        return step.type == "Correspond"

    def _is_free(self, command: TicketCommand, step: wire.Transaction) -> bool:
        created = wire.moment(step.created)
        is_after = created is not None and created >= self._earliest(command)
        return is_after and self._claimed.get(step_id(wire.number(step.id)), command.id) == command.id

    async def _message(self, command: PostReply | SayNotFixed | Wish, free: list[int]) -> Receipt | None:
        if not free:
            return None
        texts = await self._client.texts(command.ticket, free)
        words = words_by_transaction(texts, await self._client.files(command.ticket, free))
        files = len(command.files) if isinstance(command, PostReply) else 0
        for number in free:
            said = words.get(number, Words())
            if _says(said.text, command) and len(said.files) == files:
                return Receipt(command.ticket, command.ticket, step_id(number))
        return None

    def _is_mine(self, step: wire.Transaction) -> bool:
        return wire.login_of(step.creator) == self._login


def _receipt_of(ticket: wire.Ticket) -> Receipt:
    key = str(wire.number(ticket.id))
    return Receipt(TicketId(key), key, created_id(key))


def _same(stored: str, sent: str) -> bool:
    """Compare what the desk keeps with what was sent: line ends and spaces at the ends do not count."""
    return stored.split() == safe_text(sent).text.split()


def _says(stored: str, command: PostReply | SayNotFixed | Wish) -> bool:
    """Compare a message with a command. The times in a wish are left out: its zone may have changed since."""
    if not isinstance(command, Wish):
        return _same(stored, command.text)
    there = stored.split()
    parts = words_of(replace(command, windows=()), UTC).split("\n\n")
    return all(_within(safe_text(part).text.split(), there) for part in parts)


def _within(part: list[str], whole: list[str]) -> bool:
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _rating_field(ticket: wire.Ticket, site: RtSite) -> int:
    fields = () if isinstance(ticket.custom_fields, str) else ticket.custom_fields
    return next((wire.number(each.id) for each in fields if each.name == site.fields.rating), -1)


def _leaves_a_note(command: TicketCommand) -> bool:
    return isinstance(command, Wish) and command.kind in BY_COMMENT


def _is_rating(command: TicketCommand) -> bool:
    return isinstance(command, Wish) and command.kind is WishKind.RATE


def _sql(text: str) -> str:
    r"""Quote for TicketSQL, where a backslash saves a quote (RT::SQL)."""
    return text.replace("\\", "\\\\").replace("'", "\\'")
