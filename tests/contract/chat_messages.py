"""Contract: what is said arrives once, in order, as it was written; edits and removals too."""

from __future__ import annotations

import pytest

from tests.contract.chat_site import ChatHelpdesk, ChatSite
from tests.contract.chat_writing import a_chat, a_message, talking
from tests.contract.listening import hear, listening
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, send
from tests.rigs.flaky_proxy import Fault
from tracker.desks.chatting import ChatDesk
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.person import ActorKind

HOSTILE = [
    "<script>alert(1)</script><b>not bold</b> & 100 %",
    "Grüße aus Zürich: 漢字, עברית, 🖨️",
    "1 < 2\n\n  indented\nlast line",
    "**no** _markdown_ [link](https://example.org) @room",
]
NEVER = "\u202e\u2066\x00\x1b\x07"
"""What could turn a line around, or speak to a terminal."""


class ChatMessageContract:
    """What `SendMessage` does, and how messages, edits and removals show in the news."""

    async def test_an_own_message_comes_back_as_ones_own_once(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Echo of a message", outgoing)
        command = a_message(ticket, "Is anybody there?")
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            receipt = await send(jane, command, outgoing)
            assert receipt.ticket == ticket
            await ear.until(lambda told: command.id in told.confirmed)
            await agent.say(ticket, "I am.")
            story = await ear.until(lambda told: "I am." in told.said(ticket))
        told = [message for message in story.written if message.command_id == command.id]
        assert {message.id for message in told} == {receipt.event or told[0].id}
        assert told[0].sender.kind is ActorKind.YOU
        assert story.said(ticket) == ["Is anybody there?", "I am."]
        assert await agent.messages(ticket) == ["Is anybody there?", "I am."]

    async def test_sent_twice_it_is_there_once(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Sent twice", outgoing)
        command = a_message(ticket, "Once, please.")
        first = await send(jane, command, outgoing)
        second = await send(jane, command, outgoing)
        assert first.event == second.event
        assert await agent.messages(ticket) == ["Once, please."]
        assert (await hear(jane)).said(ticket) == ["Once, please."]

    async def test_two_messages_with_the_same_words_are_two(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Twice on purpose", outgoing)
        for _ in range(2):
            await send(jane, a_message(ticket, "Hello?"), outgoing)
        assert (await hear(jane)).said(ticket) == ["Hello?", "Hello?"]

    @pytest.mark.parametrize("fault", [Fault.LOSE, Fault.CUT])
    async def test_a_lost_answer_is_found_and_the_message_is_there_once(
        self, fault: Fault, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, f"Lost answer, {fault}", outgoing)
        command = a_message(ticket, "Said once.")
        site.network.fail(fault, match=site.writes, times=1)
        with pytest.raises(DeskError) as lost:
            await jane.send(command, outgoing)
        assert not isinstance(lost.value, CommandRejected)
        site.network.restore()
        if await jane.find(command) is None:  # a desk whose send is itself a look may leave that to it
            await send(jane, command, outgoing)
        assert await agent.messages(ticket) == ["Said once."]
        assert (await hear(jane)).said(ticket) == ["Said once."]

    async def test_what_never_arrived_can_be_sent_again(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Second try of a message", outgoing)
        command = a_message(ticket, "Second try.")
        assert await jane.find(command) is None
        site.network.fail(Fault.DROP, match=site.writes, times=1)
        with pytest.raises(DeskError):
            await jane.send(command, outgoing)
        site.network.restore()
        assert await jane.find(command) is None
        await send(jane, command, outgoing)
        assert await agent.messages(ticket) == ["Second try."]

    async def test_a_session_whose_answer_was_lost_is_begun_once(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await site.ticket("Begun once")
        command = a_chat(ticket, "Begun once.")
        await send(jane, command, outgoing)
        found = await jane.find(command)
        if found is None:
            await send(jane, command, outgoing)
        else:
            assert found.ticket == ticket
        assert await agent.messages(ticket) == ["Begun once."]

    async def test_the_agents_words_come_live_with_the_name(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "The agent speaks", outgoing)
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up)
            await agent.say(ticket, "Have you tried the other cable?")
            story = await ear.until(lambda told: bool(told.said(ticket)))
        message = story.message(ticket, "Have you tried the other cable?")
        assert message.sender.kind is ActorKind.AGENT
        assert message.sender.name == agent.name
        assert message.command_id is None
        assert message.session == story.chats[ticket].session
        assert all(batch.live for batch in story.batches if message in batch.messages)

    async def test_the_order_is_the_one_in_which_the_desk_has_it(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "In order", outgoing)
        for number in range(4):
            await agent.say(ticket, f"Question {number}?")
            await send(jane, a_message(ticket, f"Answer {number}."), outgoing)
        story = await hear(jane)
        places = [message.place for message in story.talk(ticket)]
        assert len(set(places)) == len(places)
        assert story.said(ticket) == await agent.messages(ticket)
        assert story.said(ticket)[:2] == ["Question 0?", "Answer 0."]

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_words_come_back_as_they_were_written(
        self, text: str, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Words of all kinds", outgoing)
        await send(jane, a_message(ticket, text), outgoing)
        await agent.say(ticket, f"You wrote: {text}")
        assert [said.rstrip() for said in (await hear(jane)).said(ticket)] == [text, f"You wrote: {text}"]

    async def test_what_could_turn_a_line_around_is_made_harmless(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Turned around", outgoing)
        await agent.say(ticket, "Open \u202egpj.exe\u2066 now \x1b[31m" + "z\u0334\u0335\u0336" * 50)
        (message,) = (await hear(jane)).talk(ticket)
        assert message.text.startswith("Open ")
        assert not set(message.text) & set(NEVER)

    async def test_too_much_text_is_refused_in_words_and_nothing_travels(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Too much text", outgoing)
        limit = (await jane.check()).text_length
        long = ("All work and no play. " * (limit // 22 + 1))[:limit].rstrip()
        await send(jane, a_message(ticket, long), outgoing)
        for text in ("x" * (limit + 1), "y" * 1_000_000):
            with pytest.raises(CommandRejected) as refused:
                await jane.send(a_message(ticket, text), outgoing)
            assert_plain(refused.value)
        assert (await hear(jane)).said(ticket) == [long]

    async def test_nothing_at_all_is_refused_in_words(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Nothing said", outgoing)
        with pytest.raises(CommandRejected) as refused:
            await jane.send(a_message(ticket, "  \n "), outgoing)
        assert_plain(refused.value)

    async def test_an_edit_is_told_and_keeps_the_place(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "An edit", outgoing)
        await agent.say(ticket, "Press F2.")
        await agent.say(ticket, "Then wait.")
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up and len(told.said(ticket)) == 2)
            await agent.edit(ticket, "Press F2.", "Press F12.")
            story = await ear.until(lambda told: told.said(ticket) == ["Press F12.", "Then wait."])
        assert story.message(ticket, "Press F12.").changed_at is not None
        assert (await hear(jane)).said(ticket) == ["Press F12.", "Then wait."]

    async def test_a_message_taken_back_is_told_and_its_words_are_gone(
        self, site: ChatSite, jane: ChatDesk, agent: ChatHelpdesk, outgoing: Outgoing
    ) -> None:
        ticket = await talking(site, jane, "Taken back", outgoing)
        await agent.say(ticket, "The password is hunter2.")
        async with listening(jane) as ear:
            await ear.until(lambda told: told.caught_up and bool(told.said(ticket)))
            await agent.remove(ticket, "The password is hunter2.")
            story = await ear.until(lambda told: told.said(ticket) == [])
        assert [message.removed for message in story.talk(ticket)] == [True]
        later = await hear(jane)
        assert later.said(ticket) == []
        assert "hunter2" not in str(later.written)
