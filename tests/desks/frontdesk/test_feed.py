"""The embedded desk's feed in trouble: restarts, a backup put back, copies, merges, a stream held back."""

from __future__ import annotations

import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from tests.contract.listening import hear, listening
from tests.contract.writing import Outgoing, a_reply, a_request, send
from tests.desks.frontdesk.site import FrontDeskSite
from tests.rigs.flaky_proxy import Fault
from tests.rigs.frontdesk import JANE, OMAR, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tracker.desks.base import Capability, Desk, DeskConfig, Secret, SecretKind
from tracker.desks.frontdesk import news
from tracker.desks.frontdesk.desk import KIND, open_desk
from tracker.desks.polling import Pace
from tracker.model.errors import DeskUnavailable, SignInRequired
from tracker.model.event import EventKind
from tracker.model.ticket import TicketId, TicketState

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def signed_in(url: str, who: str = "jane") -> AsyncIterator[Desk]:
    async def source() -> Secret:
        return Secret(SecretKind.PASSWORD, JANE.password if who == "jane" else OMAR.password)

    desk = open_desk(DeskConfig(KIND, url, who), source)
    yield desk
    await desk.aclose()


@pytest.fixture
def own_rig(tmp_path: Path) -> Iterator[FrontDeskRig]:
    """A desk that a test may stop, kill and put back."""
    with FrontDeskRig(tmp_path / "desk") as rig:
        yield rig


async def raise_in_copy(rig: FrontDeskRig, who: str, copy: str, subject: str) -> TicketId:
    """Raise a request with somebody in copy, which the program itself does not offer."""
    agent = Agent(rig.url, who, JANE.password if who == "jane" else OMAR.password)
    answer = agent._http.post(
        "/tickets",
        json={"service": "other", "subject": subject, "text": "With a copy.", "cc": [copy]},
        headers={"idempotency-key": f"copy-{time.monotonic_ns()}"},
    )
    agent.close()
    return TicketId(answer.raise_for_status().json()["ticket"]["number"])


async def test_a_restart_of_the_desk_loses_and_doubles_nothing(
    own_rig: FrontDeskRig, outgoing: Outgoing
) -> None:
    async with signed_in(own_rig.url) as desk:
        ticket = (await send(desk, a_request(FrontDeskSite, "Restart"), outgoing)).ticket
        async with listening(desk) as ear:
            story = await ear.until(lambda told: told.caught_up)
            own_rig.kill()
            with pytest.raises(DeskUnavailable):
                await ear.until(lambda told: False)
        own_rig.start()
        own_rig.agent().reply(ticket, "We are back.")
        later = await hear(desk, story.cursor)
        assert later.texts(ticket) == ["We are back."]
        assert not later.events.keys() & story.events.keys()


async def test_a_desk_that_stops_in_order_ends_the_news_at_once(own_rig: FrontDeskRig) -> None:
    async with signed_in(own_rig.url) as desk, listening(desk) as ear:
        await ear.until(lambda told: told.caught_up and told.batches[-1].live)
        own_rig.stop()
        with pytest.raises(DeskUnavailable):
            await ear.until(lambda told: False, within=5)


async def test_a_backup_put_back_is_noticed_and_told_anew(
    own_rig: FrontDeskRig, outgoing: Outgoing, tmp_path: Path
) -> None:
    site = FrontDeskSite
    async with signed_in(own_rig.url) as desk:
        kept = (await send(desk, a_request(site, "In the backup"), outgoing)).ticket
        own_rig.stop()
        shutil.copytree(own_rig.folder, tmp_path / "backup")
        own_rig.start()
        lost = await send(desk, a_request(site, "After the backup"), outgoing)
        cursor = (await hear(desk)).cursor
        own_rig.stop()
        shutil.rmtree(own_rig.folder)
        shutil.copytree(tmp_path / "backup", own_rig.folder)
        own_rig.start()
        again = await send(desk, a_request(site, "After the mishap"), outgoing)
        assert again.number == lost.number, "the desk gives the number a second time"
        async with listening(desk, cursor) as ear:
            story = await ear.until(lambda told: told.caught_up)
            assert story.tickets[kept].subject == "In the backup"
            assert story.tickets[again.ticket].subject == "After the mishap"
            assert not any(batch.live for batch in story.batches)
            own_rig.agent().reply(kept, "And on it goes.")
            await ear.until(lambda told: told.says(kept, "And on it goes."))


