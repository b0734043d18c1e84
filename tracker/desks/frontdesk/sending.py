"""A person's commands at the embedded desk: files up first, then the words, each under a key of its own."""

import uuid
from datetime import UTC, datetime

import msgspec

from tracker.desks.base import FileSource
from tracker.desks.file_pieces import checked_size, pieces_of
from tracker.desks.frontdesk import wire, wire_chat, wire_desk, wire_wish
from tracker.desks.frontdesk.client import FrontDeskClient, Upload, ticket_path
from tracker.desks.frontdesk.reading import event_id_of
from tracker.desks.frontdesk.talk_reading import MESSAGE
from tracker.model.attachment import LocalFile
from tracker.model.command import (
    Command,
    CommandId,
    ConfirmFixed,
    CreateTicket,
    EndChat,
    PostReply,
    Receipt,
    SendMessage,
    StartChat,
    Wish,
    files_of,
    text_of,
)
from tracker.model.errors import CommandRejected
from tracker.model.ticket import TicketId

_NAMESPACE = uuid.UUID("0a3a7f2e-7d0a-5b51-8a55-3f6e58a0f1c7")


async def carry_out(
    client: FrontDeskClient, command: Command, *, files: FileSource, limits: wire_desk.Limits
) -> Receipt:
    """Do a command once; what is over the limits is refused before anything travels."""
    _check_text(command, limits)
    attachments = await _send_files(client, command, files=files, limits=limits)
    path, body = _request(command, attachments)
    done = await client.do(path, body, command.id)
    return receipt_of(done.ticket, done.event)


def receipt_of(ticket: wire.Ticket, event: wire.Event | None) -> Receipt:
    """Read the desk's word that it has a command."""
    named = None
    if event is not None:
        named = event.id if event.kind == MESSAGE else event_id_of(event)
    return Receipt(TicketId(ticket.number), ticket.number, named)


def _request(command: Command, attachments: tuple[str, ...]) -> tuple[str, msgspec.Struct]:
    if isinstance(command, CreateTicket):
        return "/tickets", wire.NewTicket(
            service=command.service,
            subject=command.subject,
            text=command.text,
            fields=dict(command.fields),
            priority=command.priority.value,
            attachments=attachments,
        )
    if isinstance(command, Wish):
        return ticket_path(command.ticket, "wishes"), _new_wish(command)
    if isinstance(command, PostReply):
        return ticket_path(command.ticket, "replies"), wire.NewMessage(command.text, attachments)
    if isinstance(command, ConfirmFixed):
        return ticket_path(command.ticket, "confirm"), wire.Nothing()
    if isinstance(command, StartChat):
        return ticket_path(command.ticket, "chat"), wire_chat.NewWords(command.text)
    if isinstance(command, SendMessage):
        return ticket_path(command.ticket, "chat/messages"), wire_chat.NewWords(command.text, attachments)
    if isinstance(command, EndChat):
        return ticket_path(command.ticket, "chat/end"), wire.Nothing()
    return ticket_path(command.ticket, "not-fixed"), wire.NewMessage(command.text)


def _new_wish(wish: Wish) -> wire_wish.NewWish:
    windows = () if wish.slot else wish.windows  # a slot says it all; the desk takes one or the other
    return wire_wish.NewWish(
        kind=wish.kind.value,
        text=wish.text,
        about=wish.about,
        windows=tuple(wire_wish.AskedWindow(each.starts, each.ends) for each in windows),
        slot=wish.slot,
        phone=wish.phone,
        place=wish.place,
        score=wish.score,
        seen_starts=wish.seen,
    )


def _check_text(command: Command, limits: wire_desk.Limits) -> None:
    text = text_of(command)
    if isinstance(command, SendMessage) and not text.strip() and not command.files:
        raise CommandRejected("There is nothing to send: write something, or attach a file.")
    size = len(text.encode(errors="replace"))
    if size > limits.text_bytes:
        raise CommandRejected(
            f"The text is too long: {size:,} characters. The desk takes at most {limits.text_bytes:,}. "
            "Shorten it, or attach it as a file."
        )


async def _send_files(
    client: FrontDeskClient, command: Command, *, files: FileSource, limits: wire_desk.Limits
) -> tuple[str, ...]:
    wanted = files_of(command)
    if len(wanted) > limits.attachments_per_message:
        raise CommandRejected(
            f"These are {len(wanted)} files. The desk takes at most {limits.attachments_per_message} at once."
        )
    uploads = [await _prepare(command.id, file, files, limits) for file in wanted]
    return tuple([await client.upload(upload) for upload in uploads])


async def _prepare(
    command: CommandId, file: LocalFile, files: FileSource, limits: wire_desk.Limits
) -> Upload:
    size = await checked_size(file, files(file), limits.attachment_bytes)
    # The desk forgets files that no message names after a day, and repeats its answer to a key for ever.
    today = datetime.now(UTC).date().isoformat()
    key = uuid.uuid5(_NAMESPACE, f"{command}/{file.key}/{today}")
    return Upload(file.name, size, str(key), pieces_of(file, files))
