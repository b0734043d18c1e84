"""Files: those the desk holds, and those a person is about to send."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file at the desk: `id` is the desk's own, `size` is in bytes (None: not told)."""

    id: str
    name: str
    size: int | None = None
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file copied into the profile when it was attached, so that the original may go.

    `key` names the copy inside the profile's outgoing folder; `name` is what the desk is told.
    """

    key: str
    name: str
    size: int
    mime: str = "application/octet-stream"
