"""A `Desk` in memory that keeps the same contract as the real connectors, so that it cannot lie.

`FakeDesk(helpdesk, network, "jane", secret)` is what sync is given; `helpdesk` (tests.fakes.helpdesk) is
where a test plays technician and looks up what arrived; `network` (tests.fakes.network) breaks.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC
from typing import TypeVar

from tests.fakes.chat_news import with_chats
from tests.fakes.granting import grant
from tests.fakes.helpdesk import Fact, FakeHelpdesk
from tests.fakes.house_rules import FILE_LIMIT, SERVICES, TEXT_LIMIT, Files
from tests.fakes.network import FakeNetwork
from tracker.desks.base import Capability, DeskInfo, FileSource, Secret, SecretKind, SecretSource
from tracker.desks.file_pieces import UploadWatch
from tracker.desks.polling import Pace
from tracker.desks.safetext import safe_file_name
from tracker.desks.wish_place import fit
from tracker.model.attachment import Attachment
from tracker.model.batch import Batch, Cursor
from tracker.model.catalogue import Answer, FieldKind, FormField, Service
from tracker.model.chat import ChatOffer
from tracker.model.command import (
    Command,
    ConfirmFixed,
    CreateTicket,
    EndChat,
    PostReply,
    Receipt,
    SayNotFixed,
    SendMessage,
    StartChat,
    Wish,
    files_of,
)
from tracker.model.errors import CommandRejected, SignInRequired
from tracker.model.event import Event
from tracker.model.person import ActorKind
from tracker.model.telling import NotifySettings
from tracker.model.ticket import Ticket, TicketId
from tracker.model.window import Slot

T = TypeVar("T")

ALL = frozenset(Capability)
PAGE = 2


class FakeDesk:
    """One sign-in at a `FakeHelpdesk`. `capabilities` may be fewer; then it degrades as a connector must."""

    kind = "fake"

    def __init__(
        self,
        helpdesk: FakeHelpdesk,
        network: FakeNetwork,
        user: str,
        secret: SecretSource,
        *,
        capabilities: frozenset[Capability] = ALL,
        patience: float | None = None,
    ) -> None:
        self.capabilities = capabilities
        self._helpdesk = helpdesk
        self._network = network
        self._user = user
        self._source = secret
        self._patience = patience
        self._signed_in = False

    async def sign_in(self) -> Secret:
        """Compare the secret; the token is the password backwards."""
        secret = await self._source()
        return await self._carry("POST /session", lambda: self._prove(secret))

    async def check(self) -> DeskInfo:
        """Say what the fake is."""
        return await self._ask("GET /desk", self._info)

    async def news(self, since: Cursor | None, pace: Pace) -> AsyncIterator[Batch]:
        """Tell history two tickets at a time, then each change in a batch of its own."""
        whispered = len(self._helpdesk.chats.whispers)
        place = await self._ask("GET /cursor", lambda: self._place(since))
        if place is None:
            place = len(self._helpdesk.facts)
            for batch in await self._ask("GET /tickets", lambda: self._pages(place)):
                yield batch
            yield Batch(cursor=Cursor(str(place)), caught_up=True)
        else:
            await self._ask("GET /changes", lambda: None)
            yield Batch(cursor=Cursor(str(place)), live=True, caught_up=place == len(self._helpdesk.facts))
        async with self._helpdesk.bell.heard() as rung:
            while True:
                rung.clear()
                self._network.check()
                while place < len(self._helpdesk.facts):
                    place += 1
                    yield self._step(place)
                told = self._helpdesk.chats.whispers[whispered:]
                whispered += len(told)
                if told and Capability.CHAT in self.capabilities:
                    mine = tuple(each for each in told if self._is_mine(each.ticket))
                    yield Batch(typing=mine, live=True)
                await (rung.wait() if Capability.PUSH in self.capabilities else pace.wait())

    async def catalogue(self) -> tuple[Service, ...]:
        """List the services, with a field where the desk has forms."""
        field = FormField("room", "Which room?", FieldKind.TEXT)
        fields = (field,) if Capability.CATALOGUE in self.capabilities else ()
        return await self._ask(
            "GET /services", lambda: tuple(Service(each, each.title(), fields=fields) for each in SERVICES)
        )

    async def answers(self, words: str) -> tuple[Answer, ...]:
        """Know something about VPN."""
        known = Capability.ANSWERS in self.capabilities and "vpn" in words.lower()
        found = (Answer("a1", "VPN drops", body="Fetch the profile again."),) if known else ()
        return await self._ask("GET /articles", lambda: found)

    async def slots(self, ticket: TicketId) -> tuple[Slot, ...]:
        """Offer what the technician has put there."""
        if Capability.SLOTS not in self.capabilities:
            return ()
        return await self._ask("GET /slots", lambda: self._helpdesk.slots.get(ticket, ()))

    async def preferences(self) -> NotifySettings | None:
        """Give what was left here."""
        if Capability.PREFERENCES not in self.capabilities:
            return None
        return await self._ask("GET /preferences", lambda: self._helpdesk.preferences.get(self._user))

    async def keep_preferences(self, settings: NotifySettings) -> None:
        """Keep it."""
        if Capability.PREFERENCES in self.capabilities:
            kept = {self._user: settings}
            await self._ask("PUT /preferences", lambda: self._helpdesk.preferences.update(kept))

    async def send(self, command: Command, files: FileSource) -> Receipt:
        """Do it once; a command done before gives its receipt again."""
        fitting = fit(command, self.capabilities, UTC)
        if isinstance(fitting, Receipt):
            return fitting
        command = fitting
        wanted = files_of(command)
        if wanted and Capability.ATTACH not in self.capabilities:
            raise CommandRejected("This desk takes no files.")
        attached = tuple((safe_file_name(file.name), files(file).read_bytes()) for file in wanted)
        if isinstance(files, UploadWatch):
            for file in wanted:
                files.handed(file, file.size)
        if isinstance(command, ConfirmFixed) and Capability.CONFIRM not in self.capabilities:
            return Receipt(command.ticket, str(command.ticket), kept_here=True)
        return await self._ask("POST /commands", lambda: self._carry_out(command, attached))

    async def find(self, command: Command) -> Receipt | None:
        """Look the command up."""
        return await self._ask("GET /commands", lambda: self._helpdesk.done.get((self._user, command.id)))

    async def download(self, ticket: TicketId, attachment: Attachment) -> AsyncIterator[bytes]:
        """Give the file in pieces."""
        content = await self._ask("GET /file", lambda: self._file(ticket, attachment))
        for start in range(0, len(content), 65536):
            yield content[start : start + 65536]

    async def chat_offer(self) -> ChatOffer:
        """Say who is there."""
        return await self._ask("GET /chat", self._helpdesk.chats.offer)

    async def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let it be seen."""
        chats = self._helpdesk.chats
        await self._ask("PUT /typing", lambda: chats.type(self._user, ticket, typing=typing))

    async def mark_read(self, ticket: TicketId, message: str) -> None:
        """Note it."""
        await self._ask("PUT /read", lambda: self._helpdesk.chats.mark(ticket, ActorKind.YOU, message))

    async def aclose(self) -> None:
        """Forget the session."""
        self._signed_in = False

    async def _ask(self, line: str, work: Callable[[], T]) -> T:
        if not self._signed_in:
            await self.sign_in()
        return await self._carry(line, work)

    async def _carry(self, line: str, work: Callable[[], T]) -> T:
        return await self._network.carry(line, work, patience=self._patience)

    def _prove(self, secret: Secret) -> Secret:
        password = self._helpdesk.passwords.get(self._user, "")
        token = password[::-1]
        right = password if secret.kind is SecretKind.PASSWORD else token
        if not password or secret.value != right:
            raise SignInRequired("The service desk does not know this name with this password.")
        self._signed_in = True
        return Secret(SecretKind.TOKEN, token)

    def _info(self) -> DeskInfo:
        return DeskInfo(
            "Fake desk",
            "1.0",
            self._user.title(),
            self.capabilities,
            attachment_bytes=FILE_LIMIT,
            text_length=TEXT_LIMIT,
            clock_offset=self._helpdesk.ahead,
            calendar=self._helpdesk.calendar,
            minimum_version=self._helpdesk.minimum_version,
        )

    def _place(self, since: Cursor | None) -> int | None:
        known = since is not None and since.isdecimal() and int(since) <= len(self._helpdesk.facts)
        return int(since) if since is not None and known else None

    def _pages(self, place: int) -> list[Batch]:
        mine = [ticket for ticket in self._helpdesk.owners if self._is_mine(ticket)]
        mine.reverse()
        pages = [mine[start : start + PAGE] for start in range(0, len(mine), PAGE)]
        return [
            self._with_chats(
                Batch(
                    tuple(self._ticket(each) for each in page if each in self._helpdesk.tickets),
                    tuple(
                        event for at in range(place) if (event := self._event(at)) and event.ticket in page
                    ),
                ),
                [fact for fact in self._helpdesk.facts[:place] if fact.event.ticket in page],
            )
            for page in pages
        ]

    def _step(self, place: int) -> Batch:
        event = self._event(place - 1)
        told = Batch(
            tickets=(self._ticket(event.ticket),) if event and event.ticket in self._helpdesk.tickets else (),
            events=(event,) if event else (),
            cursor=Cursor(str(place)),
            live=True,
            caught_up=place == len(self._helpdesk.facts),
        )
        return self._with_chats(told, [self._helpdesk.facts[place - 1]])

    def _with_chats(self, batch: Batch, facts: Sequence[Fact]) -> Batch:
        return (
            with_chats(batch, self._helpdesk, self._user, facts)
            if Capability.CHAT in self.capabilities
            else batch
        )

    def _event(self, at: int) -> Event | None:
        fact = self._helpdesk.facts[at]
        if not fact.public or not self._is_mine(fact.event.ticket):
            return None
        return self._helpdesk.seen_by(self._user, fact)

    def _ticket(self, ticket: TicketId) -> Ticket:
        kept = self._helpdesk.tickets[ticket]
        has = self.capabilities
        return replace(
            kept,
            promises=kept.promises if Capability.PROMISES in has else (),
            visit=kept.visit if Capability.VISITS in has else None,
            call=kept.call if Capability.CALLS in has else None,
            options=kept.options if Capability.OPTIONS in has else (),
        )

    def _is_mine(self, ticket: TicketId) -> bool:
        return self._helpdesk.owners[ticket] == self._user

    def _file(self, ticket: TicketId, attachment: Attachment) -> bytes:
        if not self._is_mine(ticket) or attachment.id not in self._helpdesk.files:
            raise CommandRejected("The service desk refused: there is no such file.")
        return self._helpdesk.files[attachment.id]

    def _carry_out(self, command: Command, files: Files) -> Receipt:
        done = self._helpdesk.done.get((self._user, command.id))
        if done is not None:
            return done
        if isinstance(command, StartChat | SendMessage | EndChat):
            return self._helpdesk.chats.carry_out(self._user, command, files)
        if self._helpdesk.only_chats:
            raise CommandRejected("This is a chat server, which holds no requests.")
        if isinstance(command, CreateTicket):
            return self._helpdesk.create(self._user, command, files)
        if isinstance(command, PostReply):
            return self._helpdesk.write(self._user, command, files)
        if isinstance(command, ConfirmFixed):
            return self._helpdesk.confirm(self._user, command)
        if isinstance(command, Wish):
            return grant(self._helpdesk, self._user, command)
        assert isinstance(command, SayNotFixed)
        reopens = Capability.REOPEN in self.capabilities
        return self._helpdesk.not_fixed(self._user, command, reopens=reopens)
