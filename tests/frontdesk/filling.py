"""Fills a desk with invented requests, made through the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from sqlite3 import Connection

from tracker.frontdesk import requests
from tracker.frontdesk.carrying_out import store
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.rules import agent, promises, requester
from tracker.frontdesk.rules.move import Context, Move, actor_of
from tracker.frontdesk.storage import people, tickets
from tracker.frontdesk.values import User

AT_ONCE = 200
"""Tickets written in one transaction."""

PACE = timedelta(minutes=7)

SUBJECTS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("network", "VPN drops every few minutes", {"where": "Home"}),
    ("hardware", "Second screen stays black", {"room": "B 2.14"}),
    ("software", "Spreadsheet closes when I paste", {"program": "Spreadsheet"}),
    ("accounts", "No access to the project folder", {}),
    ("printing", "Printer on the second floor smears", {"printer": "P-207"}),
    ("other", "Who do I ask about a parking space?", {}),
)
TEXT = (
    "It began this morning and happens again and again. I have restarted the computer and tried another"
    " cable, without any change. I need it for a meeting this afternoon, so a word on how long it may take"
    " would help me plan the day. Thank you."
)


def fill(desk: Desk, *, login: str, agent_login: str, count: int) -> None:
    """Add `count` requests of one person, six to eleven events each, the oldest a year ago.

    Most are done, the newest are in all stages. The same call makes the same requests but for ids and
    times. Raises `Refused` when one of the two people is not known.
    """
    with desk.reading() as connection:
        asker, helper = (_user(connection, name) for name in (login, agent_login))
    for first in range(0, count, AT_ONCE):
        with desk.writing() as connection:
            for index in range(first, min(first + AT_ONCE, count)):
                age = timedelta(days=365) * (count - index) / count
                context = desk.context(connection)
                past = replace(context, now=context.now - age)
                _add(connection, index, left=count - index, cast=(asker, helper), context=past)
    desk.hub.announce([asker.id])


def _user(connection: Connection, login: str) -> User:
    account = people.find_account(connection, login)
    if account is None:
        raise Refused("not_found", f"The desk knows nobody called “{login}”.")
    return account.user


def _add(connection: Connection, index: int, *, left: int, cast: tuple[User, User], context: Context) -> None:
    """Let one request go through its life; the last ones stop on the way."""
    asker, helper = cast
    service, subject, fields = SUBJECTS[index % len(SUBJECTS)]
    body = requests.RaiseTicket(service=service, subject=f"{subject} ({index + 1})", text=TEXT, fields=fields)
    move = requester.raise_ticket(tickets.next_number(connection), asker, body, cc=(), context=context)
    steps = _life(helper, asker)
    reached = len(steps) if left > len(steps) else left - 1
    facts = move.facts
    for turn, (user, step) in enumerate(steps[:reached], start=1):
        before = move.ticket
        move = Move(before, actor_of(user), replace(context, now=context.now + turn * PACE))
        step(move)
        promises.keep_clocks(move, before)
        facts += move.facts
    move.facts = facts
    store(connection, move)


Step = tuple[User, Callable[[Move], None]]


def _life(helper: User, asker: User) -> tuple[Step, ...]:
    return (
        (helper, lambda move: agent.assign(move, requests.Assign(agent=helper.id))),
        (helper, lambda move: agent.start(move, requests.Nothing())),
        (helper, lambda move: agent.reply(move, requests.Message(text="I am looking into it. " + TEXT))),
        (helper, lambda move: agent.ask(move, requests.Message(text="Does it happen in the office too?"))),
        (asker, lambda move: requester.reply(move, requests.Message(text="Yes, everywhere."))),
        (
            helper,
            lambda move: agent.resolve(move, requests.Resolve(text="The profile was old. It is new now.")),
        ),
        (asker, lambda move: requester.confirm(move, requests.Nothing())),
    )
