"""What one ticket's history is read with: the site, the person, the names; and how an event is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.desks.rt import wire
from tracker.desks.rt.notes import BY_COMMENT, Note, read_note
from tracker.desks.rt.reading import TicketReader
from tracker.desks.rt.site import RtSite
from tracker.desks.safetext import safe_line
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.ticket import TicketId
from tracker.model.wish import WishKind

MESSAGES = frozenset({"Create", "Correspond"})
SYSTEM_LOGINS = frozenset({"RT_System", "Nobody", ""})
_TOGETHER = 120
_AT_ONCE = 2
_BY_ITSELF = BY_COMMENT | {WishKind.RATE}
_AT_MOST_TOGETHER = 12


@dataclass(frozen=True, slots=True)
class Context:
    """A ticket and all that gives its transactions meaning. `fields` and `queues` are names by RT's numbers.

    `works_value` is the rating that means "it works". `receipts`: the notes of our own messages, by event.
    """

    reader: TicketReader
    ticket: wire.Ticket
    fields: Mapping[int, str]
    queues: Mapping[int, str]
    works_value: str = ""
    receipts: Mapping[str, Note] = field(default_factory=dict)

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

    def note_after(self, step: wire.Transaction, near: Sequence[wire.Transaction]) -> Note | None:
        """Give the note that was left with a step: RT writes it right after, by the same person.

        Where the site has no place for notes, what receipts of this program's life named stands in.
        """
        for later in near:
            if later.type in MESSAGES:
                break
            if self.is_field(later, self.site.fields.client_id) and same_person(later, step):
                note = read_note(later.new_value)
                return note if _belongs(note, step, later) else None
        return self.receipts.get(step_id(wire.number(step.id)))


def _belongs(note: Note | None, step: wire.Transaction, later: wire.Transaction) -> bool:
    """Tell whether a note is about a step, and not about what cannot be seen, or about another field."""
    if note is None or note.wish not in _BY_ITSELF:
        return True
    if note.wish is WishKind.RATE:
        return step.type == "CustomField"
    began, noted = wire.moment(step.created), wire.moment(later.created)
    return began is not None and noted is not None and abs((noted - began).total_seconds()) <= _AT_ONCE


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
