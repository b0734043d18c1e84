"""What a way to show a toast can do, what it is given and what it reports."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol

MAX_TITLE = 120
MAX_LINE = 240

OPEN_ID = "open"
"""The button that does what a click does."""

REPLY_ID = "reply"
"""The button that a field for an answer takes the place of, where a way has one."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who we are to the desktop: a name, the id of our desktop file, an icon's name or its file."""

    name: str
    desktop_entry: str = ""
    icon: str = ""


class Urgency(IntEnum):
    """The steps of https://specifications.freedesktop.org/notification-spec/latest/urgency-levels.html."""

    LOW = 0
    NORMAL = 1
    CRITICAL = 2


class Closed(StrEnum):
    """Why a toast is gone; none of these means that somebody opened it."""

    EXPIRED = "expired"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a way can do. `certain`: it knows whether its toast was really shown."""

    replace: bool = False
    buttons: bool = False
    click: bool = False
    reply: bool = False
    withdraw: bool = False
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ToastButton:
    """`id` comes back when it is pressed; `label` is what a person reads."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Toast:
    """One thing to show: plain text, the body in at most two lines.

    `key` names the toast: a second one with the same key takes the place of the first. `open_label` is the
    word for opening it, where a way needs one. `silent`: no sound. `reply` is what stands in the field for
    an answer on the toast itself, "" where none is wanted; a way without such a field shows its button.
    """

    key: str
    title: str
    body: str
    buttons: tuple[ToastButton, ...] = ()
    open_label: str = "Open"
    urgency: Urgency = Urgency.NORMAL
    silent: bool = False
    reply: str = ""


class Reports(Protocol):
    """Whom a way tells what became of its toasts; always called on the UI thread."""

    def shown(self, key: str) -> None:
        """The toast is on the screen, as far as the way can know."""
        ...

    def clicked(self, key: str) -> None:
        """The person wants to see what the toast is about."""
        ...

    def pressed(self, key: str, button: str) -> None:
        """The button with this id was pressed."""
        ...

    def replied(self, key: str, text: str) -> None:
        """This was written into the toast's own field."""
        ...

    def closed(self, key: str, reason: Closed) -> None:
        """The toast is gone; nothing was opened by that."""
        ...

    def failed(self, key: str, why: str) -> None:
        """The toast could not be shown and will not be; `why` is for the log."""
        ...


class Way(Protocol):
    """One way to show toasts. Nothing here waits; outcomes come through the reports."""

    @property
    def name(self) -> str:
        """A short name for the log and for `doctor`."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do now; it may change, for example with another notification daemon."""
        ...

    @property
    def available(self) -> bool:
        """False when it is known not to work now; True is no promise: `failed` may still come."""
        ...

    def start(self, reports: Reports) -> None:
        """Begin to look whether it works. Called once, before anything else."""
        ...

    def show(self, toast: Toast) -> None:
        """Show it, in place of the one with the same key; ends in `shown` or `failed`."""
        ...

    def withdraw(self, key: str) -> None:
        """Take the toast away, if it is still there and the way can."""
        ...

    def stop(self) -> None:
        """Let go of everything; no report comes after this."""
        ...
