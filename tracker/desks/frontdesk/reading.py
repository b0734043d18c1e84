"""From the embedded desk's wire to the model's values, made safe on the way."""

from datetime import timedelta
from functools import lru_cache

from tracker.desks.frontdesk import wire
from tracker.desks.frontdesk.arrangements import call_of, options_of, visit_of
from tracker.desks.frontdesk.safe_values import line_of, moment, optional_moment, text_of, words_of
from tracker.desks.frontdesk.talk_reading import attachment_of
from tracker.desks.safetext import safe_line
from tracker.model.chat_end import ChatEnd, EndedBy
from tracker.model.event import Details, Event, EventKind
from tracker.model.person import ActorKind, Person
from tracker.model.promise import Promise, PromiseKind, PromiseSource, PromiseState
from tracker.model.ticket import Act, Priority, Ticket, TicketId, TicketState

_STATES = {state.value: state for state in TicketState if state is not TicketState.UNKNOWN}
_STATES["waiting_for_requester"] = _STATES.pop("waiting_for_you")
_KINDS = {kind.value: kind for kind in EventKind}
_PRIORITIES = {priority.value: priority for priority in Priority}
_PROMISE_KINDS = {kind.value: kind for kind in PromiseKind}
_PROMISE_STATES = {
    state.value: state for state in PromiseState if state not in (PromiseState.NEARING, PromiseState.OVERDUE)
}
_ACTS: dict[str, Act] = {act.value: act for act in Act if act is not Act.ANSWER}
_NO_DETAILS = Details()
_ENDED_BY = {by.value: by for by in EndedBy}
_LONGEST_CHAT = 366 * 24 * 3600


class Reader:
    """Reads for the person with the desk's id `me`: what they did is "you"."""

    def __init__(self, me: str) -> None:
        self.me = me
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
            state_until=optional_moment(told.state_until),
            waiting_for=line_of(told.waiting_for) if told.waiting_for else "",
            meanwhile=text_of(told.meanwhile) if told.meanwhile else "",
            call=call_of(told.call) if told.call else None,
            options=options_of(told.options) if told.options else (),
        )

    def event(self, told: wire.Event) -> Event:
        """Read a fact."""
        data = told.data
        return Event(
            id=event_id_of(told),
            ticket=TicketId(told.ticket),
            kind=_KINDS.get(told.kind, EventKind.OTHER),
            at=moment(told.at),
            actor=self.person(told.actor),
            text=text_of(told.text) if told.text else "",
            details=_NO_DETAILS if data == wire.NO_DATA and not told.attachments else details_of(told),
            command_id=told.command_id,
            raw_id=told.id,
            raw_type=told.kind,
        )

    def person(self, actor: wire.Actor) -> Person:
        """Read who did something; names repeat, so they are remembered."""
        known = self._people.get(actor)
        if known is None:
            if len(self._people) > 10_000:
                self._people.clear()
            known = self._people[actor] = Person(line_of(actor.name), self._side_of(actor))
        return known

    def _side_of(self, actor: wire.Actor) -> ActorKind:
        if actor.id is not None and actor.id == self.me:
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
        person=_person_named(data),
        previous=before and words_of(before),
        promise=promise_of(data.promise) if data.promise else None,
        visit=visit_of(data.visit) if data.visit else None,
        attachments=tuple(attachment_of(file) for file in told.attachments),
        target=TicketId(target) if target and told.kind != "received" else None,
        score=data.score,
        until=optional_moment(data.auto_close_at or data.was_latest or data.was_starts or data.until),
        status_word=words_of(_word(data)) or None,
        call=call_of(data.call) if data.call else None,
        options=options_of((data.option,) if data.option else data.options),
        who_ends=line_of(data.who) if data.who else None,
        meanwhile=text_of(data.meanwhile) if data.meanwhile else None,
        fine=data.fine,
        chat=_chat_end(data) if told.kind == EventKind.CHAT_ENDED else None,
    )


def _person_named(data: wire.EventData) -> str | None:
    named = data.owner or data.agent
    return line_of(named.name) if named else None


def _chat_end(data: wire.EventData) -> ChatEnd:
    lasted = None if data.seconds is None else timedelta(seconds=min(data.seconds, _LONGEST_CHAT))
    return ChatEnd(_ENDED_BY.get(data.by or ""), data.messages, lasted)


def _before(data: wire.EventData) -> str | None:
    before = data.was_owner or data.previous
    if before is not None:
        return before.name
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


@lru_cache(maxsize=64)
def acts_of(may: tuple[str, ...], state: TicketState) -> frozenset[Act]:
    """Read what the requester may do; a reply to a question is an answer."""
    acts: set[Act] = {_ACTS[word] for word in may if word in _ACTS}
    if Act.REPLY in acts and state is TicketState.WAITING_FOR_YOU:
        acts.add(Act.ANSWER)
    return frozenset(acts)
