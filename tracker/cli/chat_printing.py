"""Prints one chat as it goes: each message once, again where it reads differently; where the chat stands."""

from datetime import datetime

import msgspec

from tracker.cli.chat_words import message_words, state_words
from tracker.cli.output import complain, write, write_json
from tracker.core.chat_report import chat_report, message_report
from tracker.core.chat_shapes import ChatLine, ChatReport, LeftLine, MessageLine, MessageReport
from tracker.core.reading import local_zone
from tracker.core.reports import Speaker
from tracker.core.shapes import SCHEMA
from tracker.model.chat import Message
from tracker.model.command import Delivery
from tracker.model.ticket import TicketId
from tracker.store.reader import Reader

LEFT = "The chat goes on without this command. “tracker chat {ref}” takes it up again, “--end” ends it."
_KEPT = 200
"""Messages that are looked at again for changes."""


class Printing:
    """Remembers what it has printed of the chat on `ticket`; `before` is a session that is over already."""

    def __init__(self, ticket: TicketId, *, before: str, as_json: bool) -> None:
        self._ticket = ticket
        self._name = str(ticket)
        self._as_json = as_json
        self._state: ChatReport | None = None
        self._before = before
        self._session = ""
        self._printed: dict[str, MessageReport] = {}
        self._refused: set[str] = set()

    def print_news(self, reader: Reader) -> bool:
        """Print what is new; say whether the chat is over."""
        zone = local_zone()
        now = datetime.now(zone) + reader.clock_offset()
        speaker, talks = Speaker(now, zone), reader.talks
        ticket = reader.resolve(self._ticket)
        self._name = str(ticket)
        chat = chat_report(talks, ticket, speaker)
        if chat is None or chat.session == self._before:
            return False
        self._session = self._session or chat.session
        for message in self._news_of(talks.messages(ticket, limit=_KEPT)):
            self._print(message_report(message, speaker), now)
        for waiting in talks.pending(ticket):
            if waiting.delivery is Delivery.REJECTED and waiting.command.id not in self._refused:
                self._refused.add(waiting.command.id)
                complain(f"This could not be sent: {waiting.error}")
        self._print_state(chat)
        return chat.state == "ended" and chat.session == self._session

    def print_left(self) -> None:
        """Say that the chat goes on."""
        sentence = LEFT.format(ref=self._name)
        if self._as_json:
            write_json(LeftLine(SCHEMA, self._name, goes_on=True, sentence=sentence))
        else:
            complain(sentence)

    def _news_of(self, messages: tuple[Message, ...]) -> list[Message]:
        """Give those of this session; all of them where the desk names no sessions."""
        return [each for each in messages if each.session in ("", self._session)]

    def _print(self, message: MessageReport, now: datetime) -> None:
        before = self._printed.get(message.id)
        if before is not None and (before.text, before.removed) == (message.text, message.removed):
            return
        self._printed[message.id] = message
        if self._as_json:
            write_json(MessageLine(SCHEMA, self._name, message))
        else:
            write(message_words(message, now, local_zone()))

    def _print_state(self, chat: ChatReport) -> None:
        before, self._state = self._state, chat
        if self._as_json:
            if before is None or _standing(before) != _standing(chat):
                write_json(ChatLine(SCHEMA, self._name, chat))
        elif before is None or state_words(before) != state_words(chat):
            write(f"— {state_words(chat)} —")


def _standing(chat: ChatReport) -> ChatReport:
    """Give the chat without what changes with every word."""
    return msgspec.structs.replace(chat, messages=0, unread=0, ends_at=None)
