"""The agents' queue in the desk's file: overdue promises first, then who waits for an answer."""

import json
import sqlite3
from dataclasses import dataclass

import msgspec

from tracker.frontdesk.storage.tickets import QueueFilter
from tracker.frontdesk.values import Ticket

_tickets = msgspec.json.Decoder(Ticket)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: `rank` 0 for overdue promises, then by `since`, then the newest number first."""

    rank: int
    since: float
    no: int


def queue_page(
    connection: sqlite3.Connection, chosen: QueueFilter, *, after: Place | None, now: float, limit: int
) -> list[tuple[Place, Ticket]]:
    """List up to `limit` tickets that match, after a place in the queue as it stood at `now`."""
    rows = connection.execute(
        "with queue as (select no, doc,"
        " case when pressing < :now then 0 else place end as rank,"
        " case when pressing < :now then pressing else 0.0 end as since"
        " from ticket where (:states = '[]' or state in (select value from json_each(:states)))"
        " and (:team is null or coalesce(team, '') = :team)"
        " and (:owner is null or coalesce(owner, '') = :owner))"
        " select rank, since, no, doc from queue"
        " where :rank is null or (rank, since, -no) > (:rank, :since, -:no)"
        " order by rank, since, -no limit :limit",
        {
            "now": now,
            "states": json.dumps(chosen.states),
            "team": chosen.team,
            "owner": chosen.owner,
            "rank": after.rank if after is not None else None,
            "since": after.since if after is not None else 0.0,
            "no": after.no if after is not None else 0,
            "limit": limit,
        },
    )
    return [(Place(rank, since, no), _tickets.decode(doc)) for rank, since, no, doc in rows]
