""" "Yes, it works" at Request Tracker: as a status, as a rating, or kept on this computer."""

import logging
from collections.abc import Callable

import msgspec

from tracker.desks.rt import wire
from tracker.desks.rt.client import RtClient
from tracker.desks.rt.context import step_id
from tracker.desks.rt.knowledge import Knowledge
from tracker.desks.rt.site import RtSite
from tracker.model.command import ConfirmFixed, Receipt
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.ticket import TicketState

log = logging.getLogger(__name__)


class Confirmer:
    """Finds the first way that a site allows. RT answers 200 to refusals, so each is read back."""

    def __init__(self, client: RtClient, site: RtSite, knowledge: Knowledge, login: str) -> None:
        self._client = client
        self._site = site
        self._knowledge = knowledge
        self._login = login

    async def confirm(self, command: ConfirmFixed) -> Receipt:
        """Say it at the desk, or say that it is kept here."""
        seen = await self._client.ticket(command.ticket)
        if seen.ticket is None:
            raise CommandRejected("This request is not there any more, or you may not see it.")
        if self._site.state(seen.ticket.status) is TicketState.CLOSED:
            return Receipt(command.ticket, command.ticket)
        for change, is_done in await self._ways(seen.ticket):
            event = await self._try(command, change, is_done, after=seen.newest)
            if event is not None:
                return Receipt(command.ticket, command.ticket, event or None)
        return Receipt(command.ticket, command.ticket, kept_here=True)

    async def _ways(
        self, ticket: wire.Ticket
    ) -> list[tuple[dict[str, object], Callable[[wire.Ticket], bool]]]:
        """List what may be tried: each the change, and how to see in the ticket that it was done."""
        ways: list[tuple[dict[str, object], Callable[[wire.Ticket], bool]]] = []
        closed = _closed_by_link(ticket, self._site) or self._site.closed_status
        if closed:
            ways.append(({"Status": closed}, lambda now: now.status == closed))
        name = self._site.fields.rating
        fields = ticket.custom_fields
        if name and not isinstance(fields, str) and any(each.name == name for each in fields):
            value = await self._knowledge.works_value()
            if value:
                ways.append(
                    (
                        {"CustomFields": {name: value}},
                        lambda now: wire.listed(now.custom_fields).get(name) == value,
                    )
                )
        return ways

    async def _try(
        self,
        command: ConfirmFixed,
        change: dict[str, object],
        is_done: Callable[[wire.Ticket], bool],
        *,
        after: int,
    ) -> str | None:
        """Try one way; gives the id of the event it made ("" where it was so already), None if refused."""
        await self._client.change(command.ticket, msgspec.json.encode(change))
        seen = await self._client.ticket(command.ticket)
        if seen.ticket is None or not is_done(seen.ticket):
            return None
        steps = await self._client.later(command.ticket, after)
        own = [step for step in steps if wire.login_of(step.creator) == self._login]
        made = [step for step in own if step.type in ("Status", "CustomField")]
        if self._site.fields.client_id:
            await self._note(command)
        return step_id(wire.number(made[0].id)) if made else ""

    async def _note(self, command: ConfirmFixed) -> None:
        """Leave the command's id where the site has a field for it; after the deed, which it proves."""
        body = {"CustomFields": {self._site.fields.client_id: command.id}}
        try:
            await self._client.change(command.ticket, msgspec.json.encode(body))
        except DeskError as error:
            # It is said; only the proof is missing, and the event's own id is one too.
            log.info("the id of a word on a request could not be left: %s", error)


def _closed_by_link(ticket: wire.Ticket, site: RtSite) -> str:
    """Read from RT's own list of actions which status would close this ticket for this person."""
    return next(
        (
            link.to
            for link in ticket.links
            if link.ref == "lifecycle" and site.state(link.to) is TicketState.CLOSED
        ),
        "",
    )
