"""show --conversation: all that was said in the chats on a request, as of the last word from the desk."""

from datetime import datetime

from tracker.cli.chat_words import chat_words, message_words
from tracker.cli.output import write, write_json
from tracker.core import exits
from tracker.core.chat_report import chat_report, message_report, pending_messages
from tracker.core.chat_shapes import ConversationReport
from tracker.core.reading import local_zone
from tracker.core.reports import Speaker
from tracker.core.shapes import SCHEMA
from tracker.model.ticket import TicketId
from tracker.store.reader import Reader

FIRST = -(1 << 62)
"""Before every place of a message."""


def show_conversation(reader: Reader, ticket: TicketId, *, as_json: bool) -> int:
    """Print the conversation, oldest first, with what the desk does not show yet."""
    zone = local_zone()
    now = datetime.now(zone) + reader.clock_offset()
    speaker, talks = Speaker(now, zone), reader.talks
    said = (*(message_report(each, speaker) for each in talks.since(ticket, FIRST)),)
    messages = (*said, *pending_messages(talks, ticket, speaker))
    chat = chat_report(talks, ticket, speaker)
    if as_json:
        write_json(ConversationReport(SCHEMA, ticket, chat, messages))
        return exits.DONE
    for message in messages:
        write(message_words(message, now, zone))
    write(f"Chat: {chat_words(chat)}." if chat is not None else "There was no chat on this request.")
    return exits.DONE
