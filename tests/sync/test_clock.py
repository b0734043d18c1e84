"""A computer's clock that is off: the desk's is believed, and a person is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import anyio
import pytest

from tests.fakes.desk import FakeDesk
from tests.fakes.simulated_time import START, simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.world import World, hours
from tracker.desks.base import DeskInfo, Secret
from tracker.sync.timekeeper import JUMP, SKEW, Timekeeper


class Clock:
    """Two clocks to set by hand."""

    def __init__(self) -> None:
        self.time = START
        self.running = 0.0

    def wall(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.running

    def tick(self, seconds: float, *, asleep: float = 0.0) -> None:
        self.running += seconds
        self.time += timedelta(seconds=seconds + asleep)


def test_the_real_clocks_are_used_where_none_are_given() -> None:
    keeper = Timekeeper()
    assert abs(keeper.now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert not keeper.woke()


@pytest.mark.parametrize(
    ("asleep", "woke"), [(0, False), (JUMP, False), (JUMP + 1, True), (-JUMP - 1, True), (1e6, True)]
)
def test_a_jump_between_the_clocks_is_sleep(asleep: float, woke: bool) -> None:
    clock = Clock()
    keeper = Timekeeper(clock.wall, clock.monotonic)
    clock.tick(100, asleep=asleep)
    assert keeper.woke() is woke
    clock.tick(100)
    assert not keeper.woke(), "it is said once"


@pytest.mark.parametrize("offset", [timedelta(), SKEW - timedelta(seconds=1), -SKEW + timedelta(seconds=1)])
def test_small_differences_are_the_networks(offset: timedelta) -> None:
    clock = Clock()
    keeper = Timekeeper(clock.wall, clock.monotonic)
    keeper.learn(offset)
    assert keeper.offset == timedelta()
    assert keeper.now() == START


@pytest.mark.parametrize("offset", [SKEW, hours(1), -hours(1)])
def test_large_differences_are_ours(offset: timedelta) -> None:
    clock = Clock()
    keeper = Timekeeper(clock.wall, clock.monotonic)
    keeper.learn(offset)
    assert keeper.now() == START + offset
    keeper.learn(timedelta())
    assert keeper.now() == START


class Late(FakeDesk):
    """A desk whose clock differs from the computer's."""

    offset = hours(1)

    async def check(self) -> DeskInfo:
        return replace(await super().check(), clock_offset=self.offset)


def late(world: World, offset: timedelta) -> Late:
    async def secret() -> Secret:
        return world.secret

    desk = Late(world.helpdesk, world.network, "jane", secret)
    desk.offset = offset
    return desk


@pytest.mark.parametrize(("offset", "words"), [(hours(1), "60 min behind"), (-hours(1), "60 min ahead of")])
def test_the_desks_clock_is_believed_and_it_is_said(world: World, offset: timedelta, words: str) -> None:
    @simulated
    async def run() -> None:
        ticket = world.raised()
        async with world.running(desk=late(world, offset)) as engine:
            await world.in_step()
            await world.until(lambda: engine.health().notes)
            assert engine.health().notes == (
                f"This computer's clock is {words} the desk's. Times are shown by the desk's clock.",
            )
            assert engine.time.now() == world.clocks.wall() + offset
            world.helpdesk.reply(ticket, "Hello.")
            await world.in_step()
            with world.reading() as reader:
                assert reader.notices()[0].at - (world.clocks.wall() + offset) < timedelta(seconds=1)

    run()


@simulated
async def test_the_note_goes_when_the_clock_is_put_right(world: World) -> None:
    desk = late(world, hours(1))
    async with world.running(desk=desk) as engine:
        await world.until(lambda: engine.health().notes)
        desk.offset = timedelta()
        world.clocks.sleep(hours(1))
        await world.until(lambda: not engine.health().notes, within=5)
        assert engine.time.now() == world.clocks.wall()


@simulated
async def test_what_waits_was_told_its_time_by_another_clock(world: World) -> None:
    """The next try was noted by a clock an hour ahead; it must not wait for that hour."""
    async with world.running(follow=False) as engine:
        engine.follow(late(world, -hours(1)))
        world.network.fail(Fault.BUSY, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        assert await world.until(world.is_in_step) < 10


@simulated
async def test_a_visit_is_told_by_the_desks_clock(world: World) -> None:
    ticket = world.raised()
    async with world.running(desk=late(world, hours(1))) as engine:
        await world.until(lambda: engine.health().notes)
        starts = engine.time.now() + hours(1)
        world.helpdesk.book_visit(ticket, starts, starts + hours(1))
        await world.in_step()
        told = len(world.listener.toasts)
        await world.until(lambda: len(world.listener.toasts) > told, within=2 * 3600)
        assert timedelta(minutes=14) < starts - engine.time.now() <= timedelta(minutes=15)


def test_simulated_time_says_when_nothing_will_ever_happen() -> None:
    @simulated
    async def wait_for_ever() -> None:
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="nothing will ever happen"):
        wait_for_ever()


@simulated
async def test_simulated_time_jumps_over_what_was_cancelled() -> None:
    start = anyio.current_time()
    with anyio.move_on_after(3600):
        await anyio.sleep(5)
    await anyio.sleep(5)
    assert anyio.current_time() - start == 10
