"""Who is at the desk and who asks it: people as others see them, those who sign in, and who did something."""

from typing import Literal

from msgspec import Struct

Role = Literal["requester", "agent"]


class Person(Struct, frozen=True, kw_only=True):
    """Somebody, as others at the desk see them."""

    id: str
    name: str


class User(Struct, frozen=True, kw_only=True):
    """Somebody with a sign-in."""

    id: str
    login: str
    name: str
    email: str
    role: Role

    @property
    def person(self) -> Person:
        """How this user is shown to others."""
        return Person(id=self.id, name=self.name)


class Actor(Struct, frozen=True, kw_only=True):
    """Who did it; the system has no id."""

    id: str | None
    name: str
    kind: Literal["requester", "agent", "system"]
