"""The `ChatDesk` protocol as tests: one class that every desk one can chat with passes.

How to use it: subclass `ChatContract` and give one fixture, `site`, that returns a `ChatSite` (see
`tests/contract/chat_site.py`; any scope: tests use fresh tickets)::

    class TestMatrixChat(ChatContract):
        @pytest.fixture
        def site(self, matrix_site): return matrix_site

`jane` and `omar` are signed-in desks, closed after the test; `agent` is the agent's hands, there for chats at
the beginning of each test; `outgoing` is a folder of files to send.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.chat_files import ChatFileContract
from tests.contract.chat_messages import ChatMessageContract
from tests.contract.chat_presence import ChatPresenceContract
from tests.contract.chat_resuming import ChatResumingContract
from tests.contract.chat_sessions import ChatSessionContract
from tests.contract.chat_site import ChatHelpdesk, ChatSite
from tests.contract.writing import Outgoing
from tracker.desks.chatting import ChatDesk


class ChatContract(
    ChatSessionContract, ChatMessageContract, ChatFileContract, ChatPresenceContract, ChatResumingContract
):
    """What every desk one can chat with does. A subclass gives the fixture `site`."""

    pytestmark = pytest.mark.anyio

    @pytest.fixture
    def site(self) -> ChatSite:
        raise AssertionError("the subclass gives the site")

    @pytest.fixture
    async def agent(self, site: ChatSite) -> AsyncIterator[ChatHelpdesk]:
        await site.agent.available(yes=True)
        yield site.agent
        site.network.restore()

    @pytest.fixture
    async def jane(self, site: ChatSite, agent: ChatHelpdesk) -> AsyncIterator[ChatDesk]:
        desk = site.desk("jane")
        await desk.sign_in()
        yield desk
        await desk.aclose()

    @pytest.fixture
    async def omar(self, site: ChatSite, agent: ChatHelpdesk) -> AsyncIterator[ChatDesk]:
        desk = site.desk("omar")
        await desk.sign_in()
        yield desk
        await desk.aclose()

    @pytest.fixture
    def outgoing(self, tmp_path: Path) -> Outgoing:
        folder = tmp_path / "outgoing"
        folder.mkdir()
        return Outgoing(folder)
