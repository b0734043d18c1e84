"""Drafts, and commands taken back: nothing a person typed is lost."""

from __future__ import annotations

from dataclasses import replace

import anyio
import pytest

from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.world import World
from tracker.model.command import Command, ConfirmFixed, Delivery, EndChat, SayNotFixed, new_command_id
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.errors import CommandRejected
from tracker.sync.engine import Engine


async def refused(world: World, engine: Engine, command: Command) -> None:
    """Submit what the desk will refuse."""
    engine.letters.submit(command)

    def is_refused() -> bool:
        pending = engine.outbox.get(command.id)
        return pending is not None and pending.delivery is Delivery.REJECTED

    await world.until(is_refused)


def too_long(command: Command) -> Command:
    assert not isinstance(command, ConfirmFixed | EndChat)
    return replace(command, text="x" * 100_001)


@simulated
async def test_a_refused_reply_becomes_a_draft_with_the_reason(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        command = too_long(world.reply(ticket, files=(world.attached(),)))
        await refused(world, engine, command)
        draft = engine.letters.edit(command.id)
        with world.reading() as reader:
            assert reader.draft(ticket) == draft
            assert reader.outbox() == ()
        assert draft is not None
        assert draft.reason == "The text is too long. Shorten it, or attach it as a file."
        assert len(draft.files) == 1
        assert (world.outgoing / draft.files[0].key).exists()
        assert draft.saved_at == engine.time.now()


@simulated
async def test_a_request_becomes_a_draft_with_all_its_fields(world: World) -> None:
    world.network.cut()
    async with world.running() as engine:
        raised = replace(world.create("Mouse"), fields=(("room", "3.07"),), files=(world.attached(),))
        engine.letters.submit(raised)
        draft = engine.letters.edit(raised.id)
        assert draft is not None
        assert draft.key == NEW_REQUEST
        assert (draft.subject, draft.service, draft.fields) == ("Mouse", "network", raised.fields)
        assert (draft.text, draft.files, draft.reason) == (raised.text, raised.files, None)
        assert engine.outbox.all() == ()


@simulated
async def test_what_is_typed_already_is_not_overwritten(world: World) -> None:
    ticket = world.raised()
    world.network.cut()
    async with world.running() as engine:
        command, file = world.reply(ticket, "Came back"), world.attached()
        engine.letters.submit(command)
        engine.letters.save_draft(Draft(ticket, "Being typed", files=(file,)))
        draft = engine.letters.edit(command.id)
        assert draft is not None
        assert (draft.text, draft.files) == ("Came back\n\nBeing typed", (file,))


@simulated
async def test_the_same_words_are_not_doubled(world: World) -> None:
    ticket = world.raised()
    world.network.cut()
    async with world.running() as engine:
        command = world.reply(ticket, "Same")
        engine.letters.submit(command)
        engine.letters.save_draft(Draft(ticket, "Same"))
        draft = engine.letters.edit(command.id)
        assert draft is not None
        assert draft.text == "Same"


@simulated
async def test_another_request_that_is_being_written_comes_first(world: World) -> None:
    world.network.cut()
    async with world.running() as engine:
        raised = world.create("Mouse")
        engine.letters.submit(raised)
        other = Draft(NEW_REQUEST, "Something else", subject="Screen")
        engine.letters.save_draft(other)
        with pytest.raises(CommandRejected, match=r"another new request\. Send it or clear it first"):
            engine.letters.edit(raised.id)
        assert engine.drafts.get(NEW_REQUEST) == other
        assert len(engine.outbox.all()) == 1
        engine.letters.drop_draft(NEW_REQUEST)
        assert engine.letters.edit(raised.id) is not None


@simulated
async def test_what_was_written_on_an_unsent_request_comes_back_with_it(world: World) -> None:
    world.network.cut()
    async with world.running() as engine:
        raised, file = world.create("Mouse"), world.attached()
        engine.letters.submit(raised)
        engine.letters.submit(world.reply(raised.ticket, "The left button", files=(file,)))
        draft = engine.letters.edit(raised.id)
        assert draft is not None
        assert (draft.text, draft.files) == ("It drops.\n\nThe left button", (file,))
        assert engine.outbox.all() == ()


@simulated
async def test_discarding_an_unsent_request_takes_along_what_was_written_on_it(world: World) -> None:
    ticket = world.raised()
    world.network.cut()
    async with world.running() as engine:
        raised, other = world.create("Mouse"), world.reply(ticket)
        engine.letters.submit(raised)
        engine.letters.submit(world.reply(raised.ticket, "The left button"))
        engine.letters.submit(other)
        assert engine.letters.discard(raised.id)
        assert [pending.command.id for pending in engine.outbox.all()] == [other.id]
        assert engine.letters.discard(raised.id), "twice is harmless"
        world.network.restore()
        engine.check_now()
        await world.in_step()
    assert len(world.helpdesk.tickets) == 1


@simulated
async def test_what_may_have_arrived_is_neither_discarded_nor_taken_back(world: World) -> None:
    ticket = world.raised()
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.LOSE, match=b"POST /commands", times=1)
        world.network._bell._waiting.clear()  # the echo does not come either
        command = world.reply(ticket)
        engine.letters.submit(command)
        await anyio.sleep(0.5)
        assert engine.outbox.all()[0].delivery is Delivery.UNSURE
        assert engine.letters.edit(command.id) is None
        assert not engine.letters.discard(command.id)
        await world.until(lambda: engine.outbox.all()[0].delivery is Delivery.DELIVERED, within=1)
        assert not engine.letters.discard(command.id)
        assert engine.letters.edit(command.id) is None
        assert engine.letters.edit(new_command_id()) is None


@simulated
async def test_a_not_yet_becomes_a_reply_draft_and_a_yes_is_simply_taken_back(world: World) -> None:
    ticket = world.raised()
    world.network.cut()
    async with world.running() as engine:
        now = world.clocks.wall()
        no = SayNotFixed(new_command_id(), now, ticket, "It still drops.")
        yes = ConfirmFixed(new_command_id(), now, ticket)
        engine.letters.submit(no)
        engine.letters.submit(yes)
        draft = engine.letters.edit(no.id)
        assert draft is not None
        assert (draft.key, draft.text) == (ticket, "It still drops.")
        assert engine.letters.edit(yes.id) is None
        assert engine.outbox.all() == ()


@simulated
async def test_a_yes_on_an_unsent_request_adds_nothing_to_its_draft(world: World) -> None:
    world.network.cut()
    async with world.running() as engine:
        raised = world.create("Mouse")
        engine.letters.submit(raised)
        engine.letters.submit(ConfirmFixed(new_command_id(), world.clocks.wall(), raised.ticket))
        draft = engine.letters.edit(raised.id)
        assert draft is not None
        assert draft.text == "It drops."


@simulated
async def test_hurrying_everything_sends_at_once(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.BUSY, match=b"POST /commands", times=1)
        engine.letters.submit(world.create())
        await anyio.sleep(0.5)
        engine.letters.retry()
        assert await world.until(world.is_in_step) < 1
        engine.letters.retry(new_command_id())


@simulated
async def test_drafts_are_told(world: World) -> None:
    async with world.running() as engine:
        await world.in_step()
        engine.letters.save_draft(Draft(NEW_REQUEST, "text"))
        await anyio.sleep(0.1)
        assert world.listener.change.drafts
        engine.letters.drop_draft(NEW_REQUEST)
        assert engine.drafts.all() == ()
