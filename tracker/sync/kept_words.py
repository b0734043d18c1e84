"""Words that a desk has no place for, as the events that stand for them on this computer."""

from datetime import datetime

from tracker.model.command import (
    Command,
    ConfirmFixed,
    CreateTicket,
    EndChat,
    PostReply,
    SayNotFixed,
    SendMessage,
    StartChat,
    text_of,
)
from tracker.model.event import Confidence, Details, Event, EventKind
from tracker.model.person import ActorKind, Person
from tracker.model.wish import Wish, WishKind
from tracker.model.wish_event import EVENT_OF

_REASON = "kept on this computer only, the desk has no place for it"


def kept_event(command: Command, now: datetime) -> Event | None:
    """Make the event of a command that is kept here; None for one that only a desk can carry out."""
    if isinstance(command, CreateTicket | PostReply | StartChat | SendMessage | EndChat):
        return None
    return Event(
        id=command.id,
        ticket=command.ticket,
        kind=_kind(command),
        at=now,
        actor=Person("", ActorKind.YOU),
        text=text_of(command),
        details=_details(command),
        confidence=Confidence.DERIVED,
        command_id=command.id,
    )


def _kind(command: ConfirmFixed | SayNotFixed | Wish) -> EventKind:
    if isinstance(command, Wish):
        return EVENT_OF[command.kind]
    return EventKind.CONFIRMED if isinstance(command, ConfirmFixed) else EventKind.NOT_FIXED


def _details(command: ConfirmFixed | SayNotFixed | Wish) -> Details:
    if not isinstance(command, Wish):
        return Details(reason=_REASON)
    looked_back = command.kind in (WishKind.STILL_FINE, WishKind.CAME_BACK)
    return Details(
        reason=_REASON,
        score=command.score if command.kind is WishKind.RATE else None,
        fine=command.kind is WishKind.STILL_FINE if looked_back else None,
    )
