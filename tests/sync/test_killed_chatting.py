"""Killed in the middle of a chat with a real desk: nothing that was said is lost, doubled or out of order."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.rigs.frontdesk import FrontDeskRig
from tests.sync.mortal import FINISHED
from tests.sync.test_killed import KILLED, LOOKS, Site, accepted, standing_ticket
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.command import Command, CommandId, SendMessage, StartChat
from tracker.model.ticket import TicketId
from tracker.store.reader import Reader
from tracker.sync.checkpoint import POINTS

rng = random.Random(20261123)  # noqa: S311 - the moments are seeded, so that a failure can be repeated


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # These programs talk faster than people do.
    settings = {"most_per_agent": "50", "messages_per_minute": "100000"}
    with FrontDeskRig(tmp_path_factory.mktemp("desk"), settings=settings) as rig:
        made = Site(rig)
        yield made
        made.close()


def say(ticket: str, text: str = "") -> SendMessage:
    name = CommandId(str(uuid.uuid4()))
    return SendMessage(name, datetime.now(UTC), TicketId(ticket), text or f"word {uuid.uuid4().hex}")


def chatting(site: Site, profile: Path) -> str:
    """Have a chat with an agent in it."""
    site.tess.chat.be_available()
    ticket = standing_ticket(site, profile)
    begun = StartChat(CommandId(str(uuid.uuid4())), datetime.now(UTC), TicketId(ticket))
    assert site.run(profile, [begun]) == FINISHED
    site.tess.chat.accept(ticket)
    return ticket


def said_at_desk(site: Site, ticket: str) -> list[str]:
    return [str(each["text"]) for each in site.tess.chat.transcript(ticket) if each["kind"] == "chat_message"]


def said_here(profile: Path, ticket: str) -> list[str]:
    reader = Reader(profile / "tracker.db", Calendar(zone=UTC), Cadence())
    try:
        assert reader.outbox() == ()
        return [message.text for message in reader.talks.messages(TicketId(ticket), limit=1000)]
    finally:
        reader.close()


def test_a_chat_is_begun_once_wherever_the_program_is_killed(site: Site, tmp_path: Path) -> None:
    site.tess.chat.be_available()
    for point in ("send.after_mark", "send.after_wire", "send.after_receipt"):
        ticket = standing_ticket(site, tmp_path)
        words = f"begun {uuid.uuid4().hex}"
        begun = StartChat(CommandId(str(uuid.uuid4())), datetime.now(UTC), TicketId(ticket), words)
        assert site.run(tmp_path, [begun], point=point) == KILLED, point
        assert site.run(tmp_path) == FINISHED, point
        assert said_at_desk(site, ticket) == [words]
        assert said_here(tmp_path, ticket) == [words]


def test_killed_at_every_point_a_message_arrives_once(site: Site, tmp_path: Path) -> None:
    ticket = chatting(site, tmp_path)
    said: list[str] = []
    for point in POINTS:
        message = say(ticket)
        before = "send.after_mark" if point in LOOKS else ""
        if before:
            assert site.run(tmp_path, [message], point=before) == KILLED
        assert site.run(tmp_path, () if before else [message], point=point) == KILLED, point
        assert site.run(tmp_path) == FINISHED, point
        said += [message.text] if point != "submit.before_write" else []
        assert said_at_desk(site, ticket) == said, point
        assert said_here(tmp_path, ticket) == said, point


def test_killed_at_random_moments_both_sides_have_the_same_words_in_the_same_order(
    site: Site, tmp_path: Path
) -> None:
    ticket = chatting(site, tmp_path)
    written: list[Command] = []
    killed = 0
    for number in range(25):
        fresh = [say(ticket) for _ in range(3)]
        written += fresh
        killed += site.run(tmp_path, fresh, seconds=rng.uniform(0.001, 0.1)) == KILLED
        site.tess.chat.say(ticket, f"agent {number}")
    assert site.run(tmp_path) == FINISHED
    assert killed >= 12, "most of them were killed in the middle"
    there = said_at_desk(site, ticket)
    assert said_here(tmp_path, ticket) == there
    safe = accepted(tmp_path)
    mine = {each.text: each.id for each in written if isinstance(each, SendMessage)}
    order = [mine[text] for text in there if text in mine]
    assert len(order) == len(set(order))
    assert set(order) >= {name for name in mine.values() if name in safe}
    assert order == in_order(written, order)
    assert [text for text in there if text.startswith("agent ")] == [f"agent {each}" for each in range(25)]


def in_order(written: Sequence[Command], names: Sequence[CommandId]) -> list[CommandId]:
    """Give the names in the order in which they were written."""
    return [each.id for each in written if each.id in set(names)]
