"""Where a wish goes at a desk: to a place of its own, into a message in words, or no farther than here."""

from datetime import tzinfo

from tracker.desks.base import Capability
from tracker.desks.wish_words import words_of
from tracker.model.command import (
    Command,
    EndChat,
    PostReply,
    Receipt,
    SayNotFixed,
    SendMessage,
    StartChat,
    TicketCommand,
    files_of,
)
from tracker.model.wish import Wish, WishKind

NEEDS = {
    WishKind.CALL: Capability.CALLS,
    WishKind.CALL_OFF: Capability.CALLS,
    WishKind.VISIT_OK: Capability.VISIT_ANSWERS,
    WishKind.VISIT_MOVE: Capability.VISIT_ANSWERS,
    WishKind.VISIT_NOT_THERE: Capability.VISIT_ANSWERS,
    WishKind.VISIT_PLACE: Capability.VISIT_ANSWERS,
    WishKind.THANKS: Capability.THANKS,
    WishKind.RATE: Capability.RATE,
    WishKind.STILL_FINE: Capability.CHECK_INS,
    WishKind.CAME_BACK: Capability.CHECK_INS,
    WishKind.OPTION: Capability.OPTIONS,
}
"""What a desk must be able to do to have a place for a kind."""
_ANY = frozenset(NEEDS.values()) - {Capability.RATE}
"""A desk with a place for any of these has one for asking for news and for letting it wait."""

KEPT = frozenset({WishKind.THANKS, WishKind.RATE, WishKind.STILL_FINE})
"""What is noted here where the desk has no place: as a message it would re-open what is done, or disturb."""


def has_place(kind: WishKind, capabilities: frozenset[Capability]) -> bool:
    """Say whether a desk takes this kind as what it is."""
    needed = NEEDS.get(kind)
    return needed in capabilities if needed is not None else bool(_ANY & capabilities)


def fit(command: Command, capabilities: frozenset[Capability], zone: tzinfo) -> Command | Receipt:
    """Give what to send for a command: itself, or for a wish without a place the message in its stead.

    A receipt means that there is nothing to send: the word is kept on this computer. The message goes under
    the wish's own id. `zone` is the one in which the person reads times.
    """
    if isinstance(command, StartChat | SendMessage | EndChat):
        return command if Capability.CHAT in capabilities else as_reply(command)
    if not isinstance(command, Wish) or has_place(command.kind, capabilities):
        return command
    if command.kind in KEPT:
        return Receipt(command.ticket, kept_here=True)
    words = words_of(command, zone)
    if command.kind is WishKind.CAME_BACK:
        return SayNotFixed(command.id, command.at, command.ticket, words)
    return PostReply(command.id, command.at, command.ticket, words)


def as_reply(command: Command) -> TicketCommand | Receipt:
    """Give what is said in a chat as a reply, for a desk that cannot chat; an end says nothing there."""
    if not isinstance(command, StartChat | SendMessage | EndChat):
        return command
    if isinstance(command, EndChat) or not (command.text.strip() or files_of(command)):
        return Receipt(command.ticket)
    return PostReply(command.id, command.at, command.ticket, command.text, files_of(command))
