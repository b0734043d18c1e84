"""Tells an asker what is new: everything from now on, or what one catch-up brings."""

from collections.abc import AsyncGenerator
from contextlib import suppress

import anyio
import msgspec
from anyio.streams.memory import MemoryObjectReceiveStream

from tracker.core import questions as ask
from tracker.core.ear import Heard, listening
from tracker.core.program import Program
from tracker.core.reading import local_zone
from tracker.core.reports import Speaker
from tracker.core.shapes import SCHEMA, WatchEvent, WatchNotice
from tracker.model.change import Change
from tracker.model.command import Delivery
from tracker.model.errors import SignInRequired
from tracker.model.event import Event
from tracker.model.health import Condition, Health
from tracker.model.notice import Notice
from tracker.store.turns import Lane

ECHO = 1.5
"""Seconds to wait, after delivery, for the desk to tell what came of it."""
CATALOGUE = 5.0
"""Seconds to wait, after the news, for what can be asked for: the next command may raise a request."""


def follow_desk_of_settings(program: Program) -> None:
    """Follow the desk of the settings, if that was left to the first question."""
    if program.engine.account is None:
        program.follow_desk(program.settings.desk)


def needs_sign_in(program: Program) -> bool:
    """Say whether the desk wants a sign-in before anything else."""
    return program.engine.health().condition is Condition.SIGN_IN_NEEDED


async def watch(program: Program) -> AsyncGenerator[ask.Line, None]:
    """Give a line for each event and notice until nobody listens any more."""
    with listening(program.listeners) as stream:
        follow_desk_of_settings(program)
        async for heard in stream:
            line = _line(program, heard)
            if line is not None:
                yield line


async def catch_up(program: Program, wait: float) -> AsyncGenerator[ask.Answer, None]:
    """Ask the desk once, send what waits, and give what came of it within `wait` seconds.

    Raises `SignInRequired` when nobody is signed in.
    """
    with listening(program.listeners) as stream:
        done, told = await _ask_and_send(program, stream, wait)
        program.engine.publisher.flush()
        told += _rest(stream)
    tickets: set[str] = set()
    for heard in told:
        tickets |= heard.tickets if isinstance(heard, Change) else set()
        line = _line(program, heard)
        if line is not None:
            yield line
    reason = "" if done else program.engine.health().sentence or "The desk did not answer in time."
    yield ask.CaughtUp(done, reason, needs_sign_in(program), tuple(sorted(tickets)))


async def _ask_and_send(
    program: Program, stream: MemoryObjectReceiveStream[Heard], wait: float
) -> tuple[bool, list[Heard]]:
    """Give whether the desk has said that this is all it has, and what was heard meanwhile."""
    engine = program.engine
    follow_desk_of_settings(program)
    if engine.account is None:
        raise SignInRequired("Nobody is signed in.")
    news = engine.account.expect_news()
    engine.check_now()
    told: list[Heard] = []
    done = engine.health().push and engine.health().condition is Condition.OK
    with anyio.move_on_after(wait):
        while not done or _can_send_more(program):
            told.append(heard := await stream.receive())
            done = done or news.is_set()
            if isinstance(heard, Health) and heard.condition >= Condition.OFFLINE:
                break
    with anyio.move_on_after(CATALOGUE if done else 0):
        await engine.account.learned.wait()
    with anyio.move_on_after(ECHO):
        while any(pending.delivery is Delivery.DELIVERED for pending in engine.outbox.all()):
            told.append(await stream.receive())
    return done, told


def _can_send_more(program: Program) -> bool:
    """Say whether something waits in the outbox for nothing but its turn, where it can go."""
    now, engine = program.now(), program.engine
    server = engine.chats.health()
    lanes = list(Lane) if server is None or server.condition < Condition.OFFLINE else [Lane.TICKETS]
    waiting = (due for lane in lanes for due in engine.outbox.due(lane))
    return any(due.next_try is None or due.next_try <= now for due in waiting)


def _line(program: Program, heard: Heard) -> ask.Line | None:
    if not isinstance(heard, Event | Notice):
        return None
    speaker = Speaker(program.now(), local_zone())
    if isinstance(heard, Notice):
        return ask.Line(msgspec.Raw(ask.to_bytes(WatchNotice(SCHEMA, speaker.notice(heard)))))
    return ask.Line(msgspec.Raw(ask.to_bytes(WatchEvent(SCHEMA, heard.ticket, speaker.event(heard)))))


def _rest(stream: MemoryObjectReceiveStream[Heard]) -> list[Heard]:
    """Give what has been heard and not been read yet."""
    told: list[Heard] = []
    with suppress(anyio.WouldBlock, anyio.EndOfStream):
        while True:
            told.append(stream.receive_nowait())
    return told
