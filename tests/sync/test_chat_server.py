"""A chat server beside the desk: each has its own place, its own trouble, and its own sign-in."""

from __future__ import annotations

from functools import partial

import anyio

from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.chat_world import ChatWorld
from tests.sync.test_chatting import POOR
from tests.sync.world import hours
from tracker.desks.base import Secret, SecretKind
from tracker.model.attachment import Attachment
from tracker.model.chat import ChatState, ChatWay
from tracker.model.event import EventKind
from tracker.model.health import Condition
from tracker.model.ticket import TicketId
from tracker.store import meta
from tracker.store.chat_server import forget_chats
from tracker.store.origin import Origin


@simulated
async def test_requests_go_to_the_desk_and_chats_to_the_server(chat_world: ChatWorld) -> None:
    world = chat_world
    world.capabilities = POOR
    async with world.running(chat=world.server_desk()) as engine:
        await world.until(lambda: world.way() is ChatWay.LIVE)
        ticket = await world.talking(world.server)
        engine.letters.submit(world.say(ticket, "In the chat."))
        engine.letters.submit(world.reply(ticket, "On the request."))
        await world.in_step()
        assert world.server.chats.texts(ticket) == ["In the chat."]
        assert world.helpdesk.messages(ticket)[1:] == ["On the request."]
        assert world.said(ticket) == ["In the chat."]
        with world.reading() as reader:
            kinds = [event.kind for event in reader.events(ticket)]
        assert EventKind.CHAT_JOINED in kinds
        assert world.listener.toasts[-1].ticket == ticket


