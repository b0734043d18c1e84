"""Files from the desk onto this computer."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tracker.desks.base import Desk
from tracker.host.files import ReceivedFile
from tracker.model.attachment import Attachment
from tracker.model.ticket import TicketId

REPORT_EVERY = 256 * 1024
"""Bytes between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a file goes: the folder, where it came from (for the system's mark), and the most bytes."""

    folder: Path
    origin: str
    limit: int


async def download(
    desk: Desk,
    ticket: TicketId,
    attachment: Attachment,
    *,
    to: Destination,
    progress: Callable[[int], None],
) -> Path:
    """Save a file of the desk under a safe, unused name and give its path.

    Raises `DeskError` or a host error whose text is fit to show; then nothing is left behind.
    """
    told = size = 0
    arriving = cast("AsyncGenerator[bytes, None]", desk.download(ticket, attachment))
    with ReceivedFile(to.folder, attachment.name, origin=to.origin, limit=to.limit) as received:
        async with aclosing(arriving) as pieces:
            async for piece in pieces:
                size = received.write(piece)
                if size - told >= REPORT_EVERY:
                    told = size
                    progress(size)
        progress(size)
        return received.finish()
