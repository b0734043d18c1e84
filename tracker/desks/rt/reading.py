"""From one ticket on RT's wire to the model's snapshot."""

import logging
from dataclasses import dataclass, field

from tracker.desks.rt import wire
from tracker.desks.rt.site import RtSite
from tracker.desks.safetext import safe_line
from tracker.model.errors import UnexpectedAnswer
from tracker.model.person import ActorKind, Person
from tracker.model.promise import Promise, PromiseKind
from tracker.model.ticket import Act, Ticket, TicketId, TicketState
from tracker.model.visit import Visit, VisitState

log = logging.getLogger(__name__)

_NOBODY = frozenset({"Nobody", "RT_System", ""})
_MOST_UNMAPPED = 50
_IS_FIXED = frozenset({TicketState.RESOLVED, TicketState.CLOSED})


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
        return Ticket(
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
            visit=self.visit(told),
            rating=int(rating) if rating in ("1", "2", "3", "4", "5") else None,
            may=_acts(told, state),
            url=f"{self.url}/SelfService/Display.html?id={key}",
        )

    def owner(self, told: wire.Ticket) -> Person | None:
        """Tell who has the ticket, if anybody."""
        login = wire.login_of(told.owner)
        if login in _NOBODY:
            return None
        if login == self.me.login:
            return Person(self.me.name, ActorKind.YOU)
        return Person(safe_line(wire.name_of(told.owner)))

    def visit(self, told: wire.Ticket) -> Visit | None:
        """Read the visit: its time from the custom field, where it stands from the status."""
        fields = wire.listed(told.custom_fields)
        starts = wire.moment(fields.get(self.site.fields.visit))
        if starts is None:
            return None
        owner = self.owner(told)
        state = self.site.visit_state(told.status)
        if state is None:
            over = self.site.state(told.status) in _IS_FIXED
            state = VisitState.DONE if over else VisitState.SCHEDULED
        return Visit(
            id=f"{wire.number(told.id)}-visit-0",
            starts=starts,
            ends=self.site.visit_ends(starts),
            state=state,
            place=safe_line(fields.get(self.site.fields.location, "")),
            agent=owner.name if owner else "",
        )

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
        """Read the dates promised now; how they came about is in the history."""
        fields = wire.listed(told.custom_fields)
        dates = {PromiseKind.FIX: told.due, PromiseKind.NEXT_UPDATE: fields.get(self.site.fields.next_update)}
        made_at = wire.moment(told.created)
        found = []
        for kind, text in dates.items():
            latest = wire.moment(text)
            if latest is not None and made_at is not None:
                found.append(Promise(f"{key}-{kind.value}-0", kind, latest, made_at))
        return tuple(found)


def _acts(told: wire.Ticket, state: TicketState) -> frozenset[Act]:
    """Tell what may be done. RT lists a link for each; a list without links says nothing against replying."""
    may_reply = not told.links or any(link.ref == "correspond" for link in told.links)
    acts = {Act.REPLY} if may_reply else set()
    if state is TicketState.WAITING_FOR_YOU and may_reply:
        acts.add(Act.ANSWER)
    if state is TicketState.RESOLVED:
        acts.add(Act.CONFIRM)
    if state in _IS_FIXED and may_reply:
        acts.add(Act.NOT_FIXED)
    return frozenset(acts)
