"""How far files have got on their way up is told while they go, not too often, and never stored."""

from __future__ import annotations

from pathlib import Path

import anyio

from tests.fakes.simulated_time import simulated
from tests.sync.chat_world import ChatWorld
from tests.sync.recorder import Recorder
from tracker.model.attachment import LocalFile
from tracker.sync.uploads import EVERY, Upload

SIZE = 1_000_000
PIECE = 50_000
SCAN, NOTE = LocalFile("scan", "scan.pdf", SIZE), LocalFile("note", "note.txt", SIZE)


def upload(world: ChatWorld, heard: Recorder, *files: LocalFile) -> Upload:
    return Upload(world.say(world.raised(), "", *files), lambda file: Path(file.key), heard)


async def send_up(going: Upload, file: LocalFile, seconds: float) -> None:
    """Hand a file over in pieces, each of which takes so long."""
    for sent in range(PIECE, file.size + 1, PIECE):
        await anyio.sleep(seconds)
        going.handed(file, sent)


@simulated
async def test_a_slow_network_is_told_of_piece_by_piece(chat_world: ChatWorld) -> None:
    heard = Recorder()
    going = upload(chat_world, heard, SCAN)
    await send_up(going, SCAN, 2.0)
    going.over()
    assert [told.percent for told in heard.uploads] == [*range(5, 101, 5), 0]
    assert heard.uploads[-1].sent == 0


@simulated
async def test_a_fast_network_is_told_of_a_few_times_a_second(chat_world: ChatWorld) -> None:
    heard = Recorder()
    began = anyio.current_time()
    await send_up(upload(chat_world, heard, SCAN), SCAN, 0.02)
    assert 1 < len(heard.uploads) <= (anyio.current_time() - began) / EVERY + 2


@simulated
async def test_what_begins_anew_never_counts_twice(chat_world: ChatWorld) -> None:
    heard = Recorder()
    going = upload(chat_world, heard, SCAN, NOTE)
    for _ in range(2):
        await send_up(going, SCAN, 0.3)
    assert max(told.percent for told in heard.uploads) == 50
    await send_up(going, NOTE, 0.3)
    assert heard.uploads[-1].percent == 100


@simulated
async def test_a_message_with_a_file_tells_of_it_and_that_it_is_over(chat_world: ChatWorld) -> None:
    world = chat_world
    async with world.running() as engine:
        ticket = await world.talking()
        message = world.say(ticket, "Here.", world.attached())
        engine.letters.submit(message)
        await world.in_step()
    first, last = world.listener.uploads
    assert (first.command, first.ticket, first.percent) == (message.id, ticket, 100)
    assert last.sent == 0


@simulated
async def test_words_alone_tell_of_no_upload(chat_world: ChatWorld) -> None:
    async with chat_world.running() as engine:
        engine.letters.submit(chat_world.say(await chat_world.talking(), "Here."))
        await chat_world.in_step()
    assert chat_world.listener.uploads == []
