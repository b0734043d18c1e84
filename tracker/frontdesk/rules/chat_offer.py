"""Whether somebody would answer a chat now, and after how long, as far as can be told."""

import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tracker.frontdesk.chat_values import Chat, OfferStanding, WaitRange
from tracker.frontdesk.hours import LONGEST_SEARCH, BusinessHours, opening_spells
from tracker.frontdesk.settings import DeskSettings

UNKNOWN_WAIT = (60, 180)
"""Seconds for each place in the queue, from and to, while nobody has waited today."""

SHORTEST_TOLD = 15
"""No range ends sooner than after so many seconds: nobody answers at once for certain."""

FORGOTTEN = timedelta(minutes=30)
"""Somebody who has waited so long, with no agent there for as long, waits for nobody."""


@dataclass(frozen=True, slots=True)
class Floor:
    """Who chats at the moment: agents available, how many chats each has open, who waits, next first.

    `waits`: seconds that people waited today until somebody joined. `seen_at`: when an agent was last there.
    """

    available: frozenset[str] = frozenset()
    open_chats: Mapping[str, int] = field(default_factory=dict)
    queue: tuple[str, ...] = ()
    waits: tuple[float, ...] = ()
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person who starts a chat now would get."""

    state: OfferStanding
    agents: int = 0
    place: int | None = None
    wait: WaitRange | None = None
    opens_at: datetime | None = None


def offer_at(now: datetime, floor: Floor, settings: DeskSettings) -> Offer:
    """Work out what somebody would get now."""
    agents = len(floor.available)
    if not settings.chat.enabled:
        return Offer("closed")
    opens_at = next_opening(now, settings.hours)
    if opens_at is not None and opens_at > now:
        return Offer("closed", agents, opens_at=opens_at)
    if not agents:
        return Offer("nobody")
    if len(floor.queue) >= max(settings.chat.longest_queue, 1):
        return Offer("full", agents)
    place = len(floor.queue) + 1
    return Offer("open", agents, place, wait_at(place, floor))


def next_opening(now: datetime, hours: BusinessHours | None) -> datetime | None:
    """Tell when the desk opens next, or opened where it is open; None without hours: it is always open."""
    if hours is None:
        return None
    spell = next(opening_spells(hours, now, now + LONGEST_SEARCH), None)
    return spell[0] if spell is not None else now + LONGEST_SEARCH


def wait_at(place: int, floor: Floor) -> WaitRange:
    """Estimate the wait at a place in the queue, from today's waits where there were some."""
    if not floor.waits:
        return WaitRange(shortest=UNKNOWN_WAIT[0] * place, longest=UNKNOWN_WAIT[1] * place)
    share = place / max(len(floor.available), 1)
    longest = floor.waits[0]
    if len(floor.waits) > 1:
        longest = statistics.quantiles(floor.waits, n=10, method="inclusive")[-1]
    shortest = round(statistics.median(floor.waits) * share)
    return WaitRange(shortest=shortest, longest=max(round(longest * share), shortest, SHORTEST_TOLD))


def placed(chat: Chat, number: str, floor: Floor) -> tuple[int | None, WaitRange | None]:
    """Give the place and the wait of somebody in the queue; nothing for a chat that does not wait."""
    if chat.state != "queued" or number not in floor.queue:
        return None, None
    place = floor.queue.index(number) + 1
    return place, wait_at(place, floor)


def is_forsaken(chat: Chat, now: datetime, floor: Floor, settings: DeskSettings) -> bool:
    """Tell whether somebody waits for nobody: no agent is there, past the hours or since long."""
    if chat.state != "queued" or floor.available:
        return False
    opens_at = next_opening(now, settings.hours)
    if opens_at is not None and opens_at > now:
        return True
    last = max(chat.started_at, floor.seen_at or chat.started_at)
    return last + FORGOTTEN <= now
