"""The files of a chat are on its request beside the words; where one is missing, the words say why."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from tests.fakes.simulated_time import simulated
from tests.rigs.flaky_proxy import Fault
from tests.sync.chat_world import ChatWorld
from tests.sync.test_chatting import POOR
from tests.sync.test_transcripts import say_much, transcripts
from tracker.desks.base import Capability
from tracker.model.attachment import Attachment
from tracker.model.chat import Message
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId
from tracker.sync import transcript_files
from tracker.sync.transcript_files import MOST_FILES, Brought, TranscriptFiles

WITH_FILES = POOR | {Capability.ATTACH}


def files_on(world: ChatWorld, ticket: TicketId) -> dict[str, bytes]:
    """Give the files of everything that is on the request."""
    facts = (fact.event for fact in world.helpdesk.facts if fact.event.ticket == ticket)
    return {file.name: world.helpdesk.files[file.id] for event in facts for file in event.details.attachments}


@simulated
async def test_the_files_of_both_sides_are_on_the_request_byte_for_byte(chat_world: ChatWorld) -> None:
    world = chat_world
    world.capabilities = WITH_FILES
    async with world.running(chat=world.server_desk()) as engine:
        ticket = await say_much(world)
        engine.letters.submit(world.say(ticket, "It says this.", world.attached("error.txt", b"E" * 200_000)))
        await world.until(lambda: len(world.said(ticket)) == 3)
        await world.in_step()
        world.server.chats.end(ticket)
        await world.until(lambda: transcripts(world, ticket))
        await world.in_step()
    assert files_on(world, ticket) == {"driver.bin": b"driver", "error.txt": b"E" * 200_000}
    (text,) = transcripts(world, ticket)
    assert "not here" not in text
    assert list(world.outgoing.iterdir()) == []


@simulated
async def test_it_waits_for_a_server_that_does_not_give_the_files_now(chat_world: ChatWorld) -> None:
    world = chat_world
    world.capabilities = WITH_FILES
    async with world.running(chat=world.server_desk()):
        ticket = await say_much(world)
        world.server_network.fail(Fault.DROP, match=b"GET /file", times=2)
        world.server.chats.end(ticket)
        await world.until(lambda: transcripts(world, ticket), within=1800)
        await world.in_step()
    assert files_on(world, ticket) == {"driver.bin": b"driver"}
    assert len(transcripts(world, ticket)) == 1


@simulated
async def test_one_that_waits_for_its_files_holds_back_no_other(chat_world: ChatWorld) -> None:
    world = chat_world
    world.capabilities = WITH_FILES
    async with world.running(chat=world.server_desk()) as engine:
        waits = await say_much(world)
        world.server_network.fail(Fault.DROP, match=b"GET /file")
        world.server.chats.end(waits)
        ticket = await world.talking(world.server)
        engine.letters.submit(world.say(ticket, "No file here."))
        await world.until(lambda: world.said(ticket) == ["No file here."])
        await world.in_step()
        world.server.chats.end(ticket)
        await world.until(lambda: transcripts(world, ticket), within=60)
        assert transcripts(world, waits) == []


@simulated
async def test_after_an_hour_the_words_go_without_the_files(chat_world: ChatWorld) -> None:
    world = chat_world
    world.capabilities = WITH_FILES
    async with world.running(chat=world.server_desk()):
        ticket = await say_much(world)
        world.server_network.fail(Fault.DROP, match=b"GET /file")
        world.server.chats.end(ticket)
        await anyio.sleep(3500)
        assert transcripts(world, ticket) == []
        await world.until(lambda: transcripts(world, ticket), within=1800)
        await world.in_step()
    (text,) = transcripts(world, ticket)
    assert text.endswith("Take this. (file: driver.bin, not here: the chat server did not give it)")
    assert files_on(world, ticket) == {}
    assert list(world.outgoing.iterdir()) == []


@pytest.mark.parametrize(
    ("capabilities", "kept", "why"),
    [
        (POOR - {Capability.ATTACH}, True, "the desk takes no files"),
        (WITH_FILES, False, "the chat server does not have it"),
    ],
)
def test_what_cannot_be_brought_is_named(
    chat_world: ChatWorld, capabilities: frozenset[Capability], kept: bool, why: str
) -> None:
    world = chat_world
    world.capabilities = capabilities

    @simulated
    async def run() -> None:
        async with world.running(chat=world.server_desk()):
            ticket = await say_much(world)
            if not kept:
                world.server.files.clear()
            world.server.chats.end(ticket)
            await world.until(lambda: transcripts(world, ticket))
            await world.in_step()
        (text,) = transcripts(world, ticket)
        assert text.endswith(f"(file: driver.bin, not here: {why})")

    run()


def sent(world: ChatWorld, *contents: bytes, told: bool = True) -> Message:
    """Make a message with files of these contents, which the chat server has."""
    stored = [world.server._store(f"{number}.bin", content) for number, content in enumerate(contents)]
    files = tuple(stored if told else (Attachment(file.id, file.name) for file in stored))
    return Message(
        "m", TicketId("T-1"), 1, world.clocks.wall(), Person("Tess", ActorKind.AGENT), attachments=files
    )


async def brought(world: ChatWorld, message: Message, folder: Path) -> dict[str, str]:
    """Bring the files of a message; gives the name of each that is missing, with the reason."""
    chat = world.server_desk()
    files = TranscriptFiles(folder, chat=lambda: chat, desk=lambda: None, limit=lambda: 10)
    found = await files.bring(message.ticket, [message], late=False)
    assert sorted(file.key for file in found.files) == sorted(path.name for path in folder.glob("*"))
    return {file.name: found.missing[file.id] for file in message.attachments if file.id in found.missing}


@pytest.mark.parametrize("told", [True, False])
def test_a_file_that_the_desk_would_refuse_is_not_sent(
    chat_world: ChatWorld, tmp_path: Path, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = chat_world
    monkeypatch.setattr(transcript_files, "MOST_BYTES", 12)
    monkeypatch.setattr(
        "tests.fakes.desk.FakeDesk._file", lambda _desk, _no, file: world.server.files[file.id]
    )

    @simulated
    async def run() -> None:
        message = sent(world, b"x" * 11, b"", b"y" * 10, b"z" * 3, b"ab", told=told)
        missing = await brought(world, message, tmp_path / "out")
        assert missing.pop("3.bin") == ("there are too many" if told else "it is too large")
        assert missing == {"0.bin": "it is too large", "1.bin": "it is empty"}

    run()


@simulated
async def test_no_more_files_are_sent_than_a_letter_may_have(
    chat_world: ChatWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = chat_world
    monkeypatch.setattr(
        "tests.fakes.desk.FakeDesk._file", lambda _desk, _no, file: world.server.files[file.id]
    )
    message = sent(world, *(b"x" for _ in range(MOST_FILES + 2)))
    missing = await brought(world, message, tmp_path / "out")
    assert missing == {"20.bin": "there are too many", "21.bin": "there are too many"}


@simulated
async def test_who_signs_out_while_the_files_come_leaves_no_words_to_the_next_person(
    chat_world: ChatWorld,
) -> None:
    world, left = chat_world, anyio.Event()
    world.capabilities = WITH_FILES
    async with world.running(chat=world.server_desk()) as engine:

        async def bring(*_words: object, **_more: object) -> Brought:
            await engine.leave()
            engine.forget()
            left.set()
            return Brought()

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TranscriptFiles, "bring", bring)
            ticket = await say_much(world)
            world.server.chats.end(ticket)
            await left.wait()
            await anyio.sleep(1)
        assert engine.outbox.all() == ()
