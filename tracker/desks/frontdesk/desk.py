"""The embedded desk as a `Desk`: pushes its news, takes command ids as keys, states every event."""

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime

import httpx
from tzlocal import get_localzone

import tracker
from tracker.desks.base import Capability, DeskConfig, DeskInfo, FileSource, Secret, SecretSource
from tracker.desks.frontdesk import wire_desk
from tracker.desks.frontdesk.arrangements import slots_of
from tracker.desks.frontdesk.chat_client import ChatClient
from tracker.desks.frontdesk.client import FrontDeskClient
from tracker.desks.frontdesk.news import News
from tracker.desks.frontdesk.opening_hours import calendar_of
from tracker.desks.frontdesk.person_client import PersonClient
from tracker.desks.frontdesk.preferences import settings_of, to_keep
from tracker.desks.frontdesk.reading import Reader
from tracker.desks.frontdesk.safe_values import line_of, text_of
from tracker.desks.frontdesk.sending import carry_out, receipt_of
from tracker.desks.frontdesk.session import Session
from tracker.desks.frontdesk.talk_news import TalkNews
from tracker.desks.frontdesk.talk_reading import offer_of
from tracker.desks.http import DeskHttp, desk_errors, patience_of
from tracker.desks.polling import Pace
from tracker.desks.wish_place import fit
from tracker.model.attachment import Attachment
from tracker.model.batch import Batch, Cursor
from tracker.model.catalogue import Answer, FieldKind, FormField, Service
from tracker.model.chat import ChatOffer
from tracker.model.command import Command, Receipt
from tracker.model.errors import CommandRejected, UnexpectedAnswer
from tracker.model.release import is_older, is_release
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId
from tracker.model.window import Slot

KIND = "frontdesk"

_WORDS = {
    "create": Capability.CREATE,
    "reply": Capability.REPLY,
    "attach": Capability.ATTACH,
    "push": Capability.PUSH,
    "confirm": Capability.CONFIRM,
    "not_fixed": Capability.REOPEN,
    "visit": Capability.VISITS,
    "promises": Capability.PROMISES,
    "history": Capability.HISTORY,
    "search_answers": Capability.ANSWERS,
    "rate": Capability.RATE,
    "calls": Capability.CALLS,
    "visit_answers": Capability.VISIT_ANSWERS,
    "slots": Capability.SLOTS,
    "thanks": Capability.THANKS,
    "check_ins": Capability.CHECK_INS,
    "options": Capability.OPTIONS,
    "preferences": Capability.PREFERENCES,
    "chat": Capability.CHAT,
}
_FIELD_KINDS = {kind.value: kind for kind in FieldKind}
_PIECE = 64 * 1024
_SHA256 = re.compile(r'"([0-9a-f]{64})"')


