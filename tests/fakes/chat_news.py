"""What a batch of the desk in memory tells of its chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.fakes.helpdesk import Fact, FakeHelpdesk
from tracker.model.batch import Batch
from tracker.model.chat import Amendment, Message, ReadMark
from tracker.model.person import ActorKind, Person


def with_chats(batch: Batch, desk: FakeHelpdesk, who: str, facts: Sequence[Fact]) -> Batch:
    """Add to a batch what these facts changed in the person's chats, each as it stands now."""
    mine = [fact for fact in facts if desk.owners.get(fact.event.ticket) == who]
    told = [part for fact in mine for part in fact.in_chat]
    said = dict.fromkeys(part.id for part in told if isinstance(part, Message))
    touched = dict.fromkeys(fact.event.ticket for fact in mine)
    return replace(
        batch,
        chats=tuple(desk.chats.by_ticket[each] for each in touched if each in desk.chats.by_ticket),
        messages=tuple(_seen(desk.chats.messages[each], who) for each in said),
        amendments=tuple(part for part in told if isinstance(part, Amendment)),
        reads=tuple(part for part in told if isinstance(part, ReadMark)),
    )


def _seen(message: Message, who: str) -> Message:
    """Show a message as it reads now, to the person: their own are "you"."""
    if message.sender.name != who.title():
        return replace(message, command_id=None)
    return replace(message, sender=Person(message.sender.name, ActorKind.YOU))
