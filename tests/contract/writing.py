"""Commands for the contract tests, short to write."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from tracker.desks.base import Desk, FileSource
from tracker.model.attachment import LocalFile
from tracker.model.command import (
    Command,
    ConfirmFixed,
    CreateTicket,
    PostReply,
    Receipt,
    SayNotFixed,
    new_command_id,
)
from tracker.model.ticket import TicketId


class Outgoing:
    """A folder of files to send; called with a `LocalFile` it says where that lies, as the program does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def __call__(self, file: LocalFile) -> Path:
        return self._folder / file.key

    def add(self, name: str, content: bytes) -> LocalFile:
        """Lay a file ready under a harmless key."""
        self._count += 1
        key = f"file-{self._count}"
        (self._folder / key).write_bytes(content)
        return LocalFile(key, name, len(content))


class HasService(Protocol):
    """A site, or its class: whatever knows what can be asked for."""

    service: str


def a_request(
    site: HasService, subject: str, text: str = "It does not work.", *files: LocalFile
) -> CreateTicket:
    """Ask for the site's service."""
    return CreateTicket(new_command_id(), datetime.now(UTC), site.service, subject, text, files=files)


def a_reply(ticket: TicketId, text: str, *files: LocalFile) -> PostReply:
    """Write on a ticket."""
    return PostReply(new_command_id(), datetime.now(UTC), ticket, text, files)


def it_works(ticket: TicketId) -> ConfirmFixed:
    """Say "Yes, it works"."""
    return ConfirmFixed(new_command_id(), datetime.now(UTC), ticket)


def not_yet(ticket: TicketId, text: str) -> SayNotFixed:
    """Say "Not yet"."""
    return SayNotFixed(new_command_id(), datetime.now(UTC), ticket, text)


async def send(desk: Desk, command: Command, outgoing: FileSource) -> Receipt:
    """Send, and check what every receipt must say."""
    receipt = await desk.send(command, outgoing)
    assert receipt.ticket
    return receipt
