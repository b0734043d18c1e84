"""Contract: what a person asks for is done at the desk once, and the desk's word on it is the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.listening import hear, listening
from tests.contract.site import Helpdesk, Site
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, a_reply, a_request, it_works, not_yet, send
from tests.rigs.flaky_proxy import Fault
from tracker.desks.base import Capability, Desk, Secret, SecretKind
from tracker.model.errors import CommandRejected, DeskError, SignInRequired
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId, TicketState


class CommandContract:
    """What `sign_in`, `check`, `send` and `find` do."""

    async def test_a_wrong_password_is_said_plainly(self, site: Site) -> None:
        desk = site.desk("jane", secret=Secret(SecretKind.PASSWORD, "not her password"))
        with pytest.raises(SignInRequired) as refused:
            await desk.sign_in()
        assert_plain(refused.value)
        await desk.aclose()

    async def test_what_signing_in_gives_signs_in_the_next_time(self, site: Site) -> None:
        first = site.desk("jane")
        kept = await first.sign_in()
        await first.aclose()
        assert kept.value not in repr(kept)
        second = site.desk("jane", secret=kept)
        await second.sign_in()
        assert (await hear(second)).caught_up
        await second.aclose()

    async def test_a_token_that_is_not_known_asks_to_sign_in(self, site: Site) -> None:
        desk = site.desk("jane", secret=Secret(SecretKind.TOKEN, "1-99-0123456789abcdef0123456789abcdef"))
        with pytest.raises(SignInRequired) as refused:
            await desk.sign_in()
        assert_plain(refused.value)
        with pytest.raises(SignInRequired):
            await hear(desk)
        await desk.aclose()

    async def test_the_desk_says_who_it_is(self, jane: Desk) -> None:
        info = await jane.check()
        assert info.name
        assert info.version
        assert info.user
        assert info.capabilities == jane.capabilities
        assert abs(info.clock_offset.total_seconds()) < 5

    async def test_a_request_gets_a_number_and_comes_back_in_the_news(
        self, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        command = a_request(site, "The printer jams", "Every time.\nOn both sides.")
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            receipt = await send(jane, command, outgoing)
            assert receipt.number
            story = await ear.until(lambda told: command.id in told.confirmed)
        ticket = story.tickets[receipt.ticket]
        assert ticket.subject == "The printer jams"
        assert ticket.number == receipt.number
        assert ticket.state in (TicketState.NEW, TicketState.ASSIGNED)
        assert story.says(receipt.ticket, "Every time.\nOn both sides.")

    async def test_a_reply_comes_back_as_ones_own(self, site: Site, jane: Desk, outgoing: Outgoing) -> None:
        ticket = (await send(jane, a_request(site, "Echo"), outgoing)).ticket
        command = a_reply(ticket, "Is anybody there?")
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await send(jane, command, outgoing)
            story = await ear.until(lambda told: command.id in told.confirmed)
        echo = next(event for event in story.of(ticket) if "anybody" in event.text)
        assert echo.actor.kind is ActorKind.YOU

    @pytest.mark.parametrize("fault", [Fault.LOSE, Fault.CUT])
    async def test_a_lost_answer_is_found_and_nothing_is_there_twice(
        self, fault: Fault, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Lost answer"), outgoing)).ticket
        for command in (a_request(site, f"Raised once, {fault}"), a_reply(ticket, f"Said once, {fault}.")):
            site.network.fail(fault, match=site.writes, times=1)
            with pytest.raises(DeskError):
                await jane.send(command, outgoing)
            site.network.restore()
            found = await jane.find(command)
            assert found is not None
            assert found.ticket in (await hear(jane)).tickets
        assert len(await helpdesk.tickets(f"Raised once, {fault}")) == 1
        assert (await helpdesk.messages(ticket)).count(f"Said once, {fault}.") == 1

    async def test_what_never_arrived_is_not_found_and_can_be_sent(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Never arrived"), outgoing)).ticket
        command = a_reply(ticket, "Second try.")
        assert await jane.find(command) is None
        site.network.fail(Fault.DROP, match=site.writes, times=1)
        with pytest.raises(DeskError):
            await jane.send(command, outgoing)
        site.network.restore()
        assert await jane.find(command) is None
        await send(jane, command, outgoing)
        assert await jane.find(command) is not None
        assert (await helpdesk.messages(ticket)).count("Second try.") == 1

    async def test_two_commands_with_the_same_words_are_two(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Twice on purpose"), outgoing)).ticket
        for _ in range(2):
            await send(jane, a_reply(ticket, "Any news?"), outgoing)
        assert (await helpdesk.messages(ticket)).count("Any news?") == 2

    async def test_a_refusal_says_why(self, site: Site, jane: Desk, outgoing: Outgoing) -> None:
        strange = replace(a_request(site, "For nobody"), service="no-such-service")
        for command in (strange, a_reply(TicketId("999999"), "Hello?")):
            with pytest.raises(CommandRejected) as refused:
                await jane.send(command, outgoing)
            assert_plain(refused.value)
            assert await jane.find(command) is None

    async def test_another_persons_request_cannot_be_written_to(
        self, site: Site, jane: Desk, omar: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        theirs = (await send(omar, a_request(site, "Private"), outgoing)).ticket
        with pytest.raises(CommandRejected):
            await jane.send(a_reply(theirs, "Let me in."), outgoing)
        assert "Let me in." not in await helpdesk.messages(theirs)

    @pytest.mark.parametrize(
        "text",
        [
            "Grüße aus Zürich: 漢字, עברית, 🖨️ und „Anführung“",
            "<b>not bold</b> & 100 % <script>alert(1)</script>",
            "1 < 2\n\n  indented\ttabbed\nlast line",
        ],
    )
    async def test_words_come_back_as_they_were_written(
        self, text: str, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        subject = f"Words: {text.splitlines()[0][:60]}"
        ticket = (await send(jane, a_request(site, subject, text), outgoing)).ticket
        await send(jane, a_reply(ticket, f"And: {text}"), outgoing)
        story = await hear(jane)
        assert story.tickets[ticket].subject == subject
        assert story.says(ticket, text)
        assert story.says(ticket, f"And: {text}")

    async def test_a_very_long_text_arrives_whole_and_a_longer_one_is_refused(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        limit = (await jane.check()).text_length
        ticket = (await send(jane, a_request(site, "Long"), outgoing)).ticket
        long = ("All work and no play. " * (limit // 22 + 1))[:limit].rstrip()
        await send(jane, a_reply(ticket, long), outgoing)
        assert (await hear(jane)).says(ticket, long)
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_reply(ticket, "x" * (limit + 1)), outgoing)
        assert_plain(refused.value)
        assert "x" * 200 not in str(await helpdesk.messages(ticket))

    async def test_an_empty_reply_is_refused(self, site: Site, jane: Desk, outgoing: Outgoing) -> None:
        ticket = (await send(jane, a_request(site, "Nothing to say"), outgoing)).ticket
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_reply(ticket, "  \n "), outgoing)
        assert_plain(refused.value)

    async def test_it_works_is_told_the_desk_or_is_honestly_kept_here(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Confirm"), outgoing)).ticket
        await helpdesk.resolve(ticket, "Replaced the cable.")
        assert (await hear(jane)).tickets[ticket].state is TicketState.RESOLVED
        receipt = await send(jane, it_works(ticket), outgoing)
        assert receipt.kept_here is (Capability.CONFIRM not in jane.capabilities)
        if Capability.CONFIRM in jane.capabilities:
            assert await jane.find(it_works(ticket)) is None
            story = await hear(jane)
            said = {TicketState.RESOLVED, TicketState.CLOSED}
            assert story.tickets[ticket].state in said
            assert story.of(ticket)[-1].actor.kind in (ActorKind.YOU, ActorKind.SYSTEM)

    async def test_not_yet_reopens_with_the_persons_words(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Not yet"), outgoing)).ticket
        await helpdesk.resolve(ticket, "Replaced the cable.")
        command = not_yet(ticket, "The lamp still blinks.")
        await send(jane, command, outgoing)
        assert await jane.find(command) is not None
        assert (await helpdesk.messages(ticket)).count("The lamp still blinks.") == 1
        story = await hear(jane)
        assert story.says(ticket, "The lamp still blinks.")
        if Capability.REOPEN in jane.capabilities:
            assert story.tickets[ticket].state is not TicketState.RESOLVED
