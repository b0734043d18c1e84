"""What an agent may do: take on, write, ask, wait, solve, close, merge, say "still on it"."""

from datetime import timedelta

from msgspec.structs import replace

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.requests import (
    Assign,
    Categorise,
    Merge,
    Message,
    Nothing,
    Remark,
    Resolve,
    SetPriority,
    SetStatus,
)
from tracker.frontdesk.rules.calls import end_call, require_no_booked_call
from tracker.frontdesk.rules.chat_sessions import end_with_ticket
from tracker.frontdesk.rules.move import Move, checked_future, checked_line, checked_text
from tracker.frontdesk.rules.promises import keep_by_word, settle_all
from tracker.frontdesk.rules.requester import close as close_ticket
from tracker.frontdesk.rules.visits import is_active
from tracker.frontdesk.rules.waiting import checked_wait, hold, says_something_new
from tracker.frontdesk.values import WAITING, EventData, Named, Person, State
from tracker.model.event import EventKind

Owner = Person | None


def assign(move: Move, body: Assign) -> None:
    """Give the ticket to a person, a team or both; a hand-over when somebody else had it."""
    _require_worked_on(move)
    if body.agent is None and body.team is None:
        raise Refused("invalid", "Say which agent or which team takes it.")
    owner = move.context.directory.agent(body.agent) if body.agent is not None else None
    team = checked_line(body.team, "The team") if body.team is not None else None
    _give(move, owner, team=team, reason=body.reason)


def start(move: Move, _body: Nothing) -> None:
    """Begin the work, or go on after a wait; a ticket without an owner becomes the actor's."""
    _require_worked_on(move)
    if move.ticket.state in (State.WORKING, State.VISIT):
        raise Refused("not_now", f"{move.ticket.number} is being worked on already.")
    was_waiting = move.ticket.state in WAITING
    take_where_free(move)
    move.main = len(move.facts)
    move.tell(EventKind.RESUMED if was_waiting else EventKind.WORK_STARTED, move.go_to(State.WORKING))


def take_where_free(move: Move) -> None:
    """Make the ticket the actor's where nobody has it and there is something left to do."""
    if move.ticket.owner is None and move.ticket.state is not State.RESOLVED:
        _give(move, _self(move), team=None, reason=None)


def reply(move: Move, body: Message) -> None:
    """Write to the requester."""
    move.require_open()
    move.say(EventKind.REPLY, checked_text(body.text, required=not body.attachments))
    keep_by_word(move)


def ask(move: Move, body: Message) -> None:
    """Ask the requester something and wait for the answer."""
    _require_worked_on(move)
    text = checked_text(body.text, required=True)
    was = move.ticket.state
    data = move.go_to(State.WAITING_FOR_REQUESTER) if was is not State.WAITING_FOR_REQUESTER else None
    move.say(EventKind.QUESTION, text, data=data)
    keep_by_word(move)


def note(move: Move, body: Message) -> None:
    """Write something only agents see; the requester's view does not change, not even its date."""
    text = checked_text(body.text, required=not body.attachments)
    move.say(EventKind.OTHER, text, public=False)


def set_status(move: Move, body: SetStatus) -> None:
    """Move the ticket by hand: to work, to a wait, or out; said again of a wait, it tells what is new."""
    move.require_open()
    was, to = move.ticket.state, State(body.state)
    wait = checked_wait(move, body)
    if to is was and (to not in WAITING or not says_something_new(move.ticket, wait)):
        raise Refused("not_now", f"{move.ticket.number} is in that state already.")
    if to is State.CANCELLED:
        _cancel(move, wait.reason)
        return
    data = hold(move, to, wait)
    if was is State.RESOLVED:
        move.ticket = replace(move.ticket, auto_close_at=None, thanked_at=None, checked_in_at=None)
        move.tell(EventKind.REOPENED, data)
    elif to in WAITING:
        move.tell(EventKind.ON_HOLD, data)
    else:
        move.tell(EventKind.RESUMED if was in WAITING else EventKind.STATUS, data)


def set_priority(move: Move, body: SetPriority) -> None:
    """Change how urgent it is."""
    move.require_open()
    was = move.ticket.priority
    if was is body.priority:
        raise Refused("not_now", f"{move.ticket.number} has that priority already.")
    move.ticket = replace(move.ticket, priority=body.priority)
    data = EventData(priority=body.priority, was_priority=was, reason=body.reason)
    move.tell(EventKind.PRIORITY, data)


def categorise(move: Move, body: Categorise) -> None:
    """Put the ticket under another service."""
    move.require_open()
    service = move.context.settings.service(body.service)
    if service is None or service.id == move.ticket.service.id:
        raise Refused("invalid", "Choose another service from the catalogue.")
    was = move.ticket.service
    move.ticket = replace(move.ticket, service=Named(id=service.id, name=service.name))
    move.tell(EventKind.CATEGORISED, EventData(service=move.ticket.service, was_service=was))


