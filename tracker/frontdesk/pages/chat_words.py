"""Words in chats as pages show them: links are found and nothing else is made of them."""

import re
from dataclasses import dataclass

LINK = re.compile(r"https?://[^\s<>\"“”\u200b-\u200f\u202a-\u202e\u2060-\u2069]+", re.IGNORECASE)
"""A web address as typed. Marks that turn the direction of text end it, so that none can hide its host."""

CLOSING = ".,;:!?'’)]}"

CHAT_DONE = {
    "chat-here": "You are here for chats.",
    "chat-away": "You take no more chats. Those you are in stay yours.",
    "chat-accept": "You are in the chat on {number}.",
    "chat-hand-over": "The chat on {number} is handed over.",
    "chat-end": "The chat on {number} is over. It is kept on the request.",
    "chat-send": "It is sent.",
    "chat-edit": "The message is changed, and they see that it was.",
    "chat-remove": "The message is taken back, and they see that there was one.",
}
"""What is said after each thing that was done in chats, by its name in the cookie."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what somebody wrote, as typed; `is_link`: it is an address as a whole."""

    text: str
    is_link: bool = False


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Cut a text into plain stretches and web addresses; put together they are the text."""
    found: list[Piece] = []
    at = 0
    for match in LINK.finditer(text):
        address = match.group().rstrip(CLOSING)
        if "//" not in address or len(address) <= len("https://"):
            continue
        found += [Piece(text[at : match.start()]), Piece(address, is_link=True)]
        at = match.start() + len(address)
    found.append(Piece(text[at:]))
    return tuple(piece for piece in found if piece.text)
