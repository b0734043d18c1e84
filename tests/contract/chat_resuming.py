"""Contract: a conversation is told whole, and goes on from the cursor without loss or doubles."""

from __future__ import annotations

from contextlib import suppress

from tests.contract.chat_site import ChatHelpdesk, ChatSite
from tests.contract.chat_writing import a_message, talking
from tests.contract.listening import Story, hear, listening
from tests.contract.writing import Outgoing, send
from tracker.desks.chatting import ChatDesk
from tracker.model.batch import Cursor
from tracker.model.chat import ChatState
from tracker.model.errors import DeskUnavailable
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId


class ChatResumingContract:
    """What `news` tells of chats, from the beginning and from a cursor."""

    async def test_a_new_sign_in_hears_the_whole_conversation_as_history(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The whole of it", outgoing)
        for number in range(30):
            await agent.say(ticket, f"Number {number}.")
        await send(jane, a_message(ticket, "Thank you."), outgoing)
        story = await hear(jane)
        assert story.said(ticket) == [*(f"Number {number}." for number in range(30)), "Thank you."]
        assert len(story.written) == len({message.id for message in story.written})
        assert not any(batch.live for batch in story.batches if batch.messages)
        assert story.message(ticket, "Thank you.").sender.kind is ActorKind.YOU

    async def test_a_message_has_the_same_id_and_place_each_time(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The same each time", outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await agent.say(ticket, "One.")
            await send(jane, a_message(ticket, "Two."), outgoing)
            live = await ear.until(lambda told: told.said(ticket) == ["One.", "Two."])
        later = await hear(jane)
        assert [each.id for each in live.talk(ticket)] == [each.id for each in later.talk(ticket)]
        assert later.said(ticket) == ["One.", "Two."]

    async def test_from_a_cursor_come_only_the_new_words_each_once(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "From a cursor", outgoing)
        await agent.say(ticket, "Before.")
        before = await hear(jane)
        await agent.say(ticket, "While you were away.")
        await agent.edit(ticket, "Before.", "Before, corrected.")
        await send(jane, a_message(ticket, "From my telephone."), outgoing)
        await agent.read(ticket, "From my telephone.")
        await agent.end(ticket)
        story = await hear(jane, before.cursor)
        assert told(story, ticket) == ["While you were away.", "From my telephone."]
        assert [each.text for each in story.amended.values()] == ["Before, corrected."]
        assert story.chats[ticket].state is ChatState.ENDED
        assert story.read_text(ticket, ActorKind.AGENT) == "From my telephone."
        nothing = await hear(jane, story.cursor)
        assert told(nothing, ticket) == []

    async def test_a_cursor_nobody_knows_tells_everything_again(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Lost place in a chat", outgoing)
        await agent.say(ticket, "Still here.")
        story = await hear(jane, Cursor("no cursor of yours"))
        assert story.said(ticket) == ["Still here."]
        assert ticket in story.chats
        assert not any(batch.live for batch in story.batches if batch.messages)

    async def test_a_cut_connection_loses_and_doubles_nothing(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Cut in a chat", outgoing)
        heard = Story()
        with suppress(DeskUnavailable):
            async with listening(jane) as ear:
                heard = ear.story
                await ear.until(lambda told: told.caught_up)
                await agent.say(ticket, "Before the cut.")
                await ear.until(lambda told: "Before the cut." in told.said(ticket))
                site.network.cut()
                await agent.say(ticket, "Into the dead line.")
                await ear.until(lambda told: "Into the dead line." in told.said(ticket))
        site.network.restore()
        await agent.say(ticket, "After the cut.")
        story = await hear(jane, heard.cursor)
        assert told(heard, ticket) + told(story, ticket) == [
            "Before the cut.",
            "Into the dead line.",
            "After the cut.",
        ]


def told(story: Story, ticket: TicketId) -> list[str]:
    """List each telling of a message in one chat, as it came."""
    return [message.text for message in story.written if message.ticket == ticket]
