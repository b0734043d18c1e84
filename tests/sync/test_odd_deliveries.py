"""Odd commands and odd answers: kept here, refused looks, faults, hanging wires, wrong clocks."""

from __future__ import annotations

from collections.abc import Callable

import anyio

from tests.fakes.desk import FakeDesk
from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.world import World, hours
from tracker.desks.base import Capability, FileSource, Secret
from tracker.model.command import Command, ConfirmFixed, Delivery, Receipt, SayNotFixed, new_command_id
from tracker.model.errors import CommandRejected
from tracker.model.event import EventKind
from tracker.model.health import Condition
from tracker.model.listing import Filter


@simulated
async def test_yes_it_works_where_the_desk_has_no_place_for_it_is_kept_here(world: World) -> None:
    world.capabilities = frozenset({Capability.CREATE, Capability.REPLY})
    ticket = world.raised()
    world.helpdesk.resolve(ticket, "Done.")
    async with world.running() as engine:
        await world.in_step()
        engine.letters.submit(ConfirmFixed(new_command_id(), world.clocks.wall(), ticket))
        await world.until(lambda: not engine.outbox.all())
        with world.reading() as reader:
            kept = reader.events(ticket)[-1]
            assert (kept.kind, kept.actor.kind.value) == (EventKind.CONFIRMED, "you")
            assert reader.tickets(Filter.FIXED) == ()
        assert world.listener.toasts == []


@simulated
async def test_not_yet_is_kept_here_with_its_words_where_nothing_else_helps(world: World) -> None:
    ticket = world.raised()

    class Deaf(FakeDesk):
        async def send(self, command: Command, files: FileSource) -> Receipt:
            return Receipt(ticket, str(ticket), kept_here=True)

    async def secret() -> Secret:
        return world.secret

    async with world.running(desk=Deaf(world.helpdesk, world.network, "jane", secret)) as engine:
        await world.in_step()
        engine.letters.submit(SayNotFixed(new_command_id(), world.clocks.wall(), ticket, "It still drops."))
        await world.until(lambda: not engine.outbox.all())
        with world.reading() as reader:
            assert reader.events(ticket)[-1].kind is EventKind.NOT_FIXED
            assert reader.events(ticket)[-1].text == "It still drops."
        # A reply cannot be kept here: whatever a connector says, it counts as delivered.
        engine.letters.submit(world.reply(ticket))
        await world.until(lambda: engine.outbox.all()[0].delivery is Delivery.DELIVERED)


@simulated
async def test_a_look_that_is_refused_says_nothing_about_the_command(world: World) -> None:
    looks = 0

    class Shy(FakeDesk):
        async def find(self, command: Command) -> Receipt | None:
            nonlocal looks
            looks += 1
            if looks < 3:
                raise CommandRejected("The service desk refused: you may not search.")
            return await super().find(command)

    async def secret() -> Secret:
        return world.secret

    async with world.running(desk=Shy(world.helpdesk, world.network, "jane", secret)) as engine:
        await world.in_step()
        world.network.fail(Fault.DROP, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        await anyio.sleep(6)
        assert engine.outbox.all()[0].delivery is Delivery.UNSURE
        await world.in_step()
    assert looks >= 3
    assert len(world.helpdesk.tickets) == 1


def test_a_fault_of_ours_with_one_command_holds_up_no_other(
    world: World, expected_logs: Callable[..., None]
) -> None:
    expected_logs("Unexpected fault while sending")

    @simulated
    async def run() -> None:
        first, second = world.raised("One"), world.raised("Two")

        class Clumsy(FakeDesk):
            async def send(self, command: Command, files: FileSource) -> Receipt:
                if command.ticket == first:
                    raise ZeroDivisionError
                return await super().send(command, files)

        async def secret() -> Secret:
            return world.secret

        async with world.running(desk=Clumsy(world.helpdesk, world.network, "jane", secret)) as engine:
            await world.in_step()
            engine.letters.submit(world.reply(first))
            engine.letters.submit(world.reply(second))
            await world.until(lambda: "Any news?" in world.helpdesk.messages(second), within=1)
            (pending,) = engine.outbox.all()
            assert pending.error == "Something went wrong in Tracker. It tries again by itself."
            assert world.condition is Condition.OK

    run()


@simulated
async def test_a_command_that_hangs_is_given_up_and_looked_up(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.STALL, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        took = await world.until(world.is_in_step)
        assert 120 <= took < 130
        assert world.network.requests.count("POST /commands") == 2


@simulated
async def test_a_large_file_has_the_time_it_needs(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.STALL, match=b"POST /commands", times=1)
        file = world.attached("big.bin", b"x" * 3_200_000)
        engine.letters.submit(world.reply(ticket, files=(file,)))
        took = await world.until(world.is_in_step)
        assert took > 120 + 3_200_000 / 16_384


@simulated
async def test_what_is_taken_back_while_another_is_on_its_way_is_not_sent(world: World) -> None:
    first, second = world.raised("One"), world.raised("Two")
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.STALL, match=b"POST /commands", times=1)
        back = world.reply(second, "Never mind")
        engine.letters.submit(world.reply(first))
        engine.letters.submit(back)
        await anyio.sleep(5)
        assert engine.letters.discard(back.id)
        await world.in_step()
    assert "Never mind" not in world.helpdesk.messages(second)


@simulated
async def test_a_clock_that_is_set_back_holds_nothing_up(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        raised = world.create()
        world.network.fail(Fault.BUSY, match=b"POST /commands", times=1)
        engine.letters.submit(raised)
        await anyio.sleep(0.5)
    world.clocks.sleep(-hours(30))
    async with world.running():
        assert await world.until(world.is_in_step) < 5
