"""What was said at a chat server is on its request once, whatever happens when the session ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest

from tests.fakes.house_rules import TECHNICIAN
from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.chat_world import ChatWorld
from tests.sync.test_chatting import POOR
from tracker.model.attachment import Attachment
from tracker.model.chat import Message, MessageKind
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId
from tracker.sync.checkpoint import POINTS
from tracker.sync.transcripts import transcript

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
JANE = Person("Jane", ActorKind.YOU)


class Killed(BaseException):
    """The program is gone."""


def transcripts(world: ChatWorld, ticket: TicketId) -> list[str]:
    return [text for text in world.helpdesk.messages(ticket) if text.startswith("Chat of ")]


async def say_much(world: ChatWorld) -> TicketId:
    """Talk on a request, with the agent's words and a file."""
    ticket = await world.talking(world.server)
    world.engine.letters.submit(world.say(ticket, "It stays black."))
    await world.in_step()
    world.server.chats.say(ticket, "Take this.", (("driver.bin", b"driver"),))
    await world.until(lambda: len(world.said(ticket)) == 2)
    return ticket


@simulated
async def test_when_a_session_ends_its_words_are_on_the_request_once(chat_world: ChatWorld) -> None:
    world = chat_world
    world.capabilities = POOR
    async with world.running(chat=world.server_desk()):
        ticket = await say_much(world)
        world.server.chats.end(ticket)
        await world.until(lambda: transcripts(world, ticket))
        await world.in_step()
    async with world.running(chat=world.server_desk()):
        await world.in_step()
        await anyio.sleep(120)
    (text,) = transcripts(world, ticket)
    head, _blank, first, second = text.splitlines()
    assert head.startswith("Chat of 20 November 2026, 09:")
    assert head.endswith("(times in UTC)")
    assert first.endswith("] Jane: It stays black.")
    assert second.endswith(f"] {TECHNICIAN.name}: Take this. (file: driver.bin)")


