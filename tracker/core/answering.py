"""Carries out what a command line asks, on the sync thread of the program that holds the profile."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import anyio
import msgspec
from anyio.streams.memory import MemoryObjectReceiveStream

from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.catching_up import ECHO, catch_up, follow_desk_of_settings, needs_sign_in, watch
from tracker.core.chat_account import sign_in_to_chat
from tracker.core.conversing import chat_offer, follow_chat
from tracker.core.ear import Heard, listening
from tracker.core.program import Program
from tracker.core.proxy_account import sign_in_to_proxy
from tracker.core.signing import MAY_STAY, sign_in, sign_out, sign_out_chat
from tracker.desks.base import Desk, Secret, SecretKind
from tracker.desks.network import ProxyLogin
from tracker.host.settings import DeskChoice
from tracker.model.command import Command, CommandId, Delivery
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired, TrackerError
from tracker.model.ticket import TicketId
from tracker.store.codec import COMMANDS
from tracker.sync.transfers import Destination, download


class Answerer:
    """Answers questions for one program. `show_window` hears what a second start wants to see."""

    def __init__(
        self, program: Program, show_window: Callable[[ask.Open], bool] = lambda _asked: False
    ) -> None:
        self._program = program
        self._show_window = show_window

    async def answer(self, line: bytes) -> AsyncGenerator[bytes, None]:
        """Give the lines that answer one line; what cannot be done is a `Failed` line, never an exception."""
        try:
            async with aclosing(self._carry_out(ask.question_from_bytes(line))) as answers:
                async for said in answers:
                    yield ask.to_bytes(said)
        except msgspec.DecodeError:
            yield ask.to_bytes(_not_understood())
        except SignInRequired as error:
            yield ask.to_bytes(ask.Failed(exits.SIGN_IN, str(error)))
        except DeskUnavailable as error:
            yield ask.to_bytes(ask.Failed(exits.UNREACHABLE, str(error)))
        except (TrackerError, DeskError) as error:
            yield ask.to_bytes(ask.Failed(exits.REFUSED, str(error)))

    async def _carry_out(self, question: ask.Question) -> AsyncGenerator[ask.Answer, None]:
        if isinstance(question, ask.Watch):
            async with aclosing(watch(self._program)) as lines:
                async for line in lines:
                    yield line
        elif isinstance(question, ask.FollowChat):
            async with aclosing(follow_chat(self._program, TicketId(question.ticket))) as stirs:
                async for stir in stirs:
                    yield stir
        elif isinstance(question, ask.Sync):
            async with aclosing(catch_up(self._program, question.wait)) as answers:
                async for answer in answers:
                    yield answer
        else:
            yield await self._at_once(question)

    async def _at_once(self, question: ask.Question) -> ask.Answer:
        match question:
            case ask.Submit():
                return await self._submit(question)
            case ask.Retry():
                return await self._retry(question)
            case ask.Discard():
                return self._discard(CommandId(question.id))
            case ask.Download():
                return await self._download(question)
            case ask.SignIn() | ask.SignOut() | ask.ProxySignIn() | ask.ProxySignOut():
                return await self._sign(question)
            case ask.Open():
                shown = self._show_window(question)
                return (
                    ask.Done() if shown else ask.Failed(exits.REFUSED, "The running Tracker has no window.")
                )
            case ask.Offers() | ask.Examine() | ask.OfferOfChat():
                return await self._ask_desk(question)
            case _:
                return _not_understood()

    async def _sign(
        self, question: ask.SignIn | ask.SignOut | ask.ProxySignIn | ask.ProxySignOut
    ) -> ask.Answer:
        if isinstance(question, ask.ProxySignIn | ask.ProxySignOut):
            return await self._sign_at_proxy(question)
        if isinstance(question, ask.SignOut):
            leave = sign_out_chat if question.chat else sign_out
            return ask.Done(await leave(self._program))
        if question.secret_kind not in list(SecretKind):
            return _not_understood()
        choice = DeskChoice(question.kind, question.url, question.user, tuple(question.options.items()))
        secret = Secret(SecretKind(question.secret_kind), question.secret)
        enter = sign_in_to_chat if question.chat else sign_in
        return ask.Done(await enter(self._program, choice, secret) or "")

    async def _sign_at_proxy(self, question: ask.ProxySignIn | ask.ProxySignOut) -> ask.Answer:
        if isinstance(question, ask.ProxySignOut):
            return ask.Done("" if await self._program.proxy_secret.forget() else MAY_STAY)
        login = ProxyLogin(question.name, question.password)
        place = await sign_in_to_proxy(self._program, login, question.proxy)
        return ask.Done("" if self._program.proxy_secret.session_only else place)

    async def _submit(self, question: ask.Submit) -> ask.Answer:
        if question.kind not in COMMANDS:
            return _not_understood()
        command: Command = msgspec.json.decode(question.command, type=COMMANDS[question.kind])
        engine = self._program.engine
        with listening(self._program.listeners) as heard:
            name = engine.letters.submit(command)
            await self._await_delivery(name, heard, question.wait)
        return self._sent(replace(command, id=name))

    async def _retry(self, question: ask.Retry) -> ask.Answer:
        engine = self._program.engine
        pending = engine.outbox.get(CommandId(question.id))
        if pending is None:
            return _nothing_waits(question.id)
        with listening(self._program.listeners) as heard:
            engine.letters.retry(pending.command.id)
            await self._await_delivery(pending.command.id, heard, question.wait)
        return self._sent(pending.command)

    async def _await_delivery(
        self, command: CommandId, heard: MemoryObjectReceiveStream[Heard], wait: float
    ) -> None:
        """Wait for the desk's word, and a moment more for what it tells of it."""
        engine = self._program.engine
        follow_desk_of_settings(self._program)
        with anyio.move_on_after(wait):
            while not self._is_settled(command) and not needs_sign_in(self._program):
                await heard.receive()
        with anyio.move_on_after(ECHO if self._is_on_its_way(command) else 0):
            while engine.outbox.get(command) is not None:
                await heard.receive()

    def _is_settled(self, command: CommandId) -> bool:
        pending = self._program.engine.outbox.get(command)
        return pending is None or pending.delivery in (Delivery.DELIVERED, Delivery.REJECTED)

    def _is_on_its_way(self, command: CommandId) -> bool:
        pending = self._program.engine.outbox.get(command)
        return pending is not None and pending.delivery is Delivery.DELIVERED

    def _sent(self, command: Command) -> ask.Sent:
        engine = self._program.engine
        pending = engine.outbox.get(command.id)
        real = engine.outbox.resolve(command.ticket)
        known = engine.writer.tickets((real,)).get(real)
        return ask.Sent(
            delivery=pending.delivery if pending is not None else Delivery.DELIVERED,
            reference=command.ticket,
            ticket=real if known is not None or real != command.ticket else "",
            number=known.number if known is not None else "",
            reason=(pending.error or "") if pending is not None else "",
            sign_in_needed=needs_sign_in(self._program),
            kept_here=pending is None and self._is_kept_here(real, command.id),
        )

    def _is_kept_here(self, ticket: TicketId, command: CommandId) -> bool:
        """Say whether the word stands here as an event under its own name: the desk has no place for it."""
        told = self._program.engine.writer.history((ticket,))[ticket]
        return any(event.id == command for event in told)

    def _discard(self, command: CommandId) -> ask.Answer:
        if self._program.engine.outbox.get(command) is None:
            return _nothing_waits(command)
        if self._program.engine.letters.discard(command):
            return ask.Done()
        return ask.Failed(exits.REFUSED, "It may have reached the desk already, so it is looked up first.")

    async def _download(self, question: ask.Download) -> ask.Answer:
        follow_desk_of_settings(self._program)
        desk = self._program.engine.chats.desk_with(question.attachment)
        settings = self._program.settings
        to = Destination(
            Path(question.folder), settings.desk.url if settings.desk else "", limit=1024 * 1024 * 1024
        )
        ticket = self._program.engine.outbox.resolve(TicketId(question.ticket))
        path = await download(desk, ticket, question.attachment, to=to, progress=lambda _bytes: None)
        return ask.Saved(str(path))

    async def _ask_desk(self, question: ask.Offers | ask.Examine | ask.OfferOfChat) -> ask.Answer:
        desk = self._desk()
        if isinstance(question, ask.OfferOfChat):
            return await chat_offer(self._program)
        if isinstance(question, ask.Offers):
            ticket = self._program.engine.outbox.resolve(TicketId(question.ticket))
            return ask.Offered(await desk.slots(ticket))
        info = await desk.check()
        return ask.Examined(
            info.name,
            info.version,
            info.user,
            tuple(sorted(info.capabilities)),
            info.clock_offset.total_seconds(),
            info.gaps,
            self._program.engine.health().sentence,
        )

    def _desk(self) -> Desk:
        follow_desk_of_settings(self._program)
        return self._program.engine.required_desk()


def _nothing_waits(command: str) -> ask.Failed:
    return ask.Failed(exits.REFUSED, f"Nothing that waits is called “{command}”. See “tracker outbox”.")


def _not_understood() -> ask.Failed:
    return ask.Failed(exits.WRONG_USE, "This question was not understood.")
