"""Times as agents read and type them: in the desk's zone, which is always named."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import tzlocal

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import Refused
from tracker.model.wording import moment, span

FIELD = "%Y-%m-%dT%H:%M"
"""What `datetime-local` fields hold and send (HTML Standard, "valid local date and time string")."""

STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class DeskTime:
    """Now, and the zone that times are shown and typed in."""

    now: datetime
    zone: ZoneInfo

    @property
    def zone_name(self) -> str:
        """The zone in words for people."""
        return self.zone.key.removeprefix("Etc/").replace("_", " ")

    def say(self, at: datetime) -> str:
        """Say a time briefly: "14:20", "tomorrow 09:00", "Tue 25 Nov, 17:00"."""
        return moment(at, now=self.now, zone=self.zone)

    def clock(self, at: datetime) -> str:
        """Say the time of day alone, where the day stands above."""
        return f"{at.astimezone(self.zone):%H:%M}"

    def say_window(self, starts: datetime, ends: datetime) -> str:
        """Say a window: the day once where it begins and ends on the same."""
        first, last = starts.astimezone(self.zone), ends.astimezone(self.zone)
        end = f"{last:%H:%M}" if first.date() == last.date() else self.say(ends)
        return f"{self.say(starts)} – {end}"

    def exact(self, at: datetime) -> str:
        """Say a time in full, with the zone."""
        return f"{at.astimezone(self.zone):%A %d %B %Y, %H:%M} ({self.zone_name})"

    def distance(self, at: datetime) -> str:
        """Say how far off it is: "in 2 h 40 min", "1 h 50 min late"."""
        return f"in {span(at - self.now)}" if at >= self.now else f"{span(self.now - at)} late"

    def field(self, at: datetime) -> str:
        """Write a time as a field for times holds it, in whole five minutes from there on."""
        there = at.astimezone(UTC).replace(second=0, microsecond=0)
        there += timedelta(minutes=-there.minute % 5)
        return f"{there.astimezone(self.zone):{FIELD}}"

    def read(self, typed: str, label: str) -> datetime:
        """Read what was typed into a field for times; raises `Refused`.

        A time that the clocks skip is refused; of one they strike twice the first is meant.
        """
        try:
            naive = datetime.strptime(typed[:16], FIELD)
            at = naive.replace(tzinfo=self.zone).astimezone(UTC)
            there = at.astimezone(self.zone)
        except (ValueError, OverflowError):  # or so far away that it is outside of the calendar
            raise Refused("invalid", f"“{label}” is not a date and time.") from None
        if there.replace(tzinfo=None) != naive:
            raise Refused(
                "invalid", f"“{label}”: the clocks go forward then, so {naive:%H:%M} does not exist."
            )
        return at


def desk_time(desk: Desk) -> DeskTime:
    """Tell the time at the desk: the zone of its business hours, else that of its computer."""
    hours = desk.settings.hours
    name = hours.zone if hours is not None else tzlocal.get_localzone_name()
    return DeskTime(desk.clock(), ZoneInfo(name or "UTC"))
