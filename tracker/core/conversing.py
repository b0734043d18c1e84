"""What a command line asks about chats: is anybody there, and whenever a conversation is different."""

from collections.abc import AsyncGenerator

from tracker.core import questions as ask
from tracker.core.catching_up import follow_desk_of_settings
from tracker.core.ear import listening
from tracker.core.program import Program
from tracker.model.change import Change
from tracker.model.ticket import TicketId


async def chat_offer(program: Program) -> ask.ChatOffered:
    """Ask whether somebody would answer now. Raises `CommandRejected` where nobody ever chats."""
    offer = await program.engine.talking.offer()
    wait = offer.wait
    return ask.ChatOffered(
        state=offer.state,
        agents=offer.agents,
        place=offer.place,
        shortest_wait=None if wait is None else wait.shortest.total_seconds(),
        longest_wait=None if wait is None else wait.longest.total_seconds(),
        opens_at=offer.opens_at,
    )


async def follow_chat(program: Program, ticket: TicketId) -> AsyncGenerator[ask.Stirred, None]:
    """Say so at once, and each time the conversation or its way to the desk is different."""
    with listening(program.listeners) as stream:
        follow_desk_of_settings(program)
        yield ask.Stirred()
        async for heard in stream:
            if isinstance(heard, Change) and _concerns(program, heard, ticket):
                yield ask.Stirred()


def _concerns(program: Program, change: Change, ticket: TicketId) -> bool:
    real = program.engine.outbox.resolve(ticket)
    return change.everything or change.outbox or real in change.chats
