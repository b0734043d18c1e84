"""What is heard in chats is told as it should be: at once, once, and never of history."""

from __future__ import annotations

import anyio
import pytest

from tests.fakes.house_rules import TECHNICIAN
from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.chat_world import ChatWorld
from tests.sync.test_chatting import POOR
from tests.sync.world import hours
from tracker.model.change import NOTHING
from tracker.model.chat import ChatWay, OfferState
from tracker.model.errors import CommandRejected
from tracker.model.event import EventKind
from tracker.model.notice import Button, NoticeClass
from tracker.model.person import ActorKind
from tracker.sync.publisher import MERGE


def told_messages(world: ChatWorld) -> list[str]:
    return [event.text for event in world.listener.events if event.kind is EventKind.CHAT_MESSAGE]


@simulated
async def test_the_agents_words_are_told_at_once_and_once_with_a_place_to_reply(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    async with world.running():
        ticket = await world.talking()
        world.listener.told_all.clear()
        world.helpdesk.chats.say(ticket, "Have you tried the other cable?")
        assert await world.until(lambda: world.listener.toasts) < 1
        (toast,) = world.listener.toasts
        assert toast.ticket == ticket
        assert toast.notice_class is NoticeClass.NOW
        assert Button.REPLY in toast.buttons
        assert "Have you tried the other cable?" in toast.body.fill(toast.body.template, str)
        assert told_messages(world) == ["Have you tried the other cable?"]
        with world.reading() as reader:
            assert not any(each.kind is EventKind.CHAT_MESSAGE for each in reader.events(ticket))
    async with world.running():
        await world.in_step()
        await anyio.sleep(5)
    assert len(world.listener.toasts) == 1
    assert len(told_messages(world)) == 1


@simulated
async def test_the_persons_own_words_take_the_toast_away_and_are_told_to_nobody(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        world.listener.told_all.clear()
        world.helpdesk.chats.say(ticket, "Still there?")
        await world.until(lambda: world.listener.toasts)
        world.listener.told_all.clear()
        engine.letters.submit(world.say(ticket, "Yes."))
        await world.in_step()
        assert ticket in world.listener.withdrawn
        assert world.listener.toasts == []
        with world.reading() as reader:
            assert reader.counts().unread == 0


@simulated
async def test_an_old_conversation_is_history_for_a_new_sign_in(chat_world: ChatWorld) -> None:
    world = chat_world
    ticket = world.raised()
    chats = world.helpdesk.chats
    chats.carry_out("jane", world.start(ticket, "Hello."), ())
    chats.join(ticket, TECHNICIAN)
    chats.say(ticket, "Good morning.")
    async with world.running():
        await world.in_step()
        assert world.said(ticket) == ["Hello.", "Good morning."]
        assert world.listener.toasts == []
        assert told_messages(world) == []


@simulated
async def test_words_taken_back_before_they_came_are_not_told(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running():
        ticket = await world.talking()
    chats = world.helpdesk.chats
    for text in ("The password is hunter2.", "Press F2."):
        chats.say(ticket, text)
    chats.edit(ticket, chats.named(ticket, "The password is hunter2."), None)
    chats.edit(ticket, chats.named(ticket, "Press F2."), "Press F12.")
    async with world.running():
        await world.until(lambda: told_messages(world))
        await world.in_step()
    assert told_messages(world) == ["Press F12."]
    assert "hunter2" not in str(world.listener.told_all)


@simulated
async def test_silence_that_ends_a_chat_is_warned_of_once(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running():
        ticket = await world.talking()
        world.listener.events.clear()
        world.helpdesk.chats.warn(ticket)
        await world.until(lambda: world.listener.events)
        world.helpdesk._tell_in_chat(ticket)  # said again, as each stream does at its beginning
        await world.in_step()
        await anyio.sleep(1)
        assert [event.kind for event in world.listener.events] == [EventKind.CHAT_IDLE]
        (chat,) = (world.chat(ticket),)
        assert chat is not None
        assert chat.warned


@simulated
async def test_who_writes_is_told_at_once_and_kept_nowhere(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running():
        ticket = await world.talking()
        world.helpdesk.chats.type_as(TECHNICIAN, ticket, typing=True)
        assert await world.until(lambda: world.listener.writing) < MERGE + 0.05
        world.helpdesk.chats.type_as(TECHNICIAN, ticket, typing=False)
        await world.until(lambda: len(world.listener.writing) == 2)
    assert [each.until is None for each in world.listener.writing] == [False, True]


@simulated
async def test_a_word_in_a_chat_is_shown_without_the_wait_that_merges_floods(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running():
        ticket = await world.talking()
        await anyio.sleep(1)
        world.listener.change = NOTHING
        began = anyio.current_time()
        world.helpdesk.chats.say(ticket, "Quick.")
        while ticket not in world.listener.change.chats:
            await anyio.sleep(MERGE / 10)
        assert anyio.current_time() - began < MERGE / 2


@simulated
async def test_what_was_read_is_kept_at_once_and_told_until_the_desk_has_heard_it(
    chat_world: ChatWorld,
) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        first = world.helpdesk.chats.say(ticket, "One.")
        second = world.helpdesk.chats.say(ticket, "Two.")
        await world.until(lambda: len(world.said(ticket)) == 2)
        world.network.fail(Fault.BUSY, match=b"PUT /read")
        await engine.talking.read(ticket, first)
        assert ticket in world.listener.withdrawn
        await engine.talking.read(ticket, second)
        with world.reading() as reader:
            assert reader.talks.unread(ticket) == 0
            assert reader.counts().unread == 0
        await anyio.sleep(5)
        assert (ticket, ActorKind.YOU) not in world.helpdesk.chats.read
    world.network.restore()
    async with world.running():
        await world.until(lambda: world.helpdesk.chats.read.get((ticket, ActorKind.YOU)) == second)
        await world.in_step()
        await anyio.sleep(1)
        assert world.network.requests.count("PUT /read") == 1


@simulated
async def test_what_was_read_on_another_device_takes_the_toast_away_here(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running():
        ticket = await world.talking()
        first = world.helpdesk.chats.say(ticket, "One.")
        second = world.helpdesk.chats.say(ticket, "Two.")
        await world.until(lambda: len(world.said(ticket)) == 2)
        world.listener.told_all.clear()
        world.helpdesk.chats.mark(ticket, ActorKind.YOU, first)
        await anyio.sleep(1)
        assert world.listener.withdrawn == []
        world.helpdesk.chats.mark(ticket, ActorKind.YOU, second)
        await world.until(lambda: world.listener.withdrawn == [ticket])


@simulated
async def test_trouble_with_small_words_is_nobodys_business(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        message = world.helpdesk.chats.say(ticket, "One.")
        world.network.fail(Fault.DROP, match=b"PUT")
        await engine.talking.say_typing(ticket, typing=True)
        await engine.talking.read(ticket, message)
        world.helpdesk.chats.end(ticket)
        await world.in_step()
        world.network.restore()
        await engine.talking.say_typing(ticket, typing=True)
        await engine.talking.read(ticket, "no message at all")
        await anyio.sleep(1)
        await world.in_step()


@simulated
async def test_how_one_can_chat_is_kept_and_follows_the_desk(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(follow=False):
        assert world.way() is ChatWay.NONE
    async with world.running() as engine:
        await world.until(lambda: world.way() is ChatWay.LIVE)
        assert world.listener.change.everything
        assert (await engine.talking.offer()).state is OfferState.OPEN
    world.capabilities = POOR
    async with world.running() as engine:
        await world.until(lambda: world.way() is ChatWay.REPLIES)
        with pytest.raises(CommandRejected, match=r"There is no chat with this service desk\."):
            await engine.talking.offer()
        await engine.talking.say_typing(world.raised(), typing=True)
    assert "PUT /typing" not in world.network.requests


@simulated
async def test_words_said_while_the_computer_slept_are_told_when_it_wakes(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running():
        ticket = await world.talking()
        world.network.cut()
        await anyio.sleep(1)
        world.helpdesk.chats.say(ticket, "Are you there?")
        world.network.restore()
        world.clocks.sleep(hours(0.2))
        assert await world.until(lambda: told_messages(world)) < 10
        assert [toast.ticket for toast in world.listener.toasts][-1:] == [ticket]
