"""The files of a chat, brought from the chat server, so that they are on the request beside the words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import uuid4

import anyio

from tracker.desks.base import Capability, Desk
from tracker.host.errors import FileRefused
from tracker.host.files import drop_outgoing
from tracker.model.attachment import Attachment, LocalFile
from tracker.model.chat import Message
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired
from tracker.model.ticket import TicketId
from tracker.sync.transfers import Destination, download

MOST_FILES = 20
MOST_BYTES = 50 * 1024 * 1024
"""Of one session: they go in one letter, which a web server takes or refuses as a whole."""

PATIENCE = 120.0
"""Seconds for one file."""

_TOO_MUCH = "there are too many"


@dataclass(frozen=True, slots=True)
class Brought:
    """Copies to send, and why others are missing, by the file's id."""

    files: tuple[LocalFile, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)


class TranscriptFiles:
    """`chat` and `desk` give the chat server and the ticket desk, `limit` the bytes it takes in a file."""

    def __init__(
        self,
        outgoing: Path,
        *,
        chat: Callable[[], Desk | None],
        desk: Callable[[], Desk | None],
        limit: Callable[[], int],
    ) -> None:
        self._outgoing = outgoing
        self._chat = chat
        self._desk = desk
        self._limit = limit

    async def bring(self, ticket: TicketId, said: Iterable[Message], *, late: bool) -> Brought:
        """Copy what was sent in a chat into the profile.

        Raises `DeskUnavailable`, `SignInRequired` or `TimeoutError` while the chat server may still give it,
        or `DiskTrouble`; then no copy is left. `late`: what cannot be had now is missing.
        """
        files: list[LocalFile] = []
        missing: dict[str, str] = {}
        with self._dropping(files):
            for attachment in (each for message in said for each in message.attachments):
                room = MOST_BYTES - sum(file.size for file in files)
                try:
                    self._require(attachment, len(files), room)
                    files.append(await self._copy(ticket, attachment, min(room, self._limit())))
                except FileRefused as refusal:
                    missing[attachment.id] = str(refusal)
                except (DeskUnavailable, SignInRequired, TimeoutError):
                    if not late:
                        raise
                    missing[attachment.id] = "the chat server did not give it"
                except DeskError:
                    missing[attachment.id] = "the chat server does not have it"
        return Brought(tuple(files), missing)

    def drop(self, files: Iterable[LocalFile]) -> None:
        """Remove copies that are not sent."""
        for file in files:
            drop_outgoing(self._outgoing, file.key)

    def _require(self, attachment: Attachment, number: int, room: int) -> None:
        """Raise FileRefused, with the reason alone, for what the request does not take."""
        desk = self._desk()
        if desk is not None and Capability.ATTACH not in desk.capabilities:
            raise FileRefused("the desk takes no files")
        size = attachment.size or 0
        if size > self._limit():
            raise FileRefused("it is too large")
        if number == MOST_FILES or size > room:
            raise FileRefused(_TOO_MUCH)

    async def _copy(self, ticket: TicketId, attachment: Attachment, most: int) -> LocalFile:
        chat = self._chat()
        if chat is None:
            raise SignInRequired("Sign in at the chat server first.")
        to = Destination(self._outgoing, origin="", limit=most)
        hidden = replace(attachment, name=uuid4().hex)
        with anyio.fail_after(PATIENCE):
            try:
                path = await download(chat, ticket, hidden, to=to, progress=lambda _size: None)
            except FileRefused as refusal:
                raise FileRefused("it is too large") from refusal
        file = LocalFile(path.name, attachment.name, path.stat().st_size, attachment.mime)
        if file.size == 0:
            self.drop((file,))
            raise FileRefused("it is empty")
        return file

    @contextmanager
    def _dropping(self, files: list[LocalFile]) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.drop(files)
            raise