@simulated
async def test_each_session_is_posted_by_itself(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await say_much(world)
        world.server.chats.end(ticket)
        await world.until(lambda: len(transcripts(world, ticket)) == 1)
        engine.letters.submit(world.start(ticket, "It is back."))
        await world.until(lambda: "It is back." in world.said(ticket))
        engine.letters.submit(world.end(ticket))
        await world.until(lambda: len(transcripts(world, ticket)) == 2)
        await world.in_step()
    assert "It is back." not in transcripts(world, ticket)[0]
    assert "It stays black." not in transcripts(world, ticket)[1]


@simulated
async def test_an_end_while_the_program_was_off_is_posted_when_it_is_back(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running(chat=world.server_desk()):
        ticket = await say_much(world)
    world.server.chats.say(ticket, "Good bye.")
    world.server.chats.end(ticket)
    world.network.cut()
    async with world.running(chat=world.server_desk()):
        await world.until(lambda: "Good bye." in world.said(ticket))
        await anyio.sleep(30)
        world.network.restore()
        await world.until(lambda: transcripts(world, ticket))
        await world.in_step()
    assert len(transcripts(world, ticket)) == 1
    assert transcripts(world, ticket)[0].endswith("Good bye.")


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_it_is_there_once(chat_world: ChatWorld, point: str) -> None:
    world = chat_world

    @simulated
    async def run() -> None:
        async with world.running(chat=world.server_desk()):
            ticket = await say_much(world)
        world.server.chats.end(ticket)

        def die(passed: str) -> None:
            if passed == point:
                raise Killed

        world.checkpoint = die
        killed = False
        try:
            async with world.running(chat=world.server_desk()):
                await world.until(lambda: transcripts(world, ticket), within=120)
                await anyio.sleep(10)
        except BaseExceptionGroup as group:
            killed = group.subgroup(Killed) is not None
            if not killed:
                raise
        assert killed or point.startswith("submit.")
        world.checkpoint = lambda _point: None
        async with world.running(chat=world.server_desk()):
            await world.until(lambda: transcripts(world, ticket))
            await world.in_step()
            await anyio.sleep(120)
        assert len(transcripts(world, ticket)) == 1

    run()


@pytest.mark.parametrize("fault", [Fault.LOSE, Fault.CUT, Fault.DROP])
def test_a_lost_answer_posts_it_once(chat_world: ChatWorld, fault: Fault) -> None:
    world = chat_world

    @simulated
    async def run() -> None:
        async with world.running(chat=world.server_desk()):
            ticket = await say_much(world)
            world.network.fail(fault, match=b"POST /commands", times=2)
            world.server.chats.end(ticket)
            await world.until(lambda: transcripts(world, ticket))
            await world.in_step()
        assert len(transcripts(world, ticket)) == 1

    run()


def test_two_computers_of_one_person_post_it_once(chat_world: ChatWorld, tmp_path: Path, empty: Path) -> None:
    world = chat_world
    (tmp_path / "other").mkdir()
    other = ChatWorld(tmp_path / "other", empty)
    other.helpdesk, other.network, other.clocks = world.helpdesk, world.network, world.clocks
    other.server, other.server_network = world.server, world.server_network

    @simulated
    async def run() -> None:
        async with world.running(chat=world.server_desk()):
            ticket = await say_much(world)
            async with other.running(chat=other.server_desk()):
                await other.in_step()
        world.server.chats.end(ticket)
        async with world.running(chat=world.server_desk()):
            await world.until(lambda: transcripts(world, ticket))
            await world.in_step()
        async with other.running(chat=other.server_desk()):
            await other.in_step()
            await anyio.sleep(60)
            await other.in_step()
        assert len(transcripts(world, ticket)) == 1

    run()


@simulated
async def test_nothing_said_posts_nothing_and_history_is_not_posted_again(chat_world: ChatWorld) -> None:
    world = chat_world
    old = world.raised("An old one")
    world.server.chats.carry_out("jane", world.start(old, "Long ago."), ())
    world.server.chats.end(old)
    async with world.running(chat=world.server_desk()) as engine:
        await world.until(lambda: world.said(old) == ["Long ago."])
        ticket = await world.talking(world.server)
        engine.letters.submit(world.end(ticket))
        await world.in_step()
        await anyio.sleep(60)
        assert transcripts(world, ticket) == transcripts(world, old) == []


@simulated
async def test_a_chat_with_the_desk_itself_is_on_the_request_anyhow(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        engine.letters.submit(world.say(ticket, "Hello."))
        engine.letters.submit(world.end(ticket))
        await world.in_step()
        await anyio.sleep(60)
        assert transcripts(world, ticket) == []


def message(number: int, text: str, sender: Person = JANE) -> Message:
    return Message(f"m{number}", TicketId("T-1"), number, START + timedelta(minutes=number), sender, text)


def test_a_transcript_that_is_too_long_is_cut_and_says_so() -> None:
    said = [message(number, f"Message number {number}, and so on.") for number in range(100)]
    text = transcript(said, 1000)
    assert len(text) <= 1000
    whole = text.splitlines()[2:-1]
    assert text.endswith(f"[The rest is left out here: {100 - len(whole)} more messages.]")
    assert transcript(said, 100_000).count("Message number") == 100


def test_a_transcript_says_what_was_no_text() -> None:
    agent = Person("Tess", ActorKind.AGENT)
    said = [
        message(0, "One\ntwo", Person("", ActorKind.YOU)),
        Message("m1", TicketId("T-1"), 1, START, agent, removed=True),
        Message("m2", TicketId("T-1"), 2, START, agent, kind=MessageKind.UNREADABLE),
        Message("m3", TicketId("T-1"), 3, START, agent, attachments=(Attachment("f", "a.png"),)),
    ]
    assert transcript(said, 1000).splitlines()[2:] == [
        "[09:00] Requester: One",
        "    two",
        "[09:00] Tess: (taken back)",
        "[09:00] Tess: (encrypted, could not be read)",
        "[09:00] Tess: (file: a.png)",
    ]
    assert transcript([], 1000) == ""
