"""What a person does in a chat, as events of its room; sending again adds only what is not there."""

from collections.abc import Awaitable
from datetime import datetime

from tracker.desks.base import FileSource
from tracker.desks.matrix import contents
from tracker.desks.matrix.client import MatrixClient
from tracker.desks.matrix.media import MatrixMedia, Upload
from tracker.desks.matrix.policy import Policy
from tracker.desks.matrix.refusals import MatrixRefused
from tracker.desks.matrix.rooms import Rooms
from tracker.desks.matrix.talk import Talk
from tracker.desks.matrix.uploads import prepared
from tracker.model.attachment import LocalFile
from tracker.model.chat_command import EndChat, SendMessage, StartChat
from tracker.model.command import Receipt
from tracker.model.errors import CommandRejected
from tracker.model.ticket import TicketId

TEXT_LIMIT = 10_000
"""Characters: an event holds 65,536 bytes (client-server API, size limits), a character up to six of them."""

_FILES_AT_ONCE = 20
_KINDS = {"image": "m.image", "video": "m.video", "audio": "m.audio"}


class Sending:
    """Sends for one account. `largest` is the most bytes of a file; errors are those of `MatrixSession`."""

    def __init__(self, client: MatrixClient, media: MatrixMedia, rooms: Rooms, *, policy: Policy) -> None:
        self._client = client
        self._media = media
        self._rooms = rooms
        self._policy = policy
        self._uploaded: dict[str, str] = {}
        self.largest = 50 * 1024 * 1024

    async def start(self, command: StartChat, now: datetime) -> Receipt:
        """Begin a session: make the room if need be, ask the agents in, say the first words."""
        _check_text(command.text)
        talk = await self._rooms.ready(command.ticket)
        stands = await self._rooms.as_it_stands(talk, now)
        if stands.standing.is_active and stands.standing.session != command.id:
            raise CommandRejected("A chat on this request is going on already. Write in that one.")
        began = contents.Session(
            command.id, "queued", started=_milliseconds(command.at), words=bool(command.text.strip())
        )
        if stands.standing.session != command.id:
            await self._client.put_state(talk.room, contents.SESSION, began)
        await self._call_agents(talk, stands, command)
        event = None
        if command.text.strip():
            event = await self._send_words(stands, contents.OurCommand(command.id), command.text)
        return Receipt(talk.ticket, event=event)

    async def say(self, command: SendMessage, files: FileSource, now: datetime) -> Receipt:
        """Say something: each file, then the words; one file has them as its caption."""
        _check_text(command.text)
        if not command.text.strip() and not command.files:
            raise CommandRejected("There is nothing in this message. Write something, or attach a file.")
        uploads = [await prepared(file, files, self.largest) for file in _few(command.files)]
        stands = await self._open(command.ticket, now)
        event = None
        alone = len(uploads) == 1
        parts = len(uploads) + (1 if command.text.strip() and not alone else 0)
        for part, (file, upload) in enumerate(zip(command.files, uploads, strict=True)):
            mark = contents.OurCommand(command.id, part, parts)
            caption = command.text if alone else ""
            event = await self._send_file(stands, mark, file.key, upload=upload, caption=caption)
        if parts > len(uploads):
            mark = contents.OurCommand(command.id, parts - 1, parts)
            event = await self._send_words(stands, mark, command.text)
        return Receipt(stands.ticket, event=event)

    async def end(self, command: EndChat, now: datetime) -> Receipt:
        """End the session, or leave the queue."""
        talk = await self._rooms.find(command.ticket)
        if talk is None:
            raise CommandRejected("There is no chat on this request.")
        stands = await self._rooms.as_it_stands(talk, now)
        if not stands.standing.is_active and command.id not in stands.steps:
            raise CommandRejected("This chat has ended already.")
        if stands.standing.is_active:
            ended = contents.Session(
                stands.standing.session, "ended", ended_by="requester", command=command.id
            )
            await self._client.put_state(talk.room, contents.SESSION, ended)
        return Receipt(talk.ticket)

    async def _open(self, ticket: TicketId, now: datetime) -> Talk:
        talk = await self._rooms.find(ticket)
        if talk is None:
            raise CommandRejected("There is no chat on this request. Start one first.")
        stands = await self._rooms.as_it_stands(talk, now)
        if not stands.standing.is_active:
            raise CommandRejected("This chat has ended. Start it again to go on.")
        return stands

    async def _send_words(self, stands: Talk, mark: contents.OurCommand, text: str) -> str:
        there = stands.commands.get(mark.id, {}).get(mark.part)
        if there is not None:
            return there
        words = contents.NewText(text, mark)
        return await self._client.send(stands.room, "m.room.message", words, txn=_transaction(mark))

    async def _send_file(
        self, stands: Talk, mark: contents.OurCommand, key: str, *, upload: Upload, caption: str
    ) -> str:
        there = stands.commands.get(mark.id, {}).get(mark.part)
        if there is not None:
            return there
        name = f"{mark.id}/{key}"
        if name not in self._uploaded:
            self._uploaded[name] = await self._media.upload(upload)
        file = contents.NewFile(
            body=caption if caption.strip() else upload.name,
            filename=upload.name,
            url=self._uploaded[name],
            info=contents.FileInfo(upload.mime, upload.size),
            command=mark,
            msgtype=_KINDS.get(upload.mime.partition("/")[0], "m.file"),
        )
        event = await self._client.send(stands.room, "m.room.message", file, txn=_transaction(mark))
        self._uploaded.pop(name, None)
        return event

    async def _call_agents(self, talk: Talk, stands: Talk, command: StartChat) -> None:
        """Ask in whoever is not in the room, and leave word in the agents' room where one may."""
        for user in self._policy.invite:
            if user not in stands.standing.inside and user not in stands.asked:
                await self._try(self._client.invite(talk.room, user))
        agents = await self._rooms.agents_room()
        if agents:
            said = f"Somebody would like to chat: https://matrix.to/#/{talk.room}"
            notice = contents.NewText(said, contents.OurCommand(command.id), "m.notice")
            await self._try(self._client.send(agents, "m.room.message", notice, txn=f"{command.id}-call"))

    async def _try(self, call: Awaitable[object]) -> None:
        try:
            await call
        except MatrixRefused:
            return  # they are in it already, or one may not: the session is begun all the same


def _check_text(text: str) -> None:
    if len(text) > TEXT_LIMIT:
        raise CommandRejected(
            f"The text is too long: {len(text):,} characters. A chat takes at most {TEXT_LIMIT:,}. "
            "Shorten it, or attach it as a file."
        )


def _few(files: tuple[LocalFile, ...]) -> tuple[LocalFile, ...]:
    if len(files) > _FILES_AT_ONCE:
        raise CommandRejected(
            f"These are {len(files)} files. A message takes at most {_FILES_AT_ONCE} at once."
        )
    return files


def _transaction(mark: contents.OurCommand) -> str:
    return mark.id if mark.of == 1 else f"{mark.id}-{mark.part}"


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
