"""What is inside the events of a chat: ours, and those of any Matrix client."""

from typing import Annotated

from msgspec import Meta, Raw, Struct

TICKET = "it.tracker.ticket"
SESSION = "it.tracker.session"
"""State of a room: which request it is about, and how its present session stands."""

COMMAND = "it.tracker.command"
Text = Annotated[str, Meta(max_length=2_000_000)]
Short = Annotated[str, Meta(max_length=1000)]


class TicketLink(Struct, frozen=True, omit_defaults=True):
    """The request a room is about: the desk's name in the settings, its own id of it, and where to see it."""

    id: Annotated[str, Meta(min_length=1, max_length=255)]
    desk: Short = ""
    number: Short = ""
    url: Annotated[str, Meta(max_length=2000)] = ""


class Session(Struct, frozen=True, omit_defaults=True):
    """A session as its requester's program says: begun, or ended. `words`: the first words follow.

    `session` is the id of the command that began it, `command` of the one that ended it.
    """

    session: Annotated[str, Meta(min_length=1, max_length=255)]
    state: Short
    started: int = 0
    words: bool = False
    ended_by: Short = ""
    command: Short = ""


class OurCommand(Struct, frozen=True):
    """Which command of ours an event belongs to: its part `part` of `of`, counted from 0."""

    id: Annotated[str, Meta(min_length=1, max_length=255)]
    part: Annotated[int, Meta(ge=0, le=1000)] = 0
    of: Annotated[int, Meta(ge=1, le=1000)] = 1


class Marked(Struct, frozen=True, rename={"command": COMMAND}):
    """Only the part of a content that names a command of ours."""

    command: OurCommand


class FileInfo(Struct, frozen=True, omit_defaults=True):
    """What is said of a file beside its name."""

    mimetype: str = "application/octet-stream"
    size: int | None = None


class NewText(Struct, frozen=True, rename={"command": COMMAND}):
    """Words on their way to a room."""

    body: str
    command: OurCommand
    msgtype: str = "m.text"


class NewFile(Struct, frozen=True, rename={"command": COMMAND}):
    """A file on its way to a room; its words, if it has any, are its caption."""

    body: str
    filename: str
    url: str
    info: FileInfo
    command: OurCommand
    msgtype: str = "m.file"


class Said(Struct, frozen=True):
    """A message as any client writes it."""

    msgtype: Short = ""
    body: Text = ""
    format: Raw = Raw(b'""')
    formatted_body: Raw = Raw(b'""')


class FileSaid(Struct, frozen=True):
    """The parts of a message that are about a file. `file` instead of `url`: it is encrypted."""

    url: Annotated[str, Meta(max_length=1000)]
    filename: Raw = Raw(b'""')
    info: Raw = Raw(b"{}")


class Replacement(Struct, frozen=True, rename={"content": "m.new_content", "relates": "m.relates_to"}):
    """An edit: what a message says from now on."""

    content: Raw
    relates: "Relation"


class Relation(Struct, frozen=True):
    """Which event another is about, and how."""

    rel_type: Short
    event_id: Short


class Redaction(Struct, frozen=True):
    """Which event was taken back (room version 11 and later; before, it is beside the content)."""

    redacts: Short


class Membership(Struct, frozen=True):
    """How somebody belongs to a room."""

    membership: Short
    displayname: Raw = Raw(b'""')


class Before(Struct, frozen=True):
    """What the server adds to an event: the content that a piece of state had before, and why it is empty."""

    prev_content: Raw = Raw(b"{}")
    redacted_because: Raw | None = None


class Writing(Struct, frozen=True):
    """Who is typing."""

    user_ids: tuple[Short, ...] = ()
