"""The real front desk as a site of the contract tests of chats."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import anyio.to_thread
import httpx
from httpx_sse import connect_sse

from tests.contract.writing import a_request
from tests.desks.frontdesk.site import FrontDeskSite
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk import FrontDeskRig
from tests.rigs.frontdesk_agent import Agent, Refused
from tracker.desks.base import Secret
from tracker.desks.frontdesk.desk import FrontDesk
from tracker.model.attachment import LocalFile
from tracker.model.ticket import TicketId

run = anyio.to_thread.run_sync


class Overheard:
    """Who writes, as the desk pushes it to an agent; listens on a thread of its own until `close`."""

    def __init__(self, url: str, token: str) -> None:
        self.writing: dict[str, bool] = {}
        self._http = httpx.Client(
            base_url=f"{url}/api/v1",
            headers={"authorization": f"Bearer {token}"},
            trust_env=False,
            timeout=httpx.Timeout(10, read=60),
        )
        self._listens = threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._listen, name="overheard", daemon=True)
        self._thread.start()
        assert self._listens.wait(10), "the agent's stream did not open"

    def close(self) -> None:
        """Stop listening at once: closing alone does not wake whoever waits for the next word."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._http.close()

    def _listen(self) -> None:
        with (
            suppress(httpx.HTTPError, RuntimeError),
            connect_sse(self._http, "GET", "/changes/stream?scope=desk") as source,
        ):
            self._socket = source.response.extensions["network_stream"].get_extra_info("socket")
            for said in source.iter_sse():
                self._listens.set()
                if said.event == "typing":
                    told = said.json()
                    self.writing[told["ticket"]] = told["typing"]


class FrontDeskChatAgent:
    """Tess in chats, over the API; her calls run in a thread so that the connector's loop goes on."""

    def __init__(self, agent: Agent, overheard: Overheard) -> None:
        self.name = agent.name
        self._agent = agent
        self._chat = agent.chat
        self._overheard = overheard

    async def available(self, *, yes: bool) -> None:
        await run(self._be_there if yes else self._go)

    async def join(self, ticket: TicketId) -> None:
        await run(self._chat.accept, ticket)

    async def leave(self, ticket: TicketId) -> None:
        await run(self._chat.leave, ticket)

    async def end(self, ticket: TicketId) -> None:
        await run(self._chat.end, ticket)

    async def say(self, ticket: TicketId, text: str, files: Mapping[str, bytes] | None = None) -> None:
        await run(lambda: self._chat.say(ticket, text, self._agent.send_up(files or {})))

    async def edit(self, ticket: TicketId, old: str, new: str) -> None:
        await run(lambda: self._chat.edit(ticket, self._named(ticket, old), new))

    async def remove(self, ticket: TicketId, text: str) -> None:
        await run(lambda: self._chat.remove(ticket, self._named(ticket, text)))

    async def typing(self, ticket: TicketId, *, on: bool) -> None:
        await run(lambda: self._chat.typing(ticket, typing=on))

    async def read(self, ticket: TicketId, text: str) -> None:
        await run(lambda: self._chat.read_up_to(ticket, self._named(ticket, text)))

    async def messages(self, ticket: TicketId) -> list[str]:
        return [text for _id, text in await run(self._said, ticket)]

    async def sees_typing(self, ticket: TicketId) -> bool:
        return self._overheard.writing.get(ticket, False)

    async def sees_read(self, ticket: TicketId) -> str | None:
        def look() -> str | None:
            found = self._agent.read(ticket)["ticket"]
            assert isinstance(found, dict)
            return dict(self._said(ticket)).get(str(found["chat"]["read"]["requester"]))

        return await run(look)

    def _be_there(self) -> None:
        """Be there with free hands: what earlier tests left is ended."""
        for each in self._chat.going_on():
            with suppress(Refused):  # its person may just have ended it
                self._chat.end(str(each["ticket"]))
        self._chat.be_available()

    def _go(self) -> None:
        self._chat.be_available(available=False)

    def _said(self, ticket: str) -> list[tuple[str, str]]:
        told = self._chat.transcript(ticket)
        return [(str(each["id"]), str(each["text"])) for each in told if each["kind"] == "chat_message"]

    def _named(self, ticket: str, text: str) -> str:
        return next(name for name, said in self._said(ticket) if said == text)


class FrontDeskChatSite:
    """A running front desk behind a flaky proxy, where one agent chats."""

    writes = rb"POST /api/v1/tickets/[^ ]+/chat/messages"
    has_queue = True

    def __init__(self, site: FrontDeskSite, rig: FrontDeskRig, agent: FrontDeskChatAgent) -> None:
        self.agent = agent
        self.network: FlakyProxy = site.network
        self._site = site
        self._tokens: dict[str, Secret] = {}

    async def sign_in_all(self) -> None:
        """Get tokens once: checking a password is slow on purpose."""
        for who in ("jane", "omar"):
            self._tokens[who] = await self._site.token(who)

    async def ticket(self, subject: str, who: str = "jane") -> TicketId:
        await self.sign_in_all()
        desk = self.desk(who)
        receipt = await desk.send(a_request(self._site, subject), _no_files)
        await desk.aclose()
        return receipt.ticket

    def desk(
        self, who: str = "jane", *, secret: Secret | None = None, patience: float | None = None
    ) -> FrontDesk:
        found = self._site.desk(who, secret=secret or self._tokens.get(who), patience=patience)
        assert isinstance(found, FrontDesk)
        return found


def _no_files(file: LocalFile) -> Path:
    raise AssertionError(f"{file.name} is not among the files of this test")
