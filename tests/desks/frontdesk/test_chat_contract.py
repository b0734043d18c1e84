"""The connector to the embedded desk chats as every desk does, against the real desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.contract.chat import ChatContract
from tests.desks.frontdesk.chat_site import FrontDeskChatAgent, FrontDeskChatSite, Overheard
from tests.desks.frontdesk.site import FrontDeskSite
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk import TESS, FrontDeskRig


@pytest.fixture(scope="module")
def chat_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDeskChatSite]:
    """Give a desk of its own: who is there to chat is nobody else's business."""
    folder: Path = tmp_path_factory.mktemp("chat-desk")
    # Tests talk faster than people, and in more chats at once.
    settings = {
        "attachment_bytes": "4000000",
        "most_per_agent": "50",
        "messages_per_minute": "100000",
    }
    with FrontDeskRig(folder, settings=settings) as rig:
        address = urlsplit(rig.url)
        assert address.hostname is not None
        assert address.port is not None
        tess = rig.agent(TESS)
        overheard = Overheard(rig.url, tess.token)
        with FlakyProxy(address.hostname, address.port) as proxy:
            site = FrontDeskSite(rig, tess, proxy)
            yield FrontDeskChatSite(site, rig, FrontDeskChatAgent(tess, overheard))
        overheard.close()


class TestFrontDeskChat(ChatContract):
    """Everything through a proxy, with an agent at the other side."""

    @pytest.fixture
    async def site(self, chat_site: FrontDeskChatSite) -> FrontDeskChatSite:
        await chat_site.sign_in_all()
        return chat_site
