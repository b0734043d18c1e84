"""What a person has typed and not sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tracker.model.attachment import LocalFile
from tracker.model.ticket import TicketId

NEW_REQUEST = "new"
"""The key of the New request page's draft; a reply's draft has the ticket's id as its key."""


CHAT = "chat:"


def chat_draft(ticket: str) -> str:
    """Name the draft of a message in the chat on a ticket; without one, of what a new chat is about."""
    return f"{CHAT}{ticket}"


def present_key(key: str, resolve: Callable[[TicketId], TicketId]) -> str:
    """Give the key under which a draft lies now: `resolve` gives the desk's id for a local reference."""
    if key.startswith(CHAT):
        return chat_draft(resolve(TicketId(key.removeprefix(CHAT))))
    return resolve(TicketId(key))


@dataclass(frozen=True, slots=True)
class Draft:
    """One unsent text. `reason` tells why it came back, if the desk refused it."""

    key: str
    text: str
    subject: str = ""
    service: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[LocalFile, ...] = ()
    saved_at: datetime | None = None
    reason: str | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing would be lost by forgetting it."""
        return not (self.text.strip() or self.subject.strip() or self.files or any(v for _, v in self.fields))
