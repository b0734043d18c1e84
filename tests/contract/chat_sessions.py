"""Contract: a chat is begun, waits, is taken up, handed on and ended, and the requester sees each step."""

from __future__ import annotations

import pytest

from tests.contract.chat_site import ChatHelpdesk, ChatSite
from tests.contract.chat_writing import a_chat, a_message, an_end, begun, talking
from tests.contract.listening import Story, hear, listening
from tests.contract.values import assert_plain, times_in
from tests.contract.writing import Outgoing, send
from tracker.desks.base import Capability
from tracker.desks.chatting import ChatDesk
from tracker.model.chat import ChatState, EndedBy, OfferState
from tracker.model.errors import CommandRejected
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId


def is_in(told: Story, ticket: TicketId, state: ChatState) -> bool:
    """Say whether the chat has come to this."""
    return ticket in told.chats and told.chats[ticket].state is state


class ChatSessionContract:
    """What `chat_offer`, `StartChat` and `EndChat` do, and how a session shows in the news."""

    async def test_it_says_that_it_chats(self, jane: ChatDesk) -> None:
        assert Capability.CHAT in (await jane.check()).capabilities
        assert isinstance(jane, ChatDesk)

    async def test_the_offer_tells_whether_somebody_would_answer(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        assert (await jane.chat_offer()).state is OfferState.OPEN
        if not site.has_queue:
            return
        await agent.available(yes=False)
        assert (await jane.chat_offer()).state in (OfferState.NOBODY, OfferState.CLOSED)
        ticket = await site.ticket("Nobody there")
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_chat(ticket, "Hello?"), outgoing)
        assert_plain(refused.value)
        assert "Hello?" not in await agent.messages(ticket)

    async def test_a_chat_begins_with_the_first_words_once(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await site.ticket("First words")
        command = a_chat(ticket, "My screen stays black.")
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            receipt = await send(jane, command, outgoing)
            assert receipt.ticket == ticket
            story = await ear.until(
                lambda told: told.said(ticket) == ["My screen stays black."] and ticket in told.chats
            )
            story = await ear.until(lambda told: command.id in told.confirmed)
        chat = story.chats[ticket]
        assert chat.is_active
        assert chat.session
        (message,) = story.talk(ticket)
        assert message.command_id == command.id
        assert message.sender.kind is ActorKind.YOU
        assert message.session == chat.session
        assert await agent.messages(ticket) == ["My screen stays black."]

    async def test_a_chat_may_begin_without_words(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await site.ticket("Without words")
        command = a_chat(ticket)
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await send(jane, command, outgoing)
            story = await ear.until(lambda told: ticket in told.chats and command.id in told.confirmed)
        assert story.chats[ticket].is_active
        assert story.said(ticket) == []
        assert story.kinds(ticket).count(EventKind.CHAT_STARTED) == 1

    async def test_who_waits_knows_the_place_and_may_leave(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await begun(site, jane, "In the queue", outgoing)
        waiting = (await hear(jane)).chats[ticket]
        if site.has_queue:
            assert waiting.state is ChatState.QUEUED
            assert waiting.place is not None
            assert waiting.first_place is not None
            assert 1 <= waiting.place <= waiting.first_place
            assert waiting.wait is None or waiting.wait.shortest <= waiting.wait.longest
        await send(jane, an_end(ticket), outgoing)
        story = await hear(jane)
        assert story.chats[ticket].state is ChatState.ENDED
        assert story.chats[ticket].ended_by is EndedBy.YOU

    async def test_an_agent_joins_and_it_is_told_who(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await begun(site, jane, "Joining", outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await agent.join(ticket)
            story = await ear.until(
                lambda told: (
                    is_in(told, ticket, ChatState.OPEN) and EventKind.CHAT_JOINED in told.kinds(ticket)
                )
            )
        chat = story.chats[ticket]
        assert chat.agent is not None
        assert chat.agent.name == agent.name
        assert chat.agent.kind is ActorKind.AGENT
        assert chat.joined_at is not None
        joined = next(event for event in story.of(ticket) if event.kind is EventKind.CHAT_JOINED)
        assert joined.actor.kind is ActorKind.AGENT
        assert any(batch.live for batch in story.batches if joined in batch.events)

    async def test_an_agent_who_leaves_is_told_and_the_chat_is_not_over(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Leaving", outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: is_in(told, ticket, ChatState.OPEN))
            await agent.leave(ticket)
            story = await ear.until(lambda told: is_in(told, ticket, ChatState.QUEUED))
            assert EventKind.CHAT_LEFT in story.kinds(ticket)
            await agent.join(ticket)
            await ear.until(lambda told: is_in(told, ticket, ChatState.OPEN))

    async def test_an_agent_ends_it(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Ended by the agent", outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: is_in(told, ticket, ChatState.OPEN))
            await agent.say(ticket, "Good bye.")
            await agent.end(ticket)
            story = await ear.until(
                lambda told: (
                    is_in(told, ticket, ChatState.ENDED) and EventKind.CHAT_ENDED in told.kinds(ticket)
                )
            )
        assert story.chats[ticket].ended_by is EndedBy.AGENT
        assert story.chats[ticket].ended_at is not None
        assert story.said(ticket) == ["Good bye."]

    async def test_the_person_ends_it_once(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Ended by the person", outgoing)
        command = an_end(ticket)
        async with listening(jane) as ear:
            await ear.until(lambda told: is_in(told, ticket, ChatState.OPEN))
            await send(jane, command, outgoing)
            await send(jane, command, outgoing)
            story = await ear.until(
                lambda told: is_in(told, ticket, ChatState.ENDED) and command.id in told.confirmed
            )
        assert story.chats[ticket].ended_by is EndedBy.YOU
        assert (await hear(jane)).kinds(ticket).count(EventKind.CHAT_ENDED) == 1

    async def test_what_is_said_after_the_end_is_refused_in_words(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "After the end", outgoing)
        await agent.end(ticket)
        late = a_message(ticket, "One more thing.")
        with pytest.raises(CommandRejected) as refused:
            await jane.send(late, outgoing)
        assert_plain(refused.value)
        assert await jane.find(late) is None
        assert "One more thing." not in await agent.messages(ticket)

    async def test_a_chat_taken_up_again_goes_on_in_a_session_of_its_own(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Again", outgoing)
        await agent.say(ticket, "Try it now.")
        await agent.end(ticket)
        first = (await hear(jane)).chats[ticket]
        await send(jane, a_chat(ticket, "It is back."), outgoing)
        await agent.join(ticket)
        story = await hear(jane)
        again = story.chats[ticket]
        assert again.state is ChatState.OPEN
        assert again.session != first.session
        assert again.started_at > first.started_at
        assert again.ended_at is None
        assert story.said(ticket) == ["Try it now.", "It is back."]
        assert [each.session for each in story.talk(ticket)] == [first.session, again.session]

    async def test_a_second_chat_on_the_same_request_is_refused_in_words(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Only one", outgoing)
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_chat(ticket, "And another."), outgoing)
        assert_plain(refused.value)

    async def test_times_are_in_utc(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Times of a chat", outgoing)
        await agent.say(ticket, "Now.")
        story = await hear(jane)
        told = (story.chats[ticket], *story.talk(ticket))
        moments = [moment for each in told for moment in times_in(each)]
        assert moments
        assert all(moment.utcoffset() is not None and not moment.utcoffset() for moment in moments)
        assert min(moments).year > 2000

    async def test_another_persons_chat_never_comes(
        self, site: ChatSite, jane: ChatDesk, omar: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        theirs = await site.ticket("Not yours", "omar")
        await send(omar, a_chat(theirs, "Between us."), outgoing)
        await agent.join(theirs)
        mine = await talking(site, jane, "Yours", outgoing)
        story = await hear(jane)
        assert mine in story.chats
        assert theirs not in story.chats
        assert not any(message.ticket == theirs for message in story.written)
        with pytest.raises(CommandRejected):
            await jane.send(a_message(theirs, "Let me in."), outgoing)
        assert "Let me in." not in await agent.messages(theirs)
