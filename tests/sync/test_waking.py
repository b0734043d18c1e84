"""Sleep is noticed by comparing clocks; within five seconds everything is in step again."""

from __future__ import annotations

from datetime import timedelta

import anyio
import pytest

from tests.fakes.simulated_time import START, simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.world import World, hours
from tracker.desks.base import Capability
from tracker.model.health import Condition
from tracker.store.outbox import Outbox
from tracker.sync.timekeeper import TICK

ASKED = frozenset({Capability.CREATE, Capability.REPLY})


@simulated
async def test_after_sleep_an_asked_desk_is_asked_at_once(world: World) -> None:
    world.capabilities = ASKED
    ticket = world.raised()
    async with world.running():
        await world.in_step()
        await anyio.sleep(7)
        world.clocks.sleep(hours(8))
        world.helpdesk.ask(ticket, "Which room?")
        assert await world.until(world.is_in_step) < 5
    assert [notice.ticket for notice in world.listener.toasts] == [ticket]


@simulated
async def test_after_sleep_a_dead_stream_is_dropped(world: World) -> None:
    """The connection looks open, but nothing comes through it any more."""
    ticket = world.raised()
    async with world.running():
        await world.in_step()
        world.helpdesk.bell._waiting.clear()
        world.helpdesk.reply(ticket, "Nobody hears this.")
        await anyio.sleep(60)
        assert not world.is_in_step()
        world.clocks.sleep(hours(8))
        assert await world.until(world.is_in_step) < 5
    assert Condition.SYNCING in world.listener.conditions


@simulated
async def test_after_sleep_a_command_on_a_dead_wire_is_looked_up_and_sent(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.STALL, match=b"POST /commands", times=1)
        engine.letters.submit(world.reply(ticket))
        await anyio.sleep(10)
        assert engine.outbox.all() != ()
        world.clocks.sleep(hours(8))
        assert await world.until(world.is_in_step) < 5
    assert world.helpdesk.messages(ticket).count("Any news?") == 1
    assert "GET /commands" in world.network.requests


@simulated
async def test_after_sleep_nobody_waits_out_a_long_back_off(world: World) -> None:
    world.network.cut()
    async with world.running() as engine:
        engine.letters.submit(world.create())
        await anyio.sleep(4000)
        world.network.restore()
        world.clocks.sleep(hours(8))
        assert await world.until(world.is_in_step) < 5


@simulated
async def test_after_sleep_the_desks_facts_are_learned_again(world: World) -> None:
    async with world.running():
        await world.in_step()
        asked = world.network.requests.count("GET /services")
        world.clocks.sleep(hours(8))
        await world.until(lambda: world.network.requests.count("GET /services") > asked, within=5)


@simulated
async def test_a_short_nap_is_no_sleep(world: World) -> None:
    async with world.running():
        await world.in_step()
        asked = len(world.network.requests)
        world.clocks.sleep(timedelta(seconds=4))
        await anyio.sleep(30)
        assert len(world.network.requests) == asked


@simulated
async def test_sleep_while_nobody_is_signed_in_is_nothing(world: World) -> None:
    async with world.running(follow=False) as engine:
        engine.follow(None)
        world.clocks.sleep(hours(8))
        await anyio.sleep(30)
        assert world.network.requests == []


@simulated
async def test_a_disk_that_fails_at_the_wake_up_does_not_end_the_watch(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        engine.connection.execute(
            "create temp trigger full before update on main.outbox begin select raise(abort, 'full'); end"
        )
        world.network.cut()
        engine.letters.submit(world.reply(ticket))
        world.clocks.sleep(hours(1))
        await anyio.sleep(2 * TICK)
        engine.connection.execute("drop trigger full")
        world.network.restore()
        world.clocks.sleep(hours(1))
        await world.in_step()


@pytest.mark.expected_logs("Could not tell what is due")
def test_a_fault_of_ours_does_not_end_the_watch(world: World) -> None:
    @simulated
    async def run() -> None:
        async with world.running() as engine:
            await world.in_step()
            outbound = engine._lanes.tickets
            whole = outbound._outbox
            outbound._outbox = None  # type: ignore[assignment]
            world.clocks.sleep(hours(1))
            await anyio.sleep(TICK + 1)
            outbound._outbox = whole
            assert isinstance(whole, Outbox)
            ticket = world.raised()
            world.clocks.sleep(hours(1))
            await anyio.sleep(TICK + 1)
            await world.in_step()
            assert ticket in world.listener.change.tickets

    run()


@simulated
async def test_a_clock_that_was_set_back_is_noticed_too(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.BUSY, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        await anyio.sleep(0.5)
        world.clocks.sleep(-hours(5))
        await world.until(world.is_in_step, within=5)
        assert world.clocks.wall() < START
