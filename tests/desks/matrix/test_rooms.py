"""The room of a request at a real server: made once, open to agents, found again, said so if encrypted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import anyio
import httpx
import pytest

from tests.contract.chat_writing import a_chat, a_message, talking
from tests.contract.listening import hear, listening
from tests.contract.writing import Outgoing, a_reply, send
from tests.desks.matrix.site import MatrixSite
from tests.desks.matrix.site_fixtures import agents_room, jane, matrix_proxy, matrix_site, outgoing
from tests.rigs.flaky_proxy import Fault
from tests.rigs.matrix_agent import MatrixAgent
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import DMITRI, JANE, OMAR, TESS, Person
from tracker.desks.base import Secret, SecretKind
from tracker.desks.matrix.desk import MatrixDesk
from tracker.model.chat import ChatState, MessageKind, OfferState
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.person import ActorKind
from tracker.model.ticket import Ticket, TicketId, TicketState

__all__ = ["agents_room", "jane", "matrix_proxy", "matrix_site", "outgoing"]

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
V3 = "/_matrix/client/v3"
SOON = 10.0
"""Seconds."""


def state_of(rig: SynapseRig, person: Person, room: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Give the state of a room as somebody in it has it."""
    headers = {"authorization": f"Bearer {rig.token(person)}"}
    answer = httpx.get(f"{rig.url}{V3}/rooms/{quote(room)}/state", headers=headers, trust_env=False)
    assert answer.is_success, answer.text
    return {(event["type"], event["state_key"]): event["content"] for event in answer.json()}


def put_state(rig: SynapseRig, person: Person, room: str, kind: str, content: dict[str, Any]) -> None:
    headers = {"authorization": f"Bearer {rig.token(person)}"}
    path = f"{rig.url}{V3}/rooms/{quote(room)}/state/{kind}/"
    assert httpx.put(path, headers=headers, json=content, trust_env=False).is_success


