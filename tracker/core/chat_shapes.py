"""The shapes of conversations in `--json` answers."""

import msgspec

from tracker.core.arrangement_shapes import Moment


class ChatReport(msgspec.Struct):
    """Where the chat on a request stands: queued, open or ended. Waiting times are in seconds.

    `messages` counts those of all its sessions, `unread` those of the desk's side not read yet.
    """

    session: str
    state: str
    started_at: Moment
    joined_at: Moment | None
    ended_at: Moment | None
    ended_by: str | None
    agent: str | None
    place: int | None
    shortest_wait: int | None
    longest_wait: int | None
    ends_at: Moment | None
    messages: int
    unread: int


class MessageReport(msgspec.Struct):
    """One message. `by` is an actor's kind; `delivery` is set on what the desk does not show yet."""

    id: str
    at: Moment
    by: str
    name: str
    text: str
    kind: str
    files: tuple[str, ...]
    session: str
    changed_at: Moment | None = None
    removed: bool = False
    delivery: str | None = None
    reason: str | None = None


class ConversationReport(msgspec.Struct):
    """`tracker show REF --conversation --json`: all that was said, oldest first."""

    schema: int
    ticket: str
    chat: ChatReport | None
    messages: tuple[MessageReport, ...]


class ChatLine(msgspec.Struct, tag="chat", tag_field="type"):
    """A line of `tracker chat --json`: the chat stands differently."""

    schema: int
    ticket: str
    chat: ChatReport


class MessageLine(msgspec.Struct, tag="message", tag_field="type"):
    """A line of `tracker chat --json`: a message, or one that reads differently now."""

    schema: int
    ticket: str
    message: MessageReport


class LeftLine(msgspec.Struct, tag="left", tag_field="type"):
    """The last line of `tracker chat --json`: whether the chat goes on without this command."""

    schema: int
    ticket: str
    goes_on: bool
    sentence: str
