"""Chats for the contract tests, short to write: begin one, say something in it, end it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.contract.chat_site import ChatSite
from tests.contract.writing import Outgoing
from tracker.desks.chatting import ChatDesk
from tracker.model.attachment import LocalFile
from tracker.model.command import EndChat, SendMessage, StartChat, new_command_id
from tracker.model.ticket import TicketId


def a_chat(ticket: TicketId, text: str = "") -> StartChat:
    """Begin a session."""
    return StartChat(new_command_id(), datetime.now(UTC), ticket, text)


def a_message(ticket: TicketId, text: str, *files: LocalFile) -> SendMessage:
    """Say something."""
    return SendMessage(new_command_id(), datetime.now(UTC), ticket, text, files)


def an_end(ticket: TicketId) -> EndChat:
    """End it, or leave the queue."""
    return EndChat(new_command_id(), datetime.now(UTC), ticket)


async def begun(site: ChatSite, desk: ChatDesk, subject: str, outgoing: Outgoing) -> TicketId:
    """Have a chat on a fresh ticket that waits for an agent; nothing is said in it yet."""
    ticket = await site.ticket(subject)
    await desk.send(a_chat(ticket), outgoing)
    return ticket


async def talking(site: ChatSite, desk: ChatDesk, subject: str, outgoing: Outgoing) -> TicketId:
    """Have a chat on a fresh ticket with the agent in it; nothing is said in it yet."""
    ticket = await begun(site, desk, subject, outgoing)
    await site.agent.join(ticket)
    return ticket
