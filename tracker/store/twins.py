"""One word said from two places at once is one: finds what says the same and is on its way already."""

from dataclasses import replace

from tracker.model.command import (
    Command,
    CommandId,
    ConfirmFixed,
    Delivery,
    EndChat,
    Pending,
    SayNotFixed,
    StartChat,
    Wish,
)
from tracker.store.codec import moment
from tracker.store.outbox import Outbox

_Word = ConfirmFixed | SayNotFixed | Wish | StartChat | EndChat


def twin_of(command: Command, outbox: Outbox) -> CommandId | None:
    """Name a word on its way that says the same on the same request; messages may repeat each other.

    Of a chat the last word counts: whoever begins, ends and begins again does it twice. Raises `StoreError`.
    """
    if not isinstance(command, _Word):
        return None
    waiting = [each for each in outbox.all() if each.delivery is not Delivery.REJECTED]
    if isinstance(command, StartChat | EndChat):
        waiting = _last_of_chat(waiting, command, outbox)
    meant = _meaning(command, outbox)
    for pending in waiting:
        other = pending.command
        if other.id != command.id and isinstance(other, _Word) and _meaning(other, outbox) == meant:
            return other.id
    return None


def _last_of_chat(waiting: list[Pending], command: StartChat | EndChat, outbox: Outbox) -> list[Pending]:
    ticket = outbox.resolve(command.ticket)
    of_chat = [
        each
        for each in waiting
        if isinstance(each.command, StartChat | EndChat) and outbox.resolve(each.command.ticket) == ticket
    ]
    return of_chat[-1:]


def _meaning(word: _Word, outbox: Outbox) -> Command:
    """Give a word without what tells two clicks apart."""
    return replace(word, id=CommandId(""), at=moment(0), ticket=outbox.resolve(word.ticket))
