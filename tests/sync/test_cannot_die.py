"""Whatever throws, wherever, once: afterwards profile and desk are in step, and nothing is doubled."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.faulty import Bug, Countdown, FaultyConnection, FaultyDesk
from tests.sync.world import World
from tracker.model.health import Condition

DAY = 24 * 3600.0


async def story(world: World, begin: Callable[[], None] = lambda: None) -> None:
    """Jane raises and writes, the technician answers; in the end everybody knows everything, once."""
    ticket = world.raised()
    raised, reply = world.create("Mouse"), world.reply(ticket)
    begin()
    world.helpdesk.reply(ticket, "We are on it.")
    world.engine.letters.submit(raised)
    world.engine.letters.submit(reply)
    await world.until(lambda: world.done(raised) and world.done(reply), within=DAY)
    world.helpdesk.ask(ticket, "Better now?")
    await world.until(world.is_in_step, within=DAY)
    assert [each.subject for each in world.helpdesk.tickets.values()] == ["VPN drops", "Mouse"]
    assert world.helpdesk.messages(ticket).count("Any news?") == 1
    with world.reading() as reader:
        told = [notice.id for notice in reader.notices()]
        assert len(told) == len(set(told))
    shown = [notice.id for notice in world.listener.toasts]
    assert len(shown) == len(set(shown))


LINES = ("POST /session", "GET /desk", "GET /cursor", "GET /tickets", "GET /services", "POST /commands")
FAULTS = [fault for fault in Fault if fault not in (Fault.SIGN_IN, Fault.STALL)]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_request_may_fail_in_every_way(world: World, line: str, fault: Fault) -> None:
    @simulated
    async def run() -> None:
        world.network.fail(fault, match=line.encode(), times=2)
        async with world.running():
            await world.until(lambda: world.condition is Condition.OK, within=DAY)
            await story(world)

    run()


@pytest.mark.parametrize("line", ["GET /changes", "GET /commands"])
@pytest.mark.parametrize("fault", FAULTS)
def test_so_may_those_after_a_break(world: World, line: str, fault: Fault) -> None:
    """The cursor is asked from after a restart, a command is looked up after an answer was lost."""

    @simulated
    async def run() -> None:
        async with world.running():
            await world.in_step()
        world.network.fail(fault, match=line.encode(), times=2)
        async with world.running():
            await world.until(lambda: world.condition is Condition.OK, within=DAY)

            def lose() -> None:
                if line == "GET /commands":
                    world.network.fail(Fault.LOSE, match=b"POST /commands", times=1)

            await story(world, lose)

    run()


def on_a_bad_desk(world: World, steps: int | None) -> Countdown:
    """Play the story with a connector that fails at that step."""
    countdown = Countdown(Bug("a fault that nobody thought of"), steps)

    @simulated
    async def run() -> None:
        async def secret() -> object:
            return world.secret

        desk = FaultyDesk(world.helpdesk, world.network, "jane", secret)  # type: ignore[arg-type]
        desk.countdown = countdown
        async with world.running(desk=desk):
            await world.until(lambda: world.condition is Condition.OK, within=DAY)
            await story(world)

    run()
    return countdown


def test_every_step_of_the_desk_may_throw_once(
    worlds: Iterator[World], expected_logs: Callable[..., None]
) -> None:
    expected_logs("Unexpected fault while")
    steps = on_a_bad_desk(next(worlds), None).passed
    assert steps > 8
    for step in range(steps):
        assert on_a_bad_desk(next(worlds), step).is_over


def on_a_bad_disk(world: World, error: Exception, steps: int | None) -> Countdown:
    """Play the story on a disk that fails at that step; Jane repeats what she was refused."""
    countdown = Countdown(error, steps)

    @simulated
    async def run() -> None:
        async with world.running() as engine:
            await world.in_step()
            ticket = world.raised()
            raised, reply = world.create("Mouse"), world.reply(ticket)
            assert isinstance(engine.connection, FaultyConnection)
            engine.connection.countdown = countdown
            world.helpdesk.reply(ticket, "We are on it.")
            for command in (raised, reply):
                try:
                    engine.letters.submit(command)
                except Exception:
                    engine.letters.submit(command)
            await world.until(lambda: world.done(raised) and world.done(reply), within=DAY)
            world.helpdesk.ask(ticket, "Better now?")
            await world.until(world.is_in_step, within=DAY)
            assert world.helpdesk.messages(ticket).count("Any news?") == 1
            assert len(world.helpdesk.tickets) == 2
            shown = [notice.id for notice in world.listener.toasts]
            assert len(shown) == len(set(shown))

    run()
    return countdown


def full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.fixture
def worlds(tmp_path: Path, empty: Path) -> Iterator[World]:
    def make() -> Iterator[World]:
        for number in itertools.count():
            folder = tmp_path / str(number)
            folder.mkdir()
            yield World(folder, empty)

    return make()


def test_every_step_of_the_store_may_throw_once(worlds: Iterator[World]) -> None:
    steps = on_a_bad_disk(next(worlds), full(), None).passed
    assert steps > 60
    for step in range(steps):
        on_a_bad_disk(next(worlds), full(), step)


def test_our_own_faults_in_the_store_end_nothing(
    worlds: Iterator[World], expected_logs: Callable[..., None]
) -> None:
    expected_logs("Unexpected fault while")
    for step in range(0, 90, 4):
        on_a_bad_disk(next(worlds), Bug("a fault of ours"), step)
