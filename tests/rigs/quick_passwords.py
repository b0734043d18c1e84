"""Passwords hashed quickly: a desk of the tests checks thousands, and each takes 0.28 s of processor time."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from argon2 import PasswordHasher

from tracker.frontdesk import passwords


def quick_hasher() -> PasswordHasher:
    """Give a hasher of the same kind with the least it may be set to."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Let every desk that is opened meanwhile, here in this process, hash so."""
    with patch.object(passwords, "PasswordHasher", quick_hasher):
        yield
