"""A chat at a terminal, with an agent at a real front desk."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.cli.schemas import Json, answer_in
from tests.cli.talking import Talking
from tests.cli.terminal import Terminal
from tests.rigs.frontdesk_agent import Agent
from tests.rigs.frontdesk_chats import AgentChats
from tracker.host.virtual_desktop import wait_until


@pytest.fixture
def chats(tess: Agent) -> Iterator[AgentChats]:
    """Tess, there to chat, with free hands before and after."""
    _free(tess.chat)
    yield tess.chat
    _free(tess.chat)
    tess.chat.be_available(available=False)


def _free(chats: AgentChats) -> None:
    chats.be_available()
    for number in chats.waiting():
        chats.accept(number)
    for each in chats.going_on():
        chats.end(str(each["ticket"]))


def talk(jane: Terminal, *words: str) -> Talking:
    return Talking(jane.command("chat", *words), jane.env)


def said(chats: AgentChats, number: str) -> list[str]:
    return [str(each["text"]) for each in chats.transcript(number) if each["kind"] == "chat_message"]


def joined(chats: AgentChats, subject_of: Agent, subject: str) -> str:
    """Let Tess take the chat on the request with this subject as soon as it waits; gives its number."""

    def waits() -> bool:
        return bool(set(subject_of.tickets(subject)) & set(chats.waiting()))

    wait_until(waits, timeout=20, what="somebody in the queue")
    number = subject_of.tickets(subject)[0]
    chats.accept(number)
    return number


def test_a_chat_from_the_first_word_to_the_agents_good_bye(
    jane: Terminal, tess: Agent, chats: AgentChats
) -> None:
    with talk(jane, "--new", "other/The VPN drops", "It drops every hour.") as talking:
        talking.wait_for("number 1 in the queue")
        number = joined(chats, tess, "The VPN drops")
        talking.wait_for("open with", tess.name)
        chats.say(number, "Hi, may I push the update now?")
        talking.wait_for(f"{tess.name}: Hi, may I push the update now?")
        talking.type("Yes please")
        talking.wait_for("You: Yes please")
        assert said(chats, number) == ["Hi, may I push the update now?", "Yes please"]
        chats.end(number)
        talking.wait_for(f"{tess.name} ended it")
        assert talking.ended().code == 0
    assert tess.messages(number)[0] == "It drops every hour."
    jane.run("sync")
    shown: Json = jane.json("show", number)
    assert (shown["chat"]["state"], shown["chat"]["ended_by"], shown["chat"]["messages"]) == (
        "ended",
        "agent",
        2,
    )
    assert f"{tess.name} ended it; 2 messages" in jane.run("show", number).out
    conversation = answer_in("conversation", jane.run("show", number, "--conversation", "--json").out)
    assert [(each["by"], each["text"]) for each in conversation["messages"]] == [
        ("agent", "Hi, may I push the update now?"),
        ("you", "Yes please"),
    ]
    assert "You: Yes please" in jane.run("show", number, "--conversation").out


def test_left_it_goes_on_and_is_taken_up_again(
    jane: Terminal, number: str, tess: Agent, chats: AgentChats
) -> None:
    with talk(jane, number, "Still there?") as talking:
        talking.wait_for("You: Still there?")
        chats.accept(number)
        talking.wait_for("open with")
        left = talking.leave()
        assert left.code == 0
        assert "The chat goes on" in left.err
    chats.say(number, "I am.")
    with talk(jane, number) as again:
        again.wait_for(f"{tess.name}: I am.")
        again.type("So am I.")
        again.wait_for("You: So am I.")
        assert again.leave().code == 0
    assert said(chats, number)[-3:] == ["Still there?", "I am.", "So am I."]
    jane.run("chat", number, "--end")
    jane.run("sync")
    assert jane.json("show", number)["chat"]["ended_by"] == "you"
    assert "no chat" in jane.run("chat", number, "--end", code=1).err


def test_what_is_piped_in_arrives_before_it_leaves(jane: Terminal, number: str, chats: AgentChats) -> None:
    said_all = jane.run("chat", number, "First.", text="Second.\n\nThird.\n")
    assert "The chat goes on" in said_all.err
    assert said(chats, number)[-3:] == ["First.", "Second.", "Third."]


def test_as_json_each_line_has_its_shape(jane: Terminal, number: str, tess: Agent, chats: AgentChats) -> None:
    with talk(jane, number, "As JSON.", "--json") as talking:
        talking.wait_for('"message"', "As JSON.")
        chats.accept(number)
        talking.wait_for('"state":"open"')
        written = chats.say(number, "Wrold.")["event"]
        assert isinstance(written, dict)
        talking.wait_for("Wrold.")
        chats.edit(number, str(written["id"]), "World.")
        talking.wait_for("World.")
        chats.remove(number, str(written["id"]))
        talking.wait_for('"removed":true')
        assert talking.leave().code == 0
    told = [answer_in("chat", line) for line in talking.lines]
    assert told[-1]["type"] == "left"
    assert {each["type"] for each in told} == {"chat", "message", "left"}
    texts = [each["message"]["text"] for each in told if each["type"] == "message"]
    assert texts == ["As JSON.", "Wrold.", "World.", ""]


def test_where_nobody_is_there_it_says_so_and_offers_a_request(
    jane: Terminal, number: str, tess: Agent, chats: AgentChats
) -> None:
    chats.be_available(available=False)
    refused = jane.run("chat", "--new", "other/Nobody there", "Hello?", code=1)
    assert "Nobody is there to chat" in refused.err
    assert "--request" in refused.err
    assert tess.tickets("Nobody there") == []
    jane.run("chat", "--new", "other/Nobody there", "Hello?", "--request")
    raised = tess.tickets("Nobody there")[0]
    assert tess.messages(raised) == ["Hello?"]
    jane.run("chat", number, "Then as a reply.", "--request")
    assert tess.messages(number)[-1] == "Then as a reply."


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--new", "other/Nothing said"),
        ("--new", "other", "No subject."),
        ("--new", "nonsense/Of a service", "Text."),
        ("--new", "other/To be ended", "Text.", "--end"),
    ],
)
def test_what_cannot_be_meant_is_wrong_use(words: tuple[str, ...], jane: Terminal) -> None:
    assert jane.run("chat", *words, code=2).err


def test_a_chat_on_a_request_nobody_knows_is_refused(jane: Terminal) -> None:
    assert "no request" in jane.run("chat", "REQ-999999", "Hello?", code=1).err


def test_messages_are_told_by_watch(jane: Terminal, number: str, tess: Agent, chats: AgentChats) -> None:
    jane.run("chat", number, "Watch me.")
    chats.accept(number)
    with jane.watch("--json") as watching:
        chats.say(number, "I see you.")
        line = json.loads(watching.wait_for("chat_message", "I see you."))
        assert line["event"]["actor"]["name"] == tess.name
        notice = json.loads(watching.wait_for('"notice"', "I see you."))
        assert notice["notice"]["buttons"] == ["reply"]
