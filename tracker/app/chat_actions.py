"""What the chat page may ask for beside commands, carried over to the sync thread and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tracker.core.program import Program
    from tracker.model.chat import ChatOffer
    from tracker.model.ticket import TicketId
    from tracker.ui.ports import Cancel, Then

T = TypeVar("T")


class Ask(Protocol):
    """Asks on the sync thread; the answer comes back on the UI thread."""

    def __call__(self, ask: Callable[[Program], Awaitable[T]], then: Then[T]) -> Cancel:
        """Ask."""
        ...


class ProgramChatActions:
    """`ChatActions` on a program that may still be starting."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def offer(self, then: Then[ChatOffer]) -> Cancel:
        """Ask whether somebody would answer now."""

        async def ask(program: Program) -> ChatOffer:
            return await program.engine.talking.offer()

        return self._ask(ask, then)

    def say_typing(self, ticket: TicketId, *, typing: bool) -> None:
        """Let the other side see that the person is writing; what fails here is missed by nobody."""

        async def say(program: Program) -> None:
            await program.engine.talking.say_typing(ticket, typing=typing)

        self._ask(say, _heard)

    def read(self, ticket: TicketId, message: str) -> None:
        """Say that the person has seen the chat up to this message."""

        async def say(program: Program) -> None:
            await program.engine.talking.read(ticket, message)

        self._ask(say, _heard)


def _heard(_answer: object) -> None:
    """Nobody waits for it."""
