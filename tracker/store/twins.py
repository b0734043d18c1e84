"""One word said from two places at once is one: finds what says the same and is on its way already."""

from dataclasses import replace

from tracker.model.command import Command, CommandId, ConfirmFixed, Delivery, SayNotFixed, Wish
from tracker.store.codec import moment
from tracker.store.outbox import Outbox


def twin_of(command: Command, outbox: Outbox) -> CommandId | None:
    """Name a word on its way that says the same on the same request; messages may repeat each other.

    Raises `StoreError`.
    """
    if not isinstance(command, ConfirmFixed | SayNotFixed | Wish):
        return None
    meant = _meaning(command, outbox)
    for pending in outbox.all():
        other = pending.command
        if pending.delivery is Delivery.REJECTED or other.id == command.id:
            continue
        if isinstance(other, ConfirmFixed | SayNotFixed | Wish) and _meaning(other, outbox) == meant:
            return other.id
    return None


def _meaning(word: ConfirmFixed | SayNotFixed | Wish, outbox: Outbox) -> Command:
    """Give a word without what tells two clicks apart."""
    return replace(word, id=CommandId(""), at=moment(0), ticket=outbox.resolve(word.ticket))
