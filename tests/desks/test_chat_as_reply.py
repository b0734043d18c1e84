"""What is said in a chat, at a desk that cannot chat: a reply under the same id."""

from datetime import UTC, datetime

import pytest

from tracker.desks.base import Capability
from tracker.desks.wish_place import as_reply, fit
from tracker.model.attachment import LocalFile
from tracker.model.command import (
    Command,
    ConfirmFixed,
    EndChat,
    PostReply,
    Receipt,
    SendMessage,
    StartChat,
    new_command_id,
)
from tracker.model.ticket import TicketId

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
REQ = TicketId("17")
FILE = LocalFile("k", "screen.png", 10)


def test_a_message_goes_as_a_reply_under_its_own_id_with_its_files() -> None:
    said = SendMessage(new_command_id(), NOW, REQ, "Yes please", (FILE,))
    assert as_reply(said) == PostReply(said.id, NOW, REQ, "Yes please", (FILE,))
    first = StartChat(new_command_id(), NOW, REQ, "It is back.")
    assert as_reply(first) == PostReply(first.id, NOW, REQ, "It is back.")


@pytest.mark.parametrize(
    "silent", [StartChat(new_command_id(), NOW, REQ), EndChat(new_command_id(), NOW, REQ)]
)
def test_what_says_nothing_is_not_sent(silent: Command) -> None:
    assert as_reply(silent) == Receipt(REQ)


def test_a_file_alone_is_a_reply() -> None:
    sent = as_reply(SendMessage(new_command_id(), NOW, REQ, "", (FILE,)))
    assert isinstance(sent, PostReply)
    assert sent.files == (FILE,)


def test_a_desk_that_chats_gets_it_as_it_is() -> None:
    said = SendMessage(new_command_id(), NOW, REQ, "Hello")
    assert fit(said, frozenset({Capability.CHAT}), UTC) is said
    assert isinstance(fit(said, frozenset({Capability.REPLY}), UTC), PostReply)
    other = ConfirmFixed(new_command_id(), NOW, REQ)
    assert as_reply(other) is other