class FrontDesk:
    """One sign-in at the desk that comes with this program."""

    kind = KIND

    def __init__(self, http: DeskHttp, user: str, secret: SecretSource) -> None:
        self._http = http
        self._session = Session(http, user, secret)
        self._client = FrontDeskClient(self._session)
        self._beside = PersonClient(self._session)
        self._chats = ChatClient(self._session)
        self._about: wire_desk.About | None = None
        self._pushes = True

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What this desk can do; before it was asked, all that it may. No push where that is held back."""
        words = self._about.capabilities if self._about else tuple(_WORDS)
        known = {_WORDS[word] for word in words if word in _WORDS} | {Capability.CATALOGUE}
        return frozenset(known if self._pushes else known - {Capability.PUSH})

    async def sign_in(self) -> Secret:
        """Trade the password for a token, or prove the token; gives the token."""
        return await self._session.sign_in()

    async def check(self) -> DeskInfo:
        """Ask who we are and what the desk can do."""
        about = self._about = await self._client.about()
        person = await self._session.ask_person()
        name = self._http.desk = line_of(about.name) or self._http.desk
        minimum = about.min_client_version if is_release(about.min_client_version) else ""
        return DeskInfo(
            name=name,
            version=line_of(about.version),
            user=line_of(person.name),
            capabilities=self.capabilities,
            attachment_bytes=about.limits.attachment_bytes,
            text_length=about.limits.text_bytes,
            clock_offset=self._http.clock_offset,
            gaps=_gaps(minimum, name),
            calendar=calendar_of(about.hours),
            minimum_version=minimum,
        )

    async def news(self, since: Cursor | None, pace: Pace) -> AsyncIterator[Batch]:
        """Tell everything after `since`, then what happens, pushed by the desk."""
        person = await self._session.person()
        reader = Reader(person.id)
        await self._ask_about()
        chats = Capability.CHAT in self.capabilities
        talks = TalkNews(self._chats, reader, person.id, self._desk_now) if chats else None
        news = News(self._client, self._http.desk, reader, talks)
        async with aclosing(news.tell(since, pace)) as batches:
            async for batch in batches:
                self._pushes = news.pushes
                yield batch

    async def catalogue(self) -> tuple[Service, ...]:
        """List what can be asked for."""
        return tuple(_service(told) for told in await self._client.services())

    async def answers(self, words: str) -> tuple[Answer, ...]:
        """Search the desk's answers; none for no words."""
        if not words.strip():
            return ()
        return tuple(
            Answer(told.id, line_of(told.title), text_of(told.summary), text_of(told.body))
            for told in await self._client.articles(words)
        )

    async def slots(self, ticket: TicketId) -> tuple[Slot, ...]:
        """List the times the desk offers for a ticket's visit."""
        await self._ask_about()
        if Capability.SLOTS not in self.capabilities:
            return ()
        return slots_of(await self._beside.slots(ticket))

    async def preferences(self) -> NotifySettings | None:
        """Give what the person left at the desk; None where it keeps nothing that can be read."""
        await self._ask_about()
        if Capability.PREFERENCES not in self.capabilities:
            return None
        return settings_of(await self._beside.preferences())

    async def keep_preferences(self, settings: NotifySettings) -> None:
        """Leave it at the desk; settings that nobody has ever changed stay here."""
        await self._ask_about()
        if Capability.PREFERENCES in self.capabilities and settings.changed_at is not None:
            await self._beside.keep_preferences(to_keep(settings, settings.changed_at))

    async def send(self, command: Command, files: FileSource) -> Receipt:
        """Do it once, under the command's id; a wish without a place goes as words or stays here."""
        about = await self._ask_about()
        fitting = fit(command, self.capabilities, get_localzone())
        if isinstance(fitting, Receipt):
            return fitting
        return await carry_out(self._client, fitting, files=files, limits=about.limits)

    async def find(self, command: Command) -> Receipt | None:
        """Ask the desk for what was done under the command's id."""
        found = await self._client.found(command.id)
        if found is None or found.ticket is None:
            return None
        return receipt_of(found.ticket, found.event)

    async def download(self, ticket: TicketId, attachment: Attachment) -> AsyncIterator[bytes]:
        """Give a file's bytes, checked against the sum that the desk names for them."""
        digest = hashlib.sha256()
        size = 0
        async with self._client.file(attachment.id) as response:
            with desk_errors(self._http.desk):
                async for piece in response.aiter_bytes(_PIECE):
                    size += len(piece)
                    if attachment.size is not None and size > attachment.size:
                        break
                    digest.update(piece)
                    yield piece
            self._check_whole(response, attachment, size=size, digest=digest.hexdigest())

    async def chat_offer(self) -> ChatOffer:
        """Ask whether somebody would answer now. Raises `CommandRejected` where nobody ever chats."""
        await self._ask_about()
        if Capability.CHAT not in self.capabilities:
            raise CommandRejected("There is no chat with this service desk.")
        return offer_of(await self._chats.offer())

    async def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let the agent see it."""
        await self._chats.say_typing(ticket, typing=typing)

    async def mark_read(self, ticket: TicketId, message: str) -> None:
        """Note at the desk how far the person has read; it never goes back."""
        await self._chats.mark_read(ticket, message)

    async def aclose(self) -> None:
        """Close connections."""
        await self._http.aclose()

    def _desk_now(self) -> datetime:
        return datetime.now(UTC) + self._http.clock_offset

    async def _ask_about(self) -> wire_desk.About:
        if self._about is None:
            self._about = await self._client.about()
        return self._about

    def _check_whole(
        self, response: httpx.Response, attachment: Attachment, *, size: int, digest: str
    ) -> None:
        named = _SHA256.fullmatch(response.headers.get("etag", ""))
        whole = attachment.size is None or size == attachment.size
        if not whole or named is None or named[1] != digest:
            raise UnexpectedAnswer(
                f"“{attachment.name}” did not arrive as the desk has it. Try again; if it goes on, tell IT."
            )


def open_desk(config: DeskConfig, secret: SecretSource) -> FrontDesk:
    """Make the connector for a desk; nothing is asked yet.

    The option `timeout` (seconds) replaces the waiting times. Raises UnexpectedAnswer for a bad address.
    """
    patience = patience_of(dict(config.options).get("timeout", ""))
    http = DeskHttp("The service desk", config.url, network=config.network, patience=patience)
    return FrontDesk(http, config.user, secret)


def _service(told: wire_desk.Service) -> Service:
    hours = told.first_reply_hours
    return Service(
        id=told.id,
        name=line_of(told.name),
        description=text_of(told.description),
        fields=tuple(_field(field) for field in told.fields),
        promise=f"First reply within {hours:g} hours" if hours else "",
    )


def _field(told: wire_desk.FormField) -> FormField:
    return FormField(
        id=told.id,
        label=line_of(told.label),
        kind=_FIELD_KINDS.get(told.kind, FieldKind.TEXT),
        required=told.required,
        choices=told.choices,
        help=text_of(told.help),
    )


def _gaps(minimum: str, name: str) -> tuple[str, ...]:
    if is_older(tracker.__version__, minimum):
        return (f"{name} asks for version {minimum} of this program or newer.",)
    return ()
