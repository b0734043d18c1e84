"""From the embedded desk's wire to the model's values, made safe on the way."""

import re
from datetime import UTC, datetime
from functools import lru_cache

from tracker.desks.frontdesk import wire
from tracker.desks.safetext import safe_file_name, safe_line, safe_text
from tracker.model.attachment import Attachment
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind, Person
from tracker.model.promise import Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.ticket import Act, Priority, Ticket, TicketId, TicketState
from tracker.model.visit import Visit, VisitState

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2199, 12, 31, tzinfo=UTC)

_STATES = {state.value: state for state in TicketState if state is not TicketState.UNKNOWN}
_STATES["waiting_for_requester"] = _STATES.pop("waiting_for_you")
_KINDS = {kind.value: kind for kind in EventKind}
_PRIORITIES = {priority.value: priority for priority in Priority}
_PROMISE_KINDS = {kind.value: kind for kind in PromiseKind}
_PROMISE_STATES = {
    state.value: state for state in PromiseState if state not in (PromiseState.NEARING, PromiseState.OVERDUE)
}
_VISIT_STATES = {state.value: state for state in VisitState}
_ACTS = {"reply": Act.REPLY, "confirm": Act.CONFIRM, "not_fixed": Act.NOT_FIXED}
_NO_DETAILS = Details()

# Anything here sends a text through the slow, thorough cleaning: control, invisible and reordering
# characters, what is no character, and long stretches of empty lines.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\uf8ff\U000110bd-\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]|\n\n\n\n"
)
_QUICK_LIMIT = 50_000


