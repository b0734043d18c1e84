"""Which toast has which number at the notification daemon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.ui.notify.ways import Toast

REMEMBERED = 200


@dataclass(slots=True)
class Posted:
    """A toast given to the daemon. `number` 0: not known yet. `following` waits for this one's number."""

    toast: Toast
    owner: str
    number: int = 0
    in_flight: bool = True
    following: Toast | None = None
    dropped: bool = False
    posted_again: bool = False


class Posts:
    """What is at the daemon, by key; and which key each number stood for.

    Numbers are remembered after a toast has gone (the last 200): some daemons move toasts into a history
    of their own, where their buttons still work.
    """

    def __init__(self) -> None:
        self._posts: dict[str, Posted] = {}
        self._keys: dict[int, str] = {}
        self._owner = ""

    def get(self, key: str) -> Posted | None:
        """Give what stands under this key."""
        return self._posts.get(key)

    def put(self, post: Posted) -> None:
        """Keep it under its toast's key."""
        self._posts[post.toast.key] = post

    def number(self, post: Posted, number: int) -> None:
        """Note the number the daemon gave."""
        post.number, post.in_flight = number, False
        self._keys.pop(number, None)
        self._keys[number] = post.toast.key
        while len(self._keys) > REMEMBERED:
            del self._keys[next(iter(self._keys))]

    def key_of(self, number: int) -> str | None:
        """Give the key that this number stands or stood for."""
        return self._keys.get(number)

    def drop(self, post: Posted) -> None:
        """Forget it, unless another has taken its place."""
        if self._posts.get(post.toast.key) is post:
            del self._posts[post.toast.key]

    def begin_with(self, owner: str) -> list[Posted]:
        """Take note of the daemon there is now, and list what an earlier one had shown.

        The earlier one's numbers are forgotten: they may soon stand for somebody else's toasts.
        """
        if owner != self._owner:
            self._owner = owner
            self._keys.clear()
        return [post for post in self._posts.values() if post.owner != owner and not post.in_flight]

    def all(self) -> list[Posted]:
        """List everything, oldest first."""
        return list(self._posts.values())