async def test_a_request_one_is_put_in_copy_of_comes_with_its_past(
    frontdesk_rig: FrontDeskRig, frontdesk_site: FrontDeskSite, tess: Agent, outgoing: Outgoing
) -> None:
    async with signed_in(frontdesk_rig.url) as jane, signed_in(frontdesk_rig.url, "omar") as omar:
        mine = (await send(jane, a_request(frontdesk_site, "Same trouble, mine"), outgoing)).ticket
        theirs = (await send(omar, a_request(frontdesk_site, "Same trouble, first"), outgoing)).ticket
        tess.reply(theirs, "A cable is broken.")
        async with listening(jane) as ear:
            story = await ear.until(lambda told: told.caught_up)
            assert theirs not in story.tickets
            tess.merge(mine, theirs, "The same cable")
            story = await ear.until(lambda told: EventKind.LINKED in told.kinds(theirs))
        assert story.tickets[mine].state is TicketState.MERGED
        assert story.tickets[mine].merged_into == theirs
        assert story.says(theirs, "A cable is broken.")
        history = next(batch for batch in story.batches if "A cable is broken." in str(batch.events))
        assert not history.live, "the past is not announced"
        merged = next(event for event in story.of(mine) if event.kind is EventKind.MERGED)
        assert (merged.details.target, merged.details.reason) == (theirs, "The same cable")


async def test_a_request_raised_with_a_copy_to_me_is_told_live(frontdesk_rig: FrontDeskRig) -> None:
    async with signed_in(frontdesk_rig.url) as jane, listening(jane) as ear:
        await ear.until(lambda told: told.caught_up)
        ticket = await raise_in_copy(frontdesk_rig, "omar", "jane", "You are in copy")
        story = await ear.until(lambda told: EventKind.CREATED in told.kinds(ticket))
        assert story.tickets[ticket].requester == "Omar Ali"


async def test_a_stream_that_is_held_back_is_replaced_by_asking(
    frontdesk_site: FrontDeskSite, tess: Agent, outgoing: Outgoing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "_FIRST_MESSAGE", 0.3)
    desk = frontdesk_site.desk("jane", secret=await frontdesk_site.token("jane"))
    ticket = (await send(desk, a_request(frontdesk_site, "Held back"), outgoing)).ticket
    frontdesk_site.network.fail(Fault.STALL, match=rb"/changes/stream")
    async with listening(desk) as ear:
        await ear.until(lambda told: told.caught_up and told.batches[-1].live)
        assert Capability.PUSH not in desk.capabilities
        tess.reply(ticket, "Found by asking.")
        story = await ear.until(lambda told: told.says(ticket, "Found by asking."))
        assert story.texts(ticket).count("Found by asking.") == 1
    frontdesk_site.network.restore()
    await desk.aclose()


async def test_many_changes_while_away_come_in_pieces_and_in_order(
    frontdesk_rig: FrontDeskRig, frontdesk_site: FrontDeskSite, tess: Agent, outgoing: Outgoing
) -> None:
    async with signed_in(frontdesk_rig.url) as desk:
        ticket = (await send(desk, a_request(frontdesk_site, "Busy"), outgoing)).ticket
        cursor = (await hear(desk)).cursor
        for number in range(230):
            tess.act(ticket, "heartbeat", text=f"Still on it {number}.")
        began = time.monotonic()
        story = await hear(desk, cursor)
        assert time.monotonic() - began < 5
        assert story.texts(ticket) == [f"Still on it {number}." for number in range(230)]
        assert [batch.caught_up for batch in story.batches if batch.events] == [False, True]


async def test_what_a_technician_does_is_told_within_a_moment(
    frontdesk_rig: FrontDeskRig, frontdesk_site: FrontDeskSite, tess: Agent, outgoing: Outgoing
) -> None:
    async with signed_in(frontdesk_rig.url) as desk:
        ticket = (await send(desk, a_request(frontdesk_site, "Quickly"), outgoing)).ticket
        async with listening(desk, kicking=False) as ear:
            await ear.until(lambda told: told.caught_up and told.batches[-1].live)
            began = time.monotonic()
            tess.reply(ticket, "Now.")
            await ear.until(lambda told: told.says(ticket, "Now."))
            assert time.monotonic() - began < 2


async def test_a_session_that_was_ended_elsewhere_asks_to_sign_in(
    frontdesk_rig: FrontDeskRig, frontdesk_site: FrontDeskSite
) -> None:
    async with signed_in(frontdesk_rig.url) as first:
        kept = await first.sign_in()
        desk = frontdesk_site.desk("jane", secret=kept)
        await desk.sign_in()
        httpx.delete(
            f"{frontdesk_rig.url}/api/v1/session", headers={"authorization": f"Bearer {kept.value}"}
        ).raise_for_status()
        with pytest.raises(SignInRequired):
            await hear(desk)
        await desk.aclose()


async def test_a_session_that_has_ended_is_renewed_where_the_password_is_at_hand(
    frontdesk_rig: FrontDeskRig, frontdesk_site: FrontDeskSite, outgoing: Outgoing
) -> None:
    async with signed_in(frontdesk_rig.url) as desk:
        first = await desk.sign_in()
        ticket = (await send(desk, a_request(frontdesk_site, "Renewed"), outgoing)).ticket
        cursor = (await hear(desk)).cursor
        httpx.delete(
            f"{frontdesk_rig.url}/api/v1/session", headers={"authorization": f"Bearer {first.value}"}
        ).raise_for_status()
        stream = desk.news(cursor, Pace())
        assert (await anext(stream)).caught_up
        await stream.aclose()  # type: ignore[attr-defined]
        await send(desk, a_reply(ticket, "Still me."), outgoing)
