"""Contract: history, then what happens live; nothing missed, nothing twice, whatever the cursor."""

from __future__ import annotations

import anyio

from tests.contract.listening import hear, listening
from tests.contract.site import Helpdesk, Site
from tests.contract.values import times_in
from tests.contract.writing import Outgoing, a_reply, a_request, send
from tracker.desks.base import Desk
from tracker.model.batch import Cursor
from tracker.model.errors import DeskUnavailable
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketState


class NewsContract:
    """What `news` tells, and in which order."""

    async def test_history_comes_first_and_is_not_announced_then_what_happens_is(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "History first"), outgoing)).ticket
        await helpdesk.reply(ticket, "Said before you listened.")
        async with listening(jane) as ear:
            story = await ear.until(lambda told: told.caught_up)
            assert story.says(ticket, "Said before you listened.")
            assert not any(batch.live for batch in story.batches)
            assert story.cursor is not None
            await helpdesk.reply(ticket, "Said while you listened.")
            await ear.until(lambda told: told.says(ticket, "Said while you listened."))
        tellers = [batch for batch in story.batches if "Said while you listened." in str(batch.events)]
        assert tellers[0].live

    async def test_a_ticket_is_told_before_or_with_its_events(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        for number in range(3):
            ticket = (await send(jane, a_request(site, f"One of three, {number}"), outgoing)).ticket
            await helpdesk.reply(ticket, "Seen.")
        known: set[str] = set()
        for batch in (await hear(jane)).batches:
            known |= {ticket.id for ticket in batch.tickets}
            assert {event.ticket for event in batch.events} <= known

    async def test_the_list_can_be_shown_before_everything_is_told(
        self, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        await send(jane, a_request(site, "To be shown"), outgoing)
        story = await hear(jane)
        first = next(batch for batch in story.batches if batch.tickets)
        assert not first.caught_up
        assert first.cursor is None, "a snapshot under way is no place to resume from"
        assert story.batches[-1].caught_up
        assert story.batches[-1].cursor is not None

    async def test_the_same_history_has_the_same_ids_each_time(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Same ids"), outgoing)).ticket
        await helpdesk.assign(ticket)
        await helpdesk.reply(ticket, "On it.")
        first, second = await hear(jane), await hear(jane)
        assert first.events.keys() == second.events.keys()
        again = site.desk("jane")
        await again.sign_in()
        third = await hear(again)
        await again.aclose()
        assert first.of(ticket) == third.of(ticket)

    async def test_it_goes_on_from_any_cursor_without_a_gap_or_a_double(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Any cursor"), outgoing)).ticket
        stops: list[tuple[Cursor, set[str]]] = []
        async with listening(jane) as ear:
            story = await ear.until(lambda told: told.caught_up)
            for number in range(4):
                assert story.cursor is not None
                stops.append((story.cursor, {event.id for event in story.of(ticket)}))
                text = f"Word {number}."
                await helpdesk.reply(ticket, text)
                await ear.until_said(ticket, text)
        everything = {event.id for event in story.of(ticket)}
        for cursor, before in stops:
            later = await hear(jane, cursor)
            after = {event.id for event in later.of(ticket)}
            assert before | after == everything
        assert [story.texts(ticket).count(f"Word {number}.") for number in range(4)] == [1, 1, 1, 1]

    async def test_what_happened_while_away_is_told_and_may_be_announced(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Away"), outgoing)).ticket
        cursor = (await hear(jane)).cursor
        await helpdesk.reply(ticket, "You were away.")
        async with listening(jane, cursor) as ear:
            story = await ear.until(lambda told: told.says(ticket, "You were away."))
        assert [batch.live for batch in story.batches if batch.events] == [True]

    async def test_nothing_falls_between_the_snapshot_and_the_live_news(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Between"), outgoing)).ticket
        async with listening(jane) as ear:
            await ear.until(lambda told: bool(told.batches))
            await helpdesk.reply(ticket, "Said in the middle of the snapshot.")
            story = await ear.until(lambda told: told.says(ticket, "Said in the middle of the snapshot."))
        assert story.texts(ticket).count("Said in the middle of the snapshot.") == 1

    async def test_a_cursor_the_desk_does_not_know_tells_all_again(
        self, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Lost place"), outgoing)).ticket
        story = await hear(jane, Cursor("no cursor of yours"))
        assert ticket in story.tickets
        assert not any(batch.live for batch in story.batches)

    async def test_a_cut_connection_ends_the_news_and_the_cursor_carries_on(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Cut"), outgoing)).ticket
        cursor = None
        try:
            async with listening(jane) as ear:
                cursor = (await ear.until(lambda told: told.caught_up)).cursor
                site.network.cut()
                await helpdesk.reply(ticket, "Said into the dead line.")
                await ear.until(lambda told: told.says(ticket, "Said into the dead line."))
        except DeskUnavailable:
            site.network.restore()
        story = await hear(jane, cursor)
        assert story.says(ticket, "Said into the dead line.")

    async def test_another_persons_requests_never_come(
        self, site: Site, jane: Desk, omar: Desk, outgoing: Outgoing
    ) -> None:
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            theirs = (await send(omar, a_request(site, "Not yours"), outgoing)).ticket
            mine = (await send(jane, a_request(site, "Yours"), outgoing)).ticket
            story = await ear.until(lambda told: mine in told.tickets and bool(told.of(mine)))
        assert theirs not in story.tickets
        assert theirs not in (await hear(jane)).tickets
        assert not any(event.ticket == theirs for event in story.told)

    async def test_an_internal_note_never_comes(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Notes"), outgoing)).ticket
        await helpdesk.note(ticket, "Between us technicians.")
        await helpdesk.reply(ticket, "To you.")
        story = await hear(jane)
        assert story.says(ticket, "To you.")
        assert "Between us" not in str(story.told)

    async def test_it_is_clear_who_did_what(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Who did it"), outgoing)).ticket
        await send(jane, a_reply(ticket, "One more thing."), outgoing)
        await helpdesk.assign(ticket)
        await helpdesk.reply(ticket, "I have it.")
        story = await hear(jane)
        by_text = {event.text.rstrip(): event.actor for event in story.of(ticket)}
        assert by_text["One more thing."].kind is ActorKind.YOU
        assert by_text["I have it."].kind is ActorKind.AGENT
        assert by_text["I have it."].name == helpdesk.name
        created = next(event for event in story.of(ticket) if event.kind is EventKind.CREATED)
        assert created.actor.kind is ActorKind.YOU
        owner = story.tickets[ticket].owner
        assert owner is not None
        assert owner.name == helpdesk.name

    async def test_a_state_nobody_mapped_is_unknown_and_keeps_the_desks_word(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Strange state"), outgoing)).ticket
        word = await helpdesk.unknown_status(ticket)
        story = await hear(jane)
        site.network.restore()
        assert story.tickets[ticket].state is TicketState.UNKNOWN
        assert story.tickets[ticket].state_word == word

    async def test_times_are_in_utc_and_what_is_not_set_is_none(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Times"), outgoing)).ticket
        await helpdesk.assign(ticket)
        story = await hear(jane)
        moments = [moment for batch in story.batches for moment in times_in(batch)]
        assert moments
        assert all(moment.utcoffset() is not None and not moment.utcoffset() for moment in moments)
        assert min(moments).year > 2000, "a date that is not set is None, not the year dot"
        assert story.tickets[ticket].visit is None
        assert story.tickets[ticket].auto_close_at is None

    async def test_listening_stops_within_a_second(self, jane: Desk) -> None:
        async with listening(jane, kicking=False) as ear:
            await ear.until(lambda told: told.caught_up)
            with anyio.move_on_after(0.2) as waiting:
                await ear.until(lambda told: len(told.batches) > 1_000)
            assert waiting.cancelled_caught