def resolve(move: Move, body: Resolve) -> None:
    """Say that it is fixed and what was done; it closes by itself unless the requester objects."""
    _require_worked_on(move)
    if is_active(move.ticket.visit):
        raise Refused("not_now", "A visit is still booked. Finish or cancel it first.")
    require_no_booked_call(move)
    text = checked_text(body.text, required=True)
    closes = body.auto_close_at or move.now + timedelta(days=move.context.settings.auto_close_days)
    closes = checked_future(closes, move.now, "The closing time")
    move.say(EventKind.SOLVED, text, data=move.go_to(State.RESOLVED))
    settle_all(move, solved=True)
    end_call(move)
    move.ticket = replace(move.ticket, auto_close_at=closes, options=())
    move.tell(EventKind.AUTO_CLOSE_SET, EventData(auto_close_at=closes))


def close(move: Move, body: Remark) -> None:
    """End the ticket from the desk's side, with a word where there is one."""
    move.require_open()
    if is_active(move.ticket.visit):
        raise Refused("not_now", "A visit is still booked. Finish or cancel it first.")
    require_no_booked_call(move)
    if body.text.strip():
        move.say(EventKind.REPLY, checked_text(body.text))
        keep_by_word(move)
    end_call(move)
    close_ticket(move, EventData(closed_by="agent"))
    move.main = len(move.facts) - 1


def heartbeat(move: Move, body: Remark) -> None:
    """Say "still on it, nothing new": a human word that keeps the promised update."""
    move.require_open()
    move.say(EventKind.HEARTBEAT, checked_text(body.text))
    keep_by_word(move)


def merge(move: Move, survivor: Move, body: Merge) -> None:
    """End this ticket in favour of another one, whose circle now includes this one's people."""
    move.require_open()
    survivor.require_open()
    if move.ticket.number == survivor.ticket.number:
        raise Refused("invalid", "A request cannot be merged into itself.")
    if is_active(move.ticket.visit):
        raise Refused("not_now", "A visit is still booked. Finish or cancel it first.")
    require_no_booked_call(move)
    end_with_ticket(move)
    end_call(move)
    settle_all(move, solved=False)
    move.main = len(move.facts)
    states = move.go_to(State.MERGED, body.reason)
    move.ticket = replace(move.ticket, merged_into=survivor.ticket.number, auto_close_at=None, options=())
    move.tell(EventKind.MERGED, replace(states, into=survivor.ticket.number))
    newcomers = tuple(p for p in move.ticket.people if not survivor.ticket.concerns(p.id))
    survivor.ticket = replace(survivor.ticket, cc=(*survivor.ticket.cc, *newcomers))
    survivor.tell(EventKind.LINKED, EventData(number=move.ticket.number))


def _require_worked_on(move: Move) -> None:
    move.require_open()
    if move.ticket.state is State.RESOLVED:
        raise Refused("not_now", f"{move.ticket.number} is solved. Set it back to work first.")


def _self(move: Move) -> Person:
    return Person(id=move.actor.id or "", name=move.actor.name)


def _give(move: Move, owner: Owner, *, team: str | None, reason: str | None) -> None:
    ticket = move.ticket
    new_team = team or ticket.team or _usual_team(move)
    if (owner, new_team) == (ticket.owner, ticket.team):
        raise Refused("not_now", f"{ticket.number} is with them already.")
    handed_over = _handed_over(ticket.owner, ticket.team, to=(owner, new_team))
    states = move.go_to(State.ASSIGNED) if ticket.state is State.NEW else EventData()
    move.ticket = replace(move.ticket, owner=owner, team=new_team)
    data = replace(
        states,
        owner=owner,
        team=new_team,
        was_owner=ticket.owner if handed_over else None,
        was_team=ticket.team if handed_over else None,
        reason=reason and checked_line(reason, "The reason"),
    )
    move.tell(EventKind.HANDED_OVER if handed_over else EventKind.ASSIGNED, data)


def _handed_over(owner: Owner, team: str | None, *, to: tuple[Owner, str | None]) -> bool:
    """Going from a team to one of its people is no hand-over; leaving a person or a team is."""
    return (owner is not None and owner != to[0]) or (team is not None and team != to[1])


def _usual_team(move: Move) -> str | None:
    service = move.context.settings.service(move.ticket.service.id)
    return service.team if service is not None else None


def _cancel(move: Move, reason: str | None) -> None:
    if reason is None:
        raise Refused("invalid", "Say why it is cancelled.")
    if is_active(move.ticket.visit):
        raise Refused("not_now", "A visit is still booked. Cancel it first.")
    require_no_booked_call(move)
    end_with_ticket(move)
    end_call(move)
    settle_all(move, solved=False)
    data = move.go_to(State.CANCELLED, reason)
    move.ticket = replace(move.ticket, auto_close_at=None, options=())
    move.main = len(move.facts)
    move.tell(EventKind.STATUS, data)
