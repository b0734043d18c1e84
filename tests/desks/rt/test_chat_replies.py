"""A conversation at a desk that cannot chat: messages are replies, and answers are seen within seconds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.contract.listening import listening
from tests.contract.writing import Outgoing, send
from tests.desks.rt.acting import raised
from tests.desks.rt.site import IT_SUPPORT
from tests.rigs.technician import Technician
from tracker.desks.base import Capability
from tracker.desks.polling import CHAT_OPEN, Pace
from tracker.desks.rt.desk import RtDesk
from tracker.model.command import SendMessage, new_command_id
from tracker.model.focus import Focus

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


async def test_what_is_said_is_a_reply_and_the_answer_is_seen_within_seconds(
    jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    assert Capability.CHAT not in (await jane.check()).capabilities
    ticket = await raised(jane, outgoing, IT_SUPPORT, "As good as a chat")
    pace = Pace()
    pace.attend(Focus(visible=True, ticket=ticket, chat=True))
    command = SendMessage(new_command_id(), datetime.now(UTC), ticket, "Is anybody there?")
    async with listening(jane, kicking=False, pace=pace) as ear:
        await ear.until(lambda told: told.caught_up)
        receipt = await send(jane, command, outgoing)
        found = await jane.find(command)
        assert found is not None
        assert found.event == receipt.event
        story = await ear.until(lambda told: command.id in told.confirmed)
        assert story.texts(ticket).count("Is anybody there?") == 1
        tess.reply(ticket, "I am.")
        # No desk on a shared machine answers at once; what is asked every 15 s would be later still.
        await ear.until(lambda told: told.says(ticket, "I am."), within=CHAT_OPEN * 4)
