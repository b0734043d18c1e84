"""What is said in chats reaches the desk once, in order, beside everything else and held up by none of it."""

from __future__ import annotations

import anyio
import pytest

from tests.fakes.desk import FakeDesk
from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.chat_world import ChatWorld
from tests.sync.test_delivering import watch_deliveries
from tests.sync.world import hours
from tracker.desks.base import Capability, FileSource
from tracker.model.chat import ChatState, EndedBy
from tracker.model.command import Command, Delivery, PostReply, Receipt, SendMessage
from tracker.model.draft import Draft, chat_draft

POOR = frozenset({Capability.CREATE, Capability.REPLY, Capability.ATTACH, Capability.PUSH})


class Slow(FakeDesk):
    """A desk at which one kind of command takes so many seconds, or until the test lets it through."""

    kind_held: type[Command]
    through: anyio.Event
    takes: float | None = None

    async def send(self, command: Command, files: FileSource) -> Receipt:
        if isinstance(command, self.kind_held):
            with anyio.move_on_after(self.takes):
                await self.through.wait()
        return await super().send(command, files)


def slow(world: ChatWorld, kind: type[Command]) -> Slow:
    plain = world.desk()
    desk = Slow(world.helpdesk, world.network, "jane", plain._source)
    desk.kind_held, desk.through = kind, anyio.Event()
    return desk


