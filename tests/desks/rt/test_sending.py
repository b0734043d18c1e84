"""Writing at Request Tracker, which says yes to what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.listening import hear
from tests.contract.writing import Outgoing, a_reply, it_works, send
from tests.desks.rt.acting import asking, raised
from tests.desks.rt.site import FACILITIES, IT_SUPPORT, WORKPLACE, RtSiteRig
from tests.rigs.technician import Technician
from tracker.desks.rt.desk import RtDesk
from tracker.model.errors import CommandRejected
from tracker.model.event import EventKind
from tracker.model.ticket import TicketId, TicketState

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


async def resolved(desk: RtDesk, tess: Technician, outgoing: Outgoing, queue: str) -> TicketId:
    ticket = await raised(desk, outgoing, queue, "To be confirmed")
    tess.take(ticket)
    tess.status(ticket, "open")
    tess.status(ticket, "resolved")
    return ticket


async def test_it_works_closes_where_the_site_lets_us(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await resolved(jane, tess, outgoing, IT_SUPPORT)
    command = it_works(ticket)
    receipt = await send(jane, command, outgoing)
    assert tess.read(ticket, "Status") == "closed"
    assert not receipt.kept_here
    story = await hear(jane)
    assert story.tickets[ticket].state is TicketState.CLOSED
    (said,) = [event for event in story.of(ticket) if event.kind is EventKind.CONFIRMED]
    assert (said.id, said.command_id) == (receipt.event, command.id)


async def test_it_works_goes_into_the_rating_where_closing_is_refused_with_200(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await resolved(jane, tess, outgoing, WORKPLACE)
    receipt = await send(jane, it_works(ticket), outgoing)
    assert tess.read(ticket, "Status") == "resolved"
    assert tess.fields(ticket)["Satisfaction"] == "5"
    assert not receipt.kept_here
    story = await hear(jane)
    (said,) = [event for event in story.of(ticket) if event.kind is EventKind.CONFIRMED]
    assert said.id == receipt.event


async def test_it_works_is_kept_here_and_said_so_where_the_desk_has_no_place_for_it(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await resolved(jane, tess, outgoing, FACILITIES)
    before = tess.messages(ticket)
    receipt = await send(jane, it_works(ticket), outgoing)
    assert receipt.kept_here
    assert (tess.read(ticket, "Status"), tess.messages(ticket)) == ("resolved", before)


async def test_the_value_that_means_it_works_is_the_sites_choice(
    rt_site: RtSiteRig, tess: Technician, outgoing: Outgoing
) -> None:
    desk = rt_site.desk("jane", options=(("closed_status", ""), ("works_value", "4")))
    ticket = await resolved(desk, tess, outgoing, IT_SUPPORT)
    await send(desk, it_works(ticket), outgoing)
    # The link that RT offers for closing is taken even where the map names no status.
    assert tess.read(ticket, "Status") == "closed"
    other = await resolved(desk, tess, outgoing, WORKPLACE)
    await send(desk, it_works(other), outgoing)
    assert tess.fields(other)["Satisfaction"] == "4"
    await desk.aclose()


async def test_saying_it_twice_changes_nothing_the_second_time(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await resolved(jane, tess, outgoing, IT_SUPPORT)
    for _ in range(2):
        await send(jane, it_works(ticket), outgoing)
    assert (await hear(jane)).kinds(ticket).count(EventKind.CONFIRMED) == 1


async def test_the_requester_is_always_named_since_rt_would_give_the_ticket_to_nobody(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Mine")
    assert tess.tickets(rt_site.people.named("jane"), "Mine") == [ticket]


async def test_answers_of_the_form_that_rt_drops_in_silence_are_written_as_words(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    fields = (("Location", "Room 7"), ("Internal cost code", "4711"))
    ticket = (await jane.send(asking(IT_SUPPORT, "Form", fields=fields), outgoing)).ticket
    assert tess.fields(ticket)["Location"] == "Room 7"
    assert "Internal cost code" not in tess.fields(ticket)
    assert tess.messages(ticket)[1:] == ["Internal cost code: 4711"]


async def test_a_queue_that_takes_nothing_from_us_refuses_with_its_reason(
    jane: RtDesk, outgoing: Outgoing
) -> None:
    with pytest.raises(CommandRejected, match="No permission to create tickets in the queue"):
        await jane.send(asking("General", "Not for me"), outgoing)


async def test_a_request_of_another_person_is_not_written_to_although_rt_would_let_us(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    omar = rt_site.desk("omar")
    theirs = await raised(omar, outgoing, IT_SUPPORT, "Private")
    with pytest.raises(CommandRejected, match="may not see it"):
        await jane.send(a_reply(theirs, "Hello?"), outgoing)
    assert len(tess.messages(theirs)) == 1
    await omar.aclose()


async def test_a_merged_request_says_where_it_goes_on(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    survivor = await raised(jane, outgoing, IT_SUPPORT, "First")
    merged = await raised(jane, outgoing, IT_SUPPORT, "Second")
    tess.merge(merged, survivor)
    with pytest.raises(CommandRejected, match=f"goes on in number {survivor}"):
        await jane.send(a_reply(merged, "Where am I?"), outgoing)


async def test_a_request_without_a_subject_and_an_empty_file_are_refused_before_they_travel(
    rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    rt_site.network.requests.clear()
    with pytest.raises(CommandRejected, match="no subject"):
        await jane.send(asking(IT_SUPPORT, "  "), outgoing)
    empty = outgoing.add("empty.txt", b"")
    with pytest.raises(CommandRejected, match="is empty, and the desk takes no empty files"):
        await jane.send(asking(IT_SUPPORT, "Empty file", "See.", empty), outgoing)
    gone = replace(outgoing.add("gone.txt", b"x"), key="no-such-file")
    with pytest.raises(CommandRejected, match="cannot be read any more"):
        await jane.send(asking(IT_SUPPORT, "Lost file", "See.", gone), outgoing)
    assert not [line for line in rt_site.network.requests if line.startswith("POST")]
