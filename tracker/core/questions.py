"""What a command line asks of the program that holds the profile, and the answers: one JSON line each."""

from datetime import datetime
from typing import Annotated

import msgspec

from tracker.model.attachment import Attachment
from tracker.model.window import Slot


class Submit(msgspec.Struct, tag="submit", tag_field="ask"):
    """Put a command in the outbox and wait up to `wait` seconds for the desk. `command` as in the outbox."""

    kind: str
    command: msgspec.Raw
    wait: float = 10.0


class Sync(msgspec.Struct, tag="sync", tag_field="ask"):
    """Catch up once; wait up to `wait` seconds."""

    wait: float = 60.0


class Watch(msgspec.Struct, tag="watch", tag_field="ask"):
    """Tell every new event and notice until the asker goes away."""


class Retry(msgspec.Struct, tag="retry", tag_field="ask"):
    """Send a refused or waiting command again and wait up to `wait` seconds for the desk."""

    id: str
    wait: float = 10.0


class Discard(msgspec.Struct, tag="discard", tag_field="ask"):
    """Forget a command that has not been sent."""

    id: str


class Download(msgspec.Struct, tag="download", tag_field="ask"):
    """Save a file of a request into a folder."""

    ticket: str
    attachment: Attachment
    folder: str


class SignIn(msgspec.Struct, tag="sign_in", tag_field="ask"):
    """Sign in to a desk, or a `chat` server beside it, with what was typed; the answer never repeats it."""

    kind: str
    url: str
    user: str
    secret_kind: str
    secret: str
    options: dict[str, str] = {}
    chat: bool = False

    def __repr__(self) -> str:
        return f"SignIn({self.kind!r}, {self.url!r}, {self.user!r})"


class SignOut(msgspec.Struct, tag="sign_out", tag_field="ask"):
    """Sign out and leave nothing of the person behind; `chat`: only of the chat server."""

    chat: bool = False


class ProxySignIn(msgspec.Struct, tag="proxy_sign_in", tag_field="ask"):
    """Keep who the person is at a proxy (`host:port`; "": the one on the way to the desk), and try it.

    The answer is the proxy, or nothing where it is kept until the program ends.
    """

    proxy: str
    name: str
    password: str

    def __repr__(self) -> str:
        return f"ProxySignIn({self.proxy!r}, {self.name!r})"


class ProxySignOut(msgspec.Struct, tag="proxy_sign_out", tag_field="ask"):
    """Forget who the person is at the proxy."""


class Open(msgspec.Struct, tag="open", tag_field="ask"):
    """Show the window; `ticket` names the request to show in it, `files` are to be attached to a new one.

    `token`: the desktop's permission to come to the front (xdg-activation).
    """

    ticket: Annotated[str, msgspec.Meta(max_length=200)] = ""
    files: Annotated[tuple[str, ...], msgspec.Meta(max_length=20)] = ()
    new: bool = False
    token: Annotated[str, msgspec.Meta(max_length=500)] = ""


class Offers(msgspec.Struct, tag="offers", tag_field="ask"):
    """Ask the desk which times it offers for the visit of a request."""

    ticket: str


class Examine(msgspec.Struct, tag="examine", tag_field="ask"):
    """Ask the desk what it is and what it can do, for `tracker doctor`."""


class OfferOfChat(msgspec.Struct, tag="chat_offer", tag_field="ask"):
    """Ask the desk whether somebody would answer in a chat now."""


class FollowChat(msgspec.Struct, tag="follow_chat", tag_field="ask"):
    """Say so each time the conversation on a request is different, until the asker goes away."""

    ticket: str


Endless = Watch | FollowChat
"""What is answered until the asker goes away."""
Question = (
    Submit
    | Sync
    | Watch
    | Retry
    | Discard
    | Download
    | SignIn
    | SignOut
    | ProxySignIn
    | ProxySignOut
    | Open
    | Offers
    | Examine
    | OfferOfChat
    | FollowChat
)

_question: msgspec.json.Decoder[Question] = msgspec.json.Decoder(Question)


def question_from_bytes(line: bytes) -> Question:
    """Read a question; raises `msgspec.DecodeError` or `ValidationError` for what is none."""
    return _question.decode(line)


def to_bytes(value: msgspec.Struct) -> bytes:
    """Write a question or an answer as one line."""
    return msgspec.json.encode(value)


class Sent(msgspec.Struct, tag="sent", tag_field="is"):
    """What became of a command: `delivery` is queued, unsure, delivered or rejected.

    `kept_here`: the desk has no place for it, so it is noted on this computer alone.
    """

    delivery: str
    reference: str
    ticket: str = ""
    number: str = ""
    reason: str = ""
    sign_in_needed: bool = False
    kept_here: bool = False


class CaughtUp(msgspec.Struct, tag="caught_up", tag_field="is"):
    """The end of a sync: whether the desk said that this is all it has, else why not."""

    done: bool
    reason: str = ""
    sign_in_needed: bool = False
    tickets: tuple[str, ...] = ()


class Line(msgspec.Struct, tag="line", tag_field="is"):
    """One line of a watch or a sync, ready for `--json`."""

    line: msgspec.Raw


class Saved(msgspec.Struct, tag="saved", tag_field="is"):
    """Where a file was saved."""

    path: str


class Done(msgspec.Struct, tag="done", tag_field="is"):
    """It is done; `sentence` says what a person should know."""

    sentence: str = ""


class Examined(msgspec.Struct, tag="examined", tag_field="is"):
    """What the desk said of itself."""

    name: str
    version: str
    user: str
    capabilities: tuple[str, ...]
    clock_offset: float
    gaps: tuple[str, ...]
    health: str = ""


class Offered(msgspec.Struct, tag="offered", tag_field="is"):
    """The times offered for a visit, soonest first."""

    slots: tuple[Slot, ...]


class ChatOffered(msgspec.Struct, tag="chat_offered", tag_field="is"):
    """Whether somebody would answer: open, closed, nobody, full. Waiting times are in seconds."""

    state: str
    agents: int = 0
    place: int | None = None
    shortest_wait: float | None = None
    longest_wait: float | None = None
    opens_at: datetime | None = None


class Stirred(msgspec.Struct, tag="stirred", tag_field="is"):
    """The conversation may be different: read it again."""


class Failed(msgspec.Struct, tag="failed", tag_field="is"):
    """It could not be done; `code` is the exit status, `sentence` what to tell."""

    code: int
    sentence: str


Answer = Sent | CaughtUp | Line | Saved | Done | Examined | Offered | ChatOffered | Stirred | Failed

_answer: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)


def answer_from_bytes(line: bytes) -> Answer:
    """Read an answer."""
    return _answer.decode(line)
