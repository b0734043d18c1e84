"""How often to write where nobody promised anything: the organisation's usual cadence, worded as an aim."""

from dataclasses import dataclass
from datetime import timedelta

from tracker.model.calendar import WORKING_DAY
from tracker.model.ticket import Priority


@dataclass(frozen=True, slots=True)
class Cadence:
    """Working time between words to the requester, per priority; policy can change it."""

    urgent: timedelta = timedelta(hours=1)
    high: timedelta = timedelta(hours=4)
    normal: timedelta = WORKING_DAY
    low: timedelta = 3 * WORKING_DAY

    def of(self, priority: Priority) -> timedelta:
        """Give the cadence for a priority, in working time."""
        return {
            Priority.URGENT: self.urgent,
            Priority.HIGH: self.high,
            Priority.NORMAL: self.normal,
            Priority.LOW: self.low,
        }[priority]