@simulated
async def test_each_goes_on_from_its_own_place(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await world.talking(world.server)
        both = [meta.cursor(engine.connection, origin) for origin in Origin]
        assert both == [str(len(world.helpdesk.facts)), str(len(world.server.facts))]
    world.server.chats.say(ticket, "While you were away.")
    world.helpdesk.reply(ticket, "Here too.")
    async with world.running(chat=world.server_desk()):
        await world.until(lambda: world.said(ticket) == ["While you were away."])
        await world.in_step()
        for desk, network in ((world.helpdesk, world.network), (world.server, world.server_network)):
            assert desk.facts
            assert network.requests.count("GET /tickets") == 1


@simulated
async def test_trouble_of_the_chat_server_is_its_own_and_is_said(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await world.talking(world.server)
        world.server_network.cut()
        engine.letters.submit(world.say(ticket, "Into the dead line."))
        await world.until(lambda: world.listener.healths[-1].notes)
        assert world.listener.healths[-1].notes == (
            "Chat: The service desk cannot be reached. We keep trying.",
        )
        health = engine.chats.health()
        assert health is not None
        assert health.condition is Condition.OFFLINE
        assert world.condition is Condition.OK
        engine.letters.submit(world.reply(ticket, "By mail, then."))
        await world.until(lambda: "By mail, then." in world.helpdesk.messages(ticket), within=5)
        assert world.condition is Condition.OK
        world.server_network.restore()
        engine.check_now()
        assert await world.until(lambda: world.said(ticket) == ["Into the dead line."]) < 5
        await world.until(lambda: world.listener.healths[-1].notes == ())


@simulated
async def test_a_chat_goes_on_while_the_desk_is_away(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await world.talking(world.server)
        world.network.cut()
        await world.until(lambda: world.condition is Condition.OFFLINE)
        engine.letters.submit(world.say(ticket, "Still talking."))
        world.server.chats.say(ticket, "So am I.")
        await world.until(lambda: sorted(world.said(ticket)) == ["So am I.", "Still talking."], within=5)
        assert world.condition is Condition.OFFLINE
        world.network.restore()
        await world.in_step()


def more_is_said(world: ChatWorld, ticket: TicketId, before: int) -> bool:
    return len(world.said(ticket)) > before


@simulated
async def test_waking_and_the_persons_wish_reach_both(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await world.talking(world.server)
        for sleeps in (True, False):
            before = len(world.said(ticket))
            world.network.cut()
            world.server_network.cut()
            await anyio.sleep(600)
            world.network.restore()
            world.server_network.restore()
            world.server.chats.say(ticket, "Good morning.")
            world.clocks.sleep(hours(1)) if sleeps else engine.check_now()
            assert await world.until(partial(more_is_said, world, ticket, before)) < 10
            await world.in_step()


@simulated
async def test_a_server_that_wants_a_sign_in_is_said_and_what_is_written_waits(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    world.server_secret = Secret(SecretKind.TOKEN, "long expired")
    async with world.running(chat=world.server_desk()) as engine:
        await world.until(lambda: engine.chats.board.health.condition is Condition.SIGN_IN_NEEDED)
        assert world.condition is Condition.OK
        assert world.way() is ChatWay.LIVE
        assert world.listener.healths[-1].notes[0].startswith("Chat: ")
        ticket = world.raised()
        engine.letters.submit(world.start(ticket, "Hello."))
        await anyio.sleep(600)
        assert len(engine.outbox.all()) == 1
        assert world.helpdesk.messages(ticket)[1:] == []
    world.server_secret = Secret(SecretKind.PASSWORD, "jane-pass")
    async with world.running(chat=world.server_desk()):
        await world.until(lambda: world.said(ticket) == ["Hello."])


@simulated
async def test_files_of_messages_come_from_the_server_and_others_from_the_desk(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await world.talking(world.server)
        world.server.chats.say(ticket, "", (("driver.bin", b"driver"),))
        await world.until(lambda: world.messages(ticket))
        ((file,),) = (message.attachments for message in world.messages(ticket))
        assert engine.chats.desk_with(file) is engine.chats.desk
        assert engine.chats.desk_with(Attachment("another", "a.txt")) is engine.desk
        assert engine.chats.desk is not engine.desk


@simulated
async def test_leaving_the_server_turns_chats_into_what_the_desk_can(chat_world: ChatWorld) -> None:
    world = chat_world
    world.capabilities = POOR
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await world.talking(world.server)
        engine.letters.submit(world.say(ticket, "xylophone"))
        await world.in_step()
        await engine.leave()
        assert engine.chats.health() is None
        engine.publisher.add(forget_chats(engine.connection))
        engine.follow(world.desk())
        await world.until(lambda: world.way() is ChatWay.REPLIES)
        assert world.said(ticket) == []
        assert world.chat(ticket) is None
        await world.in_step()
    assert b"xylophone" not in world.path.read_bytes()


@simulated
async def test_the_desks_silence_is_not_broken_by_the_chat_server(chat_world: ChatWorld) -> None:
    """Who was away from the desk for hours gets one summary, although a chat went on meanwhile."""
    world = chat_world
    async with world.running(chat=world.server_desk()):
        ticket = await world.talking(world.server)
        others = [world.raised(f"Request {number}") for number in range(3)]
        await world.in_step()
        world.network.cut()
        for _ in range(4):
            await anyio.sleep(900)
            world.server.chats.say(ticket, "Still here.")
        await anyio.sleep(10)
        world.listener.told_all.clear()
        for other in others:
            world.helpdesk.reply(other, "Answered.")
        world.network.restore()
        await world.in_step()
        assert any(notice.ticket is None for notice in world.listener.toasts), "one summary"


@simulated
async def test_a_lost_answer_at_the_server_doubles_nothing(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await world.talking(world.server)
        world.server_network.fail(Fault.LOSE, match=b"POST /commands", times=2)
        for text in ("One.", "Two."):
            engine.letters.submit(world.say(ticket, text))
        engine.letters.submit(world.end(ticket))
        await world.until(lambda: (chat := world.chat(ticket)) and chat.state is ChatState.ENDED)
        assert world.server.chats.texts(ticket) == ["One.", "Two."]
