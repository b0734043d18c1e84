"""One profile, two real desks: the request at Request Tracker, its chat over Matrix, its words on both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import pytest

from tests.desks.matrix.site import MatrixSite
from tests.desks.matrix.site_fixtures import agents_room, matrix_proxy, matrix_site
from tests.desks.rt.site import RtSiteRig
from tests.rigs.flaky_proxy import Fault, FlakyProxy
from tests.rigs.rt import RtRig
from tests.rigs.rt_fixtures import administrator, rt_rig, tess
from tests.rigs.technician import Technician
from tests.sync.recorder import Recorder
from tracker.desks.base import Desk
from tracker.desks.polling import Pace
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.chat import ChatState
from tracker.model.command import CreateTicket, EndChat, SendMessage, StartChat, new_command_id
from tracker.model.event import EventKind
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId
from tracker.store.database import open_writer
from tracker.store.reader import Reader
from tracker.sync.engine import Engine, Surroundings
from tracker.sync.herald import Wishes
from tracker.sync.timekeeper import Timekeeper

__all__ = ["administrator", "agents_room", "matrix_proxy", "matrix_site", "rt_rig", "tess"]

pytestmark = [pytest.mark.anyio, pytest.mark.matrix, pytest.mark.rt]
TRACE = bytes(range(256)) * 100
PATIENCE = 60.0


@pytest.fixture
def rt_site(rt_rig: RtRig, administrator: Technician, tess: Technician) -> Iterator[RtSiteRig]:
    address = urlsplit(rt_rig.url)
    assert address.hostname is not None
    assert address.port is not None
    with FlakyProxy(address.hostname, address.port) as proxy:
        yield RtSiteRig(rt_rig, administrator, tess, proxy)


class Profile:
    """Jane's profile at both, which can be stopped and started."""

    def __init__(self, folder: Path, rt: RtSiteRig, matrix: MatrixSite) -> None:
        self.path = folder / "tracker.db"
        self._outgoing = folder / "outgoing"
        self._rt = rt
        self._matrix = matrix

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Engine]:
        """Follow both desks until the block ends."""
        connection = open_writer(self.path)
        wishes = Wishes(NotifySettings(), UTC, Calendar(zone=UTC), Cadence())
        desk, chat = self._rt.desk("jane"), self._matrix.desk("jane")
        try:
            engine = Engine(
                Surroundings(connection, self._outgoing, Recorder(), lambda: wishes, Timekeeper())
            )
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(engine.run)
                engine.follow(desk, Pace(fixed=2.0), chat=chat)
                yield engine
                tasks.cancel_scope.cancel()
        finally:
            await desk.aclose()
            await chat.aclose()
            connection.close()

    def reading(self) -> closing[Reader]:
        """Read what is on the disk."""
        return closing(Reader(self.path, Calendar(zone=UTC), Cadence()))

    def said(self, ticket: TicketId) -> list[str]:
        """Give what was said, as it is stored."""
        with self.reading() as reader:
            return [message.text for message in reader.talks.messages(ticket)]

    def state(self, ticket: TicketId) -> ChatState | None:
        """Tell how the chat stands, as it is stored."""
        with self.reading() as reader:
            chat = reader.talks.chat(ticket)
        return chat.state if chat is not None else None


async def until(condition: Callable[[], object]) -> None:
    with anyio.fail_after(PATIENCE):
        while not condition():
            await anyio.sleep(0.05)


async def test_a_chat_over_matrix_ends_on_the_request_at_rt_once(
    tmp_path: Path, rt_site: RtSiteRig, matrix_site: MatrixSite, tess: Technician
) -> None:
    profile = Profile(tmp_path, rt_site, matrix_site)
    now = datetime.now(UTC)
    create = CreateTicket(new_command_id(), now, rt_site.service, "VPN drops", "It drops every hour.")
    async with profile.running() as engine:
        engine.letters.submit(create)
        engine.letters.submit(StartChat(new_command_id(), now, create.ticket, "Is it me?"))
        await until(lambda: profile.said(create.ticket) == ["Is it me?"])
        ticket = engine.outbox.resolve(create.ticket)
        assert ticket != create.ticket
        await matrix_site.agent.join(ticket)
        await matrix_site.agent.say(ticket, "It is us. Try again.", {"trace.txt": TRACE})
        await until(lambda: len(profile.said(ticket)) == 3)
        # The end reaches RT though its answer is lost and the program is gone before it comes again.
        rt_site.network.fail(Fault.LOSE, match=rt_site.writes, times=1)
        engine.letters.submit(SendMessage(new_command_id(), now, ticket, "It works."))
        engine.letters.submit(EndChat(new_command_id(), now, ticket))
        await until(lambda: profile.state(ticket) is ChatState.ENDED)
        await until(lambda: transcripts(tess, ticket))
    rt_site.network.restore()
    async with profile.running() as engine:
        await until(lambda: transcript_shown(profile, ticket))
        assert await transcript_files(profile, engine.required_desk(), ticket) == {"trace.txt": TRACE}
    (text,) = transcripts(tess, ticket)
    lines = [line.partition("] ")[2] for line in text.strip().splitlines()[2:]]
    assert lines == [
        "Jane Doe: Is it me?",
        "Tess Tech: (file: trace.txt)",
        "Tess Tech: It is us. Try again.",
        "Jane Doe: It works.",
    ]
    assert ["Is it me?", "trace.txt", *profile.said(ticket)[2:]] == await matrix_site.agent.messages(ticket)
    with profile.reading() as reader:
        kinds = [event.kind for event in reader.events(ticket)]
    for kind in (EventKind.CHAT_STARTED, EventKind.CHAT_JOINED, EventKind.CHAT_ENDED):
        assert kinds.count(kind) == 1
    assert matrix_site.hands.rooms(ticket)


def transcripts(tess: Technician, ticket: TicketId) -> list[str]:
    return [text for text in tess.messages(ticket) if text.startswith("Chat of ")]


async def transcript_files(profile: Profile, desk: Desk, ticket: TicketId) -> dict[str, bytes]:
    with profile.reading() as reader:
        (shown,) = (event for event in reader.events(ticket) if event.text.startswith("Chat of "))
    return {
        file.name: b"".join([piece async for piece in desk.download(ticket, file)])
        for file in shown.details.attachments
    }


def transcript_shown(profile: Profile, ticket: TicketId) -> bool:
    with profile.reading() as reader:
        shown = [event for event in reader.events(ticket) if event.text.startswith("Chat of ")]
        return len(shown) == 1 and not reader.outbox()
