"""Whatever throws in the middle of a chat at a server beside the desk: both sides end with the same words."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.house_rules import TECHNICIAN
from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.chat_world import ChatWorld
from tests.sync.faulty import Bug, Countdown, FaultyConnection
from tests.sync.test_cannot_die import DAY, FAULTS, full
from tests.sync.test_transcripts import transcripts
from tracker.model.chat import ChatState
from tracker.model.command import Command
from tracker.model.ticket import TicketId
from tracker.sync.engine import Engine

WORDS = ["It stays black.", "Yes.", "Thank you."]


async def conversation(world: ChatWorld, engine: Engine, begin: Callable[[], None] = lambda: None) -> None:
    """Jane and the agent talk until the agent ends it; in the end all three places have the same words."""
    ticket = world.raised()
    await world.in_step()
    begin()
    chats = world.server.chats
    submit(engine, world.start(ticket, WORDS[0]))
    await world.until(lambda: ticket in chats.by_ticket, within=DAY)
    chats.join(ticket, TECHNICIAN)
    question = chats.say(ticket, "Is it plugged in?")
    await world.until(lambda: "Is it plugged in?" in world.said(ticket), within=DAY)
    await read(engine, ticket, question)
    for text in WORDS[1:]:
        submit(engine, world.say(ticket, text))
    await world.until(lambda: WORDS[-1] in chats.texts(ticket), within=DAY)
    chats.end(ticket)
    await world.until(lambda: is_over(world, ticket), within=DAY)
    await world.until(lambda: transcripts(world, ticket) and world.is_in_step(), within=DAY)
    assert chats.texts(ticket) == [WORDS[0], "Is it plugged in?", *WORDS[1:]]
    assert world.said(ticket) == chats.texts(ticket)
    (posted,) = transcripts(world, ticket)
    said = [line.split(": ", 1)[1] for line in posted.splitlines()[2:]]
    assert said == world.said(ticket)
    shown = [notice.id for notice in world.listener.toasts]
    assert len(shown) == len(set(shown))


def is_over(world: ChatWorld, ticket: TicketId) -> bool:
    chat = world.chat(ticket)
    return chat is not None and chat.state is ChatState.ENDED


def submit(engine: Engine, command: Command) -> None:
    """Write something; whoever is refused by the disk tries again."""
    try:
        engine.letters.submit(command)
    except Exception:
        engine.letters.submit(command)


async def read(engine: Engine, ticket: TicketId, message: str) -> None:
    try:
        await engine.talking.read(ticket, message)
    except Exception:
        await engine.talking.read(ticket, message)


LINES = ("POST /session", "GET /desk", "GET /cursor", "GET /tickets", "POST /commands", "PUT /read")


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_request_at_the_server_may_fail_in_every_way(
    chat_world: ChatWorld, line: str, fault: Fault
) -> None:
    world = chat_world

    @simulated
    async def run() -> None:
        world.server_network.fail(fault, match=line.encode(), times=2)
        async with world.running(chat=world.server_desk()) as engine:
            await conversation(world, engine)

    run()


@pytest.fixture
def worlds(tmp_path: Path, empty: Path) -> Iterator[ChatWorld]:
    def make() -> Iterator[ChatWorld]:
        for number in itertools.count():
            folder = tmp_path / str(number)
            folder.mkdir()
            yield ChatWorld(folder, empty)

    return make()


def on_a_bad_disk(world: ChatWorld, error: Exception, steps: int | None) -> Countdown:
    """Play the story on a disk that fails at that step."""
    countdown = Countdown(error, steps)

    @simulated
    async def run() -> None:
        async with world.running(chat=world.server_desk()) as engine:
            connection = engine.connection
            assert isinstance(connection, FaultyConnection)

            def begin() -> None:
                connection.countdown = countdown

            await conversation(world, engine, begin)

    run()
    return countdown


def test_every_step_of_the_store_may_throw_once(worlds: Iterator[ChatWorld]) -> None:
    steps = on_a_bad_disk(next(worlds), full(), None).passed
    assert steps > 200
    for step in range(0, steps, 9):
        on_a_bad_disk(next(worlds), full(), step)


def test_our_own_faults_in_the_store_end_nothing(
    worlds: Iterator[ChatWorld], expected_logs: Callable[..., None]
) -> None:
    expected_logs("Unexpected fault")
    for step in range(1, 300, 20):
        on_a_bad_disk(next(worlds), Bug("a fault of ours"), step)
