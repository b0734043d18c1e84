"""Looking up what may have arrived: RT has no idempotency key, so nothing may be sent on a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.contract.listening import hear
from tests.contract.writing import Outgoing, a_reply, it_works, not_yet
from tests.desks.rt.acting import asking, raised
from tests.desks.rt.site import FACILITIES, IT_SUPPORT, WORKPLACE, RtSiteRig
from tests.rigs.flaky_proxy import Fault
from tests.rigs.technician import Technician
from tracker.desks.rt.desk import RtDesk
from tracker.model.command import Command, new_command_id
from tracker.model.errors import DeskError
from tracker.model.ticket import TicketId

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


async def lost(site: RtSiteRig, desk: RtDesk, command: Command, outgoing: Outgoing) -> None:
    """Send a command that the desk carries out without our hearing of it."""
    site.network.fail(Fault.LOSE, match=site.writes, times=1)
    with pytest.raises(DeskError):
        await desk.send(command, outgoing)
    site.network.restore()


@pytest.mark.parametrize("queue", [IT_SUPPORT, WORKPLACE, FACILITIES])
async def test_a_request_is_found_with_and_without_a_field_for_its_id(
    queue: str, rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    command = asking(queue, "It's \"quoted\" \\ and 'odd'", "Line one.\n\nLine two.")
    assert await jane.find(command) is None
    await lost(rt_site, jane, command, outgoing)
    # Another program start: nothing is remembered.
    again = rt_site.desk("jane")
    found = await again.find(command)
    assert found is not None
    story = await hear(again)
    assert next(event.id for event in story.of(found.ticket)) == found.event
    other = asking(queue, command.subject, "Other words.")
    assert await again.find(other) is None
    await again.aclose()


@pytest.mark.parametrize("queue", [IT_SUPPORT, WORKPLACE, FACILITIES])
async def test_a_reply_is_found_with_and_without_a_field_for_its_id(
    queue: str, rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, queue, "Replies")
    command = a_reply(ticket, "Grüße,\n  Jane\n", outgoing.add("a.txt", b"a"))
    assert await jane.find(command) is None
    await lost(rt_site, jane, command, outgoing)
    again = rt_site.desk("jane")
    found = await again.find(command)
    assert found is not None
    assert found.event in (await hear(again)).events
    assert await again.find(a_reply(ticket, "Something else.")) is None
    await again.aclose()


@pytest.mark.parametrize("queue", [IT_SUPPORT, WORKPLACE])
async def test_the_same_words_again_are_another_message(
    queue: str, rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, queue, "Twice")
    first, second = a_reply(ticket, "Any news?"), a_reply(ticket, "Any news?")
    receipt = await jane.send(first, outgoing)
    assert await jane.find(second) is None
    await lost(rt_site, jane, second, outgoing)
    found = await jane.find(second)
    assert found is not None
    assert found.event != receipt.event


async def test_an_earlier_message_with_the_same_words_is_not_taken_for_this_one(
    jane: RtDesk, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, WORKPLACE, "Earlier")
    await jane.send(a_reply(ticket, "Thanks."), outgoing)
    command = a_reply(ticket, "Thanks.")
    later = replace(command, at=command.at + timedelta(minutes=30))
    assert await jane.find(later) is None


async def test_not_yet_and_it_works_are_found(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Verdicts")
    tess.take(ticket)
    tess.status(ticket, "resolved")
    command = not_yet(ticket, "It still blinks.")
    await lost(rt_site, jane, command, outgoing)
    assert await jane.find(command) is not None
    tess.status(ticket, "resolved")
    verdict = it_works(ticket)
    assert await jane.find(verdict) is None
    await lost(rt_site, jane, verdict, outgoing)
    assert tess.read(ticket, "Status") == "closed"
    found = await rt_site.desk("jane").find(verdict)
    assert found is not None
    assert found.event in (await hear(jane)).events


async def test_a_field_for_ids_that_we_may_not_set_does_not_fool_us(
    rt_site: RtSiteRig, outgoing: Outgoing
) -> None:
    # This site's map names a field that employees see but may not change.
    options = (("field.client_id", "Next update by"), ("field.next_update", ""))
    desk = rt_site.desk("jane", options=options)
    command = asking(IT_SUPPORT, "No field")
    await lost(rt_site, desk, command, outgoing)
    again = rt_site.desk("jane", options=options)
    found = await again.find(command)
    assert found is not None
    message = a_reply(found.ticket, "No field either.")
    await lost(rt_site, again, message, outgoing)
    assert await again.find(message) is not None
    for each in (desk, again):
        await each.aclose()


@pytest.mark.parametrize("ticket", ["999999", "local-0123456789ab"])
async def test_a_word_on_a_request_the_desk_never_had_is_not_found(ticket: str, jane: RtDesk) -> None:
    assert await jane.find(a_reply(TicketId(ticket), "Hello?")) is None


async def test_a_request_is_found_by_its_id_after_replies_put_theirs_over_it(
    rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    command = asking(IT_SUPPORT, "Overwritten id")
    receipt = await jane.send(command, outgoing)
    await jane.send(a_reply(receipt.ticket, "One more thing."), outgoing)
    again = rt_site.desk("jane")
    assert await again.find(command) == receipt
    assert await again.find(replace(command, id=new_command_id())) is None
    created = (await hear(again)).of(receipt.ticket)[0]
    assert created.command_id == command.id
    await again.aclose()
