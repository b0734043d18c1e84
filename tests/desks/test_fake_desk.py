"""The fake desk keeps the connectors' contract, with all a desk can do and with little."""

from __future__ import annotations

import pytest

from tests.contract.chat import ChatContract
from tests.contract.desk_contract import DeskContract
from tests.fakes.chat_site import FakeChatSite
from tests.fakes.site import FakeSite
from tracker.desks.base import Capability


class TestFakeDesk(DeskContract):
    """A desk that can do everything and tells by itself."""

    @pytest.fixture
    def site(self) -> FakeSite:
        return FakeSite()


class TestPoorFakeDesk(DeskContract):
    """A desk that must be asked and knows little: the contract holds where capabilities are missing."""

    @pytest.fixture
    def site(self) -> FakeSite:
        return FakeSite(frozenset({Capability.CREATE, Capability.REPLY, Capability.ATTACH}))


class TestChatAtTheFakeDesk(ChatContract):
    """A desk with requests that one can chat with."""

    @pytest.fixture
    def site(self) -> FakeChatSite:
        return FakeChatSite()


class TestFakeChatServer(ChatContract):
    """A chat server beside a desk: it knows of no requests."""

    @pytest.fixture
    def site(self) -> FakeChatSite:
        return FakeChatSite(only_chats=True)
