"""Looks whether Request Tracker already has a command: by its client id, else by words, person and time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from tracker.desks.rt import wire
from tracker.desks.rt.client import RtClient
from tracker.desks.rt.context import created_id, same_person, step_id
from tracker.desks.rt.site import RtSite
from tracker.desks.rt.words import Words, words_by_transaction
from tracker.desks.safetext import safe_text
from tracker.model.command import Command, ConfirmFixed, CreateTicket, PostReply, Receipt, SayNotFixed, Wish
from tracker.model.ticket import TicketId, TicketState

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

    async def find(self, command: Command) -> Receipt | None:
        """Give the receipt of a command the desk has; None when it certainly has not."""
        if isinstance(command, CreateTicket):
            return await self._find_ticket(command)
        if isinstance(command, Wish) or not command.ticket.isdecimal():
            return None
        seen = await self._client.ticket(command.ticket)
        if seen.ticket is None:
            return None
        steps = await self._client.history(command.ticket, seen.newest)
        notes = Notes(seen.ticket, steps, self._site.fields.client_id)
        for at, step in enumerate(steps):
            if notes.of(at) == command.id and self._is_deed(command, step):
                return Receipt(command.ticket, command.ticket, step_id(wire.number(step.id)))
        # Not every site has the field, nor may everybody set it: then words, person and time must do.
        free = [
            step
            for at, step in enumerate(steps)
            if self._is_deed(command, step) and notes.of(at) is None and self._is_free(command, step)
        ]
        if isinstance(command, ConfirmFixed):
            event = step_id(wire.number(free[-1].id)) if free else None
            return Receipt(command.ticket, command.ticket, event) if free else None
        return await self._message(command, [wire.number(step.id) for step in free])

    def _earliest(self, command: Command) -> datetime:
        return command.at + self._offset() - _SLACK

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

    def _is_deed(self, command: Command, step: wire.Transaction) -> bool:
        if not self._is_mine(step):
            return False
        if isinstance(command, ConfirmFixed):
            return step.type == "Status" and self._site.state(str(step.new_value)) is TicketState.CLOSED
        return step.type == "Correspond"

    def _is_free(self, command: Command, step: wire.Transaction) -> bool:
        created = wire.moment(step.created)
        is_after = created is not None and created >= self._earliest(command)
        return is_after and self._claimed.get(step_id(wire.number(step.id)), command.id) == command.id

    async def _message(self, command: PostReply | SayNotFixed, free: list[int]) -> Receipt | None:
        if not free:
            return None
        texts = await self._client.texts(command.ticket, free)
        words = words_by_transaction(texts, await self._client.files(command.ticket, free))
        files = len(command.files) if isinstance(command, PostReply) else 0
        for number in free:
            said = words.get(number, Words())
            if _same(said.text, command.text) and len(said.files) == files:
                return Receipt(command.ticket, command.ticket, step_id(number))
        return None

    def _is_mine(self, step: wire.Transaction) -> bool:
        return wire.login_of(step.creator) == self._login


class Notes:
    """Which client id was noted with which step of a ticket's history."""

    def __init__(self, ticket: wire.Ticket, steps: Sequence[wire.Transaction], name: str) -> None:
        fields = [] if isinstance(ticket.custom_fields, str) else ticket.custom_fields
        numbers = {wire.number(each.id) for each in fields if name and each.name == name}
        self._present = wire.listed(ticket.custom_fields).get(name) if name else None
        self._steps = steps
        self._is_note = [step.type == "CustomField" and wire.number(step.field) in numbers for step in steps]

    def first(self) -> str | None:
        """Give the id the ticket was made with: the one before the first change, or the present one."""
        if True in self._is_note:
            return str(self._steps[self._is_note.index(True)].old_value or "") or None
        return self._present

    def of(self, at: int) -> str | None:
        """Give the id noted after the step at `at` and before the same person's next deed."""
        for later in range(at + 1, len(self._steps)):
            step = self._steps[later]
            if not same_person(step, self._steps[at]):
                continue
            if self._is_note[later]:
                return str(step.new_value or "") or None
            if step.type in ("Correspond", "Status"):
                return None
        return None


def _receipt_of(ticket: wire.Ticket) -> Receipt:
    key = str(wire.number(ticket.id))
    return Receipt(TicketId(key), key, created_id(key))


def _same(stored: str, sent: str) -> bool:
    """Compare what the desk keeps with what was sent: line ends and spaces at the ends do not count."""
    return stored.split() == safe_text(sent).text.split()


def _sql(text: str) -> str:
    r"""Quote for TicketSQL, where a backslash saves a quote (RT::SQL)."""
    return text.replace("\\", "\\\\").replace("'", "\\'")