class Reader:
    """Reads for the person with the desk's id `me`: what they did is "you"."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._people: dict[wire.Actor, Person] = {}

    def ticket(self, told: wire.Ticket) -> Ticket:
        """Read a snapshot."""
        state = _STATES.get(told.state, TicketState.UNKNOWN)
        return Ticket(
            id=TicketId(told.number),
            number=told.number,
            subject=safe_line(told.subject),
            state=state,
            created_at=moment(told.created_at),
            updated_at=moment(told.updated_at),
            state_word=words_of(told.state),
            state_since=optional_moment(told.state_since),
            state_reason=told.state_reason and line_of(told.state_reason),
            service=line_of(told.service.name),
            priority=_PRIORITIES.get(told.priority, Priority.NORMAL),
            requester=line_of(told.requester.name),
            team=line_of(told.team) if told.team else "",
            owner=Person(line_of(told.owner.name)) if told.owner else None,
            promises=promises_of(told.promises) if told.promises else (),
            visit=visit_of(told.visit) if told.visit else None,
            auto_close_at=optional_moment(told.auto_close_at),
            merged_into=TicketId(told.merged_into) if told.merged_into else None,
            channel=told.channel,
            rating=told.rating.score if told.rating and 1 <= told.rating.score <= 5 else None,
            may=acts_of(told.may, state),
        )

    def event(self, told: wire.Event) -> Event:
        """Read a fact."""
        data = told.data
        return Event(
            id=event_id_of(told),
            ticket=TicketId(told.ticket),
            kind=_KINDS.get(told.kind, EventKind.OTHER),
            at=moment(told.at),
            actor=self._person(told.actor),
            text=text_of(told.text) if told.text else "",
            details=_NO_DETAILS if data == wire.NO_DATA and not told.attachments else details_of(told),
            command_id=told.command_id,
            raw_id=told.id,
            raw_type=told.kind,
        )

    def _person(self, actor: wire.Actor) -> Person:
        known = self._people.get(actor)
        if known is None:
            if len(self._people) > 10_000:
                self._people.clear()
            known = self._people[actor] = Person(line_of(actor.name), self._side_of(actor))
        return known

    def _side_of(self, actor: wire.Actor) -> ActorKind:
        if actor.id is not None and actor.id == self._me:
            return ActorKind.YOU
        if actor.kind == "agent":
            return ActorKind.AGENT
        return ActorKind.COLLEAGUE if actor.kind == "requester" else ActorKind.SYSTEM


def event_id_of(told: wire.Event) -> str:
    """Name an event by its place in the feed and the desk's id: one moment's events stay in order."""
    return f"{told.seq:010d}-{told.id}"


def details_of(told: wire.Event) -> Details:
    """Read what a kind carries besides text."""
    data = told.data
    before = _before(data)
    target = data.into or data.number
    return Details(
        reason=data.reason and line_of(data.reason),
        team=data.team and line_of(data.team),
        person=line_of(data.owner.name) if data.owner else None,
        previous=before and words_of(before),
        promise=promise_of(data.promise) if data.promise else None,
        visit=visit_of(data.visit) if data.visit else None,
        attachments=tuple(attachment_of(file) for file in told.attachments),
        target=TicketId(target) if target and told.kind != "received" else None,
        score=data.score,
        until=optional_moment(data.auto_close_at or data.was_latest or data.was_starts),
        status_word=words_of(_word(data)) or None,
    )


def _before(data: wire.EventData) -> str | None:
    if data.was_owner is not None:
        return data.was_owner.name
    if data.was_service is not None:
        return data.was_service.name
    return data.was_team or data.was_priority


def _word(data: wire.EventData) -> str:
    if data.was_service is not None and data.service is not None:
        return data.service.name
    return data.to_state or data.priority or data.closed_by or ""


def promises_of(told: tuple[wire.Promise, ...]) -> tuple[Promise, ...]:
    """Read all promises of a ticket; those of a kind this program does not know are left out."""
    return tuple(promise for promise in map(promise_of, told) if promise is not None)


def promise_of(told: wire.Promise) -> Promise | None:
    """Read a promise; None when its kind or state is not known here."""
    kind = _PROMISE_KINDS.get(told.kind)
    state = _PROMISE_STATES.get(told.state)
    if kind is None or state is None:
        return None
    return Promise(
        id=told.id,
        kind=kind,
        latest=moment(told.latest),
        made_at=moment(told.made_at),
        source=PromiseSource.SLA if told.source == "sla" else PromiseSource.DESK_FIELD,
        state=state,
        earliest=optional_moment(told.earliest),
        made_by=line_of(told.made_by),
        reason=told.reason and line_of(told.reason),
        supersedes=told.supersedes,
    )


def visit_of(told: wire.Visit) -> Visit:
    """Read a visit; one in a state this program does not know counts as booked."""
    return Visit(
        id=told.id,
        starts=moment(told.starts),
        ends=moment(told.ends),
        state=_VISIT_STATES.get(told.state, VisitState.SCHEDULED),
        place=line_of(told.place),
        agent=line_of(told.agent.name) if told.agent else "",
        eta_earliest=optional_moment(told.eta_earliest),
        eta_latest=optional_moment(told.eta_latest),
    )


def attachment_of(told: wire.File) -> Attachment:
    """Read a file's description; the name is fit for a folder."""
    return Attachment(told.id, safe_file_name(told.name), told.size, line_of(told.mime))


@lru_cache(maxsize=64)
def acts_of(may: tuple[str, ...], state: TicketState) -> frozenset[Act]:
    """Read what the requester may do; a reply to a question is an answer."""
    acts = {_ACTS[word] for word in may if word in _ACTS}
    if Act.REPLY in acts and state is TicketState.WAITING_FOR_YOU:
        acts.add(Act.ANSWER)
    return frozenset(acts)


def text_of(raw: str) -> str:
    """Make a text safe to show: most are as they come, which is seen at a glance."""
    if len(raw) < _QUICK_LIMIT and not _SUSPECT.search(raw):
        return raw
    return safe_text(raw).text


@lru_cache(maxsize=2048)
def line_of(raw: str) -> str:
    """Make one line safe to show; names repeat, so they are remembered."""
    return safe_line(raw)


@lru_cache(maxsize=1024)
def words_of(raw: str) -> str:
    """Write the desk's own word for a state as words."""
    return safe_line(raw.replace("_", " "))


def moment(told: datetime) -> datetime:
    """Give a moment in UTC. One from another century is moved to the edge of this one."""
    if 2000 <= told.year < 2199:
        return told if told.tzinfo is UTC else told.astimezone(UTC)
    return _EARLIEST if told.year < 2000 else _LATEST


def optional_moment(told: datetime | None) -> datetime | None:
    """Give a moment in UTC; None for none, and for one from another century."""
    return moment(told) if told is not None and 2000 <= told.year < 2199 else None
