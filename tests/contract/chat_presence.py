"""Contract: both sides see that the other is writing, and how far the other has read."""

from __future__ import annotations

import anyio

from tests.contract.chat_site import ChatHelpdesk, ChatSite
from tests.contract.chat_writing import a_message, talking
from tests.contract.listening import hear, listening
from tests.contract.writing import Outgoing, send
from tracker.desks.chatting import ChatDesk
from tracker.model.person import ActorKind

SOON = 10.0
"""Seconds."""


class ChatPresenceContract:
    """What `say_typing` and `mark_read` do, and how the agent's show in the news."""

    async def test_it_is_seen_that_the_agent_writes_and_stops(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The agent writes", outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await agent.typing(ticket, on=True)
            story = await ear.until(lambda told: any(each.until for each in told.typing), within=SOON)
            began = next(each for each in story.typing if each.until)
            assert began.ticket == ticket
            assert began.person.name == agent.name
            assert began.person.kind is ActorKind.AGENT
            await agent.typing(ticket, on=False)
            await ear.until(lambda told: told.typing[-1].until is None, within=SOON)

    async def test_the_agent_sees_that_the_person_writes(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The person writes", outgoing)
        await jane.say_typing(ticket, typing=True)
        with anyio.fail_after(SOON):
            while not await agent.sees_typing(ticket):
                await anyio.sleep(0.05)
        await jane.say_typing(ticket, typing=False)
        with anyio.fail_after(SOON):
            while await agent.sees_typing(ticket):
                await anyio.sleep(0.05)

    async def test_ones_own_writing_is_not_told(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Own writing", outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await jane.say_typing(ticket, typing=True)
            await agent.say(ticket, "Go on.")
            story = await ear.until(lambda told: "Go on." in told.said(ticket))
        assert not any(each.until for each in story.typing)

    async def test_it_is_seen_how_far_the_agent_has_read(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The agent reads", outgoing)
        for text in ("One.", "Two.", "Three."):
            await send(jane, a_message(ticket, text), outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await agent.read(ticket, "Two.")
            await ear.until(lambda told: told.read_text(ticket, ActorKind.AGENT) == "Two.", within=SOON)
        assert (await hear(jane)).read_text(ticket, ActorKind.AGENT) == "Two."

    async def test_the_agent_sees_how_far_the_person_has_read(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The person reads", outgoing)
        for text in ("One.", "Two.", "Three."):
            await agent.say(ticket, text)
        story = await hear(jane)
        await jane.mark_read(ticket, story.message(ticket, "Two.").id)
        assert await agent.sees_read(ticket) == "Two."
        await jane.mark_read(ticket, story.message(ticket, "One.").id)
        assert await agent.sees_read(ticket) == "Two."
        await jane.mark_read(ticket, story.message(ticket, "Three.").id)
        assert await agent.sees_read(ticket) == "Three."

    async def test_what_was_read_elsewhere_is_read_here(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Read elsewhere", outgoing)
        await agent.say(ticket, "Read me.")
        message = (await hear(jane)).message(ticket, "Read me.")
        elsewhere = site.desk("jane")
        await elsewhere.sign_in()
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await elsewhere.mark_read(ticket, message.id)
            await ear.until(lambda told: told.read_text(ticket, ActorKind.YOU) == "Read me.", within=SOON)
        await elsewhere.aclose()
