"""Promises and visits are judged by the desk's hours and the desk's clock, whatever this computer's says."""

from __future__ import annotations

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import tracker
from tests.fakes.simulated_time import simulated
from tests.sync.world import World, hours
from tracker.model.calendar import Calendar
from tracker.model.promise import PromiseState
from tracker.model.ticket import TicketId
from tracker.model.visit import VisitState

ALWAYS = Calendar(ZoneInfo("UTC"), (((time(0), time(0)),),) * 7)


@simulated
async def test_the_desks_hours_are_kept_and_used_by_everybody_here(world: World) -> None:
    world.helpdesk.calendar = ALWAYS
    world.raised()
    async with world.running():
        await world.in_step()
        await world.until(lambda: _hours(world) == ALWAYS)
    world.network.cut()
    async with world.running():
        assert _hours(world) == ALWAYS, "known without the desk, too"


@simulated
async def test_a_clock_an_hour_off_neither_hides_a_miss_nor_invents_one(world: World) -> None:
    """This computer is an hour behind: what was promised in 30 minutes of its own is missed already."""
    ticket = world.raised()
    now = world.clocks.wall()
    world.helpdesk.promise(ticket, now + timedelta(minutes=30))
    async with world.running() as engine:
        await world.in_step()
        assert engine.account is not None
        await engine.account.learned.wait()
        assert _state(world, ticket) is not PromiseState.MISSED
    world.helpdesk.ahead = hours(1)
    async with world.running() as engine:
        await world.until(lambda: engine.time.offset == hours(1))
        assert _state(world, ticket) is PromiseState.MISSED
        with world.reading() as reader:
            assert reader.clock_offset() == hours(1)
        await world.until(lambda: [n for n in world.listener.told_all if n.ticket == ticket])


@simulated
async def test_a_visit_is_awaited_by_the_desks_clock(world: World) -> None:
    ticket = world.raised()
    now = world.clocks.wall()
    world.helpdesk.ahead = -hours(1)
    world.helpdesk.book_visit(ticket, now - timedelta(minutes=50), now - timedelta(minutes=40))
    async with world.running() as engine:
        await world.until(lambda: engine.time.offset == -hours(1))
        with world.reading() as reader:
            track = reader.track(ticket, engine.time.now())
        assert track is not None
        assert track.visit is not None
        assert track.visit.state is VisitState.SCHEDULED
        assert track.visit.is_ahead(engine.time.now()), "by the desk's clock it is still to come"
        assert not track.visit.is_ahead(now)


@simulated
async def test_only_a_version_that_this_one_is_not_is_kept_as_asked_for(world: World) -> None:
    asked = {tracker.__version__: "", "99.0": "99.0", "0.0.1": ""}
    for minimum, kept in asked.items():
        world.helpdesk.minimum_version = minimum
        async with world.running() as engine:
            await world.in_step()
            assert engine.account is not None
            await engine.account.learned.wait()
        with world.reading() as reader:
            assert reader.minimum_version() == kept


def _hours(world: World) -> Calendar:
    with world.reading() as reader:
        return reader.opening_hours()


def _state(world: World, ticket: TicketId) -> PromiseState:
    with world.reading() as reader:
        track = reader.track(ticket, world.engine.time.now())
    assert track is not None
    return track.promises[0].state
