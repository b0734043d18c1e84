"""What every page has around it: the queue with its filters, and how much presses."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from tracker.frontdesk import reading
from tracker.frontdesk.pages.chat_side import waiting_chats
from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.pages.queue_rows import Counts, Row, counts, row
from tracker.frontdesk.pages.visitor import Visitor
from tracker.frontdesk.storage.people import list_accounts
from tracker.frontdesk.storage.queue import queue_page
from tracker.frontdesk.storage.tickets import QueueFilter
from tracker.frontdesk.values import ENDED, Person, State, Ticket

IN_HAND = tuple(state.value for state in State if state not in ENDED)
MOST_TICKETS = 5_000
MOST_ROWS = 200
"""Rows shown; the most pressing ones are among them."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the queue: by state, team and owner; empty for any. `owner`: an id, "me" or "none"."""

    owner: str = ""
    team: str = ""
    state: str = ""

    @property
    def query(self) -> str:
        """Write them for the end of an address, with the question mark; nothing when there are none."""
        chosen = {"owner": self.owner, "team": self.team, "state": self.state}
        said = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{said}" if said else ""

    def with_owner(self, owner: str) -> str:
        """Write them with another owner."""
        return Filters(owner, self.team, self.state).query

    def match(self, ticket: Ticket, me: str) -> bool:
        """Tell whether a ticket in hand is among those wished for."""
        owner = ticket.owner.id if ticket.owner is not None else "none"
        wished = me if self.owner == "me" else self.owner
        return wished in ("", owner) and self.team in ("", ticket.team)


@dataclass(frozen=True, slots=True)
class Frame:
    """The queue and its surroundings at one moment; `pulse` says which moment, `chats` how many wait."""

    rows: list[Row]
    hidden: int
    filters: Filters
    counts: Counts
    mine: int
    unowned: int
    everything: int
    pulse: str
    agents: list[Person]
    teams: list[str]
    chats: int = 0


def frame(visitor: Visitor) -> Frame:
    """Read the queue for a page."""
    desk, me = visitor.desk, visitor.session.user.id
    filters = Filters(visitor.asked("owner"), visitor.asked("team"), visitor.asked("state"))
    pulse = pulse_of(visitor)
    in_hand = tickets_in(visitor, IN_HAND)
    pool = in_hand
    if filters.state in set(State):
        pool = tickets_in(visitor, (filters.state,))
    chosen = [ticket for ticket in pool if filters.match(ticket, me)]
    with desk.reading() as connection:
        agents = [each.user.person for each in list_accounts(connection, "agent") if not each.disabled]
    return Frame(
        rows=[row(ticket, visitor.time) for ticket in chosen[:MOST_ROWS]],
        hidden=max(0, len(chosen) - MOST_ROWS),
        filters=filters,
        counts=counts(in_hand, visitor.time.now),
        mine=sum(ticket.owner is not None and ticket.owner.id == me for ticket in in_hand),
        unowned=sum(ticket.owner is None for ticket in in_hand),
        everything=len(in_hand),
        pulse=pulse,
        agents=agents,
        teams=_teams(visitor, in_hand),
        chats=waiting_chats(visitor),
    )


def tickets_in(visitor: Visitor, states: tuple[str, ...]) -> list[Ticket]:
    """Read the tickets that stand like this, in the order of the API's queue: the most pressing first."""
    with visitor.desk.reading() as connection:
        now = visitor.time.now.timestamp()
        found = queue_page(connection, QueueFilter(states=states), after=None, now=now, limit=MOST_TICKETS)
    return [ticket for _, ticket in found]


def pulse_of(visitor: Visitor) -> str:
    """Name the moment that a page shows: the end of the feed, and the minute that its words count from."""
    return f"{reading.feed_end(visitor.desk)}~{minute(visitor.time)}"


def minute(time: DeskTime) -> int:
    """Count the minutes, for words such as "1 h 50 late" that change with them."""
    return int(time.now.timestamp() // 60)


def new_key() -> str:
    """Make the key under which one form is carried out once."""
    return str(uuid.uuid4())


def _teams(visitor: Visitor, in_hand: list[Ticket]) -> list[str]:
    known = {service.team for service in visitor.desk.settings.services}
    known |= {ticket.team for ticket in in_hand}
    return sorted(team for team in known if team)
