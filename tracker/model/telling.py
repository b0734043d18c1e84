"""How a person wants to be told; IT may set what it starts with."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from tracker.model.notice import NoticeClass
from tracker.model.ticket import TicketId


class Telling(StrEnum):
    """How a class of notices is told."""

    TOAST = "toast"
    DIGEST = "digest"
    OFF = "off"


_DEFAULT = (
    (NoticeClass.NOW, Telling.TOAST),
    (NoticeClass.NEEDS_YOU, Telling.TOAST),
    (NoticeClass.PROMISE, Telling.TOAST),
    (NoticeClass.PROGRESS, Telling.TOAST),
    (NoticeClass.DIGEST, Telling.OFF),
    (NoticeClass.OUTAGE, Telling.TOAST),
)


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """Per class how, when not to be disturbed (in the reader's zone), and which requests are muted.

    `quiet` None: no quiet hours. Spells over midnight have the end before the start. Until `snoozed_until`
    nothing but what is happening now is shown. `changed_at`: when the person last changed any of it; of two
    copies, here and at the desk, the later counts.
    """

    telling: tuple[tuple[NoticeClass, Telling], ...] = field(default=_DEFAULT)
    quiet: tuple[time, time] | None = (time(18), time(8))
    quiet_weekend: bool = True
    digest_at: tuple[time, ...] = (time(9), time(13), time(16, 30))
    muted: frozenset[TicketId] = frozenset()
    progress_per_day: int = 6
    snoozed_until: datetime | None = None
    changed_at: datetime | None = None

    def of(self, notice_class: NoticeClass) -> Telling:
        """Say how a class is told."""
        return dict(self.telling).get(notice_class, Telling.TOAST)
