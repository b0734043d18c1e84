"""Contract: files arrive byte for byte, both ways, whatever they are called."""

from __future__ import annotations

import pytest

from tests.contract.listening import Story, hear
from tests.contract.site import Helpdesk, Site
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, a_reply, a_request, send
from tests.rigs.flaky_proxy import Fault
from tracker.desks.base import Desk
from tracker.model.attachment import Attachment
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.ticket import TicketId

HOSTILE_NAMES = [
    "../../../etc/passwd",
    "C:\\Windows\\evil.exe",
    "/absolute.txt",
    "..",
    "quo\"te's; name=x.txt",
    "photo\u202egpj.exe",
    "Überweisung 漢字.pdf",
    "a" * 300 + ".txt",
]
SIZE = 256 * 12_000


class FileContract:
    """Attachments up and down; a desk without ATTACH refuses them plainly (`HonestyContract`)."""

    async def test_a_file_arrives_and_comes_back_byte_for_byte(
        self, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        content = bytes(range(256)) * (SIZE // 256)
        file = outgoing.add("scan of the 3rd floor.bin", content)
        ticket = (await send(jane, a_request(site, "A file", "See file.", file), outgoing)).ticket
        found = only_file(await hear(jane), ticket)
        assert found.name == "scan of the 3rd floor.bin"
        assert found.size in (None, SIZE)
        assert await fetch(jane, ticket, found) == content

    async def test_the_technicians_file_comes_byte_for_byte(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        content = bytes(range(256)) * 64
        ticket = (await send(jane, a_request(site, "Send me a file"), outgoing)).ticket
        await helpdesk.reply(ticket, "Here.", files={"driver.bin": content})
        assert await fetch(jane, ticket, only_file(await hear(jane), ticket)) == content

    async def test_several_files_at_once_and_twice_the_same_name(
        self, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Several"), outgoing)).ticket
        files = [outgoing.add("same.txt", f"content {number}".encode()) for number in range(3)]
        await send(jane, a_reply(ticket, "Three files.", *files), outgoing)
        found = files_of(await hear(jane), ticket)
        assert {await fetch(jane, ticket, each) for each in found} == {
            b"content 0",
            b"content 1",
            b"content 2",
        }

    @pytest.mark.parametrize("name", HOSTILE_NAMES)
    async def test_no_name_can_name_another_place(
        self, name: str, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        file = outgoing.add(name, b"harmless")
        ticket = (await send(jane, a_request(site, "A strange name", "See file.", file), outgoing)).ticket
        found = only_file(await hear(jane), ticket)
        assert found.name
        assert found.name.strip(". ")
        assert not set(found.name) & set('/\\:\0\n\r"\u202e')
        assert len(found.name.encode()) <= 255
        assert await fetch(jane, ticket, found) == b"harmless"

    async def test_a_file_that_is_too_big_is_refused_before_it_travels(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        limit = (await jane.check()).attachment_bytes
        ticket = (await send(jane, a_request(site, "Too big"), outgoing)).ticket
        file = outgoing.add("film.mp4", b"\0" * (limit + 1))
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_reply(ticket, "A film.", file), outgoing)
        assert_plain(refused.value)
        assert "film.mp4" in str(refused.value)
        assert "A film." not in await helpdesk.messages(ticket)

    async def test_a_file_lost_on_the_way_up_is_sent_again_and_is_there_once(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Second try with file"), outgoing)).ticket
        command = a_reply(ticket, "With a file.", outgoing.add("once.txt", b"once"))
        site.network.fail(Fault.LOSE, match=b"^POST ", times=1)
        with pytest.raises(DeskError):
            await jane.send(command, outgoing)
        site.network.restore()
        if await jane.find(command) is None:
            await send(jane, command, outgoing)
        assert (await helpdesk.messages(ticket)).count("With a file.") == 1
        assert len(files_of(await hear(jane), ticket)) == 1

    async def test_a_download_that_breaks_off_says_so(
        self, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        file = outgoing.add("big.bin", b"b" * SIZE)
        ticket = (await send(jane, a_request(site, "Broken download", "See.", file), outgoing)).ticket
        found = only_file(await hear(jane), ticket)
        site.network.fail(Fault.CUT)
        with pytest.raises(DeskError) as broken:
            await fetch(jane, ticket, found)
        assert_plain(broken.value)

    async def test_another_persons_file_cannot_be_had(
        self, site: Site, jane: Desk, omar: Desk, outgoing: Outgoing
    ) -> None:
        file = outgoing.add("salary.txt", b"a lot")
        theirs = (await send(omar, a_request(site, "Private file", "See.", file), outgoing)).ticket
        found = only_file(await hear(omar), theirs)
        with pytest.raises(DeskError) as refused:
            await fetch(jane, theirs, found)
        assert_plain(refused.value)


def files_of(story: Story, ticket: TicketId) -> list[Attachment]:
    """List the files on a ticket."""
    return [file for event in story.of(ticket) for file in event.details.attachments]


def only_file(story: Story, ticket: TicketId) -> Attachment:
    """Give the one file on a ticket."""
    (file,) = files_of(story, ticket)
    return file


async def fetch(desk: Desk, ticket: TicketId, file: Attachment) -> bytes:
    """Download a file whole."""
    return b"".join([piece async for piece in desk.download(ticket, file)])
