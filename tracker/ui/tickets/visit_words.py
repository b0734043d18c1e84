"""What the visit card says: a headline, the lines under it, and what to have ready."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from tracker.model.event import EventKind
from tracker.model.site_time import place_of, site_zone
from tracker.model.track import Track
from tracker.model.visit import Visit, VisitState
from tracker.ui.plain_text import one_line
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.said import told
from tracker.ui.tickets.visit_history import Earlier, earlier
from tracker.ui.wording import Wording

_LONGEST = 300
_MOST_PREPARED = 12


@dataclass(frozen=True, slots=True)
class VisitWords:
    """`lines` are small and muted, `amber` is what changed; `prepare` one thing each."""

    title: str
    lines: tuple[str, ...] = ()
    amber: str = ""
    prepare: tuple[str, ...] = ()
    tone: Tone = Tone.ACCENT
    icon: str = "calendar-check"

    @property
    def spoken(self) -> str:
        """All of it as one text."""
        said = (self.title, *self.lines, self.amber, ", ".join(self.prepare))
        return ". ".join(part.rstrip(".") for part in said if part) + "."


def visit_words(track: Track, visit: Visit, wording: Wording, now: datetime) -> VisitWords:
    """Put the visit of a request into words, for whatever state it is in."""
    if visit.state in (VisitState.DONE, VisitState.FAILED, VisitState.CANCELLED):
        return _over(track, visit, wording)
    title, tone, icon = _title(visit, wording, now)
    return VisitWords(
        title,
        tuple(line for line in _lines(visit, wording, now) if line),
        _changed(earlier(track), wording),
        tuple(one_line(thing, _LONGEST) for thing in visit.prepare[:_MOST_PREPARED] if thing.strip()),
        tone,
        icon,
    )


def window_of(starts: datetime, ends: datetime | None, wording: Wording) -> str:
    """Say a window inside a sentence: "14:00–16:00", "Tue 25 Nov, 10:00–12:00"."""
    start = wording.when(starts)
    if ends is None or ends <= starts:
        return start
    same = wording.local_day(starts) == wording.local_day(ends)
    return f"{start}–{wording.time(ends) if same else wording.when(ends)}"


def at_the_site(visit: Visit, wording: Wording) -> str:
    """Say the window as clocks at the site show it, "" where they show what the reader's do."""
    zone = site_zone(visit, wording.zone)
    if zone is None:
        return ""
    words = _tr("At the site ({place}) that is {time}, local time")
    place = one_line(place_of(zone), 60)
    return words.format(place=place, time=window_of(visit.starts, visit.ends, wording.of(zone)))


def _title(visit: Visit, wording: Wording, now: datetime) -> tuple[str, Tone, str]:
    if visit.state is VisitState.ON_SITE:
        who = one_line(visit.agent, 80)
        here = _tr("{name} is here").format(name=who) if who else _tr("The technician is here")
        return here, Tone.OK, "map-pin"
    if visit.state is VisitState.ON_THE_WAY:
        return _on_the_way(visit, wording, now), Tone.ACCENT, "truck"
    window = window_of(visit.starts, visit.ends, wording)
    if not visit.is_ahead(now):
        return _tr("No word of the visit booked for {time}").format(time=window), Tone.WARN, "clock"
    return _tr("Visit {time}").format(time=window), Tone.ACCENT, "calendar-check"


def _on_the_way(visit: Visit, wording: Wording, now: datetime) -> str:
    earliest, latest = visit.eta_earliest, visit.eta_latest
    if latest is not None and latest < now:
        return _tr("On the way to you, later than {time}").format(time=wording.when(latest))
    if earliest is not None and latest is not None and earliest < latest:
        words = _tr("On the way to you, here between {start} and {end}")
        return words.format(start=wording.time(earliest), end=wording.time(latest))
    if latest is not None:
        return _tr("On the way to you, here by {time}").format(time=wording.when(latest))
    return _tr("On the way to you")


def _lines(visit: Visit, wording: Wording, now: datetime) -> tuple[str, ...]:
    booked = ""
    if visit.state is not VisitState.SCHEDULED:
        booked = _tr("booked {time}").format(time=window_of(visit.starts, visit.ends, wording))
    who = (one_line(visit.agent, 80), booked, one_line(visit.place, 120))
    directions = one_line(visit.directions, _LONGEST)
    ahead = visit.state is VisitState.SCHEDULED and now < visit.starts
    return (
        " · ".join(part for part in who if part),
        at_the_site(visit, wording),
        _tr("Starts {time}").format(time=wording.relative(visit.starts))
        if ahead and wording.relative(visit.starts)
        else "",
        one_line(visit.note, _LONGEST),
        _tr("How to find you: {words}").format(words=directions) if directions else "",
        _tr("You said that this suits you.") if visit.confirmed else "",
    )


def _changed(before: Earlier | None, wording: Wording) -> str:
    if before is None:
        return ""
    window, why = window_of(before.starts, before.ends, wording), one_line(before.why, _LONGEST)
    if before.failed:
        said = _tr("The visit {time} did not happen.").format(time=window)
        return _with_reason(said, why) if why else said
    if before.by_you:
        return _tr("You moved it. It was {time}.").format(time=window)
    said = _tr("Moved. It was {time}.").format(time=window)
    return _with_reason(said, why) if why else f"{said} {_tr('No reason was given.')}"


def _with_reason(said: str, why: str) -> str:
    return f"{said} {_tr('Why: {reason}').format(reason=why)}"


def _over(track: Track, visit: Visit, wording: Wording) -> VisitWords:
    who, window = one_line(visit.agent, 80), window_of(visit.starts, visit.ends, wording)
    booked = " · ".join(part for part in (who, _tr("booked {time}").format(time=window)) if part)
    if visit.state is VisitState.DONE:
        return VisitWords(
            _tr("The visit is done"),
            (_what_was_said(track, visit, EventKind.VISIT_DONE), booked),
            tone=Tone.OK,
            icon="circle-check",
        )
    if visit.state is VisitState.CANCELLED:
        said = _what_was_said(track, visit, EventKind.VISIT_CANCELLED)
        return VisitWords(_tr("The visit was called off"), (said, booked), tone=Tone.NEUTRAL, icon="circle-x")
    said = _what_was_said(track, visit, EventKind.VISIT_FAILED)
    then = _tr("Say when it would suit you, and IT books a new one.")
    return VisitWords(_tr("The visit did not happen"), (said, booked, then), tone=Tone.LATE, icon="circle-x")


def _what_was_said(track: Track, visit: Visit, kind: EventKind) -> str:
    """Give the technician's own words about it: on the event, else on the visit."""
    entry = told(track, kind)
    reason = dict(entry.note.values).get("reason", "") if entry is not None and entry.note is not None else ""
    words = (entry.text if entry is not None else "") or str(reason) or visit.note
    return one_line(words, _LONGEST)


def _tr(text: str) -> str:
    return QCoreApplication.translate("VisitCard", text)
