"""Contract: what a desk declares works; what it does not declare is refused or left empty, plainly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.files import files_of
from tests.contract.listening import hear, listening
from tests.contract.site import Helpdesk, Site
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, a_request, send
from tracker.desks.base import Capability, Desk
from tracker.model.errors import CommandRejected
from tracker.model.event import EventKind
from tracker.model.promise import LIVE, PromiseKind
from tracker.model.ticket import TicketState
from tracker.model.visit import VisitState


def soon(hours: int) -> datetime:
    """A whole minute some hours from now."""
    return (datetime.now(UTC) + timedelta(hours=hours)).replace(second=0, microsecond=0)


class HonestyContract:
    """Each capability, declared or not."""

    async def test_push_needs_no_asking(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Push"), outgoing)).ticket
        async with listening(jane, kicking=Capability.PUSH not in jane.capabilities) as ear:
            await ear.until(lambda told: told.caught_up)
            await helpdesk.reply(ticket, "Told by itself.")
            await ear.until(lambda told: told.says(ticket, "Told by itself."), within=10)

    async def test_files_travel_where_the_desk_takes_them(
        self, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        command = a_request(site, "With a file", "See file.", outgoing.add("a.txt", b"a"))
        if Capability.ATTACH in jane.capabilities:
            ticket = (await send(jane, command, outgoing)).ticket
            assert len(files_of(await hear(jane), ticket)) == 1
        else:
            with pytest.raises(CommandRejected) as refused:
                await jane.send(command, outgoing)
            assert_plain(refused.value)

    async def test_a_promise_is_told_where_the_desk_has_them(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Promise"), outgoing)).ticket
        if Capability.PROMISES not in jane.capabilities:
            assert (await hear(jane)).tickets[ticket].promises == ()
            return
        latest = soon(5)
        await helpdesk.promise(ticket, latest)
        story = await hear(jane)
        fixes = [each for each in story.tickets[ticket].promises if each.kind is PromiseKind.FIX]
        assert [(each.latest, each.state in LIVE) for each in fixes] == [(latest, True)]
        assert EventKind.PROMISE_MADE in story.kinds(ticket)

    async def test_a_visit_is_followed_where_the_desk_has_them(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Visit"), outgoing)).ticket
        if Capability.VISITS not in jane.capabilities:
            assert (await hear(jane)).tickets[ticket].visit is None
            return
        await helpdesk.assign(ticket)
        starts = soon(3)
        await helpdesk.book_visit(ticket, starts, starts + timedelta(hours=2))
        story = await hear(jane)
        visit = story.tickets[ticket].visit
        assert visit is not None
        assert (visit.starts, visit.state) == (starts, VisitState.SCHEDULED)
        assert story.tickets[ticket].state is TicketState.VISIT
        assert EventKind.VISIT_BOOKED in story.kinds(ticket)
        await helpdesk.on_the_way(ticket, starts - timedelta(minutes=10), starts)
        story = await hear(jane)
        visit = story.tickets[ticket].visit
        assert visit is not None
        assert visit.state is VisitState.ON_THE_WAY
        assert EventKind.VISIT_ON_THE_WAY in story.kinds(ticket)
        await helpdesk.arrive(ticket)
        assert (await hear(jane)).tickets[ticket].visit is not None

    async def test_the_knowledge_base_answers_where_there_is_one(self, site: Site, jane: Desk) -> None:
        found = await jane.answers(site.question)
        assert bool(found) is (Capability.ANSWERS in jane.capabilities)
        assert all(answer.id and answer.title for answer in found)
        assert await jane.answers("qqqzzzxxx") == ()

    async def test_the_catalogue_lists_what_can_be_asked_for(self, site: Site, jane: Desk) -> None:
        services = await jane.catalogue()
        assert site.service in {service.id for service in services}
        assert all(service.name for service in services)
        if Capability.CATALOGUE not in jane.capabilities:
            assert all(service.fields == () for service in services)

    async def test_history_is_told_where_the_desk_has_it(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "History"), outgoing)).ticket
        await helpdesk.assign(ticket)
        kinds = (await hear(jane)).kinds(ticket)
        assert EventKind.CREATED in kinds
        if Capability.HISTORY in jane.capabilities:
            assert {EventKind.ASSIGNED, EventKind.HANDED_OVER} & set(kinds)

    async def test_a_question_waits_for_the_requester(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Question"), outgoing)).ticket
        await helpdesk.ask(ticket, "Which room is it?")
        story = await hear(jane)
        assert story.says(ticket, "Which room is it?")
        assert story.tickets[ticket].state is TicketState.WAITING_FOR_YOU

    async def test_hostile_html_becomes_harmless_text(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Hostile"), outgoing)).ticket
        hostile = (
            "<p>Hello <b>Jane</b></p><script>alert('x')</script>"
            "<img src='http://tracker.test/pixel.png' onerror='alert(1)'><style>p{color:red}</style>"
        )
        await helpdesk.reply(ticket, hostile, html=True)
        (text,) = [text for text in (await hear(jane)).texts(ticket) if "Jane" in text]
        if text == hostile:  # a desk of plain text: the characters stay what they are, and are shown as such
            return
        assert text.split() == ["Hello", "Jane"]
