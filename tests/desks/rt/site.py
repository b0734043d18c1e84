"""A running Request Tracker as a site of the contract tests, with fresh employees for each test."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import anyio.to_thread

from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.rt import Person, RtRig
from tests.rigs.technician import Technician
from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.rt.desk import KIND, RtDesk, open_desk
from tracker.model.ticket import TicketId

run = anyio.to_thread.run_sync
IT_SUPPORT, WORKPLACE, FACILITIES = "3", "4", "5"
NUMBERS = itertools.count(1)


class RtHelpdesk:
    """Tess; her calls run in a thread so that the connector's loop goes on."""

    def __init__(self, technician: Technician, people: Staff) -> None:
        self.name = technician.person.real_name
        self._tess = technician
        self._people = people

    async def assign(self, ticket: TicketId) -> None:
        await run(self._tess.take, ticket)

    async def start(self, ticket: TicketId) -> None:
        await run(self._tess.status, ticket, "open")

    async def reply(
        self, ticket: TicketId, text: str, *, html: bool = False, files: Mapping[str, bytes] | None = None
    ) -> None:
        await run(lambda: self._tess.reply(ticket, text, html=html, files=files))

    async def note(self, ticket: TicketId, text: str) -> None:
        await run(self._tess.comment, ticket, text)

    async def ask(self, ticket: TicketId, text: str) -> None:
        await run(lambda: self._tess.reply(ticket, text, status="waiting"))

    async def promise(self, ticket: TicketId, latest: datetime) -> None:
        await run(self._tess.due, ticket, latest)

    async def book_visit(self, ticket: TicketId, starts: datetime, ends: datetime) -> None:
        await run(self._tess.set_fields, ticket, {"Technician visit": starts, "Visit until": ends})
        await run(self._tess.status, ticket, "scheduled")

    async def on_the_way(self, ticket: TicketId, earliest: datetime, latest: datetime) -> None:
        fields = {"Visit state": "on the way", "Arrival from": earliest, "Arrival until": latest}
        await run(self._tess.set_fields, ticket, fields)

    async def arrive(self, ticket: TicketId) -> None:
        await run(self._tess.field, ticket, "Visit state", "on site")

    async def resolve(self, ticket: TicketId, text: str) -> None:
        await run(lambda: self._tess.reply(ticket, text, status="resolved"))

    async def unknown_status(self, ticket: TicketId) -> str:
        await run(self._tess.move, ticket, "Workplace")
        await run(self._tess.status, ticket, "open")
        await run(self._tess.status, ticket, "parked")
        return "parked"

    async def messages(self, ticket: TicketId) -> list[str]:
        return await run(self._tess.messages, ticket)

    async def tickets(self, subject: str) -> list[TicketId]:
        """Find the tickets of this site's people: other tests may have raised the like."""
        found = [await run(self._tess.tickets, person, subject) for person in self._people.made]
        return [TicketId(key) for keys in found for key in keys]


@dataclass(slots=True)
class Staff:
    """Employees made when they are first named, so that no test sees another's requests."""

    administrator: Technician
    known: dict[str, Person]

    @property
    def made(self) -> tuple[Person, ...]:
        """Everybody employed so far."""
        return tuple(self.known.values())

    def named(self, who: str) -> Person:
        """Give the person a test calls `who`."""
        if who not in self.known:
            login = f"{who}{next(NUMBERS)}"
            person = Person(login, f"{login}-pass", f"{who.title()} Doe", f"{login}@example.test")
            self.administrator.employ(person)
            self.known[who] = person
        return self.known[who]


class RtSiteRig:
    """A running Request Tracker behind a flaky proxy."""

    service = IT_SUPPORT
    # What changes a ticket, and neither signing in nor the questions RT wants as POST.
    writes = rb"^(?:PUT /REST/2\.0/ticket/|POST /REST/2\.0/ticket(?:/\d+/correspond)?[ ?])"
    question = "vpn"

    def __init__(
        self, rig: RtRig, administrator: Technician, technician: Technician, proxy: FlakyProxy
    ) -> None:
        self.rig = rig
        self.network = proxy
        self.people = Staff(administrator, {})
        self.helpdesk = RtHelpdesk(technician, self.people)

    def desk(
        self,
        who: str = "jane",
        *,
        secret: Secret | None = None,
        patience: float | None = None,
        options: tuple[tuple[str, str], ...] = (),
    ) -> RtDesk:
        """Make a connector that goes through the proxy."""
        person = self.people.named(who)
        given = secret or Secret(SecretKind.PASSWORD, person.password)

        async def source() -> Secret:
            return given

        more = (("timeout", str(patience)),) if patience else ()
        return open_desk(DeskConfig(KIND, self.network.url, person.name, (*options, *more)), source)
