"""Who did something, as the requester sees it."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """The four parties a requester can tell apart."""

    YOU = "you"
    COLLEAGUE = "colleague"
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Person:
    """A name to show and whose side it is on."""

    name: str
    kind: ActorKind = ActorKind.AGENT

    @property
    def first_name(self) -> str:
        """The word to use in a sentence: the first name, or the whole name if it is one word."""
        return self.name.split()[0] if self.name.split() else self.name


SYSTEM = Person("", ActorKind.SYSTEM)
