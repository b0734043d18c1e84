"""What the requester sees of a ticket now: the bar of stages, and in one line what is next."""

from dataclasses import dataclass
from typing import Literal

from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.pages.queue_rows import PROMISED, next_promise, state_badge
from tracker.frontdesk.values import Act, State, Ticket

REACHED = {
    State.NEW: 0,
    State.ASSIGNED: 1,
    State.VISIT: 3,
    State.RESOLVED: 4,
    State.CLOSED: 5,
    State.CANCELLED: 5,
    State.MERGED: 5,
}
WORKING = 2
"""Every state that is not above is worked on, waits too."""

LABELS = ("Received", "Assigned", "Working on it", "Visit", "Fixed?", "Done")
ICONS = ("inbox", "user-check", "wrench", "truck", "circle-check", "thumbs-up")
ENDS = {State.CANCELLED: "Cancelled", State.MERGED: "Merged"}
VISITS = {"on_the_way": "On the way", "on_site": "There"}
CAN: dict[Act, str] = {
    "reply": "reply",
    "confirm": "say that it works",
    "not_fixed": "say that it does not",
    "rate": "rate it",
    "ask_for_news": "ask for news",
    "ask_for_call": "ask to be called",
    "let_wait": "say that it can wait",
    "thank": "say thanks",
    "confirm_visit": "confirm the visit",
    "move_visit": "ask for another time",
    "choose": "choose a way out",
}


@dataclass(frozen=True, slots=True)
class Node:
    """One stage of the bar."""

    label: str
    icon: str
    progress: Literal["done", "now", "future"]


def stages(ticket: Ticket) -> list[Node]:
    """Give the bar, the visit only where there is one."""
    here = REACHED.get(ticket.state, WORKING)
    nodes = []
    for place, label in enumerate(LABELS):
        if label == "Visit" and ticket.visit is None:
            continue
        progress: Literal["done", "now", "future"] = (
            "done" if place < here else "now" if place == here else "future"
        )
        nodes.append(Node(_label(ticket, place, label), ICONS[place], progress))
    return nodes


def stage_words(ticket: Ticket) -> str:
    """Say the bar in words: "Stage 3 of 5, working on it"."""
    bar = stages(ticket)
    place = next((n for n, node in enumerate(bar, start=1) if node.progress == "now"), len(bar))
    return f"Stage {place} of {len(bar)}, {bar[place - 1].label.rstrip('?').lower()}"


def now_words(ticket: Ticket, time: DeskTime) -> str:
    """Say where it stands, with the reason for a wait or the expected arrival."""
    said = state_badge(ticket).words
    visit = ticket.visit
    if visit is not None and visit.state == "on_the_way" and visit.eta_earliest and visit.eta_latest:
        return f"{said}, expected {time.say_window(visit.eta_earliest, visit.eta_latest)}"
    if ticket.state_reason:
        return f"{said}: {ticket.state_reason}"
    return said


def next_words(ticket: Ticket, time: DeskTime) -> str:
    """Say what they were promised next, nothing where nothing is."""
    promise = next_promise(ticket)
    if promise is None:
        return "nothing is promised"
    late = f", {time.distance(promise.latest)}" if promise.latest < time.now else ""
    return f"{PROMISED[promise.kind].lower()} by {time.say(promise.latest)}{late}"


def can_words(may: tuple[Act, ...]) -> str:
    """Say what they can do now."""
    said = [CAN[act] for act in may if act in CAN]
    return ", ".join(said) or "nothing at the moment"


def _label(ticket: Ticket, place: int, label: str) -> str:
    if label == "Visit" and ticket.visit is not None and ticket.state is State.VISIT:
        return VISITS.get(ticket.visit.state, label)
    return ENDS.get(ticket.state, label) if place == len(LABELS) - 1 else label