@simulated
async def test_a_chat_typed_offline_on_a_new_request_arrives_whole_and_in_order(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    async with world.running() as engine:
        await world.in_step()
        world.network.cut()
        raised = world.create("Black screen")
        words = [f"Line {number}." for number in range(5)]
        engine.letters.submit(raised)
        engine.letters.submit(world.start(raised.ticket, "It went black."))
        for text in words:
            engine.letters.submit(world.say(raised.ticket, text))
        await anyio.sleep(30)
        world.network.restore()
        await world.in_step()
        receipt = world.done(raised)
        assert receipt is not None
        assert world.helpdesk.chats.texts(receipt.ticket) == ["It went black.", *words]
        assert world.said(raised.ticket) == ["It went black.", *words]
        assert raised.ticket in world.listener.change.chats


@simulated
async def test_a_chat_waits_for_the_id_of_its_request_when_the_answer_was_lost(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        await world.in_step()
        world.network.fail(Fault.LOSE, match=b"POST /commands", times=1)
        raised = world.create()
        engine.letters.submit(raised)
        engine.letters.submit(world.start(raised.ticket, "Hello."))
        assert await world.until(lambda: world.said(raised.ticket) == ["Hello."]) < 60
        assert len(world.helpdesk.tickets) == 1


@pytest.mark.parametrize("chat_is_held", [False, True])
def test_neither_lane_waits_for_something_large_in_the_other(
    chat_world: ChatWorld, chat_is_held: bool
) -> None:
    world = chat_world

    @simulated
    async def run() -> None:
        desk = slow(world, SendMessage if chat_is_held else PostReply)
        async with world.running(desk=desk) as engine:
            ticket = await world.talking()
            reply, message = world.reply(ticket, "By mail."), world.say(ticket, "In the chat.")
            held, free = (message.id, reply.id) if chat_is_held else (reply.id, message.id)
            for command in (message, reply) if chat_is_held else (reply, message):
                engine.letters.submit(command)
            await world.until(lambda: ("jane", free) in world.helpdesk.done, within=5)
            assert ("jane", held) not in world.helpdesk.done
            desk.through.set()
            await world.in_step()

    run()


@simulated
async def test_a_message_is_unsure_before_it_goes_and_is_gone_with_its_echo(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        message = world.say(ticket, "Once.")
        seen = watch_deliveries(world, message)
        engine.letters.submit(message)
        await world.in_step()
        assert [state for state in seen if state != "gone"][:2] == ["queued", "unsure"]
        assert world.said(ticket) == ["Once."]


@pytest.mark.parametrize("fault", [Fault.LOSE, Fault.CUT, Fault.DROP, Fault.BUSY])
def test_whatever_happens_to_an_answer_a_message_is_there_once_and_in_order(
    chat_world: ChatWorld, fault: Fault
) -> None:
    world = chat_world

    @simulated
    async def run() -> None:
        async with world.running() as engine:
            ticket = await world.talking()
            world.network.fail(fault, match=b"POST /commands", times=2)
            for text in ("One.", "Two.", "Three."):
                engine.letters.submit(world.say(ticket, text))
            await world.in_step()
            assert world.helpdesk.chats.texts(ticket) == ["One.", "Two.", "Three."]
            assert world.said(ticket) == ["One.", "Two.", "Three."]

    run()


@simulated
async def test_a_refused_message_stays_visible_and_holds_nothing_back(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        long = world.say(ticket, "x" * 100_001)
        engine.letters.submit(long)
        engine.letters.submit(world.say(ticket, "After it."))
        await world.until(lambda: world.said(ticket) == ["After it."])
        with world.reading() as reader:
            (refused,) = reader.talks.pending(ticket)
        assert refused.command == long
        assert refused.delivery is Delivery.REJECTED
        assert refused.error is not None
        assert "too long" in refused.error


@simulated
async def test_a_refused_beginning_holds_back_what_follows_until_one_begins_anew(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    world.helpdesk.chats.agents = 0
    async with world.running() as engine:
        ticket = world.raised()
        await world.in_step()
        engine.letters.submit(world.start(ticket, "Anybody?"))
        engine.letters.submit(world.say(ticket, "Hello?"))
        await world.until(lambda: engine.outbox.all()[0].delivery is Delivery.REJECTED)
        await anyio.sleep(60)
        assert [each.delivery for each in engine.outbox.all()] == [Delivery.REJECTED, Delivery.QUEUED]
        world.helpdesk.chats.agents = 1
        engine.letters.retry(engine.outbox.all()[0].command.id)
        await world.in_step()
        assert world.helpdesk.chats.texts(ticket) == ["Anybody?", "Hello?"]


@simulated
async def test_an_end_that_comes_too_late_is_no_trouble_to_anybody(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        world.network.fail(Fault.BUSY, match=b"POST /commands", times=1)
        engine.letters.submit(world.end(ticket))
        await anyio.sleep(0.1)
        world.helpdesk.chats.end(ticket)
        await world.in_step()
        chat = world.chat(ticket)
        assert chat is not None
        assert (chat.state, chat.ended_by) == (ChatState.ENDED, EndedBy.AGENT)


@simulated
async def test_begun_or_ended_by_two_clicks_is_once(chat_world: ChatWorld) -> None:
    world = chat_world
    world.network.cut()
    async with world.running() as engine:
        ticket = world.raised()
        submit = engine.letters.submit
        begun = world.start(ticket)
        assert submit(begun) == submit(world.start(ticket)) == begun.id
        ended = world.end(ticket)
        assert submit(ended) == submit(world.end(ticket)) == ended.id
        again = world.start(ticket)
        assert submit(again) == again.id
        assert [each.command.id for each in engine.outbox.all()] == [begun.id, ended.id, again.id]


@simulated
async def test_what_was_typed_in_a_chat_goes_with_the_request_when_it_gets_its_id(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    async with world.running() as engine:
        await world.in_step()
        raised = world.create()
        key = chat_draft(raised.ticket)
        engine.letters.save_draft(Draft(key, "half a line"))
        engine.letters.submit(raised)
        await world.in_step()
        receipt = world.done(raised)
        assert receipt is not None
        with world.reading() as reader:
            for name in (key, chat_draft(receipt.ticket)):
                draft = reader.draft(name)
                assert draft is not None
                assert (draft.key, draft.text) == (name, "half a line")
        engine.letters.save_draft(Draft(key, ""))
        assert engine.drafts.all() == ()


@simulated
async def test_at_a_desk_that_cannot_chat_it_becomes_replies_and_an_end_says_nothing(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    world.capabilities = POOR
    async with world.running() as engine:
        ticket = world.raised()
        await world.in_step()
        engine.letters.submit(world.start(ticket))
        engine.letters.submit(world.say(ticket, "Said as a reply.", world.attached()))
        engine.letters.submit(world.end(ticket))
        await world.until(lambda: not engine.outbox.all(), within=30)
        assert world.helpdesk.messages(ticket)[1:] == ["Said as a reply."]


@simulated
async def test_a_chat_goes_on_after_sleep(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        world.network.cut()
        engine.letters.submit(world.say(ticket, "From the train."))
        await anyio.sleep(1200)
        world.network.restore()
        world.helpdesk.chats.say(ticket, "Are you there?")
        world.clocks.sleep(hours(1))
        assert await world.until(lambda: len(world.said(ticket)) == 2) < 10
        await world.in_step()
        assert world.helpdesk.chats.texts(ticket) == world.said(ticket)
