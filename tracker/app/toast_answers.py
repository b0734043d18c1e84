"""What a person answers on a toast itself, without the window: "It works", or words in a chat."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.model.command import ConfirmFixed, SendMessage, new_command_id
from tracker.model.draft import Draft, chat_draft
from tracker.model.ticket import TicketId

if TYPE_CHECKING:
    from tracker.ui.ports import Actions, Conversations

LONGEST = 100_000
"""Signs in one message, as in the field of the chat."""


class ToastAnswers:
    """Puts each into the outbox."""

    def __init__(self, actions: Actions, talks: Conversations) -> None:
        self._actions, self._talks = actions, talks

    def confirm(self, ticket: str) -> None:
        """Say that it works."""
        self._actions.submit(ConfirmFixed(new_command_id(), datetime.now(UTC), TicketId(ticket)))

    def reply(self, ticket: str, text: str) -> None:
        """Send words in a chat; who answers has read what was answered.

        What is too long for one message waits in the field of the chat, where it can be made shorter.
        """
        name, now = TicketId(ticket), datetime.now(UTC)
        if len(text) > LONGEST:
            self._actions.save_draft(Draft(chat_draft(ticket), text, saved_at=now))
            return
        self._actions.submit(SendMessage(new_command_id(), now, name, text.strip()))
        newest = self._talks.messages(name, limit=1)
        if newest:
            self._actions.chat.read(name, newest[-1].id)
        self._actions.read(name)
