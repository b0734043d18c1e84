"""What holds at the desk in memory for everything that is written there, and who its people are."""

from __future__ import annotations

from tracker.model.errors import CommandRejected
from tracker.model.person import SYSTEM, ActorKind, Person

TEXT_LIMIT = 100_000
FILE_LIMIT = 4_000_000
SERVICES = ("network", "hardware")
TECHNICIAN = Person("Tess Tech", ActorKind.AGENT)

Files = tuple[tuple[str, bytes], ...]


def person_of(by: str) -> Person:
    """Give the person of a name at the desk: the technician, an employee, or nobody in particular."""
    if by == "tess":
        return TECHNICIAN
    return Person(by.title(), ActorKind.COLLEAGUE) if by else SYSTEM


def check_text(text: str, files: Files) -> None:
    """Raise `CommandRejected` for what is too long, too big, or nothing at all."""
    if len(text) > TEXT_LIMIT:
        raise CommandRejected("The text is too long. Shorten it, or attach it as a file.")
    if not text.strip() and not files:
        raise CommandRejected("The service desk refused: please write a few words.")
    for name, content in files:
        if len(content) > FILE_LIMIT:
            raise CommandRejected(f"The file “{name}” is too big. The desk takes at most 4 MB.")
