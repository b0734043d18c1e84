"""Commands at the embedded desk: each under its own key, files included, and refused before they travel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.contract.files import files_of
from tests.contract.listening import hear
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, a_reply, a_request, send
from tests.desks.frontdesk.site import FrontDeskSite
from tests.rigs.flaky_proxy import Fault
from tests.rigs.frontdesk_agent import Agent
from tracker.desks.base import Desk
from tracker.desks.frontdesk import sending
from tracker.model.command import new_command_id
from tracker.model.errors import CommandRejected, DeskUnavailable

pytestmark = pytest.mark.anyio


@pytest.fixture
async def jane(frontdesk_site: FrontDeskSite) -> AsyncIterator[Desk]:
    desk = frontdesk_site.desk("jane", secret=await frontdesk_site.token("jane"))
    yield desk
    await desk.aclose()


@pytest.fixture
def site(frontdesk_site: FrontDeskSite) -> Iterator[FrontDeskSite]:
    yield frontdesk_site
    frontdesk_site.network.restore()


async def test_the_same_command_twice_is_one_with_the_same_receipt(
    site: FrontDeskSite, jane: Desk, tess: Agent, outgoing: Outgoing
) -> None:
    raised = a_request(site, "Twice by mistake")
    first, second = await send(jane, raised, outgoing), await send(jane, raised, outgoing)
    assert first == second
    command = a_reply(first.ticket, "Once.", outgoing.add("a.txt", b"a"))
    assert await send(jane, command, outgoing) == await send(jane, command, outgoing)
    assert tess.messages(first.ticket).count("Once.") == 1
    assert len(files_of(await hear(jane), first.ticket)) == 1


async def test_a_command_sent_again_the_next_day_is_still_one(
    site: FrontDeskSite, jane: Desk, tess: Agent, outgoing: Outgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = (await send(jane, a_request(site, "The next day"), outgoing)).ticket
    command = a_reply(ticket, "With a file.", outgoing.add("a.txt", b"a"))
    first = await send(jane, command, outgoing)

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2031, 1, 1, tzinfo=UTC)

    # Files unused for a day are gone at the desk, so they go up anew and the words no longer look the same.
    monkeypatch.setattr(sending, "datetime", Tomorrow)
    assert await send(jane, command, outgoing) == first
    assert tess.messages(ticket).count("With a file.") == 1
    assert len(files_of(await hear(jane), ticket)) == 1


async def test_the_receipt_names_the_event_that_comes(
    site: FrontDeskSite, jane: Desk, outgoing: Outgoing
) -> None:
    command = a_request(site, "Receipt")
    receipt = await send(jane, command, outgoing)
    found = await jane.find(command)
    assert found == receipt
    event = (await hear(jane)).events[receipt.event or ""]
    assert event.command_id == command.id


async def test_a_file_that_has_vanished_is_named(site: FrontDeskSite, jane: Desk, outgoing: Outgoing) -> None:
    file = outgoing.add("report.pdf", b"x")
    outgoing(file).unlink()
    with pytest.raises(CommandRejected) as refused:
        await jane.send(a_request(site, "Vanished", "See file.", file), outgoing)
    assert_plain(refused.value)
    assert "report.pdf" in str(refused.value)


async def test_an_empty_file_is_refused_by_the_desk_in_plain_words(
    site: FrontDeskSite, jane: Desk, outgoing: Outgoing
) -> None:
    with pytest.raises(CommandRejected, match="empty") as refused:
        await jane.send(a_request(site, "Empty", "See file.", outgoing.add("empty.txt", b"")), outgoing)
    assert_plain(refused.value)


async def test_too_many_files_are_refused_before_they_travel(
    site: FrontDeskSite, jane: Desk, outgoing: Outgoing
) -> None:
    files = [outgoing.add(f"{number}.txt", b"x") for number in range(11)]
    with pytest.raises(CommandRejected) as refused:
        await jane.send(a_request(site, "Many", "See files.", *files), outgoing)
    assert_plain(refused.value)
    assert not [line for line in site.network.requests if "attachments" in line]


async def test_what_the_form_needs_is_said_by_the_desk(
    site: FrontDeskSite, jane: Desk, outgoing: Outgoing
) -> None:
    network = next(each for each in await jane.catalogue() if each.id == "network")
    assert [(field.id, field.required) for field in network.fields] == [("where", True), ("since", False)]
    assert network.promise == "First reply within 4 hours"
    without = replace(a_request(site, "No place"), service="network", id=new_command_id())
    with pytest.raises(CommandRejected, match="Where are you"):
        await jane.send(without, outgoing)
    filled = replace(without, fields=(("where", "Home"), ("since", "2026-11-20")))
    ticket = (await send(jane, filled, outgoing)).ticket
    assert (await hear(jane)).tickets[ticket].service == "Network & VPN"


async def test_answers_are_found_by_words(jane: Desk) -> None:
    (first, *_) = await jane.answers("vpn drops")
    assert "VPN" in first.title
    assert "Profile" in first.body
    assert await jane.answers("   ") == ()


async def test_a_lost_upload_does_not_leave_the_file_twice(
    site: FrontDeskSite, jane: Desk, outgoing: Outgoing
) -> None:
    command = a_request(site, "Lost upload", "See file.", outgoing.add("a.txt", b"a"))
    site.network.fail(Fault.LOSE, match=rb"POST /api/v1/attachments", times=1)
    with pytest.raises(DeskUnavailable):
        await jane.send(command, outgoing)
    site.network.restore()
    assert await jane.find(command) is None
    ticket = (await send(jane, command, outgoing)).ticket
    assert len(files_of(await hear(jane), ticket)) == 1
