"""Contract: files in a chat arrive byte for byte, both ways, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.chat_site import ChatHelpdesk, ChatSite
from tests.contract.chat_writing import a_chat, a_message, talking
from tests.contract.files import HOSTILE_NAMES
from tests.contract.listening import Story, hear
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, send
from tracker.desks.chatting import ChatDesk
from tracker.model.attachment import Attachment, LocalFile
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.ticket import TicketId

EVERY_BYTE = bytes(range(256)) * 64


class Watching:
    """A source of files that keeps what it hears of their way up."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing
        self.heard: list[int] = []

    def __call__(self, file: LocalFile) -> Path:
        return self._outgoing(file)

    def handed(self, file: LocalFile, sent: int) -> None:
        """Keep it."""
        self.heard.append(sent)


class ChatFileContract:
    """Attachments of messages."""

    async def test_a_file_arrives_and_comes_back_byte_for_byte(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "A file in a chat", outgoing)
        command = a_message(ticket, "See the picture.", outgoing.add("screen.bin", EVERY_BYTE))
        await send(jane, command, outgoing)
        await send(jane, command, outgoing)
        story = await hear(jane)
        (found,) = files_said(story, ticket)
        assert found.name == "screen.bin"
        assert found.size in (None, len(EVERY_BYTE))
        assert await fetched(jane, ticket, found) == EVERY_BYTE
        assert "See the picture." in story.said(ticket)

    async def test_a_source_that_watches_hears_how_much_of_a_file_has_gone(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "A large file", outgoing)
        content = EVERY_BYTE * 16
        watching = Watching(outgoing)
        await send(jane, a_message(ticket, "", outgoing.add("large.bin", content)), watching)
        assert watching.heard == sorted(watching.heard)
        assert watching.heard[-1] == len(content)

    async def test_a_file_may_come_without_words(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "A file alone", outgoing)
        await send(jane, a_message(ticket, "", outgoing.add("alone.txt", b"alone")), outgoing)
        (found,) = files_said(await hear(jane), ticket)
        assert await fetched(jane, ticket, found) == b"alone"

    async def test_the_agents_file_comes_byte_for_byte(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The agent's file", outgoing)
        await agent.say(ticket, "", {"driver.bin": EVERY_BYTE})
        (found,) = files_said(await hear(jane), ticket)
        assert found.name == "driver.bin"
        assert await fetched(jane, ticket, found) == EVERY_BYTE

    async def test_several_files_of_one_message_all_arrive(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Several files", outgoing)
        files = [outgoing.add("same.txt", f"content {number}".encode()) for number in range(3)]
        command = a_message(ticket, "Three files.", *files)
        await send(jane, command, outgoing)
        story = await hear(jane)
        assert command.id in story.confirmed
        contents = [await fetched(jane, ticket, each) for each in files_said(story, ticket)]
        assert contents == [b"content 0", b"content 1", b"content 2"]
        assert story.said(ticket).count("Three files.") == 1

    async def test_no_name_can_name_another_place(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Strange names", outgoing)
        for name in HOSTILE_NAMES:
            await send(jane, a_message(ticket, "", outgoing.add(name, b"harmless")), outgoing)
        found = files_said(await hear(jane), ticket)
        assert len(found) == len(HOSTILE_NAMES)
        for file in found:
            assert file.name.strip(". ")
            assert not set(file.name) & set('/\\:\0\n\r"\u202e')
            assert len(file.name.encode()) <= 255

    async def test_a_file_that_is_too_big_is_refused_by_name(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Too big a file", outgoing)
        limit = (await jane.check()).attachment_bytes
        file = outgoing.add("film.mp4", b"\0" * (limit + 1))
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_message(ticket, "A film.", file), outgoing)
        assert_plain(refused.value)
        assert "film.mp4" in str(refused.value)
        assert "A film." not in await agent.messages(ticket)

    async def test_another_persons_file_cannot_be_had(
        self, site: ChatSite, jane: ChatDesk, omar: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        theirs = await site.ticket("Private file in a chat", "omar")
        await send(omar, a_chat(theirs), outgoing)
        await send(omar, a_message(theirs, "", outgoing.add("salary.txt", b"a lot")), outgoing)
        (found,) = files_said(await hear(omar), theirs)
        with pytest.raises(DeskError) as refused:
            await fetched(jane, theirs, found)
        assert_plain(refused.value)


def files_said(story: Story, ticket: TicketId) -> list[Attachment]:
    """List the files of a chat, in order."""
    return [file for message in story.talk(ticket) for file in message.attachments]


async def fetched(desk: ChatDesk, ticket: TicketId, file: Attachment) -> bytes:
    """Download a file whole."""
    return b"".join([piece async for piece in desk.download(ticket, file)])
