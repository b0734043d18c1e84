"""What a requester may do: raise, write, say that it works or not, rate."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import Explanation, Message, Nothing, RaiseTicket, Rate
from tracker.frontdesk.rules.chat_sessions import end_with_ticket
from tracker.frontdesk.rules.move import (
    Context,
    Move,
    actor_of,
    checked_line,
    checked_text,
    require_not_ended,
)
from tracker.frontdesk.rules.promises import promise_first_reply, settle_all
from tracker.frontdesk.settings import FormField, Service
from tracker.frontdesk.values import (
    EventData,
    FieldValue,
    Named,
    Person,
    Rating,
    State,
    Ticket,
    User,
)
from tracker.model.catalogue import FieldKind
from tracker.model.event import EventKind


def raise_ticket(
    number: str, user: User, body: RaiseTicket, *, cc: tuple[Person, ...], context: Context
) -> Move:
    """Open a ticket: created, received, and the first reply promised."""
    service = context.settings.service(body.service)
    if service is None:
        raise Refused("invalid", "The desk does not offer that service any more. Please choose another one.")
    ticket = Ticket(
        number=number,
        subject=checked_line(body.subject, "The subject"),
        service=Named(id=service.id, name=service.name),
        priority=body.priority,
        impact=body.impact,
        state=State.NEW,
        state_since=context.now,
        requester=user.person,
        created_at=context.now,
        updated_at=context.now,
        cc=tuple(person for person in cc if person.id != user.id),
        channel=body.channel,
        fields=filled_in(service, body.fields),
    )
    move = Move(ticket, actor_of(user), context)
    data = EventData(service=ticket.service, priority=ticket.priority, to_state=State.NEW)
    move.say(EventKind.CREATED, checked_text(body.text), data=data)
    move.tell_as(context.desk, EventKind.RECEIVED, EventData(number=number))
    promise_first_reply(move, service)
    return move


def filled_in(service: Service, values: Mapping[str, str]) -> tuple[FieldValue, ...]:
    """Check what was filled in against the service's form; empty optional fields are left out."""
    known = {field.id for field in service.fields}
    for key in values:
        if key not in known:
            raise Refused("invalid", f"The form of {service.name} has no field called “{key[:50]}”.")
    checked = ((field, _checked_field(field, values.get(field.id, ""))) for field in service.fields)
    return tuple(FieldValue(id=field.id, label=field.label, value=value) for field, value in checked if value)


def _checked_field(field: FormField, value: str) -> str:
    if not value.strip():
        if field.required:
            raise Refused("invalid", f"Please fill in “{field.label}”.")
        return ""
    if field.kind is FieldKind.CHOICE and value not in field.choices:
        raise Refused("invalid", f"“{field.label}” must be one of: {', '.join(field.choices)}.")
    if field.kind is FieldKind.DATE:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise Refused("invalid", f"“{field.label}” must be a date such as 2026-11-30.") from None
    return checked_text(value) if field.kind is FieldKind.MULTILINE else checked_line(value, field.label)


def reply(move: Move, body: Message) -> None:
    """Write to the desk: answers a question, or opens a solved request again."""
    text = checked_text(body.text, required=not body.attachments)
    ticket = move.ticket
    if ticket.state is State.WAITING_FOR_REQUESTER:
        move.say(EventKind.ANSWER, text, data=move.go_to(back_at_work(ticket)))
    elif can_reopen(move.ticket, move.context):
        move.say(EventKind.REPLY, text)
        reopen(move)
    else:
        move.require_open()
        move.say(EventKind.REPLY, text)


def confirm(move: Move, _body: Nothing) -> None:
    """Say that it works: the request is done."""
    require_requester(move, "say that it works")
    move.require_open()
    if move.ticket.state is not State.RESOLVED:
        raise Refused("not_now", "The desk has not said yet that it is fixed.")
    move.tell(EventKind.CONFIRMED)
    close(move, EventData(closed_by="confirmed"))


def say_not_fixed(move: Move, body: Explanation) -> None:
    """Say that it does not work: the request opens again and does not close by itself."""
    require_requester(move, "say that it does not work")
    text = checked_text(body.text, required=True)
    if not can_reopen(move.ticket, move.context):
        move.require_open()
        raise Refused("not_now", "The desk is still working on it. Please write a reply instead.")
    move.say(EventKind.NOT_FIXED, text)
    reopen(move)


def rate(move: Move, body: Rate) -> None:
    """Say how it was, once."""
    require_requester(move, "rate it")
    if move.ticket.state not in (State.RESOLVED, State.CLOSED):
        require_not_ended(move.ticket)
        raise Refused("not_now", "It can be rated once it is solved.")
    if move.ticket.rating is not None:
        raise Refused("not_now", "You have rated this already.")
    text = checked_text(body.text)
    move.ticket = replace(move.ticket, rating=Rating(score=body.score, text=text, at=move.now))
    move.say(EventKind.RATED, text, data=EventData(score=body.score))


def back_at_work(ticket: Ticket) -> State:
    """Tell where a ticket goes on when what held it up is over."""
    if ticket.visit is not None and ticket.visit.state in ("scheduled", "on_the_way", "on_site"):
        return State.VISIT
    if ticket.owner is not None:
        return State.WORKING
    return State.ASSIGNED if ticket.team is not None else State.NEW


def close(move: Move, how: EventData) -> None:
    """End a ticket, its chat first; what was still promised is settled."""
    end_with_ticket(move)
    settle_all(move, solved=False)
    states = move.go_to(State.CLOSED)
    move.ticket = replace(move.ticket, auto_close_at=None, options=())
    move.tell(EventKind.CLOSED, replace(how, from_state=states.from_state, to_state=states.to_state))


def reopen(move: Move) -> None:
    """Put a solved or closed ticket back to work."""
    move.ticket = replace(move.ticket, auto_close_at=None, thanked_at=None, checked_in_at=None)
    move.tell(EventKind.REOPENED, move.go_to(back_at_work(move.ticket)))


def can_reopen(ticket: Ticket, context: Context) -> bool:
    """Tell whether a word of the requester's opens the ticket again."""
    return ticket.state is State.RESOLVED or _closed_lately(ticket, context)


def _closed_lately(ticket: Ticket, context: Context) -> bool:
    window = timedelta(days=context.settings.reopen_days)
    return ticket.state is State.CLOSED and context.now < ticket.state_since + window


def require_requester(move: Move, deed: str) -> None:
    """Raise `Refused` unless the actor raised the request; those in copy only read and write."""
    if move.ticket.requester.id != move.actor.id:
        raise Refused(
            "not_allowed", f"Only {move.ticket.requester.name}, who raised the request, can {deed}."
        )