async def test_a_room_is_named_after_its_request_leads_to_it_and_is_not_encrypted(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await matrix_site.ticket("VPN")
    known = Ticket(
        ticket, ticket, "VPN drops", TicketState.NEW, NOON, NOON, url="https://desk.example.test/ticket/7"
    )
    jane.look_up_with(lambda wanted: known if wanted == ticket else None)
    await send(jane, a_chat(ticket), outgoing)
    state = state_of(matrix_site.rig, JANE, matrix_site.hands.room(ticket))
    assert state["m.room.name", ""]["name"] == f"VPN drops (#{ticket})"
    assert state["it.tracker.ticket", ""] == {
        "id": ticket,
        "number": ticket,
        "url": "https://desk.example.test/ticket/7",
    }
    assert ("m.room.encryption", "") not in state
    assert state["m.room.history_visibility", ""]["history_visibility"] == "shared"
    assert state["m.room.join_rules", ""]["allow"][0]["room_id"] == matrix_site.agents_room
    assert state["m.room.member", TESS.id]["membership"] == "invite"


async def test_an_agent_who_comes_later_sees_what_was_said_before(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await matrix_site.ticket("Late")
    await send(jane, a_chat(ticket, "Said before anybody came."), outgoing)
    dmitri = MatrixAgent(matrix_site.rig, DMITRI, JANE.id)
    await dmitri.join(ticket)  # nobody asked: members of the agents' room may
    path = f"{V3}/rooms/{quote(dmitri.room(ticket))}/messages?dir=b&limit=50"
    bodies = [event["content"].get("body") for event in dmitri.call("GET", path, {})["chunk"]]
    dmitri.close()
    assert "Said before anybody came." in bodies


@pytest.mark.parametrize("fault", [Fault.LOSE, Fault.CUT])
async def test_a_room_whose_making_was_not_answered_is_made_once(
    fault: Fault, matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await matrix_site.ticket("Once")
    command = a_chat(ticket, "Only one room, please.")
    matrix_site.network.fail(fault, match=rb"POST .*/createRoom", times=1)
    with pytest.raises(DeskError) as lost:
        await jane.send(command, outgoing)
    assert not isinstance(lost.value, CommandRejected)
    matrix_site.network.restore()
    assert await jane.find(command) is None
    await send(jane, command, outgoing)
    assert len(matrix_site.hands.rooms(ticket)) == 1
    assert (await hear(jane)).said(ticket) == ["Only one room, please."]


async def test_the_very_first_chat_of_a_person_is_heard(matrix_site: MatrixSite, outgoing: Outgoing) -> None:
    dmitri = matrix_site.desk("dmitri")  # an agent can need help, too; he has no chats of his own
    await dmitri.sign_in()
    async with listening(dmitri) as ear:
        await ear.until(lambda told: told.caught_up)
        assert not ear.story.chats
        ticket = await matrix_site.ticket("The first", "dmitri")
        await send(dmitri, a_chat(ticket, "Is anybody there?"), outgoing)
        await ear.until(lambda told: told.said(ticket) == ["Is anybody there?"])
    await dmitri.aclose()


async def test_two_computers_that_begin_at_once_make_one_room(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await matrix_site.ticket("Two computers")
    elsewhere = matrix_site.desk("jane")
    await elsewhere.sign_in()
    for desk in (jane, elsewhere):
        await hear(desk)  # both know all rooms there are; this one is made after
    await send(jane, a_chat(ticket), outgoing)
    with pytest.raises(CommandRejected):
        await elsewhere.send(a_chat(ticket), outgoing)
    await send(elsewhere, a_message(ticket, "From the other one."), outgoing)
    await elsewhere.aclose()
    assert len(matrix_site.hands.rooms(ticket)) == 1


async def test_what_another_device_says_is_ones_own_and_comes_once(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await talking(matrix_site, jane, "Second device", outgoing)
    telephone = matrix_site.desk("jane", secret=Secret(SecretKind.PASSWORD, JANE.password))
    await telephone.sign_in()
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        await send(telephone, a_message(ticket, "From the telephone."), outgoing)
        story = await ear.until(lambda told: bool(told.said(ticket)))
    await telephone.aclose()
    assert [message.sender.kind for message in story.talk(ticket)] == [ActorKind.YOU]
    assert (await hear(jane)).said(ticket) == ["From the telephone."]


async def test_more_than_fits_into_one_answer_comes_whole_and_in_order(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await talking(matrix_site, jane, "A gap", outgoing)
    before = await hear(jane)
    texts = [f"Number {number}." for number in range(130)]
    for text in texts:
        await matrix_site.agent.say(ticket, text)
    story = await hear(jane, before.cursor)
    assert [message.text for message in story.written] == texts
    assert story.said(ticket) == texts


async def test_an_encrypted_room_is_said_to_be_one(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await talking(matrix_site, jane, "Encrypted", outgoing)
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        encryption = {"algorithm": "m.megolm.v1.aes-sha2"}
        room = matrix_site.hands.room(ticket)
        put_state(matrix_site.rig, JANE, room, "m.room.encryption", encryption)
        await ear.until(lambda told: told.chats[ticket].encrypted)
        matrix_site.hands.send(ticket, encryption | {"ciphertext": "AwgAEn"}, "m.room.encrypted")
        story = await ear.until(lambda told: bool(told.talk(ticket)))
    assert story.talk(ticket)[0].kind is MessageKind.UNREADABLE
    assert (await hear(jane)).chats[ticket].encrypted


async def test_a_room_the_agents_make_about_a_request_is_entered(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await matrix_site.ticket("From the desk")
    omar = MatrixAgent(matrix_site.rig, OMAR, JANE.id)
    async with listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        for who in (omar, matrix_site.hands):
            link = {"type": "it.tracker.ticket", "state_key": "", "content": {"id": ticket}}
            who.make_room(
                preset="private_chat", name=f"{who.name} (#{ticket})", invite=[JANE.id], initial_state=[link]
            )
        room = next(
            each
            for each in matrix_site.hands.rooms(ticket)
            if (("m.room.member", TESS.id)) in _seen(matrix_site, each)
        )
        send_to = f"{V3}/rooms/{quote(room)}/send/m.room.message/1"
        matrix_site.hands.call("PUT", send_to, {"msgtype": "m.text", "body": "We saw your printer."})
        story = await ear.until(lambda told: bool(told.said(ticket)))
    omar.close()
    assert story.said(ticket) == ["We saw your printer."]
    assert story.chats[ticket].state is ChatState.OPEN
    joined = httpx.get(
        f"{matrix_site.rig.url}{V3}/joined_rooms",
        headers={"authorization": f"Bearer {matrix_site.rig.token(JANE)}"},
        trust_env=False,
    ).json()["joined_rooms"]
    assert [each for each in matrix_site.hands.rooms(ticket) if each in joined] == [room]


def _seen(site: MatrixSite, room: str) -> dict[tuple[str, str], dict[str, Any]]:
    try:
        return state_of(site.rig, TESS, room)
    except AssertionError:
        return {}


async def test_nobody_is_there_when_all_agents_are_away(matrix_site: MatrixSite, outgoing: Outgoing) -> None:
    # An agent of its own: for half a minute after a restart, Synapse also counts what somebody was before it.
    agent = MatrixAgent(matrix_site.rig, DMITRI, JANE.id)
    matrix_site.agent, matrix_site.options = agent, (("invite", DMITRI.id),)
    desk = matrix_site.desk()
    await talking(matrix_site, desk, "Presence", outgoing)  # who shares a room may see whether one is there
    await agent.available(yes=True)
    with anyio.fail_after(SOON):
        while (offer := await desk.chat_offer()).agents != 1:
            await anyio.sleep(0.05)
    assert offer.state is OfferState.OPEN
    await agent.available(yes=False)
    with anyio.fail_after(SOON):
        while (await desk.chat_offer()).state is not OfferState.NOBODY:
            await anyio.sleep(0.05)
    await desk.aclose()
    agent.close()


async def test_without_a_word_about_presence_it_is_taken_for_open(matrix_site: MatrixSite) -> None:
    matrix_site.options = ()
    desk = matrix_site.desk("omar")
    await desk.sign_in()
    offer = await desk.chat_offer()
    await desk.aclose()
    assert (offer.state, offer.agents, offer.wait) == (OfferState.OPEN, 0, None)


async def test_a_server_that_ends_in_the_middle_loses_and_doubles_nothing(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await talking(matrix_site, jane, "A power cut", outgoing)
    first, second = a_message(ticket, "Before."), a_message(ticket, "During.")
    await send(jane, first, outgoing)
    before = await hear(jane)
    matrix_site.rig.kill()
    with pytest.raises(DeskError):
        await jane.send(second, outgoing)
    matrix_site.rig.serve()
    if await jane.find(second) is None:
        await send(jane, second, outgoing)
    await send(jane, first, outgoing)
    await matrix_site.agent.say(ticket, "After.")
    story = await hear(jane, before.cursor)
    assert [message.text for message in story.written] == ["During.", "After."]
    assert (await hear(jane)).said(ticket) == ["Before.", "During.", "After."]
    assert await matrix_site.agent.messages(ticket) == ["Before.", "During.", "After."]


async def test_files_and_words_of_one_message_are_completed_after_a_lost_answer(
    matrix_site: MatrixSite, jane: MatrixDesk, outgoing: Outgoing
) -> None:
    ticket = await talking(matrix_site, jane, "Half a message", outgoing)
    files = [outgoing.add(f"{number}.txt", f"file {number}".encode()) for number in range(2)]
    command = a_message(ticket, "Two files.", *files)
    matrix_site.network.fail(Fault.DROP, match=matrix_site.writes + rb".*-1 ", times=1)
    with pytest.raises(DeskError):
        await jane.send(command, outgoing)
    matrix_site.network.restore()
    assert command.id not in (await hear(jane)).confirmed
    again = matrix_site.desk("jane")  # a start later, where the server may have forgotten our transactions
    await again.sign_in()
    assert await again.find(command) is None
    await send(again, command, outgoing)
    assert await again.find(command) is not None
    story = await hear(again)
    await again.aclose()
    assert command.id in story.confirmed
    assert [len(message.attachments) for message in story.talk(ticket)] == [1, 1, 0]
    assert await matrix_site.agent.messages(ticket) == ["0.txt", "1.txt", "Two files."]


def test_a_setting_that_cannot_be_is_said_plainly(matrix_site: MatrixSite) -> None:
    for options in ((("invite", "tess"),), (("agents_room", "IT agents"),)):
        matrix_site.options = options
        with pytest.raises(DeskError, match=r"Ask IT|ask IT"):
            matrix_site.desk()


async def test_what_belongs_to_the_service_desk_is_refused(jane: MatrixDesk, outgoing: Outgoing) -> None:
    with pytest.raises(CommandRejected):
        await jane.send(a_reply(TicketId("7"), "Hello"), outgoing)
    assert await jane.find(a_reply(TicketId("7"), "Hello")) is None
    assert not await jane.catalogue()
    assert not await jane.answers("VPN")
    assert not await jane.slots(TicketId("7"))
    assert await jane.preferences() is None
