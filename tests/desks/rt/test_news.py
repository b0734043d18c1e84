"""News by asking: what is cheap, what is not missed, what comes into sight and goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.listening import Story, hear, listening
from tests.contract.writing import Outgoing, a_reply
from tests.desks.rt.acting import asking, raised
from tests.desks.rt.site import IT_SUPPORT, WORKPLACE, RtSiteRig
from tests.rigs.technician import Technician
from tracker.desks.polling import Pace
from tracker.desks.rt.desk import RtDesk
from tracker.model.event import EventKind
from tracker.model.focus import Focus
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId, TicketState

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


def texts(story: Story, ticket: TicketId) -> list[str]:
    return [event.text for event in story.of(ticket) if event.text]


def said(ticket: TicketId, text: str) -> Callable[[Story], bool]:
    """Make the condition that these words were told."""
    return lambda story: story.says(ticket, text)


async def test_an_idle_look_is_one_small_request(
    rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    await raised(jane, outgoing, IT_SUPPORT, "Idle")
    pace = Pace(fixed=300.0)
    async with listening(jane, kicking=False, pace=pace) as ear:
        story = await ear.until(lambda told: told.caught_up)
        looks = len(story.batches)
        # The first looks still go over what is only seconds old.
        rt_site.network.requests.clear()
        pace.kick()
        await ear.until(lambda told: len(told.batches) > looks)
    asked = [line for line in rt_site.network.requests if "REST/2.0" in line]
    assert len([line for line in asked if "/tickets?" in line]) == 1
    assert len(asked) <= 2
    assert not story.batches[-1].events
    assert not story.batches[-1].tickets


async def test_two_changes_within_one_second_are_both_told(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Quick")
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        for number in range(6):
            tess.reply(ticket, f"Word {number}.")
            await ear.until(said(ticket, f"Word {number}."))
    assert texts(ear.story, ticket)[1:] == [f"Word {number}." for number in range(6)]


async def test_a_note_between_technicians_moves_the_ticket_and_tells_nothing(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Notes")
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        before = len(ear.story.told)
        tess.comment(ticket, "She always breaks it.")
        tess.reply(ticket, "Looking at it.")
        story = await ear.until(lambda told: told.says(ticket, "Looking at it."))
    assert "always breaks" not in str(story.told)
    assert {event.kind for event in story.told[before:]} <= {EventKind.REPLY, EventKind.WORK_STARTED}


async def test_a_history_with_more_hidden_steps_than_a_page_holds_is_told_to_its_end(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Long and mostly hidden")
    tess.reply(ticket, "First word.")
    for number in range(12):
        tess.field(ticket, "Internal cost code", str(number))
    tess.reply(ticket, "Last word.")
    jane._client._size = 3  # pages of three are empty for a while; RT's real ones hold a hundred
    story = await hear(jane)
    assert texts(story, ticket)[1:] == ["First word.", "Last word."]
    assert "Internal cost code" not in str(story.told)


async def test_more_messages_and_requests_than_a_page_holds_are_all_told(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    tickets = [await raised(jane, outgoing, IT_SUPPORT, f"Many {number}") for number in range(4)]
    words = [f"Message {number}." for number in range(7)]
    for text in words:
        tess.reply(tickets[0], text)
    jane._client._size = 3
    story = await hear(jane)
    assert texts(story, tickets[0])[1:] == words
    assert set(story.tickets) == set(tickets)


async def test_the_list_is_told_before_any_history(jane: RtDesk, outgoing: Outgoing) -> None:
    made = [await raised(jane, outgoing, IT_SUPPORT, f"List {number}") for number in range(3)]
    story = await hear(jane)
    first = story.batches[0]
    assert {ticket.id for ticket in first.tickets} == set(made)
    assert not first.events
    assert all(ticket.subject.startswith("List") for ticket in first.tickets)


async def test_histories_come_the_last_changed_first_but_an_open_page_before_all(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    old, middle, new = [await raised(jane, outgoing, IT_SUPPORT, f"Order {number}") for number in range(3)]
    pace = Pace(fixed=300.0)
    pace.attend(Focus(visible=True, ticket=middle))
    async with listening(jane, pace=pace) as ear:
        story = await ear.until(lambda told: told.caught_up)
    order = list(dict.fromkeys(event.ticket for event in story.told))
    assert order == [middle, new, old]


async def test_a_restart_in_the_middle_of_the_histories_goes_on_with_the_rest(
    rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    made = {await raised(jane, outgoing, IT_SUPPORT, f"Interrupted {number}") for number in range(3)}
    pace = Pace(fixed=2.0)
    async with listening(jane, kicking=False, pace=pace) as ear:
        rt_site.network.restore()
        story = await ear.until(lambda told: bool(told.batches))
        assert set(story.tickets) == made
        assert story.cursor is None
        story = await ear.until(lambda told: told.cursor is not None)
    again = await hear(jane, story.cursor)
    assert {event.ticket for event in [*story.told, *again.told]} == made


async def test_a_request_that_leaves_ones_sight_is_gone(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, WORKPLACE, "To be hidden")
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        tess.move(ticket, "General")
        story = await ear.until(lambda told: any(ticket in batch.gone for batch in told.batches))
    assert ticket in story.tickets


async def test_a_request_merged_into_another_follows_the_survivor(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    survivor = await raised(jane, outgoing, IT_SUPPORT, "The survivor")
    merged = await raised(jane, outgoing, IT_SUPPORT, "The same again")
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        tess.merge(merged, survivor)
        story = await ear.until(lambda told: told.tickets[merged].state is TicketState.MERGED)
    assert story.tickets[merged].merged_into == survivor
    assert story.tickets[merged].subject == "The same again"
    assert story.kinds(merged)[-1] is EventKind.MERGED
    assert story.kinds(survivor).count(EventKind.CREATED) == 1
    assert EventKind.LINKED in story.kinds(survivor)
    assert (await hear(jane)).tickets.keys() == {survivor}


async def test_a_deleted_request_is_told_as_cancelled(
    jane: RtDesk, administrator: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Deleted")
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        administrator.status(ticket, "deleted")
        story = await ear.until(lambda told: told.tickets[ticket].state is TicketState.CANCELLED)
    assert story.tickets[ticket].state_word == "deleted"


async def test_whoever_is_in_copy_sees_the_request_and_who_is_who(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    omar = rt_site.desk("omar")
    names = {who: rt_site.people.named(who).name for who in ("jane", "omar")}
    async with listening(omar) as ear:
        await ear.until(lambda told: told.caught_up)
        ticket = TicketId(
            tess.create(
                "IT Support",
                "For both",
                Requestor=names["jane"],
                Cc=[names["omar"]],
                Content="Raised by phone.",
                ContentType="text/plain",
            )
        )
        await jane.send(a_reply(ticket, "From Jane."), outgoing)
        story = await ear.until(lambda told: told.says(ticket, "From Jane."))
    by_text = {event.text: event.actor.kind for event in story.of(ticket)}
    assert by_text["Raised by phone."] is ActorKind.AGENT
    assert by_text["From Jane."] is ActorKind.COLLEAGUE
    assert any(batch.live for batch in story.batches if batch.events)
    await omar.aclose()


async def test_one_unreadable_request_does_not_stop_the_others(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    good = await raised(jane, outgoing, IT_SUPPORT, "Good one")
    bad = await raised(jane, outgoing, IT_SUPPORT, "Bad one")
    tess.reply(bad, "BREAK-IT-HERE")
    rt_site.network.swap(b"BREAK-IT-HERE", b'BREAK"IT-HERE')
    story = await hear(jane)
    assert story.kinds(good)
    assert not story.kinds(bad)
    assert bad in story.tickets
    rt_site.network.restore()
    assert (await hear(jane, story.cursor)).says(bad, "BREAK-IT-HERE")


async def test_another_persons_cursor_is_not_taken(
    rt_site: RtSiteRig, jane: RtDesk, outgoing: Outgoing
) -> None:
    await raised(jane, outgoing, IT_SUPPORT, "Mine")
    cursor = (await hear(jane)).cursor
    omar = rt_site.desk("omar")
    ticket = (await omar.send(asking(IT_SUPPORT, "His"), outgoing)).ticket
    story = await hear(omar, cursor)
    assert story.kinds(ticket)
    assert not any(batch.live for batch in story.batches)
    await omar.aclose()


async def test_a_person_in_another_time_zone_gets_the_same_moments(
    rt_site: RtSiteRig, administrator: Technician, tess: Technician, outgoing: Outgoing
) -> None:
    person = rt_site.people.named("yuki")
    administrator.change_user(person.name, Timezone="Asia/Tokyo")
    yuki = rt_site.desk("yuki")
    command = asking(IT_SUPPORT, "Far away")
    ticket = (await yuki.send(command, outgoing)).ticket
    async with listening(yuki) as ear:
        story = await ear.until(lambda told: told.caught_up)
        assert abs((story.tickets[ticket].created_at - command.at).total_seconds()) < 60
        tess.reply(ticket, "Good morning.")
        await ear.until(lambda told: told.says(ticket, "Good morning."))
    await yuki.aclose()
