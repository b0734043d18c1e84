"""What one ticket's history is read with: the site, the person, the names; and how an event is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.desks.rt import wire
from tracker.desks.rt.reading import TicketReader
from tracker.desks.rt.site import RtSite
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.ticket import TicketId

MESSAGES = frozenset({"Create", "Correspond"})
SYSTEM_LOGINS = frozenset({"RT_System", "Nobody", ""})
_TOGETHER = 120
_AT_MOST_TOGETHER = 12


@dataclass(frozen=True, slots=True)
class Context:
    """A ticket and all that gives its transactions meaning. `fields` and `queues` are names by RT's numbers.

    `works_value` is the rating that means "it works".
    """

    reader: TicketReader
    ticket: wire.Ticket
    fields: Mapping[int, str]
    queues: Mapping[int, str]
    works_value: str = ""

    @property
    def key(self) -> str:
        """The ticket's id."""
        return str(wire.number(self.ticket.id))

    @property
    def site(self) -> RtSite:
        """The site's map."""
        return self.reader.site

    @property
    def queue_name(self) -> str:
        """The queue the ticket is in now."""
        return safe_line(wire.name_of(self.ticket.queue))

    @property
    def values(self) -> dict[str, str]:
        """The custom fields that have a value now, by name."""
        return wire.listed(self.ticket.custom_fields)

    def owner_name(self) -> str:
        """The owner's name now, empty if nobody has the ticket."""
        owner = self.reader.owner(self.ticket)
        return owner.name if owner else ""

    def field_name(self, step: wire.Transaction) -> str:
        """Name the custom field a step changed; empty if we may not know it."""
        return self.fields.get(wire.number(step.field), "")

    def is_field(self, step: wire.Transaction, name: str) -> bool:
        """Tell whether a step changed the custom field of this name."""
        return bool(name) and step.type == "CustomField" and self.field_name(step) == name

    def actor(self, step: wire.Transaction) -> Person:
        """Tell who did it, seen from the requester's side."""
        login = wire.login_of(step.creator)
        if login == self.reader.me.login:
            return Person(self.reader.me.name, ActorKind.YOU)
        if login in SYSTEM_LOGINS:
            return SYSTEM
        asking = wire.people(self.ticket.requestor) | wire.people(self.ticket.cc)
        side = ActorKind.COLLEAGUE if login in asking else ActorKind.AGENT
        return Person(safe_line(wire.name_of(step.creator)), side)

    def event(
        self, step: wire.Transaction, kind: EventKind, details: Details | None = None, *, text: str = ""
    ) -> Event:
        """Make the event that a step is."""
        number = wire.number(step.id)
        at = wire.moment(step.created) or self.reader.ticket(self.ticket).created_at
        return Event(
            id=step_id(number),
            ticket=TicketId(self.key),
            kind=kind,
            at=at,
            actor=self.actor(step),
            text=text,
            details=details or Details(),
            raw_id=str(number),
            raw_type=safe_line(f"{step.type} {step.field or ''}", 60),
        )

    def client_id_after(self, step: wire.Transaction, near: Sequence[wire.Transaction]) -> str | None:
        """Give the client id that was set with a step: RT notes it right after, by the same person."""
        for later in near:
            if later.type in MESSAGES:
                return None
            if self.is_field(later, self.site.fields.client_id) and same_person(later, step):
                return str(later.new_value or "") or None
        return None


def step_id(number: int) -> str:
    """Name an event by its transaction; padded, so that what happened in one second stays in order."""
    return f"{number:012d}"


def created_id(ticket: str) -> str:
    """Name the event that a ticket was made: known without its transaction, first in its second."""
    return f"{0:012d}-{ticket}"


def same_person(one: wire.Transaction, other: wire.Transaction) -> bool:
    """Tell whether the same person took both steps."""
    return wire.login_of(one.creator) == wire.login_of(other.creator)


def near(steps: Sequence[wire.Transaction], at: int) -> list[wire.Transaction]:
    """List what came with the step at `at`: the next few transactions, within two minutes."""
    began = wire.moment(steps[at].created)
    found: list[wire.Transaction] = []
    for later in steps[at + 1 : at + 1 + _AT_MOST_TOGETHER]:
        then = wire.moment(later.created)
        if began is None or then is None or (then - began).total_seconds() > _TOGETHER:
            break
        found.append(later)
    return found
