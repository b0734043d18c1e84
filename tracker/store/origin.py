"""Who told a batch of news: the ticket desk, or the chat server beside it."""

from enum import StrEnum


class Origin(StrEnum):
    """The two desks of a profile; each has a place of its own to go on from."""

    DESK = "cursor"
    CHAT_SERVER = "chat_cursor"
