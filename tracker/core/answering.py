"""Carries out what a command line asks, on the sync thread of the program that holds the profile."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from pathlib import Path

import anyio
import msgspec
from anyio.streams.memory import MemoryObjectReceiveStream

from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.ear import Heard, listening
from tracker.core.program import Program, local_zone
from tracker.core.reports import Speaker
from tracker.core.shapes import SCHEMA, WatchEvent, WatchNotice
from tracker.core.signing import sign_in, sign_out
from tracker.desks.base import Desk, Secret, SecretKind
from tracker.host.settings import DeskChoice
from tracker.model.change import Change
from tracker.model.command import Command, CommandId, Delivery
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired, TrackerError
from tracker.model.event import Event
from tracker.model.health import Condition, Health
from tracker.model.notice import Notice
from tracker.model.ticket import TicketId
from tracker.store.codec import COMMANDS
from tracker.sync.transfers import Destination, download

_ECHO = 1.5
"""Seconds to wait, after delivery, for the desk to tell the number."""


class Answerer:
    """Answers questions for one program. `show_window` hears which ticket a second start wants to see."""

    def __init__(self, program: Program, show_window: Callable[[str], bool] = lambda _ticket: False) -> None:
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
            async with aclosing(self._watch()) as lines:
                async for line in lines:
                    yield line
        elif isinstance(question, ask.Sync):
            async with aclosing(self._sync(question.wait)) as answers:
                async for answer in answers:
                    yield answer
        else:
            yield await self._at_once(question)

    async def _at_once(self, question: ask.Question) -> ask.Answer:
        engine = self._program.engine
        match question:
            case ask.Submit():
                return await self._submit(question)
            case ask.Retry():
                engine.letters.retry(CommandId(question.id))
                return ask.Done()
            case ask.Discard():
                return self._discard(CommandId(question.id))
            case ask.Download():
                return await self._download(question)
            case ask.SignIn() | ask.SignOut():
                return await self._sign(question)
            case ask.Open():
                shown = self._show_window(question.ticket)
                return (
                    ask.Done() if shown else ask.Failed(exits.REFUSED, "The running Tracker has no window.")
                )
            case ask.Examine():
                return await self._examine()
            case _:
                return _not_understood()

    async def _sign(self, question: ask.SignIn | ask.SignOut) -> ask.Answer:
        if isinstance(question, ask.SignOut):
            return ask.Done(await sign_out(self._program))
        if question.secret_kind not in list(SecretKind):
            return _not_understood()
        choice = DeskChoice(question.kind, question.url, question.user, tuple(question.options.items()))
        secret = Secret(SecretKind(question.secret_kind), question.secret)
        return ask.Done(await sign_in(self._program, choice, secret) or "")

    async def _submit(self, question: ask.Submit) -> ask.Answer:
        if question.kind not in COMMANDS:
            return _not_understood()
        command: Command = msgspec.json.decode(question.command, type=COMMANDS[question.kind])
        engine = self._program.engine
        with listening(self._program.listeners) as heard:
            engine.letters.submit(command)
            self._follow()
            with anyio.move_on_after(question.wait):
                while not self._is_settled(command.id) and not self._needs_sign_in():
                    await heard.receive()
            with anyio.move_on_after(_ECHO if self._is_on_its_way(command.id) else 0):
                while engine.outbox.get(command.id) is not None:
                    await heard.receive()
        return self._sent(command)

    def _follow(self) -> None:
        """Follow the desk of the settings, if that was left to the first question."""
        if self._program.engine.account is None:
            self._program.follow_desk(self._program.settings.desk)

    def _is_settled(self, command: CommandId) -> bool:
        pending = self._program.engine.outbox.get(command)
        return pending is None or pending.delivery in (Delivery.DELIVERED, Delivery.REJECTED)

    def _is_on_its_way(self, command: CommandId) -> bool:
        pending = self._program.engine.outbox.get(command)
        return pending is not None and pending.delivery is Delivery.DELIVERED

    def _needs_sign_in(self) -> bool:
        return self._program.engine.health().condition is Condition.SIGN_IN_NEEDED

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
            sign_in_needed=self._needs_sign_in(),
        )

    def _discard(self, command: CommandId) -> ask.Answer:
        if self._program.engine.letters.discard(command):
            return ask.Done()
        return ask.Failed(exits.REFUSED, "It may have reached the desk already, so it is looked up first.")

    async def _download(self, question: ask.Download) -> ask.Answer:
        desk = self._desk()
        settings = self._program.settings
        to = Destination(
            Path(question.folder), settings.desk.url if settings.desk else "", limit=1024 * 1024 * 1024
        )
        ticket = self._program.engine.outbox.resolve(TicketId(question.ticket))
        path = await download(desk, ticket, question.attachment, to=to, progress=lambda _bytes: None)
        return ask.Saved(str(path))

    async def _examine(self) -> ask.Answer:
        desk = self._desk()
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
        self._follow()
        return self._program.engine.required_desk()

    async def _watch(self) -> AsyncGenerator[ask.Line, None]:
        with listening(self._program.listeners) as stream:
            self._follow()
            async for heard in stream:
                line = self._line(heard)
                if line is not None:
                    yield line

    async def _sync(self, wait: float) -> AsyncGenerator[ask.Answer, None]:
        engine = self._program.engine
        with listening(self._program.listeners) as stream:
            done, told = await self._catch_up(stream, wait)
            engine.publisher.flush()
            told += _rest(stream)
        tickets: set[str] = set()
        for heard in told:
            tickets |= heard.tickets if isinstance(heard, Change) else set()
            line = self._line(heard)
            if line is not None:
                yield line
        health = engine.health()
        reason = "" if done else health.sentence or "The desk did not answer in time."
        yield ask.CaughtUp(done, reason, self._needs_sign_in(), tuple(sorted(tickets)))

    async def _catch_up(
        self, stream: MemoryObjectReceiveStream[Heard], wait: float
    ) -> tuple[bool, list[Heard]]:
        """Ask the desk; give whether it has said that this is all it has, and what was heard meanwhile."""
        engine = self._program.engine
        self._follow()
        if engine.account is None:
            raise SignInRequired("Nobody is signed in.")
        news = engine.account.expect_news()
        engine.check_now()
        told: list[Heard] = []
        done = engine.health().push and engine.health().condition is Condition.OK
        with anyio.move_on_after(wait):
            while not done:
                heard = await stream.receive()
                told.append(heard)
                done = news.is_set()
                if not done and isinstance(heard, Health) and heard.condition >= Condition.OFFLINE:
                    break
        return done, told

    def _line(self, heard: Heard) -> ask.Line | None:
        if not isinstance(heard, Event | Notice):
            return None
        speaker = Speaker(self._program.now(), local_zone())
        if isinstance(heard, Notice):
            return ask.Line(msgspec.Raw(ask.to_bytes(WatchNotice(SCHEMA, speaker.notice(heard)))))
        event = WatchEvent(SCHEMA, heard.ticket, speaker.event(heard))
        return ask.Line(msgspec.Raw(ask.to_bytes(event)))


def _not_understood() -> ask.Failed:
    return ask.Failed(exits.WRONG_USE, "This question was not understood.")


def _rest(stream: MemoryObjectReceiveStream[Heard]) -> list[Heard]:
    """Give what has been heard and not been read yet."""
    told: list[Heard] = []
    with suppress(anyio.WouldBlock, anyio.EndOfStream):
        while True:
            told.append(stream.receive_nowait())
    return told
