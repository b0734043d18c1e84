"""A desk that cannot be reached, is busy, or does not know us: said, waited out, and over by itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import anyio

from tests.fakes.desk import FakeDesk
from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.world import World
from tracker.desks.base import DeskInfo, Secret, SecretKind
from tracker.model.health import Condition
from tracker.model.listing import Filter


class Tries:
    """Notes when the desk was asked for a line."""

    def __init__(self, world: World, line: str) -> None:
        self._world = world
        self._line = line
        self.times: list[float] = []

    async def watch(self, seconds: float) -> list[float]:
        """Give the gaps between two asks in the next so many seconds."""
        end = anyio.current_time() + seconds
        seen = self._world.network.requests.count(self._line)
        while anyio.current_time() < end:
            await anyio.sleep(0.05)
            now = self._world.network.requests.count(self._line)
            self.times += [anyio.current_time()] * (now - seen)
            seen = now
        return [later - earlier for earlier, later in pairwise(self.times)]


@simulated
async def test_offline_is_said_and_the_figures_keep_their_time(world: World) -> None:
    world.raised()
    async with world.running() as engine:
        await world.in_step()
        as_of = engine.health().as_of
        world.network.cut()
        await world.until(lambda: world.condition is Condition.OFFLINE)
        await anyio.sleep(600)
        health = engine.health()
        assert (health.condition, health.push, health.as_of) == (Condition.OFFLINE, False, as_of)
        assert health.sentence == "The service desk cannot be reached. We keep trying."
        with world.reading() as reader:
            assert len(reader.tickets(Filter.ALL)) == 1
        world.network.restore()
        await world.in_step()
        assert engine.health().sentence == ""
        assert engine.health().push
    assert world.listener.conditions == [Condition.OK, Condition.OFFLINE, Condition.OK]


@simulated
async def test_the_waits_double_up_to_five_minutes_and_differ(world: World) -> None:
    world.network.fail(Fault.BUSY, match=b"GET /cursor")
    async with world.running():
        gaps = await Tries(world, "GET /cursor").watch(2500)
    for number, gap in enumerate(gaps[:8]):
        assert 0.5 * 2**number - 0.1 <= gap <= 1.5 * 2**number + 0.1
    assert all(150 - 0.1 <= gap <= 450 + 0.1 for gap in gaps[9:])
    assert len({round(gap, 1) for gap in gaps[9:]}) > 1


@simulated
async def test_a_desk_that_asks_for_time_gets_it(world: World) -> None:
    world.network.fail(Fault.SLOW_DOWN, match=b"GET /cursor", times=4)
    async with world.running():
        gaps = await Tries(world, "GET /cursor").watch(60)
        assert world.condition is Condition.OK
    assert len(gaps) == 4
    # Seen to a twentieth of a second.
    assert all(6.9 <= gap <= 12.1 for gap in gaps)


@simulated
async def test_an_unreadable_answer_is_said_and_tried_again(world: World) -> None:
    world.network.fail(Fault.HTML, match=b"GET /tickets", times=3)
    async with world.running():
        await world.until(lambda: world.condition is Condition.BROKEN)
        assert "cannot be read. Please tell IT." in world.engine.health().sentence
        await world.in_step()


@simulated
async def test_a_person_need_not_wait(world: World) -> None:
    world.network.cut()
    async with world.running() as engine:
        await anyio.sleep(4000)
        world.network.restore()
        engine.check_now()
        assert world.condition is Condition.SYNCING, "it is seen that something is done"
        assert await world.until(world.is_in_step) < 1


@simulated
async def test_a_wrong_password_stops_asking_until_it_is_right(world: World) -> None:
    world.raised()
    world.secret = Secret(SecretKind.PASSWORD, "wrong")
    async with world.running() as engine:
        await world.until(lambda: world.condition is Condition.SIGN_IN_NEEDED)
        assert engine.health().sentence == "The service desk does not know this name with this password."
        engine.letters.submit(world.create())
        await anyio.sleep(24 * 3600)
        # Once by listening, once by what was to be sent: no more, or the account may be locked.
        assert world.network.requests == ["POST /session"] * 2
        world.secret = Secret(SecretKind.PASSWORD, "jane-pass")
        engine.check_now()
        assert await world.until(world.is_in_step) < 1
        assert len(world.helpdesk.tickets) == 2
        with world.reading() as reader:
            assert reader.services() != (), "what the desk can do is learned too"
    assert world.listener.conditions[-3:] == [Condition.SIGN_IN_NEEDED, Condition.SYNCING, Condition.OK]


@simulated
async def test_a_sign_in_that_ends_later_is_said_too(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.SIGN_IN, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        await world.until(lambda: world.condition is Condition.SIGN_IN_NEEDED)
        await anyio.sleep(3600)
        assert len(world.helpdesk.tickets) == 0
        engine.check_now()
        await world.in_step()
        assert len(world.helpdesk.tickets) == 1


@simulated
async def test_what_is_heard_shows_that_the_desk_knows_us_again(world: World) -> None:
    """Only sending was refused: the next word from the desk is a reason to try again."""
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.SIGN_IN, match=b"POST /commands", times=1)
        engine.letters.submit(world.reply(ticket))
        await world.until(lambda: world.condition is Condition.SIGN_IN_NEEDED)
        world.helpdesk.reply(ticket, "Are you there?")
        await world.in_step()
    assert "Any news?" in world.helpdesk.messages(ticket)


@simulated
async def test_the_worse_of_both_ways_is_shown(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.SIGN_IN, match=b"POST /commands")
        engine.letters.submit(world.reply(ticket))
        await world.until(lambda: world.condition is Condition.SIGN_IN_NEEDED)
        for _ in range(3):
            world.helpdesk.reply(ticket, "Still here.")
            await anyio.sleep(1)
            assert world.condition is Condition.SIGN_IN_NEEDED, "good news one way hides nothing"
        assert engine.health().push


@simulated
async def test_facts_that_cannot_be_had_are_asked_for_again(world: World) -> None:
    world.network.fail(Fault.BROKEN, match=b"GET /services", times=3)
    async with world.running():
        await world.in_step()

        def services() -> int:
            with world.reading() as reader:
                return len(reader.services())

        await world.until(services, within=60)


@simulated
async def test_a_desk_with_gaps_is_used_all_the_same(world: World) -> None:
    class Gappy(FakeDesk):
        async def check(self) -> DeskInfo:
            return replace(await super().check(), gaps=("The state “moon” means nothing to us.",))

    async def secret() -> Secret:
        return world.secret

    async with world.running(desk=Gappy(world.helpdesk, world.network, "jane", secret)):
        await world.in_step()
