"""Files at Request Tracker: names and bytes survive, bodies are not read where they are not wanted."""

from __future__ import annotations

import pytest

from tests.contract.files import fetch, only_file
from tests.contract.listening import hear
from tests.contract.writing import Outgoing, a_reply
from tests.desks.rt.acting import raised
from tests.desks.rt.site import IT_SUPPORT, RtSiteRig
from tests.rigs.rt import YUKI, RtRig
from tests.rigs.technician import Technician
from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.rt.desk import KIND, RtDesk, open_desk
from tracker.model.attachment import Attachment, LocalFile
from tracker.model.errors import CommandRejected, UnexpectedAnswer
from tracker.model.event import EventKind

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


async def test_the_names_of_files_we_send_keep_every_letter(jane: RtDesk, outgoing: Outgoing) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Umlaut")
    file = outgoing.add("Prüfbericht “ä” 漢字 🖨.pdf", b"%PDF")
    await jane.send(a_reply(ticket, "See.", file), outgoing)
    assert only_file(await hear(jane), ticket).name == file.name


async def test_a_name_that_rt_has_spoilt_still_leads_to_the_file(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Umlaut")
    tess.attach(ticket, "Prüfbericht.pdf", b"%PDF")  # as base64 in JSON, which RT stores with a � for the ü
    found = only_file(await hear(jane), ticket)
    assert found.name.endswith(".pdf")
    assert await fetch(jane, ticket, found) == b"%PDF"


@pytest.mark.parametrize(
    "content", ["Grüße\r\nzweite Zeile\n".encode(), "Grüße\r\n".encode("latin-1"), b"\xff\xfe\x00"]
)
async def test_text_files_come_back_byte_for_byte_whatever_their_encoding(
    content: bytes, jane: RtDesk, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Encodings")
    made = outgoing.add("notes.txt", content)
    file = LocalFile(made.key, made.name, made.size, "text/plain")
    await jane.send(a_reply(ticket, "See the notes.", file), outgoing)
    found = only_file(await hear(jane), ticket)
    assert found.size == len(content)
    assert await fetch(jane, ticket, found) == content


async def test_a_file_without_words_is_told_as_a_file(jane: RtDesk, outgoing: Outgoing) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Only a file")
    await jane.send(a_reply(ticket, "", outgoing.add("picture.png", b"\x89PNG")), outgoing)
    story = await hear(jane)
    (sent,) = [event for event in story.of(ticket) if event.kind is EventKind.ATTACHMENT]
    assert [file.name for file in sent.details.attachments] == ["picture.png"]
    assert EventKind.WORK_STARTED not in story.kinds(ticket), "nobody has done anything yet"


async def test_reading_a_history_does_not_load_the_files(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Big log")
    tess.attach(ticket, "server.log", b"0123456789abcde\n" * 60_000, media_type="text/plain")
    story = await hear(jane)
    assert only_file(story, ticket).size == 960_000
    assert all(len(event.text) < 100 for event in story.of(ticket))


async def test_a_token_downloads_too(
    rt_site: RtSiteRig, rt_rig: RtRig, tess: Technician, outgoing: Outgoing
) -> None:
    async def source() -> Secret:
        return Secret(SecretKind.TOKEN, rt_rig.token(YUKI))

    desk = open_desk(DeskConfig(KIND, rt_site.network.url, YUKI.name), source)
    ticket = await raised(desk, outgoing, IT_SUPPORT, "By token")
    tess.attach(ticket, "a.bin", b"\x00\x01")
    assert await fetch(desk, ticket, only_file(await hear(desk), ticket)) == b"\x00\x01"
    await desk.aclose()


async def test_another_persons_file_comes_as_200_and_nothing_and_is_an_error(
    rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    omar = rt_site.desk("omar")
    theirs = await raised(omar, outgoing, IT_SUPPORT, "Private")
    await omar.send(a_reply(theirs, "See.", outgoing.add("salary.txt", b"a lot")), outgoing)
    found = only_file(await hear(omar), theirs)
    with pytest.raises(UnexpectedAnswer, match="you may not see it"):
        await fetch(jane, theirs, found)
    await omar.aclose()


async def test_a_file_of_another_desk_is_refused(jane: RtDesk, outgoing: Outgoing) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Strange id")
    for key in ("", "../../etc", "1/../2", "7"):
        with pytest.raises(CommandRejected, match="is not at this desk"):
            await fetch(jane, ticket, Attachment(key, "x.txt", 1))
