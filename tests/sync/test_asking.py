"""A desk that must be asked: often while somebody looks, seldom while nobody does, at once when asked to."""

from __future__ import annotations

import random
from datetime import timedelta

import anyio
import pytest

from tests.fakes.simulated_time import simulated
from tests.sync.world import World
from tracker.desks.base import Capability
from tracker.desks.polling import Pace
from tracker.model.focus import HIDDEN, Focus
from tracker.model.ticket import TicketId

TICKET = TicketId("T-1")
ASKED = frozenset({Capability.CREATE, Capability.REPLY, Capability.ATTACH, Capability.CONFIRM})


async def waits(world: World, focus: Focus, times: int) -> list[float]:
    """Measure how long word from the desk takes, from just after a look on."""
    found = []
    world.engine.attend(focus)
    await world.until(world.is_in_step)
    for number in range(times):
        world.helpdesk.reply(TICKET, f"Word {number}")
        found.append(await world.until(world.is_in_step))
    return found


@pytest.mark.parametrize(
    ("focus", "usual"),
    [(Focus(True, TICKET), 15), (Focus(True), 60), (HIDDEN, 300)],
    ids=["ticket open", "window open", "hidden"],
)
def test_how_long_word_takes_depends_on_who_looks(world: World, focus: Focus, usual: float) -> None:
    world.capabilities = ASKED

    @simulated
    async def run() -> None:
        world.raised()
        async with world.running(pace=Pace(rng=random.Random(1))):  # noqa: S311
            await world.in_step()
            assert not world.engine.health().push
            found = await waits(world, focus, 8)
        assert all(0.8 * usual - 1.1 <= wait <= 1.2 * usual + 1.1 for wait in found[1:])
        assert max(found[1:]) - min(found[1:]) > usual * 0.05, "a fleet's looks spread out"

    run()


@simulated
async def test_coming_closer_looks_at_once(world: World) -> None:
    world.capabilities = ASKED
    world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.helpdesk.reply(TICKET, "Hello.")
        engine.attend(Focus(True, TICKET))
        assert await world.until(world.is_in_step) < 1


@simulated
async def test_what_was_sent_is_looked_for_at_once(world: World) -> None:
    world.capabilities = ASKED
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        engine.letters.submit(world.reply(ticket))
        assert await world.until(world.is_in_step) < 1


@simulated
async def test_a_person_who_asks_is_answered_at_once(world: World) -> None:
    world.capabilities = ASKED
    world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.helpdesk.reply(TICKET, "Hello.")
        engine.check_now()
        assert await world.until(world.is_in_step) < 1


@simulated
async def test_a_fixed_interval_is_kept_to(world: World) -> None:
    world.capabilities = ASKED
    world.raised()
    async with world.running(pace=Pace(2.0)):
        await world.in_step()
        assert all(wait <= 3.1 for wait in await waits(world, HIDDEN, 5))


@simulated
async def test_an_idle_profile_does_nothing_but_look_at_the_clocks(world: World) -> None:
    world.capabilities = ASKED
    async with world.running() as engine:
        await world.in_step()
        before = world.clocks.wall()
        ticks = 0
        looks = engine.time.woke

        def counted() -> bool:
            nonlocal ticks
            ticks += 1
            return looks()

        engine.time.woke = counted  # type: ignore[method-assign]
        await anyio.sleep(600)
        assert world.clocks.wall() - before == timedelta(seconds=600)
        assert ticks <= 201
