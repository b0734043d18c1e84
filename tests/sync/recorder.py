"""A listener that keeps everything it is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.model.change import NOTHING, Change
from tracker.model.chat import Typing
from tracker.model.event import Event
from tracker.model.health import Condition, Health
from tracker.model.notice import Notice, Show, Withdrawal
from tracker.model.ticket import TicketId
from tracker.model.uploading import Uploading


@dataclass(slots=True)
class Recorder:
    """Whom the sync thread tells; keeps everything."""

    change: Change = NOTHING
    healths: list[Health] = field(default_factory=list)
    told_all: list[Notice | Withdrawal] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    writing: list[Typing] = field(default_factory=list)
    uploads: list[Uploading] = field(default_factory=list)

    def changed(self, change: Change) -> None:
        self.change |= change

    def health(self, health: Health) -> None:
        self.healths.append(health)

    def told(self, notices: tuple[Notice | Withdrawal, ...]) -> None:
        self.told_all += notices

    def heard(self, events: tuple[Event, ...]) -> None:
        self.events += events

    def typing(self, told: tuple[Typing, ...]) -> None:
        self.writing += told

    def uploading(self, told: Uploading) -> None:
        self.uploads.append(told)

    @property
    def conditions(self) -> list[Condition]:
        """Every condition that was told, in order, repeats left out."""
        found: list[Condition] = []
        for health in self.healths:
            if not found or found[-1] is not health.condition:
                found.append(health.condition)
        return found

    @property
    def toasts(self) -> list[Notice]:
        """What appeared on the screen."""
        return [n for n in self.told_all if isinstance(n, Notice) and n.show is not Show.LIST]

    @property
    def withdrawn(self) -> list[TicketId]:
        """Of which tickets the toast was taken away."""
        return [n.ticket for n in self.told_all if isinstance(n, Withdrawal)]
