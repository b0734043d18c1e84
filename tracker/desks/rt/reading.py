"""From one ticket on RT's wire to the model's snapshot."""

import logging
from dataclasses import dataclass, field, replace

from tracker.desks.rt import wire
from tracker.desks.rt.acts import acts_of
from tracker.desks.rt.site import RtSite
from tracker.desks.safetext import safe_line
from tracker.model.errors import UnexpectedAnswer
from tracker.model.person import ActorKind, Person
from tracker.model.promise import Promise
from tracker.model.ticket import Ticket, TicketId, TicketState

log = logging.getLogger(__name__)

_NOBODY = frozenset({"Nobody", "RT_System", ""})
_MOST_UNMAPPED = 50


@dataclass(frozen=True, slots=True)
class Me:
    """Who we are at this desk: login name and the name people read."""

    login: str
    name: str


@dataclass(frozen=True, slots=True)
class TicketReader:
    """Reads tickets of one site for one person. UnexpectedAnswer where a ticket lacks what it must have.

    `unmapped` gathers the statuses that the site's map lacks; each is logged once.
    """

    site: RtSite
    me: Me
    url: str
    unmapped: set[str] = field(default_factory=set)

    def ticket(self, told: wire.Ticket) -> Ticket:
        """Read a ticket as far as it goes by itself; the list has no custom fields and no links."""
        created, updated = wire.moment(told.created), wire.moment(told.last_updated)
        key = wire.number(told.id)
        if created is None or updated is None or not key:
            raise UnexpectedAnswer(
                "Request Tracker sent a request without its dates. If this goes on, tell IT."
            )
        state = self._state(told.status)
        queue = safe_line(wire.name_of(told.queue))
        fields = wire.listed(told.custom_fields)
        rating = fields.get(self.site.fields.rating, "")
        ticket = Ticket(
            id=TicketId(str(key)),
            number=str(key),
            subject=safe_line(told.subject) or "(no subject)",
            state=state,
            created_at=created,
            updated_at=updated,
            state_word=safe_line(told.status, 60),
            service=queue,
            team=queue,
            priority=self.site.priority(wire.number(told.priority)),
            requester=self._requester(told),
            owner=self.owner(told),
            promises=self._promises(told, str(key)),
            rating=int(rating) if rating in ("1", "2", "3", "4", "5") else None,
            url=f"{self.url}/SelfService/Display.html?id={key}",
        )
        return replace(ticket, may=acts_of(told, ticket, self.site))

    def owner(self, told: wire.Ticket) -> Person | None:
        """Tell who has the ticket, if anybody."""
        login = wire.login_of(told.owner)
        if login in _NOBODY:
            return None
        if login == self.me.login:
            return Person(self.me.name, ActorKind.YOU)
        return Person(safe_line(wire.name_of(told.owner)))

    def _state(self, word: str) -> TicketState:
        state = self.site.state(word)
        if state is TicketState.UNKNOWN and word not in self.unmapped and len(self.unmapped) < _MOST_UNMAPPED:
            self.unmapped.add(word)
            log.info("the status %r is not in the site's map", word[:60])
        return state

    def _requester(self, told: wire.Ticket) -> str:
        logins = sorted(wire.people(told.requestor))
        return self.me.name if self.me.login in logins or not logins else safe_line(logins[0])

    def _promises(self, told: wire.Ticket, key: str) -> tuple[Promise, ...]:
        """Read what Due promises now; how that came about, and other promises, are in the history."""
        latest, made_at = wire.moment(told.due), wire.moment(told.created)
        kind = self.site.due
        if kind is None or latest is None or made_at is None or latest <= made_at:
            return ()
        return (Promise(f"{key}-{kind.value}-0", kind, latest, made_at),)
