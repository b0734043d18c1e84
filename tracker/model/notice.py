"""One thing worth telling, as the policy decided it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.model.line import Line
from tracker.model.ticket import TicketId


class NoticeClass(StrEnum):
    """How much it matters; the person chooses per class."""

    NOW = "now"
    NEEDS_YOU = "needs_you"
    PROMISE = "promise"
    PROGRESS = "progress"
    DIGEST = "digest"
    OUTAGE = "outage"


class Button(StrEnum):
    """What can be done from a toast; each opens the ticket's page at the right place or acts."""

    OPEN = "open"
    ANSWER = "answer"
    WORKS = "works"
    NOT_YET = "not_yet"
    ASK_FOR_NEWS = "ask_for_news"
    CALL_ME = "call_me"
    RESCHEDULE = "reschedule"
    CHOOSE = "choose"
    REPLY = "reply"


class Show(StrEnum):
    """How it is shown: as a toast, in place of the ticket's toast without a sound, or in the list alone."""

    TOAST = "toast"
    REPLACE = "replace"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Notice:
    """Title and two lines; `ticket` None is a summary over several. `id` is stable over restarts."""

    id: str
    at: datetime
    notice_class: NoticeClass
    title: Line
    body: Line
    detail: Line | None = None
    ticket: TicketId | None = None
    buttons: tuple[Button, ...] = ()
    show: Show = Show.TOAST
    read: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The ticket was read somewhere: its toast goes away."""

    ticket: TicketId
