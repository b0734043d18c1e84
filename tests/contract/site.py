"""What a desk's rig gives the contract tests: desks to sign in at, a technician, a network to break."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from tests.rigs.flaky_proxy import Fault
from tracker.desks.base import Desk, Secret
from tracker.model.ticket import TicketId


class Helpdesk(Protocol):
    """The technician's side of the desk; talks to it directly, never through the broken network.

    Each act raises when the desk did not do it. `ticket` is what the connector calls the ticket.
    """

    name: str  # as the requester reads it in an event's actor

    async def assign(self, ticket: TicketId) -> None:
        """Take the ticket."""
        ...

    async def start(self, ticket: TicketId) -> None:
        """Say that work has begun."""
        ...

    async def reply(
        self, ticket: TicketId, text: str, *, html: bool = False, files: Mapping[str, bytes] | None = None
    ) -> None:
        """Write to the requester; as HTML where the desk knows it, else the same characters as text."""
        ...

    async def note(self, ticket: TicketId, text: str) -> None:
        """Write something the requester must not see."""
        ...

    async def ask(self, ticket: TicketId, text: str) -> None:
        """Ask the requester something and wait for the answer."""
        ...

    async def promise(self, ticket: TicketId, latest: datetime) -> None:
        """Promise the fix by then (only where the desk has PROMISES)."""
        ...

    async def book_visit(self, ticket: TicketId, starts: datetime, ends: datetime) -> None:
        """Book a visit (only where the desk has VISITS; a desk without an end ignores `ends`)."""
        ...

    async def on_the_way(self, ticket: TicketId, earliest: datetime, latest: datetime) -> None:
        """Set off to the visit (a desk without an arrival estimate ignores the times)."""
        ...

    async def arrive(self, ticket: TicketId) -> None:
        """Be there (a desk that cannot say so does nothing)."""
        ...

    async def resolve(self, ticket: TicketId, text: str) -> None:
        """Say what was done and call it fixed."""
        ...

    async def unknown_status(self, ticket: TicketId) -> str:
        """Put the ticket into a state that the connector's map does not have; gives the desk's word."""
        ...

    async def messages(self, ticket: TicketId) -> list[str]:
        """Give the text of every message on the ticket as the desk stores it, the request's own first."""
        ...

    async def tickets(self, subject: str) -> list[TicketId]:
        """Find every ticket with exactly this subject, whoever raised it."""
        ...


class Network(Protocol):
    """What lies between connectors and desk: `tests.rigs.flaky_proxy.FlakyProxy`, or a fake's own."""

    visitors: list[str]  # what came to the place that Fault.REDIRECT names

    @property
    def open_connections(self) -> int:
        """How many connections are open now."""
        ...

    def fail(self, fault: Fault, *, match: bytes = b"", times: int = 1_000_000) -> None:
        """Make the next `times` requests fail whose first line contains the regular expression."""
        ...

    def cut(self) -> None:
        """Break every connection, and each new one at once."""
        ...

    def restore(self) -> None:
        """Let everything through again."""
        ...


class Site(Protocol):
    """A running desk with the employees "jane" and "omar"; both may ask for `service`.

    `writes` is a regular expression that finds the first line of the requests that change a ticket
    (and no other: not signing in, not uploading). `question` is something its knowledge base answers.
    """

    network: Network
    helpdesk: Helpdesk
    service: str
    writes: bytes
    question: str

    def desk(self, who: str = "jane", *, secret: Secret | None = None, patience: float | None = None) -> Desk:
        """Make a Desk that has not signed in yet and goes through `network`.

        `secret` is what its secret source gives (None: the person's right password), `patience` the
        seconds after which it gives a silent desk up (None: as in the program).
        """
        ...
