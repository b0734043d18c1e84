"""A person's commands at Request Tracker, each done once and read back."""

import codecs
import logging
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from tracker.desks.base import FileSource
from tracker.desks.http import FilePart
from tracker.desks.rt import wire
from tracker.desks.rt.client import RtClient, Seen
from tracker.desks.rt.confirming import Confirmer
from tracker.desks.rt.context import created_id, step_id
from tracker.desks.rt.reading import Me
from tracker.desks.rt.site import RtSite
from tracker.desks.rt.wishing import Wisher
from tracker.desks.safetext import safe_file_name
from tracker.model.attachment import LocalFile
from tracker.model.command import (
    ConfirmFixed,
    CreateTicket,
    PostReply,
    Receipt,
    SayNotFixed,
    TicketCommand,
    Wish,
    files_of,
)
from tracker.model.errors import CommandRejected, DeskError
from tracker.model.ticket import Priority, TicketId, TicketState

log = logging.getLogger(__name__)

TEXT_LENGTH = 100_000
_PIECE = 256 * 1024


class Sender:
    """Carries commands out. `CommandRejected` means that certainly nothing was done.

    RT has no idempotency key: where a site has a field for it, the command's id goes along into that.
    """

    def __init__(
        self, client: RtClient, site: RtSite, me: Me, *, confirmer: Confirmer, wisher: Wisher
    ) -> None:
        self._client = client
        self._site = site
        self._me = me
        self._confirmer = confirmer
        self._wisher = wisher

    async def carry_out(self, command: TicketCommand, files: FileSource) -> Receipt:
        """Do it once."""
        if isinstance(command, ConfirmFixed):
            await self._visible(command.ticket)
            return await self._confirmer.confirm(command)
        self._check(command)
        if isinstance(command, Wish):
            return await self._wisher.carry_out(command, await self._seen(command.ticket))
        with _opened(command, files, self._site.attachment_bytes) as parts:
            if isinstance(command, CreateTicket):
                return await self._create(command, parts)
            return await self._write(command, parts)

    def _check(self, command: CreateTicket | PostReply | SayNotFixed | Wish) -> None:
        if len(command.text) > TEXT_LENGTH:
            raise CommandRejected(
                f"The text is too long: {len(command.text):,} characters. "
                f"The desk takes at most {TEXT_LENGTH:,}. Shorten it, or attach it as a file."
            )
        has_files = isinstance(command, CreateTicket | PostReply) and bool(command.files)
        if isinstance(command, CreateTicket):
            if not command.subject.strip():
                raise CommandRejected("The request has no subject. Write one.")
        elif not isinstance(command, Wish) and not command.text.strip() and not has_files:
            raise CommandRejected("The message is empty. Write something, or attach a file.")

    async def _create(self, command: CreateTicket, parts: Sequence[FilePart]) -> Receipt:
        fields = {name: value for name, value in command.fields if value.strip()}
        body: dict[str, object] = {
            "Queue": command.service,
            "Requestor": self._me.login,  # RT gives a ticket without one to nobody, its maker included
            "Subject": " ".join(command.subject.split()),
            "Content": command.text,
            "ContentType": "text/plain",
            "CustomFields": fields | self._client_id(command),
        }
        if command.priority is not Priority.NORMAL:
            body["Priority"] = self._site.priority_number(command.priority)
        key = await self._client.create(msgspec.json.encode(body), parts)
        try:
            await self._save_dropped(key, fields)
        except DeskError as error:
            # The request is there: whatever happens to its small print, it must not look refused.
            log.info("answers of a form could not be read back: %s", error)
        return Receipt(TicketId(key), key, created_id(key))

    async def _save_dropped(self, key: str, fields: dict[str, str]) -> None:
        """Write what RT dropped in silence: answers to form fields that this person may not set."""
        if not fields:
            return
        seen = await self._client.ticket(key)
        kept = wire.listed(seen.ticket.custom_fields) if seen.ticket else {}
        dropped = {name: value for name, value in fields.items() if not kept.get(name)}
        if dropped and seen.ticket is not None:
            text = "\n".join(f"{name}: {value}" for name, value in dropped.items())
            body = {"Content": text, "ContentType": "text/plain"}
            await self._client.correspond(key, msgspec.json.encode(body), ())

    async def _write(self, command: PostReply | SayNotFixed, parts: Sequence[FilePart]) -> Receipt:
        ticket = await self._visible(command.ticket)
        body: dict[str, object] = {"CustomFields": self._client_id(command)}
        if command.text.strip():
            body |= {"Content": command.text, "ContentType": "text/plain"}
        state = self._site.state(ticket.status)
        if isinstance(command, SayNotFixed) and state in (TicketState.RESOLVED, TicketState.CLOSED):
            if self._site.never_opens(ticket.status):
                raise CommandRejected(
                    "The desk does not open this request again. Raise a new one that names it."
                )
            # Most sites re-open on any reply; where one does not, this asks for it.
            body["Status"] = self._site.reopened_status
        step = await self._client.correspond(command.ticket, msgspec.json.encode(body), parts)
        return Receipt(command.ticket, command.ticket, step_id(step) if step else None)

    async def _visible(self, ticket: TicketId) -> wire.Ticket:
        found = (await self._seen(ticket)).ticket
        if found is None:
            raise CommandRejected("This request is not there any more, or you may not see it.")
        return found

    async def _seen(self, ticket: TicketId) -> Seen:
        """Read the ticket first: RT lets some people write where they may not read."""
        seen = await self._client.ticket(ticket) if ticket.isdecimal() else None
        if seen is None or seen.ticket is None:
            raise CommandRejected("This request is not there any more, or you may not see it.")
        if str(seen.ticket.id) != ticket:
            raise CommandRejected(f"This request goes on in number {seen.ticket.id}. Write there.")
        return seen

    def _client_id(self, command: TicketCommand) -> dict[str, str]:
        name = self._site.fields.client_id
        return {name: command.id} if name else {}


@contextmanager
def _opened(
    command: CreateTicket | PostReply | SayNotFixed, files: FileSource, limit: int
) -> Iterator[list[FilePart]]:
    """Open the files of a command, all of them before anything travels."""
    wanted = files_of(command)
    with ExitStack() as closing:
        parts: list[FilePart] = []
        for file in wanted:
            path = files(file)
            _check_size(file, path, limit)
            try:
                content = closing.enter_context(path.open("rb"))
            except OSError as error:
                raise _unreadable(file) from error
            parts.append(FilePart("Attachments", _name_of(file), content, _kind_of(file, path)))
        yield parts


def _check_size(file: LocalFile, path: Path, limit: int) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(file) from error
    if size == 0:
        raise CommandRejected(f"The file “{_name_of(file)}” is empty, and the desk takes no empty files.")
    if size > limit:
        raise CommandRejected(
            f"The file “{_name_of(file)}” is too big: {size / 1_000_000:.0f} MB. "
            f"The desk takes at most {limit / 1_000_000:.0f} MB."
        )


def _unreadable(file: LocalFile) -> CommandRejected:
    return CommandRejected(f"The file “{_name_of(file)}” cannot be read any more. Attach it again.")


def _name_of(file: LocalFile) -> str:
    return safe_file_name(file.name)


def _kind_of(file: LocalFile, path: Path) -> str:
    """Give the type to state. RT rewrites text that is not UTF-8 into it, so such a file goes as bytes."""
    if not file.mime.startswith("text/"):
        return file.mime
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as content:
            while piece := content.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except (UnicodeDecodeError, OSError):
        return "application/octet-stream"
    return file.mime
