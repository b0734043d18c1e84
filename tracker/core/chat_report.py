"""Conversations as `--json` tells them."""

from datetime import timedelta

from tracker.core.chat_shapes import ChatReport, MessageReport
from tracker.core.reports import Speaker
from tracker.model.chat import Chat, Message
from tracker.model.command import EndChat, Pending, files_of, text_of
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.store.talks import Talks


def chat_report(talks: Talks, ticket: TicketId, speaker: Speaker) -> ChatReport | None:
    """Write where the chat on a request stands; None where there never was one."""
    chat = talks.chat(ticket)
    return None if chat is None else _report(chat, talks, ticket, speaker)


def message_report(message: Message, speaker: Speaker) -> MessageReport:
    """Write a message as it reads now."""
    return MessageReport(
        id=message.id,
        at=speaker.local(message.at),
        by=message.sender.kind,
        name=message.sender.name,
        text=message.text,
        kind=message.kind,
        files=tuple(file.name for file in message.attachments),
        session=message.session,
        changed_at=speaker.maybe(message.changed_at),
        removed=message.removed,
    )


def pending_messages(talks: Talks, ticket: TicketId, speaker: Speaker) -> tuple[MessageReport, ...]:
    """Write what was said here and the desk does not show yet, oldest first."""
    found = (each for each in talks.pending(ticket) if _has_words(each))
    return tuple(
        MessageReport(
            id=each.command.id,
            at=speaker.local(each.command.at),
            by=ActorKind.YOU,
            name="",
            text=text_of(each.command),
            kind="text",
            files=tuple(file.name for file in files_of(each.command)),
            session="",
            delivery=each.delivery,
            reason=each.error,
        )
        for each in found
    )


def _has_words(pending: Pending) -> bool:
    command = pending.command
    return not isinstance(command, EndChat) and bool(text_of(command) or files_of(command))


def _report(chat: Chat, talks: Talks, ticket: TicketId, speaker: Speaker) -> ChatReport:
    wait = chat.wait
    return ChatReport(
        session=chat.session,
        state=chat.state,
        started_at=speaker.local(chat.started_at),
        joined_at=speaker.maybe(chat.joined_at),
        ended_at=speaker.maybe(chat.ended_at),
        ended_by=chat.ended_by,
        agent=chat.agent.name if chat.agent else None,
        place=chat.place,
        shortest_wait=None if wait is None else _seconds(wait.shortest),
        longest_wait=None if wait is None else _seconds(wait.longest),
        ends_at=speaker.maybe(chat.ends_at),
        messages=talks.count(ticket),
        unread=talks.unread(ticket),
    )


def _seconds(length: timedelta) -> int:
    return round(length.total_seconds())
