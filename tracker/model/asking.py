"""What the requester has asked for or said on a request under way, and the desk has not answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.command import Delivery, Pending, Wish
from tracker.model.event import Event, EventKind
from tracker.model.person import ActorKind
from tracker.model.wish import WishKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tracker.model.promise import Promise


def wishes(pending: Sequence[Pending]) -> Iterator[Wish]:
    """Go through the wishes on their way to the desk; one that was refused is none."""
    for waiting in pending:
        if isinstance(waiting.command, Wish) and waiting.delivery is not Delivery.REJECTED:
            yield waiting.command


def wished(pending: Sequence[Pending], *kinds: WishKind) -> Wish | None:
    """Give the newest wish of one of these kinds that is on its way."""
    found: Wish | None = None
    for wish in wishes(pending):
        if wish.kind in kinds:
            found = wish
    return found


def has_said(events: Sequence[Event], *kinds: EventKind) -> bool:
    """Say whether the history has a word of the requester of one of these kinds."""
    return any(event.kind in kinds and event.actor.kind is ActorKind.YOU for event in events)


def news_asked_at(events: Sequence[Event], pending: Sequence[Pending], word: Event | None) -> datetime | None:
    """Tell when the requester last asked for news that no person of the desk has given since."""
    wish = wished(pending, WishKind.NEWS)
    if wish is not None:
        return wish.at
    for event in reversed(events):
        if word is not None and event.at <= word.at:
            return None
        if event.kind is EventKind.NEWS_ASKED:
            return event.at
    return None


def can_wait(missed: Promise, events: Sequence[Event], pending: Sequence[Pending]) -> bool:
    """Say whether the requester has said that what was promised and missed can wait."""
    for wish in wishes(pending):
        if wish.kind is WishKind.CAN_WAIT and wish.about in ("", missed.id):
            return True
    for event in reversed(events):
        if event.kind is EventKind.CAN_WAIT:
            about = event.details.promise
            if about.id == missed.id if about is not None else event.at >= missed.latest:
                return True
    return False
