"""After a silence a message is looked for and sent again soon, but never in a storm of tries."""

from __future__ import annotations

import anyio

from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.chat_world import ChatWorld
from tests.sync.test_chatting import slow
from tracker.model.command import SendMessage


@simulated
async def test_a_message_whose_request_stalls_is_soon_looked_for_and_sent_again(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        world.network.fail(Fault.STALL, match=b"POST /commands", times=1)
        engine.letters.submit(world.say(ticket, "Heard?"))
        engine.letters.submit(world.say(ticket, "And this?"))
        assert await world.until(lambda: world.said(ticket) == ["Heard?", "And this?"]) < 16
        assert world.helpdesk.chats.texts(ticket) == ["Heard?", "And this?"]


@simulated
async def test_what_waits_goes_soon_after_the_desk_is_heard_again(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        world.network.fail(Fault.DROP, match=b"(POST|GET) /commands")
        engine.letters.submit(world.say(ticket, "Through the tunnel."))
        await anyio.sleep(600)
        world.network.restore()
        world.helpdesk.chats.say(ticket, "Are you there?")
        assert await world.until(lambda: len(world.said(ticket)) == 2) < 3


@simulated
async def test_a_desk_that_talks_but_takes_nothing_is_left_in_peace(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        world.network.restore()
        world.network.fail(Fault.DROP, match=b"(POST|GET) /commands")
        engine.letters.submit(world.say(ticket, "Not now."))
        for _ in range(300):
            world.helpdesk.chats.say(ticket, "Are you there?")
            await anyio.sleep(1)
        assert sum("/commands" in line for line in world.network.requests) < 20


@simulated
async def test_a_slow_desk_gets_a_message_in_the_end(chat_world: ChatWorld) -> None:
    world = chat_world
    desk = slow(world, SendMessage)
    async with world.running(desk=desk) as engine:
        ticket = await world.talking()
        desk.takes = 25.0
        engine.letters.submit(world.say(ticket, "Slowly."))
        assert await world.until(lambda: world.said(ticket) == ["Slowly."]) < 120
