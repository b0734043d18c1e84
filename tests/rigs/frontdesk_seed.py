"""Fill a front desk with years of requests, quickly: by its own rules, in one transaction, unserved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.frontdesk.carrying_out import store
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.requests import Assign, Message, Nothing, RaiseTicket, Resolve
from tracker.frontdesk.rules import agent, requester
from tracker.frontdesk.rules.move import Context, Move, actor_of
from tracker.frontdesk.storage import people, tickets
from tracker.frontdesk.storage.numbers import number_of, parse_number
from tracker.frontdesk.values import Ticket, User

SUBJECTS = (
    "Printer on floor {n} jams",
    "VPN drops every {n} minutes",
    "New laptop for desk {n}",
    "No sound {n}",
)
TEXT = (
    "Since this morning it happens again and again, also after a restart. I have tried another cable and "
    "asked in room {n}, where it is the same. Could somebody have a look, please?\nThank you."
)


def seed(folder: Path, requests: int, *, requester_login: str = "jane", agent_login: str = "tess") -> None:
    """Add requests of one employee: nine in ten solved, the rest in work; about eight events each.

    What was solved longer ago than the desk waits is confirmed: once served, it has nothing to catch up with.
    """
    start = datetime.now(UTC) - timedelta(days=700)
    step = timedelta(days=699) / max(requests, 1)
    moments = iter([start])

    def clock() -> datetime:
        return next(moments)

    with Desk(folder, clock=clock) as desk, desk.writing() as connection:
        jane = people.find_account(connection, requester_login)
        tess = people.find_account(connection, agent_login)
        assert jane is not None
        assert tess is not None
        first = parse_number(tickets.next_number(connection))
        for n in range(requests):
            moments = iter([start + step * n])
            context = desk.context(connection)
            for move in _one_request(number_of(first + n), n, jane.user, tess.user, context):
                store(connection, move)


def _one_request(number: str, n: int, jane: User, tess: User, context: Context) -> list[Move]:
    body = RaiseTicket(service="other", subject=SUBJECTS[n % 4].format(n=n), text=TEXT.format(n=n % 90))
    moves = [requester.raise_ticket(number, jane, body, cc=(), context=context)]

    def then(who: User, act: Callable[[Move], None], minutes: int) -> None:
        later = Context(context.now + timedelta(minutes=minutes), context.settings, context.directory)
        ticket: Ticket = moves[-1].ticket
        move = Move(ticket, actor_of(who), later)
        act(move)
        moves.append(move)

    then(tess, lambda move: agent.assign(move, Assign(agent=tess.id)), 5)
    then(
        tess, lambda move: agent.reply(move, Message(text=f"Good morning. I am looking at it, case {n}.")), 20
    )
    then(jane, lambda move: requester.reply(move, Message(text="Thank you, I am at my desk all day.")), 30)
    then(tess, lambda move: agent.start(move, Nothing()), 40)
    if n % 10:
        then(tess, lambda move: agent.resolve(move, Resolve(text=f"Replaced the part number {n}.")), 50)
        closes_itself = moves[-1].ticket.auto_close_at
        if closes_itself is not None and closes_itself < datetime.now(UTC):
            then(jane, lambda move: requester.confirm(move, Nothing()), 90)
    return moves
